"""Promotion codes and gift cards: what they do, how often, and that nothing is spent twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select, update

from pet_app.checkout import service as checkout
from pet_app.checkout.cards import code_of, key_of, person_key
from pet_app.checkout.models import Cart, GiftCard, GiftCardEntry, Promotion, PromotionUse
from pet_app.checkout.rules import PromotionKind, Trouble
from pet_app.checkout.service import NewPromotion, Problems, PromotionChange
from pet_app.core import clock, db
from pet_app.core.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn, Problem
from pet_app.core.ids import new_id
from pet_app.core.money import Money
from pet_app.core.security import Identity, Role
from pet_app.messaging.outbox import publish
from pet_app.order import service as orders
from pet_app.order.events import GiftMoneyBack, OrderCancelled, OrderPaid
from tests.checkout import factory
from tests.checkout.factory import GUEST, OTHER, STAFF, guest, refused
from tests.user.factory import letters

BUYERS = 8


def at_once(verb: Callable[[int], Any], count: int = BUYERS) -> list[Any]:
    """What a verb gave, or refused, to so many at the same moment, each in a transaction."""

    def one(number: int) -> Any:
        try:
            return verb(number)
        except Problem as problem:
            return problem

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


def order_all(number: int) -> Any:
    """One of many buyers orders what is in their cart."""
    who = guest(number)
    with db.reading() as session:
        digest = checkout.review(session, who).digest
    with db.writing() as session:
        return checkout.place_order(session, who, digest, "click-1")


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


@pytest.mark.usefixtures("database")
def test_a_gift_card_is_never_spent_twice() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, stock=None)
        card_id, code = factory.make_card(session, 5000)
        for number in range(BUYERS):
            factory.ready(session, bowl, 1, guest(number))
            checkout.enter_code(session, guest(number), code)
        each = checkout.review(session, guest(0)).gift.cents
    found = at_once(order_all)
    placed = [one for one in found if isinstance(one, checkout.Placed)]
    assert len(placed) == 5000 // each
    with db.reading() as session:
        assert factory.balance_of(session, card_id) == 5000 - each * len(placed) >= 0
        given = [factory.order_of(session, one).gift_cents for one in placed]
        assert given == [each] * len(placed)


@pytest.mark.usefixtures("database")
def test_money_goes_back_onto_its_card_once_however_often_it_is_asked() -> None:
    with db.writing() as session:
        factory.ready(session, factory.make_variant(session))
        card_id, code = factory.make_card(session, 1500)
        checkout.enter_code(session, GUEST, code)
        placed = factory.place(session)

    def back(_number: int) -> None:
        with db.writing() as session:
            checkout.give_back(session, placed.order_id)

    at_once(back, 4)
    with db.reading() as session:
        assert factory.balance_of(session, card_id) == 1500


@pytest.mark.usefixtures("database")
def test_a_part_of_an_order_goes_back_onto_its_cards_once_for_each_key() -> None:
    with db.writing() as session:
        factory.ready(session, factory.make_variant(session, cents=4000))
        cards = [factory.make_card(session, cents) for cents in (1000, 700)]
        for _, code in cards:
            checkout.enter_code(session, GUEST, code)
        placed = factory.place(session)
        for key in ("first", "first"):
            publish(session, GiftMoneyBack(placed.order_id, 900, key))
    factory.settle()
    with db.writing() as session:
        # The card used last has its money back first.
        assert [factory.balance_of(session, card_id) for card_id, _ in cards] == [200, 700]
        publish(session, OrderCancelled(placed.order_id, True))
    factory.settle()
    with db.reading() as session:
        assert [factory.balance_of(session, card_id) for card_id, _ in cards] == [1000, 700]


@pytest.mark.usefixtures("sqlite_database")
def test_a_gift_card_that_is_bought_comes_by_mail_and_pays() -> None:
    with db.writing() as session:
        factory.put(session, factory.make_card_product(session, 5000), 2)
        shown = checkout.say_where(session, GUEST, factory.EMAIL, None)
        assert shown.can_be_placed
        assert not shown.must_ship
        assert (shown.due.cents, shown.taxes, shown.methods) == (10000, (), ())
        placed = factory.place(session)
        assert factory.order_of(session, placed).method == "email"
    factory.pay(placed)
    with db.writing() as session:
        publish(session, OrderPaid(placed.order_id, placed.number, 10000, "USD"))
    sent = [letter for letter in letters(factory.EMAIL) if letter.kind == "order.gift_card"]
    with db.writing() as session:
        cards = session.exec(select(GiftCard)).all()
        codes = {code_of(card.id) for card in cards}
        assert len(sent) == len(cards) == 2
        assert {code for code in codes for letter in sent if code in letter.text} == codes
        # Nowhere in the tables is there a code, nor in what waits to be done.
        kept = [
            str(tuple(row))
            for table in (GiftCard, GiftCardEntry)
            for row in session.exec(
                select(*table.__table__.columns)  # pyright: ignore
            )
        ]
        assert not [
            row for row in kept for code in codes if code in row or code.replace("-", "") in row
        ]
        factory.ready(session, factory.make_variant(session), identity=OTHER)
        code = sorted(codes)[0]
        view = checkout.enter_code(session, OTHER, code.replace("-", " ").lower())
        assert view.codes[0].shown == f"Gift card ···· {code[-4:]}"
        assert checkout.review(session, OTHER).due.cents == 0
        # When the order comes to nothing after all, its cards are worth nothing.
        checkout.give_back(session, placed.order_id)
        assert [found.code for found in checkout.review(session, OTHER).problems] == [
            Trouble.CARD_EMPTY
        ]


@pytest.mark.usefixtures("sqlite_database")
def test_no_gift_card_pays_for_gift_cards_and_no_code_makes_them_cheaper() -> None:
    with db.writing() as session:
        factory.put(session, factory.make_card_product(session, 5000))
        factory.make_promotion(session)
        checkout.enter_code(session, GUEST, "SPRING10")
        checkout.enter_code(session, GUEST, factory.make_card(session, 9000)[1])
        shown = checkout.say_where(session, GUEST, factory.EMAIL, None)
        assert (shown.discount.cents, shown.gift.cents, shown.due.cents) == (0, 0, 5000)
        assert [found.code for found in shown.problems] == [Trouble.CODE_OTHER_THINGS]


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


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize(
    "amount", [Money(0), Money(-5000), Money(499), Money(50_001), Money(10**30), Money(5000, "EUR")]
)
def test_a_gift_card_of_a_strange_amount_is_not_made(amount: Money) -> None:
    assert "amount" in refused(Invalid, checkout.issue_card, STAFF, amount, "click-1").fields


@pytest.mark.usefixtures("sqlite_database")
def test_a_gift_card_made_by_hand_is_made_once_and_can_be_withdrawn() -> None:
    with db.writing() as session:
        card, code = checkout.issue_card(session, STAFF, Money(5000), "click-1")
        assert checkout.issue_card(session, STAFF, Money(5000), "click-1") == (card, code)
        assert [one.id for one in checkout.list_cards(session, STAFF, code[-4:])] == [card.id]
        assert session.exec(select(GiftCard)).one().code_key == key_of(code) != code
        withdrawn = checkout.withdraw_card(session, STAFF, card.id)
        assert (withdrawn.balance.cents, withdrawn.active) == (0, False)
        assert [entry.reason for entry in checkout.ledger(session, STAFF, card.id)] == [
            "issued",
            "withdrawn",
        ]
        assert factory.balance_of(session, card.id) == 0
    refused(Invalid, checkout.enter_code, GUEST, code)
    past = clock.now() - timedelta(days=1)
    refused(Invalid, checkout.issue_card, STAFF, Money(5000), "click-2", past)


@pytest.mark.usefixtures("sqlite_database")
def test_codes_of_cards_are_read_as_people_write_them_and_hard_to_guess() -> None:
    codes = [code_of(new_id()) for _ in range(200)]
    assert len(set(codes)) == 200
    assert all(len(code) == 19 for code in codes)
    code = code_of("one")
    spelt = code.replace("0", "o").replace("1", "l").lower().replace("-", " ")
    assert key_of(spelt) == key_of(code)
    assert key_of(code[:-1]) == key_of("") == key_of("é" * 16) == ""
    assert person_key(" Gwen+x@Example.com") == person_key("gwen@example.com")
    assert person_key("gwen@example.org") != person_key("gwen@example.com")


@pytest.mark.usefixtures("sqlite_database")
def test_a_gift_card_leaves_to_pay_what_a_card_can_pay() -> None:
    with db.writing() as session:
        total = factory.ready(session, factory.make_variant(session)).total.cents
        checkout.enter_code(session, GUEST, factory.make_card(session, total - 20)[1])
        shown = checkout.review(session, GUEST)
        assert (shown.due.cents, shown.gift.cents) == (50, total - 50)
        placed = factory.place(session)
        assert orders.get_order(session, placed.order_id).due_cents == 50
