"""A customer asks to send something back, or to have it made once more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from pet_app.core import clock
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.core.security import Identity
from pet_app.messaging.outbox import publish
from pet_app.order.events import ReturnAsked
from pet_app.order.models import Order, OrderLine, ReturnRequest
from pet_app.order.rules import (
    POSTLESS,
    OrderStatus,
    ReturnKind,
    ReturnReason,
    ReturnState,
    may_move,
)
from pet_app.order.service.moving import add_step, lines_of, move, sent_of, shipments_of
from pet_app.order.service.reading import order_of, own_order, requests_of
from pet_app.order.terms import terms

LONGEST_WORDS = 1000
NO_LINE = "There is no such line in this order."
NO_REASON = "Say why it is to come back."
NO_WORDS = "Tell us where it does not fit, so that the next one does."
MADE = "This was made to your measurements. It cannot come back, but we make it once more, to fit."
NOT_MADE = "Only what we made to your measurements has the fit guarantee. Send this one back."
BY_MAIL = "This came by e-mail and cannot be sent back."
NOT_THERE = "This has not been sent yet."
TOO_LATE = "The time for this is over: it was possible until {day}."
ASKED = "You asked for this already. We will answer soon."
TOO_MANY = "That is more than you have of it."
ENOUGH = "We have made this {count} times again already. Please write to us."
OPEN = (ReturnState.ASKED, ReturnState.APPROVED)


@dataclass(frozen=True)
class Chance:
    """What a customer may still do about a line: how many may come back, how many be made again,
    and until when (None: until some days after it has arrived)."""

    returns: int
    remakes: int
    until: datetime | None


def chances(session: Session, order: Order) -> dict[str, Chance]:
    """What may still be done about each line, by its id."""
    sent, requests = sent_of(session, order), requests_of(session, order)
    arrived = _arrived(session, order)
    found: dict[str, Chance] = {}
    for line in lines_of(session, order):
        kind = kind_for(line)
        until = arrived + _window(kind) if arrived and kind else None
        left = _left(line, sent, requests)
        late = until is not None and until < clock.now()
        if kind is None or late or left <= 0 or _is_open(line, requests):
            found[line.id] = Chance(0, 0, until)
        elif kind == ReturnKind.RETURN:
            found[line.id] = Chance(left, 0, until)
        else:
            again = terms().remakes - _remade(line, requests)
            found[line.id] = Chance(0, left if again > 0 else 0, until)
    return found


def kind_for(line: OrderLine) -> ReturnKind | None:
    """What there is for a line: what stands on the shelf comes back, what was made to measure is
    made again, and what came by e-mail stays."""
    if line.kind in POSTLESS:
        return None
    return ReturnKind.RETURN if line.variant_id else ReturnKind.REMAKE


def ask_return(
    session: Session,
    identity: Identity,
    order_id: str,
    line_id: str,
    quantity: int,
    reason: str,
    words: str = "",
    key: str = "",
) -> ReturnRequest:
    """Ask to send so many of a line back. Raises `Invalid` and `Conflict` with the reason."""
    order = own_order(session, identity, order_id, key).order
    if reason not in set(ReturnReason):
        raise Invalid(NO_REASON, {"reason": NO_REASON})
    line = _askable(session, order, line_id, quantity, ReturnKind.RETURN)
    request = _ask(session, order, line, ReturnKind.RETURN, quantity, reason, words, "")
    if may_move(order.status, OrderStatus.RETURN_REQUESTED):
        move(session, order, OrderStatus.RETURN_REQUESTED)
    return request


def check_remake(
    session: Session,
    identity: Identity,
    order_id: str,
    line_id: str,
    words: str,
    quantity: int = 1,
    key: str = "",
) -> None:
    """Whether a remake can be asked for, before its photograph is drawn. Raises like
    `ask_remake`."""
    order = order_of(session, identity, order_id, key)
    _remakable(session, order, line_id, words, quantity)


def ask_remake(
    session: Session,
    identity: Identity,
    order_id: str,
    line_id: str,
    words: str,
    photo: str = "",
    quantity: int = 1,
    key: str = "",
) -> ReturnRequest:
    """Ask to have a made-to-measure line made once more. `photo` is the key of a private file.

    Raises `Invalid` and `Conflict` with the reason.
    """
    order = own_order(session, identity, order_id, key).order
    line = _remakable(session, order, line_id, words, quantity)
    return _ask(session, order, line, ReturnKind.REMAKE, quantity, "fit", words, photo)


def _ask(
    session: Session,
    order: Order,
    line: OrderLine,
    kind: ReturnKind,
    quantity: int,
    reason: str,
    words: str,
    photo: str,
) -> ReturnRequest:
    now = clock.now()
    request = ReturnRequest(
        order_id=order.id,
        line_id=line.id,
        kind=kind.value,
        quantity=quantity,
        reason=reason,
        words=words.strip()[:LONGEST_WORDS],
        photo=photo,
        created=now,
        changed=now,
    )
    session.add(request)
    session.flush()
    what = "Return" if kind == ReturnKind.RETURN else "A better fit"
    add_step(session, order, f"{kind.value}_asked", f"{what} asked for: {line.title}", "customer")
    publish(session, ReturnAsked(order.id, request.id))
    return request


def _remakable(
    session: Session, order: Order, line_id: str, words: str, quantity: int
) -> OrderLine:
    if not words.strip():
        raise Invalid(NO_WORDS, {"words": NO_WORDS})
    line = _askable(session, order, line_id, quantity, ReturnKind.REMAKE)
    if _remade(line, requests_of(session, order)) >= terms().remakes:
        raise Conflict(ENOUGH.format(count=terms().remakes))
    return line


def _askable(
    session: Session, order: Order, line_id: str, quantity: int, kind: ReturnKind
) -> OrderLine:
    line = next((found for found in lines_of(session, order) if found.id == line_id), None)
    if line is None:
        raise NotFound(NO_LINE)
    possible = kind_for(line)
    if possible is None:
        raise Conflict(BY_MAIL)
    if possible != kind:
        raise Conflict(MADE if possible == ReturnKind.REMAKE else NOT_MADE)
    sent, requests = sent_of(session, order), requests_of(session, order)
    if not sent.get(line.id) or order.paid is None:
        raise Conflict(NOT_THERE)
    if _is_open(line, requests):
        raise Conflict(ASKED)
    arrived = _arrived(session, order)
    until = arrived + _window(kind) if arrived else None
    if until is not None and until < clock.now():
        raise Conflict(TOO_LATE.format(day=f"{until:%-d %B %Y}"))
    if not 0 < quantity <= _left(line, sent, requests):
        raise Invalid(TOO_MANY, {"quantity": TOO_MANY})
    return line


def _window(kind: ReturnKind) -> timedelta:
    return terms().returns if kind == ReturnKind.RETURN else terms().fit


def _left(line: OrderLine, sent: dict[str, int], requests: Collection[ReturnRequest]) -> int:
    """How many the customer has of a line that nothing was asked for."""
    asked = sum(
        found.quantity
        for found in requests
        if found.line_id == line.id and found.kind == ReturnKind.RETURN and found.state in OPEN
    )
    return min(sent.get(line.id, 0), line.quantity) - line.returned - asked


def _is_open(line: OrderLine, requests: Collection[ReturnRequest]) -> bool:
    """Whether one is to be answered still; an approved remake is over, an approved return not."""
    ended = {ReturnKind.REMAKE: (ReturnState.ASKED,), ReturnKind.RETURN: OPEN}
    return any(
        found.line_id == line.id and found.state in ended[ReturnKind(found.kind)]
        for found in requests
    )


def _remade(line: OrderLine, requests: Collection[ReturnRequest]) -> int:
    return sum(
        found.line_id == line.id
        and found.kind == ReturnKind.REMAKE
        and found.state == ReturnState.APPROVED
        for found in requests
    )


def _arrived(session: Session, order: Order) -> datetime | None:
    """When the last parcel arrived; None while one is under way."""
    days = [parcel.delivered for parcel in shipments_of(session, order)]
    arrived = [day for day in days if day is not None]
    return max(arrived) if arrived and len(arrived) == len(days) else None
