"""THE settlement: what the provider says of a payment now becomes true here, once."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from pet_app.core import db
from pet_app.core.errors import NotFound
from pet_app.core.money import Money
from pet_app.core.telemetry import log
from pet_app.messaging.outbox import publish
from pet_app.payment import gateway
from pet_app.payment.events import SessionLeft
from pet_app.payment.facts import SessionFacts, Standing
from pet_app.payment.models import Dispute, Payment
from pet_app.payment.rules import DISPUTE_ENDS, PaymentState, Provider
from pet_app.payment.service.disputes import note_disputes, suspect
from pet_app.payment.service.moving import move
from pet_app.payment.service.reading import UNKNOWN, locked, refunds_of
from pet_app.payment.service.refunds import HERE, note_refunds
from pet_app.payment.verdict import judge

OVER = (PaymentState.EXPIRED, PaymentState.FAILED)
TWICE = "It was paid twice. What came second ({amount}) was sent back."


@dataclass(frozen=True)
class Known:
    """What is known here of a payment before the provider is asked."""

    provider: str
    state: PaymentState
    session_id: str
    intent_id: str
    refunded_cents: int
    refunds: int
    disputed: bool


def catch_up(payment_id: str, session_id: str = "", *, closely: bool = False) -> PaymentState:
    """Ask the provider how a payment stands, and make it so here. Blocks; opens transactions.

    Webhooks, the return page and the reconciliation all come here; safe any number of times, in
    any order. `session_id` names the provider's session when it was told; `closely` asks for
    refunds and disputes even where nothing hints at any. Raises `NotFound`, and `Unavailable`
    when the provider does not answer.
    """
    with db.reading() as session:
        known = _known(session, payment_id)
    asked = session_id or known.session_id
    if known.provider != Provider.STRIPE or not asked:
        return known.state
    said = gateway.read_session(asked)
    if said is None or said.payment_id != payment_id:
        # Another account's key perhaps: nothing that is known here is less true for it.
        log.error("stripe does not know the session", payment=payment_id, session=asked)
        return known.state
    if known.session_id and said.id != known.session_id and known.state in HERE:
        _refuse_second(payment_id, said)
        return known.state
    standing = _look(known, said, closely=closely)
    with db.writing() as session:
        return settle(session, payment_id, standing)


def settle(session: Session, payment_id: str, standing: Standing) -> PaymentState:
    """Make what was read true, in this one transaction."""
    row = locked(session, payment_id)
    said = standing.session
    if said is not None and _is_about(row, said):
        if row.session_id not in (None, said.id):
            publish(session, SessionLeft(row.id, row.session_id))
        row.session_id = said.id
        row.intent_id = said.intent.id if said.intent else row.intent_id
        session.add(row)
        move(session, row, judge(Money(row.amount_cents, row.currency), said))
        if said.state == "open" and row.state in OVER:
            publish(session, SessionLeft(row.id, said.id))
    note_refunds(session, row, standing.refunds or ())
    note_disputes(session, row, standing.disputes or ())
    return PaymentState(row.state)


def _look(known: Known, said: SessionFacts, *, closely: bool) -> Standing:
    intent = said.intent
    if intent is None or intent.state != "succeeded":
        return Standing(said)
    moved = known.refunds or intent.returned_cents != known.refunded_cents
    return Standing(
        said,
        gateway.refunds_of(intent.id) if closely or moved else None,
        gateway.disputes_of(intent.id) if closely or known.disputed or intent.disputed else None,
    )


def _known(session: Session, payment_id: str) -> Known:
    row = session.get(Payment, payment_id)
    if row is None:
        raise NotFound(UNKNOWN)
    disputes = select(Dispute.id).where(
        Dispute.payment_id == payment_id, col(Dispute.state).not_in(DISPUTE_ENDS)
    )
    return Known(
        row.provider,
        PaymentState(row.state),
        row.session_id or "",
        row.intent_id or "",
        row.refunded_cents,
        len(refunds_of(session, payment_id)),
        session.exec(disputes.limit(1)).first() is not None,
    )


def _is_about(row: Payment, said: SessionFacts) -> bool:
    """Whether this session is the one that counts: the one kept, or the one money came by."""
    if row.session_id in (None, said.id):
        return True
    return bool(said.intent and said.intent.state == "succeeded") and row.received_cents == 0


def _refuse_second(payment_id: str, said: SessionFacts) -> None:
    """Money that came by a second session of the same payment goes straight back."""
    if said.state == "open":
        gateway.expire_session(said.id)
    intent = said.intent
    if intent is None or intent.state != "succeeded" or intent.returned_cents:
        return
    gateway.send_refund(intent.id, intent.received, "", f"second:{intent.id}")
    with db.writing() as session:
        suspect(session, payment_id, TWICE.format(amount=intent.received))
