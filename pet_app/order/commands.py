"""Commands about orders, for whoever runs the shop until there is a page for it."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlmodel import Session

from pet_app.core import db
from pet_app.core.console import SHOPKEEPER, cents_of, plainly, say
from pet_app.core.errors import Invalid
from pet_app.core.ids import new_id
from pet_app.core.money import Money
from pet_app.order import service as orders
from pet_app.order.address import address_lines
from pet_app.order.models import Order
from pet_app.order.number import read_number
from pet_app.order.rules import OrderStatus, ReturnState
from pet_app.order.terms import carriers

NO_PAIR = "Name lines as they are shown, with how many: 1:2 for two of the first."


def add_commands(commands: Any) -> None:
    """Tell the parser of the command line what there is; `commands` are its subparsers."""
    top: ArgumentParser = commands.add_parser("order", help="look after orders")
    inner = top.add_subparsers(required=True, metavar="what")
    told = inner.add_parser("list", help="the last orders")
    told.add_argument("--status", choices=[status.value for status in OrderStatus], default="")
    told.set_defaults(command=list_orders)
    for name, command in (
        ("show", show),
        ("produce", produce),
        ("ship", ship),
        ("deliver", deliver),
        ("refund", refund),
        ("cancel", cancel),
        ("note", note),
        ("decide", decide),
    ):
        told = inner.add_parser(name, help=command.__doc__)
        told.add_argument("number", help="the order's number")
        told.set_defaults(command=command)
        _further(name, told)


def _further(name: str, told: ArgumentParser) -> None:
    if name == "ship":
        told.add_argument("carrier", choices=list(carriers()))
        told.add_argument("tracking_number")
        told.add_argument("--lines", nargs="+", default=[], help="such as 1:2, else all")
    elif name == "deliver":
        told.add_argument("--tracking-number", default="", help="one parcel, else all")
    elif name == "refund":
        told.add_argument("--amount", default="", help="such as 12.50, else all that is left")
        told.add_argument("--lines", nargs="+", default=[], help="such as 1:2")
        told.add_argument("--restock", action="store_true", help="back onto the shelf")
        told.add_argument("--reason", default="")
    elif name == "cancel":
        told.add_argument("--reason", default="")
    elif name == "note":
        told.add_argument("words")
        told.add_argument("--shown", action="store_true", help="the customer sees it too")
    elif name == "decide":
        told.add_argument("request", help="the request, as `show` names it")
        told.add_argument("decision", choices=["approved", "declined", "received"])
        told.add_argument("--answer", default="")
        told.add_argument("--no-restock", action="store_true")


def list_orders(status: str) -> None:
    """The last orders, the newest first."""
    with plainly(), db.reading() as session:
        for order in orders.all_orders(session, SHOPKEEPER, status):
            say(f"{order.number}  {order.placed:%Y-%m-%d %H:%M}  {order.status:17} {order.total}")


def show(number: str) -> None:
    """All there is to know about one order."""
    with plainly(), db.reading() as session:
        order = _order(session, number)
        whole = orders.whole_of(session, order, internal=True)
        say(f"{order.number}  {order.status}  {order.total}, due {order.due}")
        say(f"  refunded {Money(order.refunded_cents, order.currency)}  {order.email}")
        for line in address_lines(order):
            say(f"  {line}")
        for place, line in enumerate(whole.lines, 1):
            cents = Money(line.line_cents, order.currency)
            sent = whole.sent.get(line.id, 0)
            say(f"  {place}: {line.quantity} x {line.title}, {line.words}  {cents}  sent {sent}")
        for parcel in whole.shipments:
            arrived = f", arrived {parcel.delivered:%Y-%m-%d}" if parcel.delivered else ""
            say(f"  parcel {parcel.carrier} {parcel.tracking_number}{arrived}")
        for request in whole.requests:
            say(f"  {request.kind} {request.id} {request.state}: {request.words}")
        for step in whole.steps:
            say(f"  {step.at:%Y-%m-%d %H:%M}  {step.words}  ({step.by})")


def produce(number: str) -> None:
    """The workshop has begun."""
    with _changing(number) as (session, order):
        orders.begin_production(session, SHOPKEEPER, order.id)


def ship(number: str, carrier: str, tracking_number: str, lines: list[str]) -> None:
    """A parcel is on its way."""
    with _changing(number) as (session, order):
        wanted = _lines(session, order, lines)
        orders.ship(session, SHOPKEEPER, order.id, carrier, tracking_number, wanted or None)


def deliver(number: str, tracking_number: str) -> None:
    """It has arrived."""
    with _changing(number) as (session, order):
        parcels = orders.whole_of(session, order).shipments
        found = [p.id for p in parcels if p.tracking_number == tracking_number.upper()]
        orders.deliver(
            session, SHOPKEEPER, order.id, (found or ["none"])[0] if tracking_number else ""
        )


def refund(number: str, amount: str, lines: list[str], restock: bool, reason: str) -> None:
    """Send money back."""
    with _changing(number) as (session, order):
        orders.refund(
            session,
            SHOPKEEPER,
            order.id,
            new_id(),
            amount=Money(cents_of(amount), order.currency) if amount else None,
            lines=_lines(session, order, lines),
            reason=reason,
            restock=restock,
        )


def cancel(number: str, reason: str) -> None:
    """Call it off; what was paid goes back."""
    with _changing(number) as (session, order):
        orders.cancel(session, SHOPKEEPER, order.id, reason)


def note(number: str, words: str, shown: bool) -> None:
    """Write something into the timeline."""
    with _changing(number) as (session, order):
        orders.note(session, SHOPKEEPER, order.id, words, internal=not shown)


def decide(number: str, request: str, decision: str, answer: str, no_restock: bool) -> None:
    """Answer who wants to send something back, or a better fit."""
    with _changing(number) as (session, order):
        known = [found.id for found in orders.whole_of(session, order).requests]
        wanted = request if request in known else ""
        orders.decide_return(
            session,
            SHOPKEEPER,
            wanted,
            ReturnState(decision),
            answer,
            restock=not no_restock,
        )


@contextmanager
def _changing(number: str) -> Iterator[tuple[Session, Order]]:
    with plainly():
        with db.writing() as session:
            order = _order(session, number)
            yield session, order
        with db.reading() as session:
            order = _order(session, number)
        say(f"{order.number} is {order.status} now.")


def _order(session: Session, number: str) -> Order:
    return orders.find_order(session, SHOPKEEPER, read_number(number))


def _lines(session: Session, order: Order, pairs: list[str]) -> dict[str, int]:
    known = orders.order_lines(session, order.id)
    wanted: dict[str, int] = {}
    for pair in pairs:
        place, _, count = pair.partition(":")
        if not (place.isdecimal() and count.isdecimal() and 0 < int(place) <= len(known)):
            raise Invalid(NO_PAIR)
        wanted[known[int(place) - 1].id] = int(count)
    return wanted
