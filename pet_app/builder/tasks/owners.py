"""What follows when designs change hands, are changed, or are thrown away."""

from datetime import timedelta

from pet_app.builder import service as builder
from pet_app.builder.events import DesignDeleted, DesignSaved
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


@on(DesignSaved)
def renew_share_card(event: DesignSaved, job: Job) -> None:
    """Whoever has the link of a design sees what it is now."""
    with job.apply() as session:
        builder.renew_card(session, event.design_id)


@on(DesignDeleted)
def end_link(event: DesignDeleted, job: Job) -> None:
    """A design that was thrown away is shown to nobody."""
    with job.apply() as session:
        links = builder.shares_of(session, [event.design_id])
        if files := builder.forget_shares(session, links):
            publish(session, FilesLetGo(keys=files))


@every(timedelta(days=1), "forget loose pictures and models")
def forget_loose(_slot: SlotCame, job: Job) -> None:
    """What nobody keeps a design for may still show the words somebody tried."""
    with job.apply() as session:
        if files := builder.drop_loose(session):
            publish(session, FilesLetGo(keys=files))
