"""Housekeeping by the clock."""

from datetime import timedelta

from pet_app.core.mail import kept
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job


@every(timedelta(hours=6), "forget old letters")
def forget_old_letters(_slot: SlotCame, job: Job) -> None:
    """The rows of letters are kept for ninety days."""
    with job.apply() as session:
        kept.forget_old(session)
