"""What banks ask back, and other signs that something is wrong with a payment."""

from collections.abc import Iterable

from sqlmodel import Session, select

from pet_app.core import clock
from pet_app.core.telemetry import log
from pet_app.messaging.outbox import publish
from pet_app.payment.events import PaymentDisputed, PaymentSuspected
from pet_app.payment.facts import DisputeFacts
from pet_app.payment.models import Dispute, Payment
from pet_app.payment.rules import DISPUTE_ENDS
from pet_app.payment.service.reading import locked


def note_disputes(session: Session, row: Payment, said: Iterable[DisputeFacts]) -> int:
    """Make true here what the provider says of a locked payment's disputes; how many changed."""
    return sum(_note(session, row, facts) for facts in said)


def suspect(session: Session, payment_id: str, reason: str) -> None:
    """Tell whoever handles the order that something is odd; the same thing once."""
    row = locked(session, payment_id)
    if row.problem != reason:
        row.problem, row.changed = reason, clock.now()
        session.add(row)
        log.warning("payment suspected", payment=row.id, reason=reason)
        publish(session, PaymentSuspected(row.id, row.purpose, row.reference, reason))


def _note(session: Session, row: Payment, facts: DisputeFacts) -> bool:
    by_provider = select(Dispute).where(Dispute.provider_id == facts.id)
    found = session.exec(by_provider).one_or_none()
    now = clock.now()
    if found is None:
        found = Dispute(
            payment_id=row.id,
            provider_id=facts.id,
            amount_cents=facts.amount.cents,
            currency=facts.amount.currency,
            reason=facts.reason,
            state="",
            answer_by=facts.answer_by,
            created=now,
            changed=now,
        )
    # What was read before its end and arrives after it says nothing new.
    if found.state == facts.state or found.state in DISPUTE_ENDS:
        return False
    found.state, found.answer_by, found.changed = facts.state, facts.answer_by, now
    session.add(found)
    log.warning("payment disputed", payment=row.id, dispute=facts.id, state=facts.state)
    publish(session, PaymentDisputed(row.id, row.purpose, row.reference, found.id, found.state))
    return True
