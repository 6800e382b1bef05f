"""How an order moves: locked, along `MOVES`, with an entry in its timeline."""

from sqlmodel import Session, col, select

from pet_app.core import clock
from pet_app.core.errors import Conflict, NotFound
from pet_app.messaging import signal
from pet_app.messaging.outbox import publish
from pet_app.order.events import OrderStatusChanged, OrderTroubled
from pet_app.order.models import Order, OrderLine, OrderStep, Shipment
from pet_app.order.rules import POSTLESS, OrderStatus, may_move, topic

NO_ORDER = "There is no such order, or it is somebody else's."
NOT_NOW = "Order {number} is {status}; this cannot be done with it now."
SHOP = "shop"
CUSTOMER = "customer"
PAYMENT = "payment"
MARK = "mark"
"""What an entry is called that nobody reads: it says that something was done once."""


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
) -> OrderStep:
    """One entry in the timeline; `internal` ones are for the staff."""
    step = OrderStep(
        order_id=order.id, what=what, words=words, by=by, internal=internal, at=clock.now()
    )
    session.add(step)
    session.flush()
    tell_pages(session, order)
    return step


def trouble(session: Session, order: Order, words: str) -> None:
    """Note something the staff have to look at, and have a letter tell them."""
    step = add_step(session, order, "trouble", words, SHOP, internal=True)
    publish(session, OrderTroubled(order.id, step.id))


def first_time(session: Session, order: Order, key: str) -> bool:
    """Whether nothing with this key was done to the order before; from now on it was."""
    marks = select(OrderStep.id).where(
        OrderStep.order_id == order.id, OrderStep.what == MARK, OrderStep.words == key
    )
    if session.exec(marks.limit(1)).first() is not None:
        return False
    add_step(session, order, MARK, key, SHOP, internal=True)
    return True


def happened(session: Session, order: Order, what: str) -> bool:
    """Whether the timeline has an entry of that kind."""
    found = select(OrderStep.id).where(OrderStep.order_id == order.id, OrderStep.what == what)
    return session.exec(found.limit(1)).first() is not None


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


def outstanding(session: Session, order: Order) -> dict[str, int]:
    """How many of each line have to be sent still, by the lines' ids; only those above nothing."""
    sent = sent_of(session, order)
    left = {
        line.id: line.quantity - sent.get(line.id, 0) - line.refunded
        for line in lines_of(session, order)
        if line.kind not in POSTLESS
    }
    return {line_id: quantity for line_id, quantity in left.items() if quantity > 0}


def sent_of(session: Session, order: Order) -> dict[str, int]:
    """How many of each line are in parcels, by the lines' ids."""
    sent: dict[str, int] = {}
    for parcel in shipments_of(session, order):
        for line_id, quantity in parcel.lines:
            sent[line_id] = sent.get(line_id, 0) + quantity
    return sent


def stocked(lines: list[OrderLine]) -> dict[str, int]:
    """How many of each variant these lines hold that were not paid back."""
    wanted: dict[str, int] = {}
    for line in lines:
        if line.variant_id and line.quantity > line.refunded:
            wanted[line.variant_id] = wanted.get(line.variant_id, 0) + line.quantity - line.refunded
    return wanted
