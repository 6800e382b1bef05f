"""Calling an order off: stock and money go back to where they came from."""

from sqlmodel import Session

from pet_app.catalog import service as catalog
from pet_app.core.errors import Conflict
from pet_app.core.security import Identity
from pet_app.messaging.outbox import publish
from pet_app.order.events import OrderCancelled
from pet_app.order.models import Order
from pet_app.order.rules import POSTLESS, OrderStatus
from pet_app.order.service.moving import (
    add_step,
    happened,
    lines_of,
    move,
    not_now,
    shipments_of,
    stocked,
)
from pet_app.order.service.reading import own_order
from pet_app.payment import service as payments

LONGEST_REASON = 500
BEING_MADE = (
    "Your order is being made already, so it cannot be cancelled here any more. Write to us: as "
    "long as it is on the bench we may still find a way."
)
MAILED = (
    "The gift card of this order has gone out by e-mail, so it cannot be cancelled here any more. "
    "Write to us, and we see to it together."
)
SENT = "A parcel of this order is on its way. Once it is there, you can send it back."
OVER = frozenset({OrderStatus.CANCELLED, OrderStatus.REFUNDED})
OPEN = frozenset({OrderStatus.PENDING_PAYMENT, OrderStatus.PAID, OrderStatus.PARTLY_REFUNDED})


def may_cancel(session: Session, order: Order, *, staff: bool) -> bool:
    """Whether it can be called off now, by its customer or by the staff."""
    return _obstacle(session, order, staff) is None


def cancel(
    session: Session, identity: Identity, order_id: str, reason: str = "", key: str = ""
) -> Order:
    """Call an order off; what was paid goes back by itself. Safe twice.

    Its customer may until it is being made, the staff until a parcel has left. Raises `Conflict`.
    """
    access = own_order(session, identity, order_id, key)
    order = access.order
    if order.status in OVER:
        return order
    if obstacle := _obstacle(session, order, access.staff):
        raise obstacle
    call_off(session, order, reason.strip()[:LONGEST_REASON], access.by)
    return order


def call_off(session: Session, order: Order, reason: str, by: str) -> None:
    """Cancel an order that is held. Unpaid, its stock is let go and its payment given up; paid,
    stock and money go back."""
    paid = order.paid is not None
    move(session, order, OrderStatus.CANCELLED)
    order.reason = reason
    add_step(session, order, "cancelled", "Order cancelled", by)
    if paid:
        catalog.put_back(session, order.id, stocked(lines_of(session, order)), "cancelled")
        if order.due_cents:
            key = f"order:{order.id}:cancelled"
            payments.send_back(session, order.payment_id, key, reason or "Order cancelled", by)
    else:
        catalog.release(session, order.id)
        if order.payment_id:
            payments.give_up(session, order.payment_id)
    # Whoever keeps gift cards gives back what was taken from them, once it hears of this.
    order.gift_back_cents = order.gift_cents
    session.add(order)
    publish(session, OrderCancelled(order.id, paid))


def _obstacle(session: Session, order: Order, staff: bool) -> Conflict | None:
    if shipments_of(session, order):
        return Conflict(SENT)
    made = order.status == OrderStatus.IN_PRODUCTION or happened(session, order, "in_production")
    if made and not staff:
        return Conflict(BEING_MADE)
    mailed = order.paid is not None and any(
        line.kind in POSTLESS for line in lines_of(session, order)
    )
    if mailed and not staff:
        # Whoever has its code can spend it; the money would then be had twice.
        return Conflict(MAILED)
    if order.status in OPEN or (staff and order.status == OrderStatus.IN_PRODUCTION):
        return None
    return not_now(order)
