"""A clerk takes a licence away, and gives it back."""

from sqlmodel import Session

from pet_app.core.errors import Forbidden, Invalid, NotFound
from pet_app.core.security import Identity, Permission
from pet_app.licensing.models import Licence
from pet_app.licensing.rules.standing import LicenceState
from pet_app.licensing.service import closing, granting
from pet_app.licensing.service.desk import access

NO_LICENCE = "There is no such licence, or it is not for you to see."
OWN_LICENCE = "This is your own pet's licence. Somebody else of your town has to decide this."
SAY_WHY = "Say why, in a sentence its owner can understand."
LONGEST_REASON = 500


def revoke(session: Session, identity: Identity, licence_id: str, reason: str) -> Licence:
    """A clerk takes a licence away. Raises `NotFound`, `Invalid` and `Conflict`."""
    licence = served_licence(session, identity, licence_id)
    closing.close(session, licence, LicenceState.REVOKED, access.clerk(identity), _said(reason))
    return licence


def restore(session: Session, identity: Identity, licence_id: str, reason: str) -> Licence:
    """A clerk gives back a licence that was taken away. Raises as `revoke` does."""
    licence = served_licence(session, identity, licence_id)
    closing.move(session, licence, LicenceState.ISSUED, access.clerk(identity), _said(reason))
    licence.reason = ""
    # The paper from before says nothing wrong, but its owner was told that it holds no more.
    granting.issue(session, licence, closing.RESTORED, None)
    return licence


def served_licence(session: Session, identity: Identity, licence_id: str) -> Licence:
    """A licence, held, for a clerk of its town. Raises `NotFound` for all others, and `Forbidden`
    for a clerk's own."""
    identity.must(Permission.LICENCES)
    licence = closing.held_licence(session, licence_id)
    if licence is None or not access.may_serve(session, identity, licence.town_id):
        raise NotFound(NO_LICENCE)
    if licence.owner in identity.owners:
        raise Forbidden(OWN_LICENCE)
    return licence


def _said(reason: str) -> str:
    words = " ".join(reason.split())[:LONGEST_REASON]
    if not words:
        raise Invalid(SAY_WHY, {"reason": SAY_WHY})
    return words
