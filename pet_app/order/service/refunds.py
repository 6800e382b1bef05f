"""Money of an order going back: in full, in part, or for some of its lines."""

from collections.abc import Mapping

from sqlmodel import Session

from pet_app.catalog import service as catalog
from pet_app.core.errors import Conflict, Invalid
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.messaging.outbox import publish
from pet_app.order.events import GiftMoneyBack
from pet_app.order.models import Order, OrderLine
from pet_app.order.rules import PURPOSE, OrderStatus, may_move, share
from pet_app.order.service.moving import (
    PAYMENT,
    add_step,
    first_time,
    lines_of,
    locked,
    move,
    not_now,
    trouble,
)
from pet_app.order.service.reading import staffs_order
from pet_app.payment import service as payments

TOO_MUCH = "At most {left} of this order can go back."
NOTHING = "There is nothing left of this order that could go back."
POSITIVE = "Say an amount above nothing."
NO_LINE = "There is no such line in this order, or not so many of it are left."
UNDER_WAY = ("wanted", "sent", "done")


def refund(
    session: Session,
    identity: Identity,
    order_id: str,
    request_key: str,
    *,
    amount: Money | None = None,
    lines: Mapping[str, int] | None = None,
    reason: str = "",
    restock: bool = False,
) -> Order:
    """Send money back: `amount`, or what so many of some lines cost, or else all that is left.

    `restock` puts those pieces back onto the shelf. The same `request_key` again does nothing.
    Raises `Forbidden`, `Invalid`, and `Conflict` for more than is left.
    """
    order = staffs_order(session, identity, order_id)
    key = f"order:{order.id}:refund:{request_key}"
    if order.paid is None or order.status == OrderStatus.CANCELLED:
        raise not_now(order)
    if not first_time(session, order, key):
        return order
    by = f"staff:{identity.user_id}"
    if lines:
        cents = _take_lines(session, order, lines, key if restock else "")
    else:
        cents = amount.cents if amount else left_of(session, order)
    if amount is not None and (amount.currency != order.currency or amount.cents <= 0):
        raise Invalid(POSITIVE, {"amount": POSITIVE})
    pay_back(session, order, cents, key, reason, by)
    return order


def left_of(session: Session, order: Order) -> int:
    """How many cents can still go back, to the card and to gift cards."""
    return _left_on_card(session, order) + order.gift_cents - order.gift_back_cents


def pay_back(session: Session, order: Order, cents: int, key: str, reason: str, by: str) -> None:
    """Send that much back: what was paid first, then gift money. Raises `Conflict`."""
    if cents <= 0:
        raise Conflict(NOTHING)
    card = min(cents, _left_on_card(session, order))
    gift = cents - card
    if gift > order.gift_cents - order.gift_back_cents:
        left = Money(left_of(session, order), order.currency)
        raise Conflict(TOO_MUCH.format(left=left) if left.cents else NOTHING)
    whole = Money(cents, order.currency)
    why = f": {reason}" if reason else ""
    add_step(session, order, "refund_asked", f"{whole} is to go back{why}", by, internal=True)
    if card:
        payments.refund(
            session, order.payment_id, Money(card, order.currency), key, reason or "Refund", by
        )
    if gift:
        order.gift_back_cents += gift
        session.add(order)
        publish(session, GiftMoneyBack(order.id, gift, key))
        words = f"{Money(gift, order.currency)} went back onto your gift card"
        add_step(session, order, "refunded", words, PAYMENT)
        _settle(session, order)


def note_refund(
    session: Session, order_id: str, payment_id: str, refund_id: str, amount: Money
) -> None:
    """Money went back: `amount` of it now. Safe twice and in any order."""
    order = locked(session, order_id)
    if order.payment_id != payment_id or not first_time(session, order, f"refund {refund_id}"):
        return
    _count_refunds(session, order)
    add_step(session, order, "refunded", f"{amount} is on its way back to you", PAYMENT)
    _settle(session, order)


def note_refund_failure(session: Session, order_id: str, refund_id: str) -> None:
    """Money could not go back: somebody of the staff has to see to it."""
    order = locked(session, order_id)
    if first_time(session, order, f"refund failed {refund_id}"):
        _count_refunds(session, order)
        trouble(session, order, f"A refund of this order failed ({refund_id}). See to it by hand.")


def line_share(line: OrderLine, more: int) -> int:
    """What `more` pieces of a line cost in the end: discount and tax included."""
    paid = line.line_cents - line.discount_cents + line.tax_cents
    return share(paid, line.quantity, line.refunded, more)


def _take_lines(session: Session, order: Order, wanted: Mapping[str, int], restock_key: str) -> int:
    """What these pieces cost; they count as paid back from now on."""
    known = {line.id: line for line in lines_of(session, order)}
    cents, back = 0, dict[str, int]()
    for line_id, quantity in wanted.items():
        line = known.get(line_id)
        if line is None or not 0 < quantity <= line.quantity - line.refunded:
            raise Invalid(NO_LINE, {"lines": NO_LINE})
        cents += line_share(line, quantity)
        line.refunded += quantity
        session.add(line)
        if line.variant_id:
            back[line.variant_id] = back.get(line.variant_id, 0) + quantity
    if restock_key and back:
        catalog.put_back(session, restock_key, back, "refunded")
    return cents


def _left_on_card(session: Session, order: Order) -> int:
    if not order.due_cents:
        return 0
    asked = sum(
        found.amount_cents
        for found in payments.refunds_of(session, order.payment_id)
        if found.state in UNDER_WAY
    )
    return max(0, order.due_cents - asked)


def _count_refunds(session: Session, order: Order) -> None:
    """What went back, as the payment says it now; words of it may come in any order."""
    payment = payments.payment_of(session, PURPOSE, order.id)
    if payment is not None and payment.id == order.payment_id:
        order.refunded_cents = payment.refunded_cents
        session.add(order)


def _settle(session: Session, order: Order) -> None:
    """Have the status say how much went back."""
    back = order.refunded_cents + order.gift_back_cents
    to = OrderStatus.REFUNDED if back >= order.total_cents else OrderStatus.PARTLY_REFUNDED
    if may_move(order.status, to):
        move(session, order, to)
