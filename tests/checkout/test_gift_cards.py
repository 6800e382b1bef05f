"""Gift cards: made, bought, spent once, given their money back."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from pet_app.checkout import service as checkout
from pet_app.checkout.cards import code_of, key_of, person_key
from pet_app.checkout.models import GiftCard, GiftCardEntry
from pet_app.checkout.rules import Trouble
from pet_app.core import clock, db
from pet_app.core.errors import Invalid
from pet_app.core.ids import new_id
from pet_app.core.money import Money
from pet_app.messaging.outbox import publish
from pet_app.order import service as orders
from pet_app.order.events import GiftMoneyBack, OrderCancelled, OrderPaid
from tests.checkout import factory
from tests.checkout.factory import BUYERS, GUEST, OTHER, STAFF, at_once, guest, refused
from tests.user.factory import letters


@pytest.mark.usefixtures("database")
def test_a_gift_card_is_never_spent_twice() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, stock=None)
        card_id, code = factory.make_card(session, 5000)
        for number in range(BUYERS):
            factory.ready(session, bowl, 1, guest(number))
            checkout.enter_code(session, guest(number), code)
        each = checkout.review(session, guest(0)).gift.cents
        # All are shown the card as it is before anybody spends it.
        shown = [checkout.review(session, guest(number)).digest for number in range(BUYERS)]

    def order(number: int) -> Any:
        with db.writing() as session:
            return checkout.place_order(session, guest(number), shown[number], "click-1")

    found = at_once(order)
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
