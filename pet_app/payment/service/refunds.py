"""Money going back: what we ask for, and what the provider says of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from pet_app.core import clock
from pet_app.core.errors import Conflict
from pet_app.core.money import Money
from pet_app.core.telemetry import log
from pet_app.messaging import signal
from pet_app.messaging.outbox import publish
from pet_app.payment.events import PaymentRefunded, RefundFailed, RefundWanted
from pet_app.payment.facts import RefundFacts
from pet_app.payment.models import Payment, Refund
from pet_app.payment.rules import REFUND_MOVES, PaymentState, Provider, RefundState, topic
from pet_app.payment.service.reading import locked, still_here

NOT_PAID = "Nothing was paid here that could go back."
TOO_MUCH = "Only {left} of this payment is left to send back."
OTHER_AMOUNT = "A refund of another amount was asked for in the same way before."
ELSEWHERE = "stripe"
"""Who asked for a refund that was made on Stripe's own pages."""

HERE = (PaymentState.PAID, PaymentState.MISMATCHED)


@dataclass(frozen=True)
class Asked:
    """A refund that the provider is still to be asked for."""

    id: str
    payment_id: str
    provider: Provider
    intent_id: str
    amount: Money


def refund(
    session: Session, payment_id: str, amount: Money, key: str, reason: str, asked_by: str
) -> Refund:
    """Send that much back; with the same `key` only once.

    Raises `Conflict` for more than was paid and has not gone back, or for what is not paid.
    """
    row = locked(session, payment_id)
    if known := _by_key(session, key):
        if (known.payment_id, known.amount_cents) != (row.id, amount.cents):
            raise Conflict(OTHER_AMOUNT)
        return known
    left = still_here(session, row)
    if row.state not in HERE or not left.cents:
        raise Conflict(NOT_PAID)
    if not 0 < amount.cents <= left.cents or amount.currency != left.currency:
        raise Conflict(TOO_MUCH.format(left=left))
    return want_refund(session, row, amount, key, reason, asked_by)


def send_back(
    session: Session, payment_id: str, key: str, reason: str, asked_by: str
) -> Refund | None:
    """Send back whatever is still here of it; None when nothing is. Safe any number of times."""
    row = locked(session, payment_id)
    left = still_here(session, row)
    if (known := _by_key(session, key)) or row.state not in HERE or not left.cents:
        return known
    return want_refund(session, row, left, key, reason, asked_by)


def want_refund(
    session: Session, row: Payment, amount: Money, key: str, reason: str, asked_by: str
) -> Refund:
    """Note that this is to go back of a locked payment, and have the provider asked."""
    now = clock.now()
    asked = Refund(
        payment_id=row.id,
        key=key,
        amount_cents=amount.cents,
        currency=amount.currency,
        reason=reason,
        asked_by=asked_by,
        created=now,
        changed=now,
    )
    session.add(asked)
    session.flush()
    publish(session, RefundWanted(asked.id, row.id))
    return asked


def refundable(session: Session, payment_id: str) -> Money:
    """How much of a payment can still go back. Raises `NotFound`."""
    row = locked(session, payment_id)
    left = still_here(session, row)
    return left if row.state in HERE else Money(0, left.currency)


def asked(session: Session, refund_id: str) -> Asked | None:
    """A refund the provider does not know of yet; None when it does, or has refused it."""
    found = session.get(Refund, refund_id)
    if found is None or found.state != RefundState.WANTED:
        return None
    row = session.get_one(Payment, found.payment_id)
    amount = Money(found.amount_cents, found.currency)
    return Asked(found.id, row.id, Provider(row.provider), row.intent_id or "", amount)


def note_refunds(session: Session, row: Payment, said: Iterable[RefundFacts]) -> int:
    """Make true here what the provider says of a locked payment's refunds; how many changed.

    One that was asked for elsewhere gets a row as well.
    """
    return sum(_note(session, row, facts) for facts in said)


def refuse(session: Session, refund_id: str, problem: str) -> None:
    """The provider will not send this back; somebody has to see to it."""
    found = session.get_one(Refund, refund_id)
    row = locked(session, found.payment_id)
    session.refresh(found)
    if found.state == RefundState.WANTED:
        _move(session, row, found, RefundState.FAILED, problem)


def _note(session: Session, row: Payment, facts: RefundFacts) -> bool:
    found = _known(session, row, facts)
    if found is None:
        now = clock.now()
        found = Refund(
            payment_id=row.id,
            key=f"{ELSEWHERE}:{facts.id}",
            amount_cents=facts.amount.cents,
            currency=facts.amount.currency,
            reason=facts.reason,
            asked_by=ELSEWHERE,
            created=now,
            changed=now,
        )
    found.provider_id = facts.id
    session.add(found)
    session.flush()
    return _move(session, row, found, facts.state, facts.problem)


def _known(session: Session, row: Payment, facts: RefundFacts) -> Refund | None:
    by_provider = select(Refund).where(Refund.provider_id == facts.id)
    if found := session.exec(by_provider).one_or_none():
        return found
    mine = session.get(Refund, facts.refund_id) if facts.refund_id else None
    return mine if mine and (mine.payment_id, mine.provider_id) == (row.id, None) else None


def _move(session: Session, row: Payment, found: Refund, state: RefundState, problem: str) -> bool:
    if state not in REFUND_MOVES[RefundState(found.state)]:
        return False
    found.state, found.problem, found.changed = state.value, problem, clock.now()
    session.add(found)
    session.flush()
    done = select(func.coalesce(func.sum(Refund.amount_cents), 0)).where(
        Refund.payment_id == row.id, Refund.state == RefundState.DONE
    )
    row.refunded_cents = int(session.exec(done).one())
    row.changed = found.changed
    session.add(row)
    ids = (row.id, row.purpose, row.reference, found.id)
    if state is RefundState.DONE:
        publish(session, PaymentRefunded(*ids, found.amount_cents, row.refunded_cents))
    elif state is RefundState.FAILED:
        log.error("refund failed", refund=found.id, payment=row.id, problem=problem)
        publish(session, RefundFailed(*ids))
    signal.after_commit(session, topic(row.id))
    return True


def _by_key(session: Session, key: str) -> Refund | None:
    return session.exec(select(Refund).where(col(Refund.key) == key)).one_or_none()
