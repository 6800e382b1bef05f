"""Orders as somebody may see them: their own, one they hold the key to, or all for the staff."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from pet_app.core.errors import Forbidden, NotFound
from pet_app.core.security import Identity, Permission, Scope
from pet_app.order.key import Reach, read_key
from pet_app.order.models import Order, OrderLine, OrderStep, ReturnRequest, Shipment
from pet_app.order.rules import NOBODY
from pet_app.order.service.moving import (
    CUSTOMER,
    MARK,
    NO_ORDER,
    lines_of,
    locked,
    sent_of,
    shipments_of,
)

MOST = 50
OWN_LINK = "Open the order by the link in our letter to do this, or sign in."


@dataclass(frozen=True)
class Whole:
    """An order with everything that hangs on it. `sent` counts what is in parcels, by line."""

    order: Order
    lines: list[OrderLine]
    steps: list[OrderStep]
    shipments: list[Shipment]
    requests: list[ReturnRequest]
    sent: dict[str, int]


@dataclass(frozen=True)
class Access:
    """An order somebody may look at. `own` says that it is theirs to change, `staff` that it is
    their work; with neither they only follow where it stands."""

    order: Order
    own: bool
    staff: bool

    @property
    def by(self) -> str:
        """What the timeline says of who did something."""
        return CUSTOMER if self.own else "staff"


def open_order(
    session: Session, identity: Identity, order_id: str, key: str = "", *, hold: bool = False
) -> Access:
    """The order somebody may look at: its owner, whoever holds a key to it, the staff.

    `hold` keeps it from others until the transaction ends. Raises `NotFound`.
    """
    order = session.get(Order, order_id)
    held = read_key(key) if key else None
    reach = held.reach if held and held.order_id == order_id else None
    if order is not None:
        # The letter of who left may still lie somewhere; what is kept of theirs is for the books.
        reach = None if order.owner == NOBODY else reach
        own = order.owner in identity.owners or reach == Reach.OWN
        # A program that may see its owner's own orders sees no others, whatever their work is.
        at_work = identity.scopes is None or Scope.SALES_WRITE in identity.scopes
        staff = at_work and identity.may(Permission.ORDERS)
        if own or staff or reach:
            return Access(locked(session, order_id) if hold else order, own, staff)
    raise NotFound(NO_ORDER)


def own_order(session: Session, identity: Identity, order_id: str, key: str = "") -> Access:
    """The order of somebody who may change it, held. Raises `NotFound`, and `Forbidden` for who
    may only follow it."""
    access = open_order(session, identity, order_id, key, hold=True)
    if not (access.own or access.staff):
        raise Forbidden(OWN_LINK)
    return access


def staffs_order(session: Session, identity: Identity, order_id: str) -> Order:
    """Any order, held, for the staff. Raises `Forbidden` and `NotFound`."""
    identity.must(Permission.ORDERS)
    return locked(session, order_id)


def order_of(session: Session, identity: Identity, order_id: str, key: str = "") -> Order:
    """One's own order, or one whose full key they hold, or anybody's for the staff.

    Raises `NotFound`.
    """
    access = open_order(session, identity, order_id, key)
    if not (access.own or access.staff):
        raise NotFound(NO_ORDER)
    return access.order


def get_order(session: Session, order_id: str) -> Order:
    """An order, for those who ask nobody's leave: reactions. Raises `NotFound`."""
    order = session.get(Order, order_id)
    if order is None:
        raise NotFound(NO_ORDER)
    return order


def order_lines(session: Session, order_id: str) -> list[OrderLine]:
    """The lines of an order in their order, for reactions."""
    return lines_of(session, get_order(session, order_id))


def step_words(session: Session, step_id: str) -> str:
    """What an entry of a timeline says."""
    return session.get_one(OrderStep, step_id).words


def whole_of(session: Session, order: Order, *, internal: bool = False) -> Whole:
    """Everything that hangs on an order; `internal` entries are for the staff."""
    steps = select(OrderStep).where(OrderStep.order_id == order.id, OrderStep.what != MARK)
    if not internal:
        steps = steps.where(col(OrderStep.internal).is_(False))
    return Whole(
        order,
        lines_of(session, order),
        list(session.exec(steps.order_by(col(OrderStep.id)))),
        shipments_of(session, order),
        requests_of(session, order),
        sent_of(session, order),
    )


def requests_of(session: Session, order: Order) -> list[ReturnRequest]:
    """What is to come back or be made once more, the oldest first."""
    found = select(ReturnRequest).where(ReturnRequest.order_id == order.id)
    return list(session.exec(found.order_by(col(ReturnRequest.id))))


def list_orders(session: Session, identity: Identity, after: str = "") -> list[Order]:
    """One's own orders, the newest first, at most fifty; `after` is the last id of those before."""
    mine = select(Order).where(col(Order.owner).in_(identity.owners))
    if after:
        mine = mine.where(col(Order.id) < after)
    return list(session.exec(mine.order_by(col(Order.id).desc()).limit(MOST)))


def lines_by_order(session: Session, order_ids: list[str]) -> dict[str, list[OrderLine]]:
    """The lines of several orders, by the orders' ids."""
    found: dict[str, list[OrderLine]] = {order_id: [] for order_id in order_ids}
    theirs = select(OrderLine).where(col(OrderLine.order_id).in_(order_ids))
    for line in session.exec(theirs.order_by(col(OrderLine.position))):
        found[line.order_id].append(line)
    return found


def all_orders(
    session: Session, identity: Identity, status: str = "", after: str = ""
) -> list[Order]:
    """Everybody's orders, the newest first, for the staff. Raises `Forbidden`."""
    identity.must(Permission.ORDERS)
    found = select(Order)
    if status:
        found = found.where(Order.status == status)
    if after:
        found = found.where(col(Order.id) < after)
    return list(session.exec(found.order_by(col(Order.id).desc()).limit(MOST)))


def any_order(session: Session, identity: Identity, order_id: str) -> Order:
    """Anybody's order, for the staff. Raises `Forbidden` and `NotFound`."""
    identity.must(Permission.ORDERS)
    return get_order(session, order_id)


def find_order(session: Session, identity: Identity, number: str) -> Order:
    """The order of that number, for the staff. Raises `NotFound`."""
    identity.must(Permission.ORDERS)
    order = session.exec(select(Order).where(Order.number == number)).one_or_none()
    if order is None:
        raise NotFound(NO_ORDER)
    return order
