"""The verbs of the catalogue, on both databases."""

import pytest
from sqlmodel import select

from pet_app.catalog import service as catalog
from pet_app.catalog.rules import Kind, Sort, faults
from pet_app.core import db
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.core.money import Money
from pet_app.messaging.models import OutboxRow
from tests.catalog.factory import TRAIL, make_product

pytestmark = pytest.mark.usefixtures("database")


def handles(products: tuple[catalog.Product, ...]) -> list[str]:
    return [product.handle for product in products]


def fill() -> None:
    with db.writing() as session:
        for position, (handle, kind, cents) in enumerate(
            [
                ("alpine", Kind.HARNESS, 9000),
                ("brook", Kind.COLLAR, 2000),
                ("cedar", Kind.HARNESS, 5000),
                ("dune", Kind.COLLAR, 2000),
                ("ember", Kind.COLLAR, 3000),
            ]
        ):
            make_product(session, handle, kind=kind, price=Money(cents), position=position)


def test_a_product_is_found_by_its_handle_and_announced_once() -> None:
    with db.writing() as session:
        make_product(session)
    with db.reading() as session:
        product = catalog.product_by_handle(session, "trail-harness")
        announced = session.exec(select(OutboxRow)).all()
    assert product.price == Money(7000)
    assert product.details == [["Material", "Nylon webbing"], ["Care", "Wash it"]]
    assert [(row.name, row.payload) for row in announced] == [
        ("product.added", {"handle": "trail-harness"})
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"handle": "No spaces"}, "handle"),
        ({"handle": "-edge"}, "handle"),
        ({"title": " "}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"price": Money(0)}, "price"),
        ({"price": Money(-5)}, "price"),
        ({"alt": ""}, "alt"),
        ({"design": {}}, "design"),
    ],
)
def test_a_product_that_is_not_in_order_is_refused_at_the_field(
    changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused, db.writing() as session:
        make_product(session, **{"handle": "fine", **changes})  # pyright: ignore
    assert list(refused.value.fields) == [field]
    with db.reading() as session:
        assert catalog.list_products(session).products == ()


def test_a_product_in_order_has_no_faults() -> None:
    assert faults(TRAIL) == {}


def test_a_handle_is_given_once_and_the_rest_of_the_transaction_lives() -> None:
    with db.writing() as session:
        make_product(session)
        with pytest.raises(Conflict, match="trail-harness"):
            make_product(session)
        make_product(session, "other")
    with db.reading() as session:
        assert len(catalog.list_products(session).products) == 2


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.FEATURED, ["alpine", "brook", "cedar", "dune", "ember"]),
        (Sort.PRICE_UP, ["brook", "dune", "ember", "cedar", "alpine"]),
        (Sort.PRICE_DOWN, ["alpine", "cedar", "ember", "dune", "brook"]),
        (Sort.NEWEST, ["ember", "dune", "cedar", "brook", "alpine"]),
    ],
)
def test_the_shelf_stands_in_the_order_asked_for_page_by_page(sort: Sort, order: list[str]) -> None:
    fill()
    found: list[str] = []
    cursor: str | None = None
    with db.reading() as session:
        assert handles(catalog.list_products(session, sort=sort).products) == order
        while True:
            shelf = catalog.list_products(session, sort=sort, after=cursor, limit=2)
            found += handles(shelf.products)
            cursor = shelf.next_cursor
            if cursor is None:
                break
    assert found == order


def test_the_shelf_of_a_kind_holds_only_that_kind() -> None:
    fill()
    with db.reading() as session:
        assert handles(catalog.list_products(session, Kind.COLLAR).products) == [
            "brook",
            "dune",
            "ember",
        ]


def test_a_cursor_that_is_no_product_is_refused() -> None:
    with db.reading() as session, pytest.raises(Invalid):
        catalog.list_products(session, after="nothing")


def test_what_is_not_published_is_kept_from_visitors_only() -> None:
    with db.writing() as session:
        make_product(session, published=False)
    with db.reading() as session:
        assert catalog.list_products(session).products == ()
        with pytest.raises(NotFound):
            catalog.product_by_handle(session, "trail-harness")
        assert catalog.get_product(session, "trail-harness").handle == "trail-harness"


def test_related_products_are_others_of_the_same_kind_first() -> None:
    fill()
    with db.reading() as session:
        cedar = catalog.get_product(session, "cedar")
        assert handles(catalog.related_products(session, cedar, limit=3)) == [
            "alpine",
            "brook",
            "dune",
        ]


def test_a_picture_is_attached_twice_as_once() -> None:
    with db.writing() as session:
        make_product(session)
    for _ in range(2):
        with db.writing() as session:
            catalog.attach_picture(session, "trail-harness", "ab/large.webp", "cd/small.webp")
    with db.reading() as session:
        product = catalog.get_product(session, "trail-harness")
    assert (product.picture, product.picture_small) == ("ab/large.webp", "cd/small.webp")


def test_a_picture_for_no_product_is_refused() -> None:
    with pytest.raises(NotFound), db.writing() as session:
        catalog.attach_picture(session, "nothing", "ab/large.webp")
