"""What happens because of payments: money sent back, pages closed, deliveries worked off."""

from datetime import timedelta

from pet_app.core import db
from pet_app.core.security import user_owner
from pet_app.core.settings import settings
from pet_app.messaging.bus import on
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job
from pet_app.payment import gateway
from pet_app.payment import service as payments
from pet_app.payment.events import RefundWanted, SessionLeft
from pet_app.payment.facts import Declined, RefundFacts
from pet_app.payment.rules import Provider, RefundState
from pet_app.payment.service import reconciling, refunds, telling
from pet_app.payment.service.reading import adopt_payments, locked
from pet_app.user.events import UserSignedIn
from pet_app.webhook import service as inbox

TWO_DAYS = 300
"""How often money that is owed is tried to be sent back: for two days."""

MOVED_NONE = "This payment moved no money, so none can go back."

inbox.work_off(inbox.Worker(telling.SOURCE, telling.work, telling.would))


@on(RefundWanted, priority=5, max_failures=TWO_DAYS)
def send_refund(event: RefundWanted, job: Job) -> None:
    """Have the provider send money back, and keep what it says."""
    with db.reading() as session:
        asked = refunds.asked(session, event.refund_id)
    if asked is None:
        return
    try:
        said = _sent(asked)
    except Declined as no:
        with job.apply() as session:
            refunds.refuse(session, asked.id, no.detail)
        return
    with job.apply() as session:
        refunds.note_refunds(session, locked(session, asked.payment_id), [said])


@on(SessionLeft, max_failures=TWO_DAYS)
def close_page(event: SessionLeft, _job: Job) -> None:
    """Close the provider's page; what was paid on it meanwhile is settled."""
    if not gateway.expire_session(event.session_id):
        payments.catch_up(event.payment_id, event.session_id)


@on(UserSignedIn)
def adopt_guest_payments(event: UserSignedIn, job: Job) -> None:
    """A guest who signs in keeps what they paid."""
    with job.apply() as session:
        adopt_payments(session, event.visitor_owner, user_owner(event.user_id))


@every(timedelta(minutes=10), "look at open payments")
def look_at_open_payments(_slot: SlotCame, _job: Job) -> None:
    """What a lost webhook left behind is found within minutes."""
    reconciling.look_quickly()


@every(timedelta(days=1), "reconcile payments")
def reconcile_payments(_slot: SlotCame, _job: Job) -> None:
    """Once a day everything of the last days is compared with what the provider says."""
    reconciling.look_thoroughly()


def _sent(asked: refunds.Asked) -> RefundFacts:
    """What the provider says of a refund it is now asked for."""
    if asked.provider is not Provider.STRIPE:
        if settings().is_production:
            raise Declined(MOVED_NONE)
        return RefundFacts(f"demo_{asked.id}", "", asked.id, asked.amount, RefundState.DONE)
    # An answer may have been lost longer ago than Stripe remembers our key.
    sent = (known for known in gateway.refunds_of(asked.intent_id) if known.refund_id == asked.id)
    return next(sent, None) or gateway.send_refund(
        asked.intent_id, asked.amount, asked.id, f"refund:{asked.id}"
    )
