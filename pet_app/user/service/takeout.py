"""A copy of everything that is held about somebody: asked for, made, fetched, thrown away."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, or_, select, update

from pet_app.core import db, personal, storage, vault
from pet_app.core.errors import Conflict, NotFound, TooManyRequests
from pet_app.core.ids import is_id
from pet_app.core.personal import Person, Shown
from pet_app.core.security import Identity
from pet_app.messaging import signal
from pet_app.messaging.outbox import publish
from pet_app.user.events import TakeoutAsked, TakeoutReady
from pet_app.user.models import Takeout, TakeoutState, User
from pet_app.user.service.proving import own_user

LASTS = timedelta(days=7)
STANDING_STILL = timedelta(hours=1)
"""After this long nobody is at work on a copy any more."""
MOST_A_DAY = 5

UNDER_WAY = "Your copy is being made already. It will be here in a moment."
ENOUGH = f"That is {MOST_A_DAY} copies within a day. Please ask again tomorrow."
GONE = "This copy is not here any more. Make a new one."

UNSETTLED = (TakeoutState.ASKED, TakeoutState.GATHERING)


@dataclass(frozen=True)
class TakeoutRecord:
    """A copy as its owner sees it: how far it has come in percent, how large it is in bytes."""

    id: str
    state: TakeoutState
    progress: int
    size: int
    asked: datetime
    expires: datetime | None

    @property
    def is_settled(self) -> bool:
        """Whether waiting is over, well or badly."""
        return self.state not in UNSETTLED


@dataclass(frozen=True)
class Gathered:
    """What goes into a copy, by holding, and where in storage the copy is to lie."""

    person: Person
    shown: dict[str, Shown]
    at: datetime
    storage_key: str


def topic(user_id: str) -> str:
    """What is signalled when the copy of this person comes along."""
    return f"takeout:{user_id}"


def ask_for_copy(session: Session, identity: Identity) -> TakeoutRecord:
    """Have a copy made. Raises `Conflict` while one is, `TooManyRequests`, `NotSignedIn`."""
    user = own_user(session, identity, to_change=True)
    now = db.database_now(session)
    rows = _rows(session, user.id)
    if any(row.state in UNSETTLED and now - row.asked < STANDING_STILL for row in rows):
        raise Conflict(UNDER_WAY)
    if sum(now - row.asked < timedelta(days=1) for row in rows) >= MOST_A_DAY:
        raise TooManyRequests(ENOUGH)
    row = Takeout(user_id=user.id, asked=now)
    session.add(row)
    session.flush()
    publish(session, TakeoutAsked(user_id=user.id, takeout_id=row.id))
    signal.after_commit(session, topic(user.id))
    return _record(row, now)


def latest_copy(session: Session, identity: Identity) -> TakeoutRecord | None:
    """The copy this person asked for last, while it is here. Raises `NotSignedIn`."""
    user = own_user(session, identity)
    now = db.database_now(session)
    rows = [row for row in _rows(session, user.id) if row.expires is None or row.expires > now]
    return _record(rows[0], now) if rows else None


def copy_file(session: Session, identity: Identity, takeout_id: str) -> tuple[str, TakeoutRecord]:
    """Where a finished copy of one's own is stored. Raises `NotFound`, `NotSignedIn`."""
    user = own_user(session, identity)
    row = session.get(Takeout, takeout_id) if is_id(takeout_id) else None
    now = db.database_now(session)
    if row is None or row.user_id != user.id or row.state != TakeoutState.READY:
        raise NotFound(GONE)
    if row.expires is None or row.expires <= now:
        raise NotFound(GONE)
    return row.storage_key, _record(row, now)


def gather(session: Session, takeout_id: str) -> Gathered | None:
    """Everything that is held, read in one go; None when nobody waits for the copy any more."""
    row = session.get(Takeout, takeout_id)
    user = session.get(User, row.user_id) if row else None
    if row is None or user is None or row.state not in UNSETTLED:
        return None
    person = Person(user.id, user.email)
    shown = {held.name: held.show(session, person) for held in personal.holdings()}
    # The same at every attempt, so that one that was killed leaves no file behind.
    key = storage.private_key(vault.derived("copies of data"), row.id, ".zip")
    return Gathered(person, shown, db.database_now(session), key)


def note_progress(session: Session, takeout_id: str, percent: int, storage_key: str) -> None:
    """Say how far the copy has come."""
    _move(
        session,
        takeout_id,
        state=TakeoutState.GATHERING,
        progress=percent,
        storage_key=storage_key,
    )


def finish_copy(session: Session, takeout_id: str, storage_key: str, size: int) -> None:
    """The copy lies in storage; it stays for a week. Its owner is told."""
    expires = db.database_now(session) + LASTS
    if user_id := _move(
        session,
        takeout_id,
        state=TakeoutState.READY,
        progress=100,
        storage_key=storage_key,
        size=size,
        expires=expires,
    ):
        publish(session, TakeoutReady(user_id=user_id, takeout_id=takeout_id))


def fail_copy(session: Session, takeout_id: str) -> None:
    """There will be no copy until somebody asks again."""
    _move(session, takeout_id, state=TakeoutState.FAILED)


def copy_expires(session: Session, takeout_id: str) -> datetime | None:
    """Until when a copy is there."""
    row = session.get(Takeout, takeout_id)
    return row.expires if row else None


def old_copies(session: Session) -> dict[str, str]:
    """The storage keys, by id, of copies whose time is over or that were never finished."""
    now = db.database_now(session)
    over = select(Takeout).where(
        or_(
            col(Takeout.expires) <= now,
            col(Takeout.expires).is_(None) & (col(Takeout.asked) <= now - LASTS),
        )
    )
    return {row.id: row.storage_key for row in session.exec(over)}


def forget_copies(session: Session, takeout_ids: Collection[str]) -> None:
    """Delete the rows of copies whose files are gone."""
    session.exec(delete(Takeout).where(col(Takeout.id).in_(list(takeout_ids))))


def _move(session: Session, takeout_id: str, **changes: object) -> str:
    """Change a copy that is still waited for; whose it is, or nothing."""
    moved = (
        update(Takeout)
        .where(col(Takeout.id) == takeout_id, col(Takeout.state).in_(UNSETTLED))
        .values(**changes)
    )
    if not session.exec(moved).rowcount:
        return ""
    user_id = session.exec(select(Takeout.user_id).where(Takeout.id == takeout_id)).one()
    signal.after_commit(session, topic(user_id))
    return user_id


def _rows(session: Session, user_id: str) -> list[Takeout]:
    mine = select(Takeout).where(Takeout.user_id == user_id)
    return list(session.exec(mine.order_by(col(Takeout.asked).desc(), col(Takeout.id).desc())))


def _record(row: Takeout, now: datetime) -> TakeoutRecord:
    state = TakeoutState(row.state)
    if state in UNSETTLED and now - row.asked >= STANDING_STILL:
        state = TakeoutState.FAILED
    return TakeoutRecord(row.id, state, row.progress, row.size, row.asked, row.expires)
