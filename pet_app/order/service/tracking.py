"""Finding an order by its number and the e-mail it was placed with, without an account."""

import hmac

from sqlmodel import Session, col, select, update

from pet_app.core import clock
from pet_app.core.errors import NotFound
from pet_app.core.security import fingerprint
from pet_app.messaging.outbox import publish
from pet_app.order.events import OrderLinkAsked
from pet_app.order.key import Reach, make_key, read_key
from pet_app.order.models import Order
from pet_app.order.number import read_number
from pet_app.order.rules import NOBODY
from pet_app.order.terms import terms
from pet_app.user import service as users
from pet_app.user.service import Client

NOT_THESE = (
    "We know no order with this number and this e-mail address. Both stand in the letter we sent "
    "when you ordered."
)


def count_look(session: Session, number: str, client: Client) -> None:
    """Note that somebody looks for an order. Raises `TooManyRequests`; commit before looking."""
    users.count_look(session, f"order {read_number(number) or 'unreadable'}", client)


def track(session: Session, number: str, email: str) -> str:
    """A key that opens the order for who only follows it; for an hour.

    A number nobody has and an e-mail that is another's take the same way and get the same answer.
    Raises `NotFound`.
    """
    order = _found(session, number, email)
    return make_key(order.id, Reach.SEE, terms().tracking_link)


def ask_link(session: Session, number: str, email: str) -> None:
    """Have the letter sent once more that opens an order; silent when there is none."""
    try:
        order = _found(session, number, email)
    except NotFound:
        return
    publish(session, OrderLinkAsked(order.id))


def link_to(order: Order) -> str:
    """The path for letters that opens an order in full, without an account."""
    return f"/track#{make_key(order.id, Reach.OWN, terms().letter_link)}"


def short_key(order: Order, key: str) -> str:
    """A key that opens an order in full for an hour, for the addresses of its files; no longer
    than `key`, by which the order was opened, or each would open a way to the next."""
    held, lasts = read_key(key), terms().tracking_link
    if held is not None:
        lasts = min(lasts, held.until - clock.now())
    return make_key(order.id, Reach.OWN, lasts)


def opened_by(key: str) -> str:
    """The id of the order that a key opens now; empty when it opens none."""
    found = read_key(key)
    return found.order_id if found else ""


def adopt_orders(session: Session, visitor_owner: str, user_owner: str) -> int:
    """Give what a guest ordered to the account they signed in to. How many; safe twice."""
    if not visitor_owner:
        return 0
    theirs = update(Order).where(col(Order.owner) == visitor_owner).values(owner=user_owner)
    return session.exec(theirs).rowcount


def _found(session: Session, number: str, email: str) -> Order:
    order = session.exec(select(Order).where(Order.number == read_number(number))).one_or_none()
    told = fingerprint(email.strip().casefold())
    kept = fingerprint(order.email.casefold() if order else "\n")
    # Both are worked out and compared in full, whether there is such an order or not.
    if not hmac.compare_digest(told, kept) or order is None or order.owner == NOBODY:
        raise NotFound(NOT_THESE)
    return order
