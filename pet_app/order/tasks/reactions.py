"""What orders do when money moves, time passes, or a guest signs in."""

from contextlib import suppress
from datetime import timedelta

from pet_app.core import db
from pet_app.core.errors import NotFound, Unavailable
from pet_app.core.money import Money
from pet_app.core.security import user_owner
from pet_app.messaging.bus import on
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job
from pet_app.order import service as orders
from pet_app.order.rules import PURPOSE
from pet_app.payment import service as payments
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
from pet_app.user.events import UserSignedIn


@on(PaymentSettled, priority=5)
def mark_paid(event: PaymentSettled, job: Job) -> None:
    """The money for an order is there."""
    if event.purpose == PURPOSE:
        amount = Money(event.amount_cents, event.currency)
        with job.apply() as session:
            orders.mark_paid(session, event.reference, event.payment_id, amount, late=event.late)


@on(PaymentDelayed)
def wait_for_bank(event: PaymentDelayed, job: Job) -> None:
    """The order and its stock wait as long as banks take."""
    if event.purpose == PURPOSE:
        with job.apply() as session:
            orders.note_delay(session, event.reference)


@on(PaymentFailed)
def note_failure(event: PaymentFailed, job: Job) -> None:
    """The order waits for another payment until its time is over."""
    if event.purpose == PURPOSE:
        with job.apply() as session:
            orders.note_failure(session, event.reference, event.payment_id, event.reason)


@on(PaymentMismatched)
def note_mismatch(event: PaymentMismatched, job: Job) -> None:
    """Something else came than was asked for."""
    if event.purpose == PURPOSE:
        received = Money(event.received_cents, event.received_currency.upper())
        with job.apply() as session:
            orders.note_mismatch(session, event.reference, event.payment_id, received)


@on(PaymentRefunded)
def note_refund(event: PaymentRefunded, job: Job) -> None:
    """The order says how much went back."""
    if event.purpose == PURPOSE:
        with job.apply() as session:
            order = orders.get_order(session, event.reference)
            amount = Money(event.amount_cents, order.currency)
            orders.note_refund(session, event.reference, event.payment_id, event.refund_id, amount)


@on(RefundFailed)
def note_refund_failure(event: RefundFailed, job: Job) -> None:
    """Somebody has to see to it."""
    if event.purpose == PURPOSE:
        with job.apply() as session:
            orders.note_refund_failure(session, event.reference, event.refund_id)


@on(PaymentDisputed)
def note_dispute(event: PaymentDisputed, job: Job) -> None:
    """Somebody has to answer the bank."""
    if event.purpose == PURPOSE:
        with job.apply() as session:
            orders.note_dispute(session, event.reference, event.dispute_id, event.state)


@on(PaymentSuspected)
def note_suspicion(event: PaymentSuspected, job: Job) -> None:
    """Somebody has to look before it is sent."""
    if event.purpose == PURPOSE:
        with job.apply() as session:
            orders.note_suspicion(session, event.reference, event.reason)


@on(UserSignedIn)
def adopt_guest_orders(event: UserSignedIn, job: Job) -> None:
    """A guest who signs in keeps what they ordered."""
    with job.apply() as session:
        orders.adopt_orders(session, event.visitor_owner, user_owner(event.user_id))


@every(timedelta(minutes=1), "call off orders that nobody paid")
def call_off_unpaid(_slot: SlotCame, job: Job) -> None:
    """What was not paid in time gives its stock back. The provider is asked first, since a word
    of it may have been lost."""
    with db.reading() as session:
        late = orders.due_orders(session)
    for order_id, payment_id in late:
        if payment_id:
            with suppress(Unavailable, NotFound):
                payments.catch_up(payment_id)
        # Each in a transaction of its own: one that cannot end must not keep the others.
        with db.writing() as session:
            orders.expire(session, order_id)
    with job.apply():
        pass
