"""Making an order, sending it in one parcel or several, and its arrival."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from pet_app.core import clock
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.core.security import Identity
from pet_app.messaging.outbox import publish
from pet_app.order.events import OrderDelivered, OrderShipped
from pet_app.order.models import Order, Shipment
from pet_app.order.rules import POSTLESS, OrderStatus, may_move
from pet_app.order.service.moving import (
    add_step,
    lines_of,
    move,
    not_now,
    outstanding,
    sent_of,
    shipments_of,
)
from pet_app.order.service.reading import staffs_order
from pet_app.order.terms import carrier_of, checked_tracking

S = OrderStatus
SENDABLE = frozenset({S.PAID, S.IN_PRODUCTION, S.PARTLY_REFUNDED})
LONGEST_NOTE = 2000
TAKEN = "This tracking number belongs to another parcel already."
TOO_MANY = "That is more than was bought and has not been sent."
NOTHING_LEFT = "Everything of this order has been sent already."
NO_PARCEL = "This order has no such parcel."
NO_WORDS = "Write what is to be noted."


def begin_production(session: Session, identity: Identity, order_id: str) -> Order:
    """The workshop has begun with an order. Safe twice. Raises `Conflict`."""
    order = staffs_order(session, identity, order_id)
    if order.status == S.IN_PRODUCTION:
        return order
    if shipments_of(session, order):
        raise not_now(order)
    move(session, order, S.IN_PRODUCTION)
    add_step(session, order, "in_production", "In our workshop", _by(identity))
    return order


def ship(
    session: Session,
    identity: Identity,
    order_id: str,
    carrier: str,
    tracking_number: str,
    lines: Mapping[str, int] | None = None,
) -> Shipment:
    """A parcel is on its way with so many of these lines, or with all that is left.

    The same parcel told twice is the same. Raises `Invalid`, and `Conflict` for an order that
    cannot be sent, more than is left, or a tracking number of another parcel.
    """
    order = staffs_order(session, identity, order_id)
    carrier, number = checked_tracking(carrier, tracking_number)
    if known := _parcel(session, carrier, number):
        if known.order_id == order.id:
            return known
        raise Conflict(TAKEN)
    if order.status not in SENDABLE:
        raise not_now(order)
    held = _held(session, order, lines)
    parcel = Shipment(
        order_id=order.id,
        carrier=carrier,
        tracking_number=number,
        lines=[[line_id, quantity] for line_id, quantity in held.items()],
        shipped=clock.now(),
    )
    session.add(parcel)
    session.flush()
    rest = outstanding(session, order)
    said = "On its way" if not rest else "A part is on its way"
    words = f"{said} with {carrier_of(carrier).name}"
    add_step(session, order, "shipped", words, _by(identity))
    if not rest:
        move(session, order, S.SHIPPED)
    publish(session, OrderShipped(order.id, parcel.id))
    return parcel


def deliver(session: Session, identity: Identity, order_id: str, shipment_id: str = "") -> Order:
    """A parcel has arrived, or all of them. Safe twice. Raises `Conflict` and `NotFound`."""
    order = staffs_order(session, identity, order_id)
    parcels = shipments_of(session, order)
    arrived = [parcel for parcel in parcels if shipment_id in ("", parcel.id)]
    if not parcels:
        raise not_now(order)
    if not arrived:
        raise NotFound(NO_PARCEL)
    fresh = [parcel for parcel in arrived if parcel.delivered is None]
    if not fresh:
        return order
    for parcel in fresh:
        parcel.delivered = clock.now()
        session.add(parcel)
    session.flush()
    whole = not outstanding(session, order) and all(parcel.delivered for parcel in parcels)
    words = "Delivered" if whole else "A parcel was delivered"
    add_step(session, order, "delivered" if whole else "parcel_delivered", words, _by(identity))
    if whole:
        if may_move(order.status, S.DELIVERED):
            move(session, order, S.DELIVERED)
        publish(session, OrderDelivered(order.id))
    return order


def note(
    session: Session, identity: Identity, order_id: str, words: str, *, internal: bool = True
) -> Order:
    """An entry in the timeline, for the staff alone unless `internal` says otherwise."""
    order = staffs_order(session, identity, order_id)
    if not (said := words.strip()[:LONGEST_NOTE]):
        raise Invalid(NO_WORDS, {"words": NO_WORDS})
    add_step(session, order, "note", said, _by(identity), internal=internal)
    return order


def _held(session: Session, order: Order, lines: Mapping[str, int] | None) -> dict[str, int]:
    rest = outstanding(session, order)
    if not rest:
        raise Conflict(NOTHING_LEFT)
    if not lines:
        return rest
    sent = sent_of(session, order)
    bought = {
        line.id: line.quantity - sent.get(line.id, 0)
        for line in lines_of(session, order)
        if line.kind not in POSTLESS
    }
    for line_id, quantity in lines.items():
        if not 0 < quantity <= bought.get(line_id, 0):
            raise Conflict(TOO_MANY, {"lines": TOO_MANY})
    return dict(lines)


def _parcel(session: Session, carrier: str, number: str) -> Shipment | None:
    found = select(Shipment).where(
        Shipment.carrier == carrier, col(Shipment.tracking_number) == number
    )
    return session.exec(found).one_or_none()


def _by(identity: Identity) -> str:
    return f"staff:{identity.user_id}"
