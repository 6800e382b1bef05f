"""What applications do when money moves."""

from pet_app.core.money import Money
from pet_app.licensing import service as licensing
from pet_app.licensing.events import ApplicationDecided, ApplicationWithdrawn
from pet_app.licensing.rules.standing import PURPOSE
from pet_app.messaging.bus import on
from pet_app.messaging.job import Job
from pet_app.payment.events import (
    PaymentDelayed,
    PaymentDisputed,
    PaymentFailed,
    PaymentMismatched,
    PaymentRefunded,
    PaymentSettled,
    PaymentSuspected,
    RefundFailed,
)


@on(PaymentSettled, priority=5)
def settle_application(event: PaymentSettled, job: Job) -> None:
    """The money for an application is there."""
    if event.purpose == PURPOSE:
        amount = Money(event.amount_cents, event.currency)
        with job.apply() as session:
            licensing.settle(session, event.reference, event.payment_id, amount, late=event.late)


@on(PaymentDelayed)
def wait_for_bank_of_owner(event: PaymentDelayed, job: Job) -> None:
    """The application waits as long as banks take."""
    if event.purpose == PURPOSE:
        with job.apply() as session:
            licensing.note_delay(session, event.reference)


@on(PaymentFailed)
def note_failed_fee(event: PaymentFailed, job: Job) -> None:
    """The application waits for another payment."""
    if event.purpose == PURPOSE:
        with job.apply() as session:
            licensing.note_failure(session, event.reference, event.payment_id, event.reason)


@on(PaymentMismatched)
def note_mismatched_fee(event: PaymentMismatched, job: Job) -> None:
    """Something else came than was asked for."""
    if event.purpose == PURPOSE:
        received = Money(event.received_cents, event.received_currency.upper())
        with job.apply() as session:
            licensing.note_mismatch(session, event.reference, event.payment_id, received)


@on(PaymentRefunded)
def note_fee_refunded(event: PaymentRefunded, job: Job) -> None:
    """The application says how much went back."""
    if event.purpose == PURPOSE:
        with job.apply() as session:
            # A draft that was turned back has no fee, so no currency of its own.
            where = licensing.town(licensing.get_application(session, event.reference).town_id)
            amount = Money(event.amount_cents, where.currency)
            licensing.note_refund(session, event.reference, event.refund_id, amount)


@on(RefundFailed)
def note_failed_refund(event: RefundFailed, job: Job) -> None:
    """Somebody has to see to it."""
    if event.purpose == PURPOSE:
        words = f"A refund of this application failed ({event.refund_id}). See to it by hand."
        _trouble(job, event.reference, f"refund failed {event.refund_id}", words)


@on(PaymentDisputed)
def note_disputed_fee(event: PaymentDisputed, job: Job) -> None:
    """The owner's bank asks for the fee back, or has decided."""
    if event.purpose == PURPOSE:
        state = event.state.replace("_", " ")
        words = f"The owner's bank disputes the payment ({event.dispute_id}): {state}"
        _trouble(job, event.reference, f"dispute {event.dispute_id} {event.state}", words)


@on(PaymentSuspected)
def note_suspected_fee(event: PaymentSuspected, job: Job) -> None:
    """A clerk looks at the payment before they decide."""
    if event.purpose == PURPOSE:
        words = f"Look at the payment before you decide: {event.reason}"
        _trouble(job, event.reference, f"suspected {event.reason}", words)


@on(ApplicationDecided)
def give_back_after_decision(event: ApplicationDecided, job: Job) -> None:
    """What was paid for what was not approved goes back, where the town's rule says so."""
    with job.apply() as session:
        licensing.give_back(session, event.application_id)


@on(ApplicationWithdrawn)
def give_back_after_withdrawal(event: ApplicationWithdrawn, job: Job) -> None:
    """What was paid for what nobody wants any more goes back, where the town's rule says so."""
    with job.apply() as session:
        licensing.give_back(session, event.application_id)


def _trouble(job: Job, application_id: str, key: str, words: str) -> None:
    with job.apply() as session:
        licensing.note_trouble(session, application_id, key, words)
