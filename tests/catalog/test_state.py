"""What an open shop page knows of the shelf, driven by events as a browser sends them."""

import pytest

from pet_app.catalog import service as catalog
from pet_app.catalog.display import card, likeness
from pet_app.catalog.rules import Kind
from pet_app.catalog.state import Browsing
from pet_app.core import db
from pet_app.core.money import Money
from tests.catalog.factory import make_product
from tests.ui.factory import Tab

pytestmark = pytest.mark.usefixtures("sqlite_database")


@pytest.fixture
def tab(sqlite_database: str) -> Tab:
    with db.writing() as session:
        make_product(session, "trail", price=Money(7000), position=0)
        make_product(session, "puddle", kind=Kind.COLLAR, price=Money(2000), position=1)
        make_product(session, "saddler", price=Money(9000), position=2)
    return Tab()


def handles(tab: Tab) -> list[str]:
    return [shown.handle for shown in tab.see(Browsing).cards]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["trail", "puddle", "saddler"]),
        ({"kind": "harness"}, ["trail", "saddler"]),
        ({"sort": "price"}, ["puddle", "trail", "saddler"]),
        ({"kind": "harness", "sort": "price-down"}, ["saddler", "trail"]),
        ({"kind": "spaceship", "sort": "'; drop table product"}, ["trail", "puddle", "saddler"]),
    ],
)
def test_the_shelf_is_the_one_the_address_asks_for(
    tab: Tab, query: dict[str, str], found: list[str]
) -> None:
    tab.go("/shop", **query)
    tab.send(Browsing.look_along)
    assert handles(tab) == found
    assert tab.see(Browsing).count == len(found)


def test_an_unchanged_shelf_is_known_as_the_one_the_page_was_built_from(tab: Tab) -> None:
    with db.reading() as session:
        built = likeness([card(product) for product in catalog.list_products(session).products])
    tab.go("/shop")
    tab.send(Browsing.look_along)
    assert tab.see(Browsing).likeness == built
    with db.writing() as session:
        catalog.attach_picture(session, "trail", "ab/new.webp")
    tab.send(Browsing.look_along)
    assert tab.see(Browsing).likeness != built


def test_a_product_is_looked_at_with_others_like_it(tab: Tab) -> None:
    tab.go("/product/trail/")
    tab.send(Browsing.look_at)
    seen = tab.see(Browsing)
    assert seen.seen is not None
    assert (seen.seen.card.price, seen.seen.category) == ("$70.00", "Harnesses")
    assert [other.handle for other in seen.related] == ["saddler", "puddle"]


@pytest.mark.parametrize("path", ["/product/nothing", "/product/", "/product/%00", "/product/a/b"])
def test_a_product_that_is_not_there_is_missing_and_no_fault(tab: Tab, path: str) -> None:
    tab.go("/product/trail")
    tab.send(Browsing.look_at)
    tab.go(path)
    tab.send(Browsing.look_at)
    assert tab.see(Browsing).missing
    assert tab.see(Browsing).seen is None
    assert tab.see(Browsing).problem == ""
