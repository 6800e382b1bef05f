"""The one way a payment changes its state, and what is announced when it does."""

from sqlmodel import Session

from pet_app.core import clock
from pet_app.core.money import Money
from pet_app.core.telemetry import log
from pet_app.messaging import signal
from pet_app.messaging.outbox import publish
from pet_app.payment.events import (
    PaymentDelayed,
    PaymentExpired,
    PaymentFailed,
    PaymentMismatched,
    PaymentSettled,
)
from pet_app.payment.models import Payment
from pet_app.payment.rules import MOVES, PaymentState, topic
from pet_app.payment.service.refunds import want_refund
from pet_app.payment.verdict import Verdict

OURS = "shop"
"""Who asks for a refund that nobody had to ask for."""

CAME_LATE = "The money came when the order was no longer waiting for it."


def move(session: Session, row: Payment, verdict: Verdict, *, told: bool = True) -> bool:
    """Take a locked payment where the verdict says, if `MOVES` lets it; whether it moved.

    Whatever is older than what is known here is passed over, so the order in which news arrives
    does not matter. `told` False is for an end of our own making, which needs no announcing.
    """
    was = PaymentState(row.state)
    if verdict.state not in MOVES[was]:
        if verdict.state == was and verdict.problem and row.problem != verdict.problem:
            _note(session, row, verdict.problem)
        return False
    row.state, row.problem = verdict.state.value, verdict.problem
    row.changed = clock.now()
    if verdict.received is not None:
        row.received_cents = verdict.received.cents
        row.received_currency = verdict.received.currency
        row.paid = row.changed
    session.add(row)
    signal.after_commit(session, topic(row.id))
    if told:
        _announce(session, row, was, verdict)
    return True


def _announce(session: Session, row: Payment, was: PaymentState, verdict: Verdict) -> None:
    ids = (row.id, row.purpose, row.reference)
    match verdict.state:
        case PaymentState.PAID:
            late = was in (PaymentState.FAILED, PaymentState.EXPIRED)
            publish(session, PaymentSettled(*ids, row.received_cents, row.received_currency, late))
            if late:
                log.warning("money came late", payment=row.id, was=was.value)
                _send_back(session, row, f"late:{row.id}", CAME_LATE)
        case PaymentState.MISMATCHED:
            log.error("money does not match", payment=row.id, problem=verdict.problem)
            publish(session, PaymentMismatched(*ids, row.received_cents, row.received_currency))
            _send_back(session, row, f"mismatch:{row.id}", verdict.problem)
        case PaymentState.PROCESSING:
            publish(session, PaymentDelayed(*ids))
        case PaymentState.FAILED:
            publish(session, PaymentFailed(*ids, verdict.problem))
        case PaymentState.EXPIRED:
            publish(session, PaymentExpired(*ids))
        case _:
            pass


def _send_back(session: Session, row: Payment, key: str, reason: str) -> None:
    if row.received_cents:
        amount = Money(row.received_cents, row.received_currency)
        want_refund(session, row, amount, key, reason, OURS)


def _note(session: Session, row: Payment, problem: str) -> None:
    row.problem, row.changed = problem, clock.now()
    session.add(row)
    signal.after_commit(session, topic(row.id))
