"""How an order moves: locked, along `MOVES`, with an entry in its timeline."""

from sqlmodel import Session, col, select

from pet_app.core import clock
from pet_app.core.errors import Conflict, NotFound
from pet_app.messaging import signal
from pet_app.messaging.outbox import publish
from pet_app.order.events import OrderStatusChanged
from pet_app.order.models import Order, OrderLine, OrderStep, Shipment
from pet_app.order.rules import OrderStatus, may_move

NO_ORDER = "There is no such order, or it is somebody else's."
NOT_NOW = "Order {number} is {status}; this cannot be done with it now."
SHOP = "shop"
CUSTOMER = "customer"


def locked(session: Session, order_id: str) -> Order:
    """The order, held until the transaction ends. Raises `NotFound`."""
    found = select(Order).where(col(Order.id) == order_id).with_for_update()
    order = session.exec(found.execution_options(populate_existing=True)).one_or_none()
    if order is None:
        raise NotFound(NO_ORDER)
    return order


def move(session: Session, order: Order, to: OrderStatus) -> None:
    """Move an order on; nothing when it stands there. Raises `Conflict` for a step skipped."""
    was = order.status
    if was == to:
        return
    if not may_move(was, to):
        raise not_now(order)
    order.status = to.value
    order.changed = clock.now()
    session.add(order)
    publish(session, OrderStatusChanged(order.id, was, to.value))
    tell_pages(session, order)


def not_now(order: Order) -> Conflict:
    """What is said when an order does not stand where something can be done."""
    words = OrderStatus(order.status).label.lower()
    return Conflict(NOT_NOW.format(number=order.number, status=words))


def add_step(
    session: Session, order: Order, what: str, words: str, by: str, *, internal: bool = False
) -> None:
    """One entry in the timeline; `internal` ones are for the staff."""
    session.add(
        OrderStep(
            order_id=order.id, what=what, words=words, by=by, internal=internal, at=clock.now()
        )
    )
    session.flush()
    tell_pages(session, order)


def has_step(session: Session, order: Order, what: str, words: str) -> bool:
    """Whether the timeline says so already: what comes twice is written once."""
    same = select(OrderStep.id).where(
        OrderStep.order_id == order.id, OrderStep.what == what, OrderStep.words == words
    )
    return session.exec(same.limit(1)).first() is not None


def topic(order_id: str) -> str:
    """What the open pages of an order listen to."""
    return f"order:{order_id}"


def tell_pages(session: Session, order: Order) -> None:
    """Have open pages look again, once this is committed."""
    signal.after_commit(session, topic(order.id))


def lines_of(session: Session, order: Order) -> list[OrderLine]:
    """The lines in their order."""
    found = select(OrderLine).where(OrderLine.order_id == order.id)
    return list(session.exec(found.order_by(col(OrderLine.position))))


def shipments_of(session: Session, order: Order) -> list[Shipment]:
    """The parcels, the first first."""
    found = select(Shipment).where(Shipment.order_id == order.id)
    return list(session.exec(found.order_by(col(Shipment.id))))


def stocked(lines: list[OrderLine]) -> dict[str, int]:
    """How many of each variant these lines hold."""
    wanted: dict[str, int] = {}
    for line in lines:
        if line.variant_id:
            wanted[line.variant_id] = wanted.get(line.variant_id, 0) + line.quantity
    return wanted
