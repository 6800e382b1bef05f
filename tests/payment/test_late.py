"""Money that comes when nobody waits for it any more is nobody's: it pays for no order."""

from pet_app.core import db
from pet_app.order import service as orders
from pet_app.payment import service as payments
from tests.order.factory import GUEST, bowl, placed, seen, settle, shelf, stock
from tests.payment.factory import refunds, row
from tests.stripe.fake import Fake


def test_late_money_pays_no_order_and_leaves_it_to_be_paid(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    variant = shelf(5)
    order_id = placed(bowl(variant))
    first = seen(order_id).payment_id
    payments.begin(first)
    with db.writing() as session:
        payments.give_up(session, first)
        second = orders.pay_again(session, GUEST, order_id)
    # Two tabs: the page of the first is paid on before it is closed.
    stripe_fake.pay(row(first).session_id or "")
    settle()
    assert (row(first).state, row(first).refunded_cents) == ("paid", row(first).amount_cents)
    assert (seen(order_id).status, seen(order_id).payment_id) == ("pending_payment", second)
    with db.reading() as session:
        current = payments.payment_of(session, "order", order_id)
    assert current is not None
    assert current.id == second
    payments.begin(second)
    stripe_fake.pay(row(second).session_id or "")
    payments.catch_up(second)
    settle()
    assert seen(order_id).status == "paid"
    assert refunds(second) == []


def test_late_money_does_not_keep_an_order_from_ending(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    variant = shelf(5)
    order_id = placed(bowl(variant))
    first = seen(order_id).payment_id
    payments.begin(first)
    with db.writing() as session:
        payments.give_up(session, first)
    stripe_fake.pay(row(first).session_id or "")
    settle()
    with db.writing() as session:
        assert orders.expire(session, order_id)
    settle()
    assert (seen(order_id).status, stock(variant)) == ("cancelled", (5, 0))
    assert row(first).refunded_cents == row(first).amount_cents
