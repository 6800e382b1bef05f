"""Money for orders: it comes, late, twice, wrong, or not at all; each word of it twice."""

from datetime import timedelta

from sqlmodel import select

from pet_app.catalog import service as catalog
from pet_app.catalog.models import Purchase
from pet_app.core import clock, db
from pet_app.core.money import Money
from pet_app.messaging.clock import schedule
from pet_app.order import service as orders
from pet_app.order.models import Order, OrderLine
from pet_app.order.terms import terms
from pet_app.payment import service as payments
from pet_app.payment.models import Payment, Refund
from pet_app.payment.rules import DemoOutcome
from tests.messaging.factory import hasten
from tests.order.factory import (
    EMAIL,
    GUEST,
    bowl,
    done,
    harness,
    paid,
    pay,
    placed,
    seen,
    settle,
    shelf,
    steps,
    stock,
)
from tests.user.factory import letters


def kinds(to: str = EMAIL) -> list[str]:
    settle()
    return [letter.kind for letter in letters(to)]


def money_back(order_id: str) -> list[int]:
    with db.reading() as session:
        found = select(Refund.amount_cents).join(Payment).where(Payment.reference == order_id)
        return list(session.exec(found))


def test_paying_takes_the_stock_numbers_the_invoice_and_writes_once(database: str) -> None:
    variant = shelf(5)
    order_id = placed(bowl(variant), harness())
    assert stock(variant) == (5, 2)
    pay(order_id)
    order = seen(order_id)
    assert order.status == "paid"
    assert order.paid is not None
    assert order.invoice_number == f"HH-{order.paid.year}-000001"
    assert stock(variant) == (3, 0)
    with db.reading() as session:
        bought = session.exec(select(Purchase)).one()
    assert (bought.owner, bought.product_id) == (GUEST.owner, variant.product_id)
    # The same word again changes nothing.
    done(orders.mark_paid, order_id, order.payment_id, order.due)
    assert steps(order_id, internal=True) == ["placed", "paid"]
    assert seen(order_id).invoice_number == order.invoice_number
    assert stock(variant) == (3, 0)
    assert kinds() == ["order.confirmed"]


def test_invoice_numbers_have_no_gap(sqlite_database: str) -> None:
    first, unpaid, second = paid(harness()), placed(harness()), paid(harness())
    assert seen(unpaid).invoice_number is None
    numbers = [seen(order_id).invoice_number for order_id in (first, second)]
    assert [number and number[-6:] for number in numbers] == ["000001", "000002"]


def test_an_order_that_costs_nothing_is_paid_at_once(sqlite_database: str) -> None:
    order_id = paid(harness(), gift=Money(10400))
    assert seen(order_id).status == "paid"
    assert seen(order_id).invoice_number


def test_gift_cards_are_delivered_with_the_money(sqlite_database: str) -> None:
    card = bowl(shelf(None, "gift-card"), 1, kind="gift", tax_cents=0)
    order_id = paid(card, shipping=Money(0))
    assert seen(order_id).status == "delivered"
    assert steps(order_id) == ["placed", "paid", "delivered"]
    assert "order.confirmed" in kinds()
    assert "order.delivered" not in kinds()


def test_money_for_a_cancelled_order_goes_back_in_full(database: str) -> None:
    variant = shelf(5)
    order_id = placed(bowl(variant))
    order = seen(order_id)
    with db.writing() as session:
        # The visitor pays while the order is called off in another tab.
        payments.settle_demo(session, GUEST, order.payment_id, DemoOutcome.PAID)
        orders.cancel(session, GUEST, order_id, "Changed my mind")
    settle()
    for _ in range(2):
        done(orders.mark_paid, order_id, order.payment_id, order.due)
    assert money_back(order_id) == [order.due_cents]
    assert seen(order_id).status == "refunded"
    assert seen(order_id).paid is None
    assert seen(order_id).invoice_number is None
    assert stock(variant) == (5, 0)
    assert steps(order_id, internal=True).count("trouble") == 1
    assert "order.staff_called" in kinds("hello@harness-hero.test")
    assert kinds() == ["order.cancelled", "order.refunded"]


def test_the_wrong_amount_is_not_the_price(sqlite_database: str) -> None:
    order_id = placed(harness())
    for wrong in (Money(1), Money(seen(order_id).due_cents, "EUR")):
        done(orders.mark_paid, order_id, seen(order_id).payment_id, wrong)
    assert seen(order_id).status == "pending_payment"
    assert steps(order_id, internal=True) == ["placed", "trouble"]


def test_a_second_payment_goes_back(sqlite_database: str) -> None:
    order_id = paid(harness())
    order = seen(order_id)
    with db.writing() as session:
        first = session.get_one(Payment, order.payment_id)
        values = first.model_dump(exclude={"id", "attempt", "session_id"})
        session.add(Payment(id="second", attempt=2, **values))
    done(orders.mark_paid, order_id, "second", order.due)
    assert money_back(order_id) == [order.due_cents]
    assert (seen(order_id).status, seen(order_id).refunded_cents) == ("paid", 0)


def test_a_bank_that_takes_days_keeps_order_and_stock(database: str) -> None:
    variant = shelf(5)
    order_id = placed(bowl(variant))
    pay(order_id, DemoOutcome.DELAYED)
    for _ in range(2):
        done(orders.note_delay, order_id)
    assert steps(order_id) == ["placed", "delayed"]
    assert seen(order_id).pay_by > clock.now() + terms().delay - timedelta(minutes=1)
    assert kinds() == ["order.payment_delayed"]
    pay(order_id)
    assert seen(order_id).status == "paid"
    assert stock(variant) == (3, 0)


def test_a_failed_payment_leaves_the_order_waiting(sqlite_database: str) -> None:
    order_id = placed(harness())
    pay(order_id, DemoOutcome.DELAYED)
    pay(order_id, DemoOutcome.FAILED)
    payment_id = seen(order_id).payment_id
    done(orders.note_failure, order_id, payment_id, "No money came.")
    assert seen(order_id).status == "pending_payment"
    assert steps(order_id) == ["placed", "delayed", "failed"]
    assert kinds() == ["order.payment_delayed", "order.payment_failed"]


def overdue(order_id: str) -> None:
    with db.writing() as session:
        order = session.get_one(Order, order_id)
        order.pay_by = clock.now() - timedelta(seconds=1)


def test_what_nobody_paid_gives_its_stock_back(database: str) -> None:
    variant = shelf(5)
    order_id = placed(bowl(variant))
    early = placed(harness())
    overdue(order_id)
    with db.reading() as session:
        assert [found for found, _ in orders.due_orders(session)] == [order_id]
    assert done(orders.expire, order_id) is True
    assert done(orders.expire, order_id) is False
    assert seen(order_id).status == "cancelled"
    assert seen(early).status == "pending_payment"
    assert stock(variant) == (5, 0)
    with db.reading() as session:
        payment = payments.payment_of(session, "order", order_id)
    assert payment is not None
    assert payment.state == "expired"
    hasten()
    assert kinds() == ["order.cancelled"]


def test_what_was_paid_the_moment_before_is_not_called_off(sqlite_database: str) -> None:
    order_id = placed(harness())
    pay(order_id, react=False)
    overdue(order_id)
    with db.writing() as session:
        assert orders.expire(session, order_id) is False
    settle()
    assert seen(order_id).status == "paid"


def test_the_clock_calls_off_what_is_due(sqlite_database: str) -> None:
    order_id = placed(harness())
    overdue(order_id)
    schedule()
    settle()
    assert seen(order_id).status == "cancelled"


def test_an_order_another_took_the_place_of_goes_in_silence(sqlite_database: str) -> None:
    order_id = placed(harness())
    done(orders.expire, order_id, "Another order took its place.")
    assert seen(order_id).status == "cancelled"
    assert kinds() == []


def test_disputes_and_mismatches_are_told_the_staff_once(sqlite_database: str) -> None:
    order_id = paid(harness())
    for _ in range(2):
        done(orders.note_dispute, order_id, "dp_1", "needs_response")
        done(orders.note_mismatch, order_id, "pay_1", Money(1))
    assert steps(order_id, internal=True).count("trouble") == 2
    assert steps(order_id) == ["placed", "paid"]
    assert kinds("hello@harness-hero.test") == ["order.staff_called"] * 2


def test_a_shelf_that_is_short_is_told_and_the_order_stays_paid(sqlite_database: str) -> None:
    variant = shelf(1)
    order_id = placed(bowl(variant, 1))
    with db.writing() as session:
        catalog.release(session, order_id)
        catalog.reserve(session, "another", {variant.id: 1}, clock.now() + timedelta(hours=1))
    pay(order_id)
    assert seen(order_id).status == "paid"
    assert steps(order_id, internal=True) == ["placed", "paid", "trouble"]


def test_sums_of_lines_and_orders_never_part(sqlite_database: str) -> None:
    order_id = paid(harness(3, discount_cents=700))
    with db.reading() as session:
        [line] = session.exec(select(OrderLine)).all()
    order = seen(order_id)
    assert line.line_cents - line.discount_cents + line.tax_cents + order.shipping_cents == (
        order.total_cents
    )
