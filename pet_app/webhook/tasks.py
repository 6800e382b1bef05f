"""Deliveries worked off, each by what its source has here."""

from datetime import timedelta

from pet_app.core import db
from pet_app.core.errors import Problem
from pet_app.messaging.bus import on
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job
from pet_app.webhook import service as inbox
from pet_app.webhook.events import WebhookReceived

PATIENCE = 20
"""Tries in about three hours: longer a sender's outage seldom takes, and then somebody looks."""


@on(WebhookReceived, max_failures=PATIENCE)
def work_off_delivery(event: WebhookReceived, job: Job) -> None:
    """Make true what a delivery tells, and note what became of it."""
    with db.reading() as session:
        delivery = inbox.delivery_of(session, event.inbox_id)
    if delivery is None:
        return
    try:
        inbox.WORKERS[delivery.source].work(delivery)
    except inbox.PassedOver as why:
        with job.apply() as session:
            inbox.mark_passed_over(session, event.inbox_id, str(why))
        return
    except Exception as error:
        hopeless = isinstance(error, Problem) and error.status < 500
        if hopeless or job.failures + 1 >= job.max_failures:
            with db.writing() as session:
                inbox.mark_dead(session, event.inbox_id, f"{type(error).__name__}: {error}")
        raise
    with job.apply() as session:
        inbox.mark_applied(session, event.inbox_id)


@every(timedelta(hours=1), "rescue deliveries")
def rescue_deliveries(_slot: SlotCame, job: Job) -> None:
    """What was taken in and never ended, its job lost perhaps, is worked off again."""
    with job.apply() as session:
        inbox.rescue(session)


@every(timedelta(days=1), "forget old deliveries")
def forget_old_deliveries(_slot: SlotCame, job: Job) -> None:
    """What ended well is kept for ninety days."""
    with job.apply() as session:
        inbox.forget_old(session)
