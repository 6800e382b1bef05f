"""A tag's page: where the pet is licensed, and a way to its owner that tells nobody who that is."""

from dataclasses import dataclass

from sqlmodel import Session, select

from pet_app.core import clock
from pet_app.core.errors import Invalid, NotFound
from pet_app.licensing import tag
from pet_app.licensing.events import PetFound
from pet_app.licensing.models import FoundMessage, Licence
from pet_app.licensing.rules.standing import LicenceState, Standing, standing
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.towns import town
from pet_app.messaging.outbox import publish
from pet_app.user import service as users
from pet_app.user.service import Client

MISREAD = "That is no code of a tag. It has eight letters and digits; look at each again."
NO_TAG = "No pet has this tag now. It may have been replaced; look for another tag or a chip."
WRITE = "Write a few words: where the pet is, and how it is."
TOO_LONG = "Use {most} characters or fewer."
SHORTEST = 3
LONGEST_WORDS = 1000
LONGEST_CONTACT = 120


@dataclass(frozen=True)
class TagView:
    """What a finder sees. `lost` says that its owner looks for it, `words` what they ask of
    whoever finds it; both are the owner's to say. `can_write` is False where nobody is left."""

    code: str
    species: str
    town_name: str
    issuer: str
    licensed: bool
    lost: bool
    words: str
    can_write: bool


def tag_page(session: Session, code: str) -> TagView:
    """The page of a tag. Raises `NotFound`. Its doors count the look first, as a
    guess at a code."""
    licence = _licence(session, code)
    where = town(licence.town_id)
    worth = standing(licence.state, licence.begins, licence.ends, today_in(where))
    return TagView(
        code=licence.tag_code,
        species=licence.species,
        town_name=where.name,
        issuer=where.issuer,
        licensed=worth is Standing.VALID,
        lost=licence.lost,
        words=licence.lost_words if licence.lost else "",
        can_write=_can_write(licence),
    )


def write_to_owner(session: Session, code: str, words: str, contact: str, client: Client) -> str:
    """Send a finder's words to the owner; neither learns the other's address from us.

    Raises `NotFound`, `Invalid` and `TooManyRequests`. The message's id.
    """
    licence = _licence(session, code)
    if not _can_write(licence):
        raise NotFound(NO_TAG)
    said, reach = words.strip(), " ".join(contact.split())
    faults: dict[str, str] = {}
    if len(said) < SHORTEST:
        faults["words"] = WRITE
    elif len(said) > LONGEST_WORDS:
        faults["words"] = TOO_LONG.format(most=LONGEST_WORDS)
    if len(reach) > LONGEST_CONTACT:
        faults["contact"] = TOO_LONG.format(most=LONGEST_CONTACT)
    if faults:
        raise Invalid(next(iter(faults.values())), faults)
    users.count_message(session, f"tag {licence.id}", client)
    message = FoundMessage(licence_id=licence.id, words=said, contact=reach, created=clock.now())
    session.add(message)
    session.flush()
    publish(session, PetFound(licence.id, message.id))
    return message.id


def _licence(session: Session, typed: str) -> Licence:
    code = tag.read_code(typed)
    if not code:
        raise NotFound(MISREAD)
    licence = session.exec(select(Licence).where(Licence.tag_code == code)).one_or_none()
    if licence is None or licence.state == LicenceState.ENDED:
        raise NotFound(NO_TAG)
    return licence


def _can_write(licence: Licence) -> bool:
    return bool(licence.owner)
