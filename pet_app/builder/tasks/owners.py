"""What follows a change of who owns designs."""

from datetime import timedelta

from pet_app.builder import service as builder
from pet_app.core.security import user_owner
from pet_app.messaging.bus import on
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job
from pet_app.messaging.outbox import publish
from pet_app.user.events import FilesLetGo, UserSignedIn


@on(UserSignedIn)
def adopt_guest_designs(event: UserSignedIn, job: Job) -> None:
    """A guest who signs in keeps what they designed."""
    with job.apply() as session:
        builder.adopt_designs(session, event.visitor_owner, user_owner(event.user_id))


@every(timedelta(days=1), "forget loose pictures and models")
def forget_loose(_slot: SlotCame, job: Job) -> None:
    """What nobody keeps a design for may still show the words somebody tried."""
    with job.apply() as session:
        if files := builder.drop_loose(session):
            publish(session, FilesLetGo(keys=files))
