"""Orders as somebody may see them: their own, one they hold the key to, or all for the staff."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from pet_app.core.errors import NotFound
from pet_app.core.security import Identity, Permission
from pet_app.order.models import Order, OrderLine, OrderStep, ReturnRequest, Shipment
from pet_app.order.service.moving import NO_ORDER, lines_of, shipments_of

MOST = 50


@dataclass(frozen=True)
class Whole:
    """An order with everything that hangs on it; steps that are internal only for the staff."""

    order: Order
    lines: list[OrderLine]
    steps: list[OrderStep]
    shipments: list[Shipment]
    requests: list[ReturnRequest]


def order_of(session: Session, identity: Identity, order_id: str) -> Order:
    """One's own order, or anybody's for the staff. Raises `NotFound`."""
    order = session.get(Order, order_id)
    if order is None or not (order.owner in identity.owners or identity.may(Permission.ORDERS)):
        raise NotFound(NO_ORDER)
    return order


def whole_of(session: Session, order: Order, *, internal: bool = False) -> Whole:
    """Everything that hangs on an order."""
    steps = select(OrderStep).where(OrderStep.order_id == order.id)
    if not internal:
        steps = steps.where(col(OrderStep.internal).is_(False))
    requests = select(ReturnRequest).where(ReturnRequest.order_id == order.id)
    return Whole(
        order,
        lines_of(session, order),
        list(session.exec(steps.order_by(col(OrderStep.id)))),
        shipments_of(session, order),
        list(session.exec(requests.order_by(col(ReturnRequest.id)))),
    )


def list_orders(session: Session, identity: Identity, after: str = "") -> list[Order]:
    """One's own orders, the newest first, at most fifty; `after` is the last id of those before."""
    mine = select(Order).where(col(Order.owner).in_(identity.owners))
    if after:
        mine = mine.where(col(Order.id) < after)
    return list(session.exec(mine.order_by(col(Order.id).desc()).limit(MOST)))


def orders_of(
    session: Session, identity: Identity, status: str = "", after: str = ""
) -> list[Order]:
    """Everybody's orders, for the staff. Raises `Forbidden` for anybody else."""
    identity.must(Permission.ORDERS)
    found = select(Order)
    if status:
        found = found.where(Order.status == status)
    if after:
        found = found.where(col(Order.id) < after)
    return list(session.exec(found.order_by(col(Order.id).desc()).limit(MOST)))
