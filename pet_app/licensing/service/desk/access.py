"""Which towns somebody decides for, and that nobody else gets in."""

from sqlmodel import Session, col, delete, select

from pet_app.core import clock, db
from pet_app.core.errors import Forbidden, NotFound
from pet_app.core.ids import is_id
from pet_app.core.security import Identity, Permission, Role, Scope
from pet_app.licensing.models import Application, Clerkship
from pet_app.licensing.rules.standing import Status
from pet_app.licensing.service.history import CLERK
from pet_app.licensing.towns import Town, town, towns

NO_TOWN = "There is no such town, or its desk is not yours."
NO_CASE = "There is no such case, or it lies with another town."
OWN_CASE = "This is your own pet's application. Somebody else of your town has to decide it."
AT_WORK = frozenset({Scope.DESK_READ, Scope.DESK_WRITE})


def towns_of(session: Session, identity: Identity) -> tuple[Town, ...]:
    """The towns somebody decides for, by name: all of them for an administrator.

    Empty for a clerk whom no town has appointed. Raises `NotSignedIn`, `Forbidden` and
    `SecondFactorNeeded`.
    """
    identity.must(Permission.LICENCES)
    if not _at_work(identity):
        return ()
    if identity.role is Role.ADMIN:
        return towns()
    held = select(Clerkship.town_id).where(Clerkship.user_id == identity.user_id)
    served = set(session.exec(held))
    return tuple(found for found in towns() if found.id in served)


def must_serve(session: Session, identity: Identity, town_id: str) -> Town:
    """The town, for who decides for it. Raises `NotFound` for everybody else of the desks, and
    what `towns_of` raises."""
    for found in towns_of(session, identity):
        if found.id == town_id:
            return found
    raise NotFound(NO_TOWN)


def may_serve(session: Session, identity: Identity, town_id: str) -> bool:
    """Whether somebody decides for a town; False for guests and owners."""
    if not identity.may(Permission.LICENCES):
        return False
    return any(found.id == town_id for found in towns_of(session, identity))


def served_case(
    session: Session, identity: Identity, application_id: str, *, hold: bool = False
) -> Application:
    """An application, drafts aside, of a town somebody decides for.

    `hold` keeps it from others until the transaction ends. Raises `NotFound`.
    """
    identity.must(Permission.LICENCES)
    if not is_id(application_id):
        raise NotFound(NO_CASE)
    found = select(Application).where(col(Application.id) == application_id)
    if hold:
        found = found.with_for_update().execution_options(populate_existing=True)
    application = session.exec(found).one_or_none()
    # A draft is its owner's alone; so is what was withdrawn before it came to the town.
    if application is None or application.submitted is None or application.status == Status.DRAFT:
        raise NotFound(NO_CASE)
    if not may_serve(session, identity, application.town_id):
        raise NotFound(NO_CASE)
    return application


def not_ones_own(identity: Identity, application: Application) -> None:
    """Raise `Forbidden` for a clerk who would decide on their own pet."""
    if application.owner in identity.owners:
        raise Forbidden(OWN_CASE)


def clerk(identity: Identity) -> str:
    """How steps name a clerk."""
    return f"{CLERK}{identity.user_id}"


def appoint_clerk(session: Session, user_id: str, town_id: str) -> None:
    """Let somebody decide for a town; no harm when they do already. Raises `NotFound`."""
    row = {"user_id": user_id, "town_id": town(town_id).id, "created": clock.now()}
    session.connection().execute(
        db.insert(Clerkship)
        .values(row)
        .on_conflict_do_nothing(index_elements=["user_id", "town_id"])
    )


def dismiss_clerk(session: Session, user_id: str, town_id: str) -> bool:
    """Somebody decides for a town no more; False when they did not."""
    gone = delete(Clerkship).where(
        col(Clerkship.user_id) == user_id, col(Clerkship.town_id) == town_id
    )
    return session.connection().execute(gone).rowcount == 1


def clerks_of(session: Session, town_id: str = "") -> list[Clerkship]:
    """Who decides for a town, or for any."""
    found = select(Clerkship).order_by(col(Clerkship.town_id), col(Clerkship.created))
    return list(session.exec(found.where(Clerkship.town_id == town_id) if town_id else found))


def _at_work(identity: Identity) -> bool:
    """A program that may see its owner's own licences sees no others, whatever their work is."""
    return identity.scopes is None or bool(AT_WORK & identity.scopes)
