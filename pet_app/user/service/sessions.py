"""Where somebody is signed in, and ending that."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pet_app.core import security
from pet_app.core.errors import NotFound
from pet_app.core.security import Identity
from pet_app.user.service.devices import NO_NAME
from pet_app.user.service.proving import own_user


@dataclass(frozen=True)
class SessionRecord:
    """One signed-in browser, as its owner may see it."""

    handle: str
    device: str
    address: str
    created: datetime
    last_seen: datetime
    current: bool
    strong: bool


def list_sessions(session: Session, identity: Identity) -> list[SessionRecord]:
    """Every browser this person is signed in with, this one first. Raises `NotSignedIn`."""
    user = own_user(session, identity)
    records = [
        SessionRecord(
            row.handle,
            row.device or NO_NAME,
            row.address,
            row.created,
            row.last_seen,
            row.handle == identity.session,
            row.strong,
        )
        for row in security.list_sign_ins(session, user.id)
    ]
    return sorted(records, key=lambda record: not record.current)


def end_session(session: Session, identity: Identity, handle: str) -> None:
    """Sign one browser out. Raises `NotFound` for one that is not theirs."""
    user = own_user(session, identity)
    if not security.close_by_handle(session, user.id, handle):
        raise NotFound("That session has ended already.")


def end_other_sessions(session: Session, identity: Identity) -> None:
    """Sign out everywhere but here, programs included. Raises `NotSignedIn`."""
    user = own_user(session, identity)
    security.close_all(session, user.id, except_handle=identity.session)


def sign_out_everywhere(session: Session, identity: Identity) -> None:
    """Sign out on every device, this one included. Raises `NotSignedIn`."""
    security.close_all(session, own_user(session, identity).id)
