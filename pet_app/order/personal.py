"""What is held about a person's orders: shown whole, and kept without a name when they leave."""

from collections.abc import Collection

from sqlmodel import Session, col, select, update

from pet_app.core.personal import Holding, Person, Shown, register, told
from pet_app.order.models import Order, OrderLine, OrderStep, ReturnRequest, Shipment
from pet_app.order.rules import NOBODY
from pet_app.order.service.moving import MARK

SAYS_NOTHING = (
    *("placed", "paid", "delayed", "in_production", "shipped", "parcel_delivered", "delivered"),
    *("cancelled", "refunded"),
)
"""Entries of a timeline whose words are ours alone; others name things, or hold what was said."""

HIDDEN = ("owner", "checkout_key", "invoice_key")


def show(session: Session, person: Person) -> Shown:
    """Every order with its lines, its timeline, its parcels and requests, invoices and photos."""
    orders = _orders(session, person)
    files = {f"invoices/{order.invoice_number}.pdf": order.invoice_key for order in orders}
    shown: dict[str, list] = {"orders": [], "order-lines": [], "order-steps": []}
    shown |= {"parcels": [], "return-requests": []}
    for order in orders:
        shown["orders"].append(
            told(order, *HIDDEN) | {"email": order.email, "address": order.address}
        )
        for name, table, hidden in (
            ("order-lines", OrderLine, ()),
            ("parcels", Shipment, ()),
            ("return-requests", ReturnRequest, ("photo", "decided_by")),
        ):
            rows = session.exec(select(table).where(table.order_id == order.id)).all()
            shown[name] += [told(row, *hidden) for row in rows]
        steps = select(OrderStep).where(
            OrderStep.order_id == order.id,
            OrderStep.what != MARK,
            col(OrderStep.internal).is_(False),
        )
        shown["order-steps"] += [told(row, "by") for row in session.exec(steps)]
        for request in _requests(session, [order.id]):
            if request.photo:
                files[f"photos/{request.id}.webp"] = request.photo
    return Shown(shown, {name: key for name, key in files.items() if key})


def anonymise(session: Session, person: Person) -> None:
    """Leave of each order what bookkeeping needs: what was sold, when, for how much.

    The invoice stays as the law wants it, where only the staff reach it.
    """
    orders = _orders(session, person)
    for order in orders:
        order.owner, order.email, order.reason = NOBODY, "", ""
        order.address = {name: line for name, line in order.address.items() if name == "country"}
        session.add(order)
    session.flush()
    notes = col(OrderStep.order_id).in_([order.id for order in orders])
    free = col(OrderStep.what).not_in([MARK, *SAYS_NOTHING])
    session.exec(update(OrderStep).where(notes, free).values(words=""))
    by = f"staff:{person.id}"
    session.exec(update(OrderStep).where(col(OrderStep.by) == by).values(by="staff"))
    decided = col(ReturnRequest.decided_by) == by
    session.exec(update(ReturnRequest).where(decided).values(decided_by="staff"))


def erase(session: Session, _person: Person) -> Collection[str]:
    """What orders that nobody owns any more still show of somebody: the designs that were made,
    and the photographs and words that came with requests."""
    ownerless = list(session.exec(select(Order.id).where(Order.owner == NOBODY)))
    files: list[str] = []
    for request in _requests(session, ownerless):
        files.append(request.photo)
        request.photo = request.words = request.answer = ""
        session.add(request)
    made = select(OrderLine).where(
        col(OrderLine.order_id).in_(ownerless), col(OrderLine.variant_id) == ""
    )
    for line in session.exec(made).all():
        files.append(line.picture)
        line.title, line.design, line.breakdown = "Made to measure", {}, []
        line.words = line.design_id = line.content_key = line.picture = ""
        session.add(line)
    session.flush()
    return [key for key in files if key]


def _orders(session: Session, person: Person) -> list[Order]:
    theirs = select(Order).where(Order.owner == person.owner)
    return list(session.exec(theirs.order_by(col(Order.id))))


def _requests(session: Session, order_ids: list[str]) -> list[ReturnRequest]:
    return list(
        session.exec(select(ReturnRequest).where(col(ReturnRequest.order_id).in_(order_ids)))
    )


register(
    Holding(
        "orders",
        (Order,),
        show,
        erase,
        files=(col(Order.invoice_key), col(ReturnRequest.photo), col(OrderLine.picture)),
        anonymise=anonymise,
    )
)
