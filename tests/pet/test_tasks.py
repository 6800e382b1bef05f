"""What happens to pets when a guest signs in."""

import pytest

from pet_app.core import db
from pet_app.core.security import Identity
from pet_app.messaging.bus import load_reactions
from pet_app.messaging.outbox import publish
from pet_app.pet import service as pets
from pet_app.user.events import UserSignedIn
from tests.messaging.factory import drain, jobs
from tests.pet.factory import GUEST, MALLORY, make_pet

pytestmark = pytest.mark.usefixtures("database")


def test_a_guest_who_signs_in_keeps_their_pets_and_telling_it_twice_changes_nothing() -> None:
    load_reactions()
    with db.writing() as session:
        pet, other = make_pet(session, GUEST), make_pet(session, MALLORY)
    for _ in range(2):
        with db.writing() as session:
            publish(session, UserSignedIn("olive", GUEST.owner))
        drain()
    assert [job.state for job in jobs("pet.adopt_guest_pets")] == ["done", "done"]
    with db.reading() as session:
        assert pets.list_pets(session, Identity("", "olive")) == [pet]
        assert pets.list_pets(session, GUEST) == []
        assert pets.list_pets(session, MALLORY) == [other]
