"""How a licence ends otherwise than by its date."""

from sqlmodel import Session, col, select

from pet_app.core import clock
from pet_app.core.errors import Conflict, NotFound
from pet_app.core.security import Identity, Permission
from pet_app.licensing.events import LicenceClosed
from pet_app.licensing.models import Licence
from pet_app.licensing.rules.standing import LICENCE_MOVES, LicenceState
from pet_app.licensing.service import history
from pet_app.licensing.service.rows import NO_LICENCE, own_licence
from pet_app.messaging.outbox import publish

NOT_NOW = "This licence is {state} already. Look at it again."
RESTORED = "restored"


def close(session: Session, licence: Licence, to: LicenceState, by: str, reason: str = "") -> None:
    """A licence holds no more. Raises `Conflict` where the table of moves has no such move."""
    move(session, licence, to, by, reason)
    publish(session, LicenceClosed(licence.id, licence.state))


def held_licence(session: Session, licence_id: str) -> Licence | None:
    """A licence that nobody else changes until the transaction ends, as it is now."""
    found = select(Licence).where(col(Licence.id) == licence_id).with_for_update()
    return session.exec(found.execution_options(populate_existing=True)).one_or_none()


def own_held(session: Session, identity: Identity, licence_id: str) -> Licence:
    """One of their licences, held. Raises `NotSignedIn`, and `NotFound`, also for another's."""
    identity.must(Permission.ACCOUNT)
    licence = held_licence(session, own_licence(session, identity, licence_id).id)
    if licence is None or licence.owner not in identity.owners:
        # Handed to somebody else between the look and the hold.
        raise NotFound(NO_LICENCE)
    return licence


def move(session: Session, licence: Licence, to: LicenceState, by: str, reason: str) -> None:
    """The one place where the state of a licence changes, with a step that says so."""
    before = LicenceState(licence.state)
    if to not in LICENCE_MOVES[before]:
        raise Conflict(NOT_NOW.format(state=before.value))
    licence.state, licence.reason, licence.changed = to.value, reason, clock.now()
    session.add(licence)
    history.add_step(
        session,
        to.value if to is not LicenceState.ISSUED else RESTORED,
        by,
        licence_id=licence.id,
        words=reason,
        facts={"from": before.value, "to": to.value},
    )
