"""What the calendar does to licences, and what follows when one has another owner."""

from datetime import timedelta

from pet_app.core import db
from pet_app.licensing import service as licensing
from pet_app.licensing.events import ApplicationDecided, ApplicationWithdrawn, LicenceIssued
from pet_app.licensing.rules.standing import Kind, Reminding
from pet_app.messaging.bus import on
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job


@every(timedelta(minutes=30), "remind of licences that run out")
def remind_of_ends(_slot: SlotCame, job: Job) -> None:
    """Some towns are half an hour off the others; each has its own midnight."""
    for where in licensing.towns():
        remind_town(where)
    with job.apply() as session:
        licensing.end_expired_offers(session)
        licensing.forget_old_offers(session)


def remind_town(where: licensing.Town) -> None:
    """Every stage of a town's licences, each batch in a transaction of its own: what is done stays
    done."""
    for stage in Reminding:
        after = None
        while True:
            with db.writing() as session:
                after = licensing.remind_some(session, where, stage, after)
            if after is None:
                break


@on(ApplicationDecided)
def end_offer_with_decision(event: ApplicationDecided, job: Job) -> None:
    """What somebody agreed to take over is theirs, or stays where it was."""
    with job.apply() as session:
        licensing.follow_application(session, event.application_id)


@on(ApplicationWithdrawn)
def end_offer_with_withdrawal(event: ApplicationWithdrawn, job: Job) -> None:
    """Nothing came of what somebody agreed to take over."""
    with job.apply() as session:
        licensing.follow_application(session, event.application_id)


@on(LicenceIssued)
def bring_pet_along(event: LicenceIssued, job: Job) -> None:
    """Who has a licence of another's pet now has that pet among theirs, and no paper of who had it
    before."""
    if event.why == Kind.TRANSFER:
        with job.apply() as session:
            licensing.bring_pet_along(session, event.licence_id)
            licensing.forget_former_papers(session, event.licence_id)
