"""What becomes of an order when money comes, comes late, or does not come."""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from pet_app.catalog import service as catalog
from pet_app.core import clock, db
from pet_app.core.errors import Conflict
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.messaging.outbox import publish
from pet_app.order.events import OrderPaid
from pet_app.order.models import Order
from pet_app.order.rules import POSTLESS, PURPOSE, OrderStatus
from pet_app.order.service.cancelling import call_off
from pet_app.order.service.moving import (
    PAYMENT,
    SHOP,
    add_step,
    first_time,
    lines_of,
    locked,
    move,
    not_now,
    tell_pages,
    trouble,
)
from pet_app.order.service.reading import own_order
from pet_app.order.terms import terms
from pet_app.payment import service as payments
from pet_app.payment.service import Wanted

INVOICES = "HH-{year}-{count:06d}"
FORGOTTEN = 200
TIME_RAN_OUT = "It was not paid in time."


def mark_paid(
    session: Session, order_id: str, payment_id: str, amount: Money, *, late: bool = False
) -> None:
    """The money for an order is ours. Safe twice.

    Money for an order that was cancelled, that is paid already or that costs something else goes
    back in full, and the staff are told. So does what came `late`, when its payment had been given
    up: it is on its way back already, whatever the order waits for now.
    """
    order = locked(session, order_id)
    if order.paid is not None and order.payment_id == payment_id:
        return
    if late or order.status != OrderStatus.PENDING_PAYMENT or amount != order.due:
        _refuse(session, order, payment_id, amount)
        return
    order.paid = clock.now()
    order.payment_id = payment_id
    order.invoice_number = _next_invoice(session, order.paid)
    add_step(session, order, "paid", "Payment received", PAYMENT)
    move(session, order, OrderStatus.PAID)
    _settle_stock(session, order)
    publish(session, OrderPaid(order.id, order.number, order.total_cents, order.currency))
    _send_by_mail(session, order)


def pay_again(session: Session, identity: Identity, order_id: str, key: str = "") -> str:
    """The payment by which an unpaid order can be paid now; a new one where the last is over.

    Raises `NotFound`, `Conflict` for an order that waits for no money, and `Unavailable`.
    """
    order = own_order(session, identity, order_id, key).order
    if order.status != OrderStatus.PENDING_PAYMENT:
        raise not_now(order)
    payment = payments.open_payment(
        session,
        Wanted(
            owner=order.owner,
            purpose=PURPOSE,
            reference=order.id,
            amount=order.due,
            lines=((f"Order {order.number}", order.due_cents, 1),),
            back_to=f"/checkout/done?order={order.id}",
            expires=order.pay_by,
            description=f"Order {order.number}",
            email=order.email,
        ),
    )
    order.payment_id = payment.id
    session.add(order)
    return payment.id


def attach_invoice(session: Session, order_id: str, key: str) -> None:
    """Say where the invoice of an order lies. Safe twice."""
    order = locked(session, order_id)
    order.invoice_key = key
    session.add(order)
    tell_pages(session, order)


def note_suspicion(session: Session, order_id: str, reason: str) -> None:
    """Something about the payment wants a look before anything is sent."""
    order = locked(session, order_id)
    if first_time(session, order, f"suspected {reason}"):
        trouble(session, order, f"Look at the payment before you send this: {reason}")


def note_delay(session: Session, order_id: str) -> None:
    """The customer did their part and the bank takes some days: stock waits with them."""
    order = locked(session, order_id)
    if order.status != OrderStatus.PENDING_PAYMENT or not first_time(session, order, "delayed"):
        return
    order.pay_by = max(order.pay_by, clock.now() + terms().delay)
    session.add(order)
    catalog.hold_longer(session, order.id, order.pay_by)
    add_step(session, order, "delayed", "Your bank is sending the money", PAYMENT)


def note_failure(session: Session, order_id: str, payment_id: str, reason: str) -> None:
    """A payment came to nothing; the order waits for another until its time is over."""
    order = locked(session, order_id)
    pending = order.status == OrderStatus.PENDING_PAYMENT
    if pending and first_time(session, order, f"failed {payment_id}"):
        add_step(session, order, "failed", reason or "The payment did not go through", PAYMENT)


def note_mismatch(session: Session, order_id: str, payment_id: str, received: Money) -> None:
    """Something else came than was asked for; payments send it back, the staff are told."""
    order = locked(session, order_id)
    if first_time(session, order, f"mismatched {payment_id}"):
        trouble(
            session,
            order,
            f"{received} came in for this order, which costs {order.due}. It is on its way back.",
        )


def note_dispute(session: Session, order_id: str, dispute_id: str, state: str) -> None:
    """The customer's bank asks for the money back, or has decided."""
    order = locked(session, order_id)
    if first_time(session, order, f"dispute {dispute_id} {state}"):
        words = state.replace("_", " ")
        trouble(session, order, f"The customer's bank disputes the payment ({dispute_id}): {words}")


def due_orders(session: Session) -> list[tuple[str, str]]:
    """The unpaid orders whose time is over, as (order, payment); the oldest first."""
    late = select(Order.id, Order.payment_id).where(
        Order.status == OrderStatus.PENDING_PAYMENT, col(Order.pay_by) < db.database_now(session)
    )
    return [*session.exec(late.order_by(col(Order.pay_by)).limit(FORGOTTEN))]


def expire(session: Session, order_id: str, reason: str = TIME_RAN_OUT) -> bool:
    """Stop waiting for the money of an order; whether that ended it. Safe twice.

    One whose money is there already, or on its way, is left alone.
    """
    order = locked(session, order_id)
    if order.status != OrderStatus.PENDING_PAYMENT:
        return False
    if payments.is_arriving(session, PURPOSE, order.id):
        return False
    call_off(session, order, reason, SHOP)
    return True


def _refuse(session: Session, order: Order, payment_id: str, amount: Money) -> None:
    if not first_time(session, order, f"refused {payment_id}"):
        return
    if order.status == OrderStatus.CANCELLED and order.paid is None:
        # What goes back of it is then this order's money.
        order.payment_id, why = payment_id, "was cancelled before"
    elif order.paid is not None:
        why = "was paid already"
    elif amount == order.due:
        why = "had stopped waiting for it"
    else:
        why = f"costs {order.due}"
    session.add(order)
    trouble(session, order, f"{amount} came in for this order, which {why}. It goes back in full.")
    payments.send_back(
        session, payment_id, f"order:{order.id}:refused:{payment_id}", f"The order {why}.", SHOP
    )


def _settle_stock(session: Session, order: Order) -> None:
    if short := catalog.take(session, order.id):
        listed = ", ".join(f"{count} of {variant_id}" for variant_id, count in short.items())
        trouble(session, order, f"It is paid, but the shelf is short of {listed}.")
    variants = {line.variant_id for line in lines_of(session, order) if line.variant_id}
    products = {found.product_id for found in catalog.sellable(session, variants).values()}
    if products:
        catalog.note_purchase(session, order.owner, products, order.number)


def _send_by_mail(session: Session, order: Order) -> None:
    """An order that no parcel holds is done as soon as it is paid."""
    if all(line.kind in POSTLESS for line in lines_of(session, order)):
        move(session, order, OrderStatus.SHIPPED)
        add_step(session, order, "delivered", "Sent by e-mail", SHOP)
        move(session, order, OrderStatus.DELIVERED)


def _next_invoice(session: Session, at: datetime) -> str:
    """The next invoice number of its year. One transaction after the other, so without gaps."""
    if not db.is_sqlite():
        session.connection().execute(text("SELECT pg_advisory_xact_lock(hashtext('invoices'))"))
    year = INVOICES.format(year=at.year, count=0)[:-6]
    numbers = select(Order.invoice_number).where(
        col(Order.invoice_number).startswith(year, autoescape=True)
    )
    last = session.exec(numbers.order_by(col(Order.invoice_number).desc()).limit(1)).first()
    count = int(last.removeprefix(year)) + 1 if last else 1
    if count > 999_999:
        raise Conflict("There are no invoice numbers left for this year.")
    return INVOICES.format(year=at.year, count=count)
