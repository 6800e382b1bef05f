"""Promotion codes: what they do, how often, and for whom."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select, update

from pet_app.checkout import service as checkout
from pet_app.checkout.models import Cart, Promotion, PromotionUse
from pet_app.checkout.rules import PromotionKind, Trouble
from pet_app.checkout.service import NewPromotion, Problems, PromotionChange
from pet_app.core import clock, db
from pet_app.core.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from pet_app.core.ids import new_id
from pet_app.core.money import Money
from pet_app.core.security import Identity, Role
from tests.checkout import factory
from tests.checkout.factory import BUYERS, GUEST, STAFF, at_once, guest, order_all, refused


@pytest.mark.usefixtures("database")
def test_of_many_who_use_the_last_of_a_code_at_once_so_many_get_it() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, stock=None)
        factory.make_promotion(session, most_uses=3)
        for number in range(BUYERS):
            factory.ready(session, bowl, 1, guest(number), f"g{number}@example.com")
            checkout.enter_code(session, guest(number), "SPRING10")
    found = at_once(order_all)
    placed = [one for one in found if isinstance(one, checkout.Placed)]
    refusals = [one for one in found if isinstance(one, Problems)]
    assert (len(placed), len(refusals)) == (3, BUYERS - 3)
    assert {one.found[0].code for one in refusals} <= {Trouble.CODE_USED_UP, Trouble.CART_CHANGED}
    with db.reading() as session:
        assert session.exec(select(Promotion)).one().uses == 3
        assert len(session.exec(select(PromotionUse)).all()) == 3


@pytest.mark.usefixtures("database")
def test_one_person_does_not_use_a_code_more_often_by_being_quick() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, stock=None)
        factory.make_promotion(session, most_per_person=1)
        for number in range(BUYERS):
            # Another browser each time, and the address spelt in another way.
            email = f"Gwen+{number}@Example.com" if number % 2 else "gwen@example.com"
            factory.ready(session, bowl, 1, guest(number), email)
            checkout.enter_code(session, guest(number), "SPRING10")
    found = at_once(order_all)
    assert len([one for one in found if isinstance(one, checkout.Placed)]) == 1
    with db.reading() as session:
        assert session.exec(select(Promotion)).one().uses == 1


@pytest.mark.usefixtures("sqlite_database")
def test_a_code_that_does_nothing_yet_says_why_and_holds_the_order_back() -> None:
    with db.writing() as session:
        factory.make_promotion(session, "BIG", minimum_cents=5000, group="season")
        factory.make_promotion(session, "LEASHES", only_kinds=("leash",))
        factory.make_promotion(session, "OTHER", group="season")
        line = factory.ready(session, factory.make_variant(session), 1).cart.lines[0]
        for code in ("BIG", "LEASHES", "OTHER"):
            checkout.enter_code(session, GUEST, code)
        view = checkout.cart_of(session, GUEST)
        assert [found.code for found in view.problems] == [
            Trouble.CODE_MINIMUM,
            Trouble.CODE_OTHER_THINGS,
        ]
        assert "$50.00" in view.problems[0].sentence
        checkout.drop_code(session, GUEST, "LEASHES")
        view = checkout.change_quantity(session, GUEST, line.id, 3)
        assert [found.code for found in view.problems] == [Trouble.CODE_NOT_TOGETHER]
        assert "BIG" in view.problems[0].sentence
    assert refused(Problems, factory.place).status == 409
    with db.writing() as session:
        checkout.drop_code(session, GUEST, "OTHER")
        assert factory.place(session).due.cents > 0


@pytest.mark.usefixtures("sqlite_database")
def test_free_shipping_is_free_for_the_plain_way_only() -> None:
    with db.writing() as session:
        factory.make_promotion(
            session, "POSTFREE", kind=PromotionKind.FREE_SHIPPING, percent=0, words="Free shipping"
        )
        factory.ready(session, factory.make_variant(session))
        checkout.enter_code(session, GUEST, "POSTFREE")
        shown = checkout.choose_method(session, GUEST, "express")
        assert shown.shipping.cents == 1490
        shown = checkout.choose_method(session, GUEST, "standard")
        assert (shown.shipping.cents, shown.methods[0].was.cents) == (0, 490)
        order = factory.order_of(session, factory.place(session))
        assert order.discounts == [["POSTFREE", "Free shipping", 0]]


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"active": False}, "don't know"),
        ({"starts": clock.now() + timedelta(days=400)}, "can be used from"),
        ({"ends": clock.now() - timedelta(seconds=1)}, "run out"),
        ({"uses": 5, "most_uses": 5}, "as often as it can"),
    ],
)
def test_a_code_that_cannot_be_used_is_not_taken(changes: dict[str, Any], sentence: str) -> None:
    with db.writing() as session:
        factory.make_promotion(session)
        shown = factory.ready(session, factory.make_variant(session))
        session.exec(update(Promotion).values(**changes))
    fault = refused(Invalid, checkout.enter_code, GUEST, "SPRING10")
    assert sentence in fault.fields["code"]
    # One that could be used when it was entered, and cannot any more, holds the order back.
    with db.writing() as session:
        session.exec(update(Cart).values(codes=["SPRING10"]))
    held = refused(Problems, checkout.place_order, GUEST, shown.digest, "click-1")
    assert isinstance(held, Problems)
    assert {found.field for found in held.found} == {"SPRING10"}


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize(
    "typed",
    ["", " ", "SPRIN", "spring10; drop table promotion", "\x00", "💥" * 5, "A" * 5000, "%", "_" * 8,
     "card:01m7z", "\u202eSPRING10", "0000-0000-0000-0000", "\ud800\ud800\ud800"],
)  # fmt: skip
def test_what_is_no_code_of_ours_is_refused_in_one_way(typed: str) -> None:
    with db.writing() as session:
        factory.make_promotion(session)
        factory.make_card(session)
    fault = refused(Invalid, checkout.enter_code, GUEST, typed)
    assert fault.fields == {"code": "We don't know this code. Look for a mistyped letter."}


@pytest.mark.usefixtures("sqlite_database")
def test_an_order_takes_a_few_codes_each_once() -> None:
    with db.writing() as session:
        for number in range(6):
            factory.make_promotion(session, f"CODE-{number}")
        for number in (0, 0, 1, 2, 3, 4):
            view = checkout.enter_code(session, GUEST, f" code-{number} ")
        assert [code.key for code in view.codes] == [f"CODE-{number}" for number in range(5)]
    refused(Conflict, checkout.enter_code, GUEST, "CODE-5")


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "a"}, "code"),
        ({"code": "ABCD-EFGH-JKMN-PQRS"}, "code"),
        ({"code": "SPRING 💥"}, "code"),
        ({"percent": 0}, "percent"),
        ({"percent": 101}, "percent"),
        ({"amount_cents": 1}, "amount_cents"),
        ({"kind": PromotionKind.AMOUNT, "percent": 0, "amount_cents": 10**30}, "amount_cents"),
        ({"kind": PromotionKind.FREE_SHIPPING}, "percent"),
        ({"minimum_cents": -1}, "minimum_cents"),
        ({"only_kinds": ("spaceship",)}, "only_kinds"),
        ({"only_kinds": ("gift",)}, "only_kinds"),
        ({"most_uses": 0}, "most_uses"),
        ({"most_per_person": 10**30}, "most_per_person"),
        ({"words": ""}, "words"),
        ({"words": "a\nb"}, "words"),
        ({"group": "x" * 41}, "group"),
        ({"ends": clock.now() - timedelta(days=1)}, "ends"),
    ],
)
def test_a_promotion_that_makes_no_sense_is_not_made(changes: dict[str, Any], field: str) -> None:
    told = {"code": "SPRING10", "words": "10% off", "kind": PromotionKind.PERCENT, "percent": 10}
    new = NewPromotion(**{**told, **changes})
    assert field in refused(Invalid, checkout.add_promotion, STAFF, new).fields


@pytest.mark.usefixtures("sqlite_database")
def test_a_promotion_is_changed_by_the_staff_alone() -> None:
    with db.writing() as session:
        row = factory.make_promotion(session)
    later = PromotionChange(active=False, most_uses=7, words="Ten off")
    with db.writing() as session:
        changed = checkout.change_promotion(session, STAFF, row.id, later)
        assert (changed.active, changed.most_uses, changed.words) == (False, 7, "Ten off")
        assert checkout.promotion_by_code(session, STAFF, "spring10").id == row.id
    refused(Conflict, factory.make_promotion)
    refused(NotFound, checkout.change_promotion, STAFF, new_id(), later)
    early = PromotionChange(ends=row.starts)
    assert "ends" in refused(Invalid, checkout.change_promotion, STAFF, row.id, early).fields
    for who, error in ((GUEST, NotSignedIn), (Identity(user_id="u1", role=Role.USER), Forbidden)):
        refused(error, checkout.change_promotion, who, row.id, later)
        refused(error, checkout.list_promotions, who)
        refused(error, checkout.issue_card, who, Money(5000), "click-1")
        refused(error, checkout.list_cards, who)
        refused(error, checkout.withdraw_card, who, row.id)
