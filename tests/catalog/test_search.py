"""Looking along the shelf: words, slips of the finger, filters with their counts."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from pet_app.catalog import service as catalog
from pet_app.catalog.models import ProductWords
from pet_app.catalog.rules import Kind, NewReview, NewVariant, ReviewState, Sort, Species
from pet_app.catalog.service import Found, Query
from pet_app.core import clock, db
from pet_app.core.errors import Invalid
from pet_app.core.money import Money
from tests.catalog.factory import OLIVE, STAFF, make_product, make_stocked
from tests.catalog.hurry import misspelt
from tests.catalog.many import many_products, put_in

pytestmark = pytest.mark.usefixtures("database")

QUERIES, AMONG_FIRST, GOAL = 200, 3, 0.9
THING = {"format": 1, "thing": "bowl"}


def look(query: Query) -> Found:
    with db.reading() as session:
        return catalog.search(session, query)


def handles(found: Found) -> list[str]:
    return [product.handle for product in found.products]


def found_by(text: str) -> list[str]:
    return handles(look(Query(text)))


def form(sku: str, size: str, colour: str, cents: int = 2000, stock: int = 5) -> NewVariant:
    return NewVariant(sku, Money(cents), 100, (("Size", size), ("Colour", colour)), stock=stock)


def fill() -> None:
    """A harness made to order, a collar in two forms, a bowl for both that is sold out."""
    with db.writing() as session:
        look = {"material": "recycled_pet", "colour": "pine"}
        design = {"format": 1, "look": look}
        make_product(session, "trail-harness", design=design, position=1)
        make_product(
            session,
            "brook-collar",
            kind=Kind.COLLAR,
            title="Brook collar",
            subtitle="Marigold leather",
            position=2,
            made=False,
            species=Species.CAT,
            tags=("summer",),
            facets=(("material", "Leather"),),
            variants=(form("B-S", "S", "Navy"), form("B-M", "M", "Pine", 3000)),
        )
        make_stocked(session, "slow-bowl", 0, species=Species.BOTH, subtitle="", position=3)


def test_words_are_found_wherever_they_stand_and_those_of_the_title_first() -> None:
    fill()
    assert found_by("harness") == ["trail-harness"]
    assert found_by("Harnesses!") == ["trail-harness"]
    assert found_by("recycled pet") == ["trail-harness"]
    assert found_by("marigold") == ["trail-harness", "brook-collar"]
    assert found_by("pine collar") == ["brook-collar"]
    assert found_by("pïne COLLAR") == ["brook-collar"]
    assert found_by("dish") == ["slow-bowl"]
    assert found_by("cat") == ["brook-collar", "slow-bowl"]
    assert found_by("summer") == ["brook-collar"]


def test_a_word_begun_is_found() -> None:
    fill()
    assert found_by("har") == ["trail-harness"]
    assert found_by("brook col") == ["brook-collar"]


@pytest.mark.parametrize(
    ("typed", "handle", "meant"),
    [
        ("harnes", "trail-harness", ""),
        ("hraness", "trail-harness", "harness"),
        ("trial hrness", "trail-harness", "trail harness"),
        ("colar", "brook-collar", "collar"),
        ("ccollar", "brook-collar", "collar"),
        ("bown", "slow-bowl", "bowl"),
        ("xyzzy brook", "brook-collar", "brook"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven_and_said(typed: str, handle: str, meant: str) -> None:
    fill()
    found = look(Query(typed))
    assert (handles(found)[0], found.meant) == (handle, meant)


@pytest.mark.parametrize(
    "text",
    ["xyzzy", '"', "a AND (b", "' OR 1=1 --", "title:", "*", "\x00", "collar'); --", "&|!:*"],
)
def test_what_means_nothing_finds_nothing_and_breaks_nothing(text: str) -> None:
    with db.reading() as session:
        found = catalog.search(session, Query(text))
    assert found.total == len(found.products) == 0


def test_signs_around_words_are_no_words() -> None:
    fill()
    assert found_by('brook & "collar" -- *') == ["brook-collar"]
    assert len(found_by("?!")) == 3


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(Invalid):
        look(Query("x" * 201))


def test_each_filter_is_counted_with_all_others_kept() -> None:
    fill()
    found = look(Query())
    assert found.counts["kind"] == {"bowl": 1, "collar": 1, "harness": 1}
    assert found.counts["species"] == {"dog": 2, "cat": 2, "both": 1}
    assert found.counts["colour"] == {"navy": 1, "pine": 2}
    assert found.counts["material"] == {"leather": 1, "recycled_pet": 1}
    assert found.counts["size"] == {"m": 2, "s": 1}
    assert found.counts["price"] == {"under-25": 2, "25-50": 0, "50-100": 1, "over-100": 0}
    assert (found.total, found.in_stock, found.price) == (3, 2, (1900, 7000))

    found = look(Query(kind=Kind.COLLAR, facets={"colour": ["navy"]}))
    assert handles(found) == ["brook-collar"]
    assert found.counts["kind"] == {"collar": 1}
    assert found.counts["colour"] == {"navy": 1, "pine": 1}
    assert found.price == (2000, 2000)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (Query(species=Species.DOG), ["trail-harness", "slow-bowl"]),
        (Query(species=Species.BOTH), ["slow-bowl"]),
        (Query(facets={"colour": ["navy", "pine"]}), ["trail-harness", "brook-collar"]),
        (Query(facets={"colour": ["pine"], "size": ["m"]}), ["brook-collar"]),
        (Query(facets={"colour": ["no such colour"]}), []),
        (Query(facets={"no such facet": ["pine"]}), []),
        (Query(low_cents=2000, high_cents=7000), ["trail-harness", "brook-collar"]),
        (Query(high_cents=1999), ["slow-bowl"]),
        (Query(in_stock=True), ["trail-harness", "brook-collar"]),
        (Query("pine", in_stock=True, species=Species.CAT), ["brook-collar"]),
        (Query(rating=1), []),
    ],
)
def test_filters_narrow_the_shelf(query: Query, wanted: list[str]) -> None:
    fill()
    found = look(query)
    assert handles(found) == wanted
    assert found.total == len(wanted)


def sold_twice(session: Session) -> None:
    product = catalog.get_product(session, "trail-harness")
    for number in ("HH-1", "HH-2"):
        catalog.note_purchase(session, OLIVE.owner, [product.id], number)


def well_rated(session: Session) -> None:
    product = catalog.get_product(session, "trail-harness")
    catalog.note_purchase(session, OLIVE.owner, [product.id], "HH-1")
    review = catalog.write_review(session, OLIVE, NewReview(product.id, 5, "", "Good", "O"))
    catalog.decide_review(session, STAFF, review.id, ReviewState.PUBLISHED)


def made_cheap(session: Session) -> None:
    product = catalog.get_product(session, "trail-harness")
    (variant,) = catalog.variants_of(session, product)
    catalog.change_price(session, STAFF, variant.id, Money(100))


def restocked(session: Session) -> None:
    product = catalog.get_product(session, "slow-bowl")
    (variant,) = catalog.variants_of(session, product)
    catalog.change_stock(session, STAFF, variant.id, 3)


def withdrawn(session: Session) -> None:
    catalog.withdraw_product(session, STAFF, "trail-harness")


@pytest.mark.parametrize(
    ("change", "query", "first"),
    [
        (sold_twice, Query(sort=Sort.BEST_SOLD), "trail-harness"),
        (well_rated, Query(sort=Sort.BEST_RATED), "trail-harness"),
        (well_rated, Query(rating=4), "trail-harness"),
        (made_cheap, Query(sort=Sort.PRICE_UP), "trail-harness"),
        (restocked, Query("bowl", in_stock=True), "slow-bowl"),
        (withdrawn, Query(), "brook-collar"),
    ],
)
def test_a_change_is_seen_by_the_next_who_looks(
    change: Callable[[Session], None], query: Query, first: str
) -> None:
    fill()
    before = look(query)
    with db.writing() as session:
        change(session)
    after = look(query)
    assert handles(before)[:1] != [first]
    assert handles(after)[0] == first


def test_the_last_one_promised_is_out_of_stock_for_all_others() -> None:
    with db.writing() as session:
        variant = make_stocked(session, stock=1)
        catalog.reserve(session, "order", {variant.id: 1}, clock.now() + timedelta(minutes=9))
    assert look(Query(in_stock=True)).total == 0
    with db.writing() as session:
        catalog.release(session, "order")
    assert look(Query(in_stock=True)).total == 1


def test_what_is_not_committed_is_seen_by_nobody() -> None:
    with db.writing() as session:
        make_product(session)
        assert catalog.search(session, Query()).total == 0
        session.rollback()
    assert look(Query()).total == 0
    assert look(Query("trail")).total == 0
    with db.reading() as session:
        assert session.exec(select(ProductWords)).all() == []


def test_what_words_find_is_walked_by_its_cursor_best_first() -> None:
    with db.writing() as session:
        put_in(session, many_products(120))
    whole = handles(look(Query("brush", limit=100)))
    assert len(whole) > 3
    walked: list[str] = []
    cursor: str | None = None
    while True:
        found = look(Query("brush", limit=3, after=cursor))
        walked += handles(found)
        cursor = found.next_cursor
        if cursor is None:
            break
    assert walked == whole


def test_a_cursor_leads_on_from_what_is_no_longer_shown() -> None:
    fill()
    first = look(Query(limit=1))
    with db.writing() as session:
        catalog.withdraw_product(session, STAFF, handles(first)[0])
    assert handles(look(Query(after=first.next_cursor))) == ["brook-collar", "slow-bowl"]


def test_of_two_hundred_queries_typed_in_a_hurry_nine_in_ten_find_what_was_meant() -> None:
    products = list(many_products(500))
    with db.writing() as session:
        put_in(session, iter(products))
    chance, met = random.Random(11), 0
    for product in chance.sample(products, QUERIES):
        typed = misspelt(product.title, chance)
        met += product.handle in handles(look(Query(typed, limit=AMONG_FIRST)))
    assert met >= GOAL * QUERIES


def test_many_look_along_the_shelf_while_it_is_filled() -> None:
    def look_again(_number: int) -> list[int]:
        return [look(Query("slow bowl", in_stock=True)).total for _ in range(5)]

    with ThreadPoolExecutor(12) as threads:
        seen = threads.map(look_again, range(12))
        for number in range(10):
            with db.writing() as session:
                make_stocked(session, f"bowl-{number}")
        found = list(seen)
    assert all(totals == sorted(totals) for totals in found), "nobody sees less than before"
    assert look(Query("slow bowl", in_stock=True)).total == 10
