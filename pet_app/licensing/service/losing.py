"""Pets that are lost or back, and licences that end because a pet is no more."""

import unicodedata

from sqlmodel import Session

from pet_app.core import clock
from pet_app.core.errors import Conflict, Invalid
from pet_app.core.security import Identity
from pet_app.licensing.events import PetLost
from pet_app.licensing.rules.standing import LicenceState
from pet_app.licensing.service import closing, history
from pet_app.licensing.service.reading import LicenceView, licence_of, standing_offers
from pet_app.messaging.outbox import publish

LONGEST_WORDS = 300
TOO_LONG = f"Say it in {LONGEST_WORDS} characters: where it was seen last, what it answers to."
CLOSED = "This licence does not hold any more, so its tag leads nobody to you."
OFFERED = "You have offered this licence to somebody else. Take that back first."

LOST = "lost"
BACK = "back"


def set_lost(
    session: Session, identity: Identity, licence_id: str, lost: bool, words: str = ""
) -> LicenceView:
    """Say that a pet is lost, with words for whoever finds it, or that it is back.

    Said twice it changes nothing. Raises `NotFound`, `Invalid` for too many words, `Conflict` for a
    licence that is closed.
    """
    licence = closing.own_held(session, identity, licence_id)
    if licence.state != LicenceState.ISSUED:
        raise Conflict(CLOSED)
    said = _tidy(words) if lost else ""
    if len(said) > LONGEST_WORDS:
        raise Invalid(TOO_LONG, {"words": TOO_LONG})
    news = licence.lost != lost
    if news or licence.lost_words != said:
        licence.lost, licence.lost_words, licence.changed = lost, said, clock.now()
        session.add(licence)
        session.flush()
    if news:
        what = LOST if lost else BACK
        history.add_step(session, what, history.OWNER, licence_id=licence.id)
        publish(session, PetLost(licence.id, lost))
    return licence_of(session, identity, licence.id)


def end_licence(
    session: Session, identity: Identity, licence_id: str, reason: str = ""
) -> LicenceView:
    """Give a licence back: the pet has died, or is not the owner's any more.

    Done twice it changes nothing. Raises `NotFound`, and `Conflict` for one that was revoked or
    moved, or is offered to somebody.
    """
    licence = closing.own_held(session, identity, licence_id)
    if licence.state != LicenceState.ENDED:
        if standing_offers(session, [licence.id]):
            raise Conflict(OFFERED)
        closing.close(session, licence, LicenceState.ENDED, history.OWNER, _tidy(reason)[:100])
        licence.lost, licence.lost_words = False, ""
        session.add(licence)
        session.flush()
    return licence_of(session, identity, licence.id)


def _tidy(text: str) -> str:
    """`text` with single spaces and line breaks, without what cannot be seen."""
    plain = unicodedata.normalize("NFC", text)
    kept = (sign for sign in plain if sign == "\n" or unicodedata.category(sign)[0] != "C")
    lines = (" ".join(line.split()) for line in "".join(kept).splitlines())
    return "\n".join(line for line in lines if line)
