"""What happens to pets because of what happened elsewhere."""

from pet_app.core.security import user_owner
from pet_app.messaging.bus import on
from pet_app.messaging.job import Job
from pet_app.pet import service as pets
from pet_app.user.events import UserSignedIn


@on(UserSignedIn)
def adopt_guest_pets(event: UserSignedIn, job: Job) -> None:
    """A guest who signs in keeps the pets they told us of."""
    with job.apply() as session:
        pets.adopt_pets(session, event.visitor_owner, user_owner(event.user_id))
