"""What open shop pages know, driven by events as a browser sends them."""

from collections.abc import Callable

import pytest

from pet_app.catalog import service as catalog
from pet_app.catalog.rules import Kind, NewVariant
from pet_app.catalog.state import Browsing, Looking, Reviewing, Wishing
from pet_app.catalog.state.wishing import WishList
from pet_app.core import db
from pet_app.core.money import Money
from pet_app.core.security import VISITOR_COOKIE, Identity, Role, new_token
from pet_app.pet import service as pets
from pet_app.pet.rules import Measured, PetFacts, Species
from tests.catalog.factory import make_product, make_stocked
from tests.ui.factory import Tab, signed_in_cookies

pytestmark = pytest.mark.usefixtures("sqlite_database")

SIZES = tuple(
    NewVariant(f"TRAIL-{size}", Money(cents), 300, (("Size", size),), design={"format": 1})
    for size, cents in (("S", 6000), ("M", 7000), ("L", 8000))
)
OLIVE = Identity(user_id="u1", role=Role.USER, name="Olive")


@pytest.fixture
def tab(sqlite_database: str) -> Tab:
    """A guest's tab in a shop of three."""
    with db.writing() as session:
        make_product(session, "trail", title="Trail harness", variants=SIZES, position=0)
        make_product(
            session,
            "puddle",
            title="Puddle collar",
            kind=Kind.COLLAR,
            price=Money(2000),
            position=1,
        )
        make_stocked(session, "slow-bowl", stock=2, position=2)
    return Tab(**{VISITOR_COOKIE: new_token()})


def handles(tab: Tab) -> list[str]:
    return [shown.handle for shown in tab.see(Browsing).shelf.cards]


def product_id(handle: str) -> str:
    with db.reading() as session:
        return catalog.get_product(session, handle).id


def at(tab: Tab, path: str, handler: Callable[..., object], **query: str) -> None:
    tab.go(path, **query)
    tab.send(handler)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["trail", "puddle", "slow-bowl"]),
        ({"kind": "harness"}, ["trail"]),
        ({"sort": "price-down"}, ["trail", "puddle", "slow-bowl"]),
        ({"size": "m"}, ["trail", "slow-bowl"]),
        ({"to": "30", "sort": "price"}, ["slow-bowl", "puddle"]),
        ({"q": "hraness"}, ["trail"]),
        ({"kind": "spaceship", "sort": "'; drop table product"}, ["trail", "puddle", "slow-bowl"]),
        ({"after": "nothing"}, ["trail", "puddle", "slow-bowl"]),
    ],
)
def test_the_shelf_is_the_one_the_address_asks_for(
    tab: Tab, query: dict[str, str], found: list[str]
) -> None:
    at(tab, "/shop", Browsing.look_along, **query)
    assert handles(tab) == found


def test_a_filter_says_how_many_it_would_leave(tab: Tab) -> None:
    at(tab, "/shop", Browsing.look_along, size="m")
    groups = {group.label: group.options for group in tab.see(Browsing).shelf.groups}
    counts = {option.label: option.count for option in groups["Type"]}
    assert counts == {"Harnesses": 1, "Bowls and feeding": 1}
    assert [option.label for option in groups["Size"] if option.chosen] == ["M"]
    assert [chip.label for chip in tab.see(Browsing).shelf.chips] == ["M"]


def test_a_shelf_with_nothing_on_it_shows_what_others_like(tab: Tab) -> None:
    at(tab, "/shop", Browsing.look_along, kind="harness", to="1")
    shelf = tab.see(Browsing).shelf
    assert (shelf.count, shelf.cards) == ("0 pieces", [])
    assert shelf.popular
    assert shelf.clear == "/shop"


def test_the_home_page_shows_the_first_few(tab: Tab) -> None:
    at(tab, "/", Browsing.look_round)
    assert [card.handle for card in tab.see(Browsing).featured] == ["trail", "puddle", "slow-bowl"]


def test_a_product_is_looked_at_in_the_form_the_address_names(tab: Tab) -> None:
    at(tab, "/product/trail/", Looking.look_at, variant="TRAIL-L")
    seen = tab.see(Looking)
    assert (seen.seen.form.price, seen.seen.category) == ("$80.00", "Harnesses")
    assert [other.handle for other in seen.seen.related] == ["puddle", "slow-bowl"]


def test_another_size_has_its_own_price_and_number(tab: Tab) -> None:
    at(tab, "/product/trail", Looking.look_at)
    assert tab.see(Looking).seen.form.price == "$70.00"
    tab.send(Looking.choose, name="Size", value="S")
    form = tab.see(Looking).seen.form
    assert (form.sku, form.price) == ("TRAIL-S", "$60.00")
    tab.send(Looking.choose, name="Size", value="Enormous")
    assert tab.see(Looking).seen.form.sku == "TRAIL-S"


@pytest.mark.parametrize("path", ["/product/nothing", "/product/", "/product/%00", "/product/a/b"])
def test_a_product_that_is_not_there_is_missing_and_no_fault(tab: Tab, path: str) -> None:
    at(tab, "/product/trail", Looking.look_at)
    at(tab, path, Looking.look_at)
    assert tab.see(Looking).missing
    assert tab.see(Looking).seen is None
    assert tab.see(Looking).problem == ""


def test_what_was_looked_at_before_is_shown_to_who_looked_and_to_nobody_else(tab: Tab) -> None:
    at(tab, "/product/puddle", Looking.look_at)
    at(tab, "/product/trail", Looking.look_at)
    assert [card.handle for card in tab.see(Looking).seen_before] == ["puddle"]
    other = Tab(**{VISITOR_COOKIE: new_token()})
    at(other, "/product/trail", Looking.look_at)
    assert other.see(Looking).seen_before == []


def test_a_pet_says_which_size_it_takes(tab: Tab) -> None:
    tab.use(**signed_in_cookies())
    with db.writing() as session:
        body = Measured(400, 620, 540, 18_000)
        pets.add_pet(session, OLIVE, PetFacts("Juniper", Species.DOG, "", body))
        giant = Measured(900, 1300, 1000, 90_000)
        pets.add_pet(session, OLIVE, PetFacts("Goliath", Species.DOG, "", giant))
    at(tab, "/product/trail", Looking.look_at)
    assert [(fit.name, fit.size, fit.chosen) for fit in tab.see(Looking).fits] == [
        ("Juniper", "M", True)
    ]
    tab.send(Looking.choose, name="Size", value="L")
    assert [fit.chosen for fit in tab.see(Looking).fits] == [False]


def test_a_heart_is_filled_and_emptied_and_kept_for_a_guest(tab: Tab) -> None:
    puddle = product_id("puddle")
    tab.send(Wishing.turn, product_id=puddle)
    assert tab.see(Wishing).wished == [puddle]
    tab.send(Wishing.look)
    assert tab.see(Wishing).wished == [puddle]
    tab.send(Wishing.turn, product_id=puddle)
    assert tab.see(Wishing).wished == []


def test_a_heart_for_nothing_is_refused_with_a_sentence(tab: Tab) -> None:
    tab.send(Wishing.turn, product_id="nothing")
    assert tab.see(Wishing).wished == []
    assert "no such product" in tab.see(Wishing).problem


def test_the_wish_list_is_for_who_is_signed_in(tab: Tab) -> None:
    assert tab.send(WishList.open) is not None
    tab = Tab(**signed_in_cookies())
    tab.send(Wishing.turn, product_id=product_id("puddle"))
    tab.send(WishList.open)
    assert [card.handle for card in tab.see(WishList).cards] == ["puddle"]
    tab.send(WishList.take_off, product_id=product_id("puddle"))
    assert tab.see(WishList).cards == []


def test_who_did_not_buy_it_writes_no_review(tab: Tab) -> None:
    at(tab, "/product/trail", Looking.look_at)
    assert not tab.see(Looking).may_review
    tab.send(Reviewing.write, typed={"rating": "5", "text": "Great", "shown_name": "Me"})
    assert "bought" in tab.see(Reviewing).problem
    assert not tab.see(Reviewing).thanked


def test_a_buyer_writes_a_review_that_waits_to_be_read(tab: Tab) -> None:
    tab.use(**signed_in_cookies())
    with db.writing() as session:
        catalog.note_purchase(session, OLIVE.owner, [product_id("trail")], "HH-1")
    at(tab, "/product/trail", Looking.look_at)
    assert tab.see(Looking).may_review
    assert tab.see(Looking).own_name == "Olive"
    tab.send(Reviewing.begin)
    tab.send(Reviewing.write, typed={"rating": "9", "text": "", "shown_name": "Olive"})
    assert set(tab.see(Reviewing).problem_fields) == {"rating", "text"}
    tab.send(Reviewing.write, typed={"rating": "4", "text": "Fits.", "shown_name": "Olive"})
    assert tab.see(Reviewing).thanked
    assert tab.see(Looking).own_state == "waiting"
    at(tab, "/product/trail", Looking.look_at)
    assert (tab.see(Looking).own_rating, tab.see(Looking).own_text) == (4, "Fits.")
    assert tab.see(Looking).seen.reviews == []


def test_a_review_of_nothing_is_refused(tab: Tab) -> None:
    tab.send(Reviewing.write, typed={"rating": "5", "text": "x", "shown_name": "x"})
    assert tab.see(Reviewing).problem != ""
