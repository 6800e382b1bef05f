"""What an order holds while it is paid for, and what becomes of it, on both databases."""

import pytest
from sqlmodel import select, update

from pet_app.catalog.models import Variant
from pet_app.checkout import service as checkout
from pet_app.checkout.models import CartLine, Promotion
from pet_app.checkout.rules import Trouble
from pet_app.checkout.service import Problems
from pet_app.core import db
from pet_app.order import service as orders
from pet_app.order.models import Order
from pet_app.payment.models import Payment
from tests.checkout import factory
from tests.checkout.factory import GUEST

pytestmark = pytest.mark.usefixtures("database")


def troubles(problems: Problems) -> list[Trouble]:
    return [found.code for found in problems.found]


def test_the_same_click_and_the_same_order_again_are_one_order() -> None:
    with db.writing() as session:
        shown = factory.ready(session, factory.make_variant(session), 2)
        first = checkout.place_order(session, GUEST, shown.digest, "click-1")
        again = checkout.place_order(session, GUEST, shown.digest, "click-1")
        # A second tab of theirs, which shows the same.
        other = checkout.place_order(session, GUEST, shown.digest, "click-2")
        assert first == again == other
        assert len(session.exec(select(Order)).all()) == 1
        assert session.exec(select(Variant)).one().reserved == 2


def test_another_order_from_the_same_cart_takes_the_place_of_the_one_that_waits() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, stock=3)
        factory.make_promotion(session, most_uses=1, most_per_person=1)
        card_id, code = factory.make_card(session, 1000)
        factory.ready(session, bowl, 3)
        checkout.enter_code(session, GUEST, "SPRING10")
        checkout.enter_code(session, GUEST, code)
        first = factory.place(session)
        # All three, the last use and all of the card are held, and still the customer's own.
        shown = checkout.review(session, GUEST)
        assert shown.can_be_placed
        assert shown.gift.cents == 1000
        line = shown.cart.lines[0]
        checkout.change_quantity(session, GUEST, line.id, 2)
        second = factory.place(session)
    factory.settle()
    with db.writing() as session:
        assert orders.get_order(session, first.order_id).status == "cancelled"
        assert orders.get_order(session, second.order_id).status == "pending_payment"
        assert session.exec(select(Variant)).one().reserved == 2
        assert session.exec(select(Promotion)).one().uses == 1
        assert factory.balance_of(session, card_id) == 0


def test_what_is_bought_leaves_the_cart_and_what_came_since_stays() -> None:
    with db.writing() as session:
        bowl, ball = factory.make_variant(session), factory.make_variant(session, "ball")
        factory.ready(session, bowl, 2)
        placed = factory.place(session)
        # In a second tab, while the first shows the provider's page.
        factory.put(session, bowl, 1)
        factory.put(session, ball, 1)
    factory.pay(placed)
    with db.writing() as session:
        assert orders.get_order(session, placed.order_id).status == "paid"
        cart = checkout.cart_of(session, GUEST)
        assert sorted((line.title, line.quantity) for line in cart.lines) == [
            ("Ball", 1),
            ("Enamel bowl", 1),
        ]
        checkout.forget_bought(session, placed.order_id)
        assert checkout.cart_of(session, GUEST).count == 2
        # The click that placed it, once more: the same order, nothing new.
        assert session.exec(select(Variant).where(Variant.id == bowl.id)).one().stock == 3


def test_what_a_gift_card_pays_in_full_is_paid_at_once() -> None:
    with db.writing() as session:
        factory.ready(session, factory.make_variant(session), 1)
        card_id, code = factory.make_card(session, 10000)
        checkout.enter_code(session, GUEST, code)
        placed = factory.place(session)
        total = factory.order_of(session, placed).total_cents
        payment = session.exec(select(Payment)).one()
    assert placed.due.cents == 0
    assert (payment.provider, payment.amount_cents) == ("nobody", 0)
    factory.settle()
    with db.reading() as session:
        assert orders.get_order(session, placed.order_id).status == "paid"
        assert factory.balance_of(session, card_id) == 10000 - total


def test_a_cancelled_order_gives_back_codes_cards_and_stock_once() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, stock=2)
        factory.make_promotion(session, most_uses=1)
        card_id, code = factory.make_card(session, 500)
        factory.ready(session, bowl, 2)
        checkout.enter_code(session, GUEST, "SPRING10")
        checkout.enter_code(session, GUEST, code)
        placed = factory.place(session)
        orders.cancel(session, GUEST, placed.order_id, "Changed my mind")
    factory.settle()
    for _ in range(2):
        with db.writing() as session:
            checkout.give_back(session, placed.order_id)
            assert factory.balance_of(session, card_id) == 500
            assert session.exec(select(Promotion)).one().uses == 0
            assert session.exec(select(Variant)).one().reserved == 0
    with db.writing() as session:
        assert factory.place(session).order_id != placed.order_id


def test_what_ran_out_meanwhile_is_said_and_nothing_is_held() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, stock=2)
        shown = factory.ready(session, bowl, 2)
        factory.ready(session, bowl, 1, factory.OTHER)
        factory.place(session, factory.OTHER)
        with pytest.raises(Problems) as found:
            checkout.place_order(session, GUEST, shown.digest, "click-1")
        assert troubles(found.value) == [Trouble.OUT_OF_STOCK]
        assert found.value.found[0].field == shown.cart.lines[0].id
        assert "Only one" in found.value.found[0].sentence


def test_two_lines_of_one_variant_count_together() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, stock=3)
        factory.ready(session, bowl, 2)
        row = session.exec(select(CartLine)).one()
        other = CartLine(**{**row.model_dump(exclude={"id"}), "thing": "with a name on it"})
        session.add(other)
        session.flush()
        view = checkout.cart_of(session, GUEST)
        assert [line.most for line in view.lines] == [1, 1]
        assert {found.code for found in view.problems} == {Trouble.OUT_OF_STOCK}
        with pytest.raises(Problems):
            factory.place(session)
        checkout.change_quantity(session, GUEST, other.id, 1)
        placed = factory.place(session)
        assert session.exec(select(Variant)).one().reserved == 3
        assert len(orders.order_lines(session, placed.order_id)) == 2


def test_after_a_payment_that_came_to_nothing_the_same_order_is_paid_in_another() -> None:
    with db.writing() as session:
        shown = factory.ready(session, factory.make_variant(session))
        first = checkout.place_order(session, GUEST, shown.digest, "click-1")
        session.exec(update(Payment).values(state="failed"))
    with db.writing() as session:
        again = checkout.place_order(session, GUEST, shown.digest, "click-1")
        other = checkout.place_order(session, GUEST, shown.digest, "click-2")
        assert again == other
        assert (again.order_id, again.due) == (first.order_id, first.due)
        assert again.payment_id != first.payment_id
        assert factory.order_of(session, again).payment_id == again.payment_id
    factory.pay(again)
    with db.reading() as session:
        assert factory.order_of(session, first).status == "paid"
    # Once it is paid, the click that placed it opens nothing new.
    with db.writing() as session:
        assert checkout.place_order(session, GUEST, shown.digest, "click-1") == again
