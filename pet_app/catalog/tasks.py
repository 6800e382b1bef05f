"""What happens in the catalogue by itself: guests' things find their owner, promises run out."""

from datetime import timedelta

from pet_app.catalog import service as catalog
from pet_app.core import clock
from pet_app.core.security import user_owner
from pet_app.messaging.bus import on
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job
from pet_app.user.events import UserSignedIn

PROMISES, LOOKS = "give back promised stock", "forget old looks"


@on(UserSignedIn)
def adopt_wishes(event: UserSignedIn, job: Job) -> None:
    """A guest who signs in keeps what they wished for, looked at, bought and said."""
    with job.apply() as session:
        catalog.adopt(session, event.visitor_owner, user_owner(event.user_id))


@every(timedelta(minutes=1), PROMISES)
def give_back_stock(_slot: SlotCame, job: Job) -> None:
    """What nobody paid for in time can be bought by others."""
    with job.apply() as session:
        catalog.sweep(session, clock.now())


@every(timedelta(days=1), LOOKS)
def forget_old_looks(_slot: SlotCame, job: Job) -> None:
    """Nobody needs to know for long what somebody looked at."""
    with job.apply() as session:
        catalog.forget_looks(session, clock.now())
