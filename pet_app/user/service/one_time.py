"""Tokens that work once: handed out, tried, taken up."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from pet_app.core import db
from pet_app.core.errors import Invalid
from pet_app.core.security import fingerprint, is_token, new_token
from pet_app.user.attempts import forget_old_tries
from pet_app.user.models import OneTime, Purpose

USED_UP = "This link has run out or was used before. Ask for a new one."
MOST_TRIES = 5


def hand_out(
    session: Session,
    purpose: Purpose,
    *,
    lasts: timedelta,
    user_id: str | None = None,
    sealed: str = "",
) -> str:
    """A fresh token for one purpose. Only its fingerprint is kept, with what was sealed."""
    token, now = new_token(), db.database_now(session)
    session.add(
        OneTime(
            id=fingerprint(token),
            purpose=purpose,
            user_id=user_id,
            sealed=sealed,
            created=now,
            expires=now + lasts,
        )
    )
    session.flush()
    return token


def look_at(session: Session, token: str, *purposes: Purpose, said: str = USED_UP) -> OneTime:
    """What a token stands for, one try counted. Raises `Invalid` with `said`.

    Commit before judging what came with the token, or the try would not count.
    """
    if not is_token(token):
        raise Invalid(said)
    tried = (
        update(OneTime)
        .where(*_open(session, token, purposes), col(OneTime.tries) < MOST_TRIES)
        .values(tries=col(OneTime.tries) + 1)
    )
    if session.exec(tried).rowcount != 1:
        raise Invalid(said)
    return session.exec(select(OneTime).where(OneTime.id == fingerprint(token))).one()


def peek(session: Session, token: str, *purposes: Purpose) -> OneTime | None:
    """What a token stands for, for who only looks; no try is counted."""
    if not is_token(token):
        return None
    return session.exec(select(OneTime).where(*_open(session, token, purposes))).one_or_none()


def take_up(session: Session, token: str, *purposes: Purpose, said: str = USED_UP) -> OneTime:
    """What a token stood for; it is gone with that. Raises `Invalid` with `said`."""
    if not is_token(token):
        raise Invalid(said)
    taken = delete(OneTime).where(*_open(session, token, purposes)).returning(OneTime)
    row = session.exec(taken).scalar_one_or_none()
    if row is None:
        raise Invalid(said)
    return row


def bind_link(session: Session, token: str, user_id: str) -> None:
    """Note whose link it is, so that it ends when theirs end."""
    session.exec(
        update(OneTime).where(col(OneTime.id) == fingerprint(token)).values(user_id=user_id)
    )


def forget_expired(session: Session) -> None:
    """Delete what nobody took up in time, and the tries that no longer count."""
    forget_old_tries(session)
    session.exec(delete(OneTime).where(col(OneTime.expires) < db.database_now(session)))


def drop_all(session: Session, user_id: str) -> None:
    """Make every token of one person useless."""
    session.exec(delete(OneTime).where(col(OneTime.user_id) == user_id))


def _open(session: Session, token: str, purposes: tuple[Purpose, ...]) -> tuple:
    now: datetime = db.database_now(session)
    return (
        col(OneTime.id) == fingerprint(token),
        col(OneTime.purpose).in_(purposes),
        col(OneTime.expires) > now,
    )
