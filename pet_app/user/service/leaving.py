"""Closing an account: at once for everybody but its owner, for good when the grace is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from pet_app.core import db, personal, security
from pet_app.core.errors import Conflict, Invalid, NotSignedIn
from pet_app.core.personal import Person
from pet_app.core.security import Identity
from pet_app.messaging.outbox import publish
from pet_app.user.attempts import code_subject, forget_tries
from pet_app.user.client import Client
from pet_app.user.events import AccountDue, AccountKept, AccountLeaving, FilesLetGo, UserLeft
from pet_app.user.models import Purpose, User
from pet_app.user.service import one_time
from pet_app.user.service.codes import check_code
from pet_app.user.service.proving import confirmed
from pet_app.user.service.sign_in import START_AGAIN, Leaver, Proof, SignedIn, as_leaver, open_for

GRACE = timedelta(days=30)
STAYS = "This account is not being deleted any more."


@dataclass(frozen=True)
class Farewell:
    """Whom to tell that their account is deleted now."""

    id: str
    name: str
    email: str


def leave(session: Session, identity: Identity, proof: Proof, client: Client, code: str) -> Leaver:
    """Close one's own account, to be deleted when the grace is over; every key to it ends.

    Count a code with `count_code` before. Raises `Invalid` for a wrong one, and what `confirmed`
    does, `Forbidden` for a demonstration account among it.
    """
    user = confirmed(session, identity, proof, client)
    if user.totp_since is not None:
        check_code(session, user, code)
        forget_tries(session, code_subject(user.email))
        session.refresh(user)
    user.leaving = user.leaving or db.database_now(session) + GRACE
    session.add(user)
    session.flush()
    security.close_all(session, user.id, personal_tokens=True)
    one_time.drop_all(session, user.id)
    publish(session, AccountLeaving(user_id=user.id))
    return as_leaver(session, user)


def leaves_on(session: Session, token: str) -> datetime | None:
    """When the account of who holds this token will be deleted; None for a token of nobody's."""
    row = one_time.peek(session, token, Purpose.STAY)
    user = session.get(User, row.user_id) if row else None
    return user.leaving if user else None


def leaving_of(session: Session, user_id: str) -> datetime | None:
    """When an account will be deleted; None while it stays."""
    user = session.get(User, user_id)
    return user.leaving if user else None


def stay(
    session: Session, token: str, client: Client, guest: Identity, old_token: str | None
) -> SignedIn:
    """Have one's account back, and be signed in. Raises `NotSignedIn`, `Conflict`.

    The token was handed out for every proof that the account asks for.
    """
    try:
        row = one_time.take_up(session, token, Purpose.STAY)
    except Invalid:
        raise NotSignedIn(START_AGAIN) from None
    user = _held(session, row.user_id or "")
    if user is None or user.disabled:
        raise NotSignedIn(START_AGAIN)
    if user.leaving is None:
        raise Conflict(STAYS)
    user.leaving = None
    session.add(user)
    session.flush()
    one_time.drop_all(session, user.id)
    publish(session, AccountKept(user_id=user.id))
    strong = user.totp_since is not None
    return open_for(session, user, client, guest, old_token, strong=strong)


def call_due(session: Session) -> int:
    """Have every account deleted whose grace is over; how many. Safe to do twice."""
    over = select(User.id).where(col(User.leaving) <= db.database_now(session))
    found = session.exec(over).all()
    for user_id in found:
        publish(session, AccountDue(user_id=user_id))
    return len(found)


def farewell(session: Session, user_id: str) -> Farewell | None:
    """Whom to write to before the account is deleted; None when it stays, or is gone."""
    user = session.get(User, user_id)
    if user is None or user.leaving is None or user.leaving > db.database_now(session):
        return None
    return Farewell(user.id, user.name, user.email)


def erase_account(session: Session, user_id: str) -> bool:
    """Delete an account whose grace is over, and everything personal everywhere; whether it was.

    Its files are deleted after the transaction, by whoever hears of `FilesLetGo`.
    """
    user = _held(session, user_id)
    if user is None or user.leaving is None or user.leaving > db.database_now(session):
        return False
    _erase(session, Person(user.id, user.email))
    publish(session, UserLeft(user_id=user_id))
    return True


def sweep(session: Session) -> int:
    """Delete what was written about people while, or after, they were deleted; how many people."""
    strays = personal.people_without_account(session, col(User.id))
    for user_id in sorted(strays):
        _erase(session, Person(user_id))
    return len(strays)


def _erase(session: Session, person: Person) -> None:
    session.expire_all()
    if files := personal.erase(session, person):
        publish(session, FilesLetGo(keys=files))


def _held(session: Session, user_id: str) -> User | None:
    held = select(User).where(User.id == user_id).with_for_update()
    return session.exec(held).one_or_none()
