"""What needs no clerk is approved as it comes in."""

from pet_app.core.errors import Conflict
from pet_app.licensing.events import ApplicationHandedIn
from pet_app.licensing.service.desk.automatic import consider, leave_to_clerk
from pet_app.messaging.bus import on
from pet_app.messaging.job import Job


@on(ApplicationHandedIn)
def approve_what_needs_no_clerk(event: ApplicationHandedIn, job: Job) -> None:
    """By the town's policy; what cannot be granted is left to a clerk, who is told why."""
    try:
        with job.apply() as session:
            consider(session, event.application_id)
    except Conflict as refused:
        with job.apply() as session:
            leave_to_clerk(session, event.application_id, refused.detail)
