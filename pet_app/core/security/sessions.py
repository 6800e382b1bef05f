"""Signed-in browsers: the table of their sessions, and what is copied into every key's row."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

from sqlmodel import Session, col, delete, select, update

from pet_app.core import clock, db
from pet_app.core.errors import Unavailable
from pet_app.core.models import ApiToken, SignIn, Standing, TokenFamily
from pet_app.core.security.cookies import SESSION_COOKIE, VISITOR_COOKIE
from pet_app.core.security.identity import Identity
from pet_app.core.security.permissions import Role
from pet_app.core.security.secret import LONGEST_TOKEN, fingerprint, is_token, new_token
from pet_app.core.settings import settings

IDLE = timedelta(days=14)
ABSOLUTE = timedelta(days=60)
SEEN_EVERY = timedelta(minutes=5)
"""How old `last_seen` may grow before it is written again; spares a write per click."""
LONGEST_DEVICE = 200


def open_sign_in(
    session: Session,
    *,
    user_id: str,
    role: Role,
    name: str,
    email: str,
    demo: bool = False,
    strong: bool = False,
    device: str = "",
    address: str = "",
) -> str:
    """Start a signed-in session and return its fresh token, for the cookie alone.

    `strong` says that a second factor was shown; `device` and `address` are what its owner will
    know it by.
    """
    token, now = new_token(), clock.now()
    session.exec(delete(SignIn).where(col(SignIn.expires) < now))
    session.add(
        SignIn(
            id=fingerprint(token),
            user_id=user_id,
            role=role,
            name=name,
            email=email,
            demo=demo,
            strong=strong,
            device=device[:LONGEST_DEVICE],
            address=address,
            created=now,
            last_seen=now,
            expires=now + ABSOLUTE,
        )
    )
    session.flush()
    return token


def close_sign_in(session: Session, token: str | None) -> None:
    """End the session this token stands for, if there is one."""
    if token:
        session.exec(delete(SignIn).where(col(SignIn.id) == fingerprint(token)))


def close_all(
    session: Session, user_id: str, *, except_handle: str = "", personal_tokens: bool = False
) -> None:
    """End every session and token family of one person but the one with this handle.

    Personal tokens stay unless asked for: their owner made each for a program of theirs.
    """
    ended = delete(SignIn).where(col(SignIn.user_id) == user_id)
    session.exec(ended.where(col(SignIn.handle) != except_handle))
    session.exec(
        update(TokenFamily)
        .where(col(TokenFamily.user_id) == user_id, col(TokenFamily.revoked).is_(None))
        .where(col(TokenFamily.id) != except_handle)
        .values(revoked=clock.now())
    )
    if personal_tokens:
        session.exec(delete(ApiToken).where(col(ApiToken.user_id) == user_id))


def refresh_standing(session: Session, user_id: str, *, role: Role, name: str, email: str) -> None:
    """Copy an account's changed role, name and e-mail to its sessions, families and tokens."""
    for table in (SignIn, TokenFamily, ApiToken):
        session.exec(
            update(table)
            .where(col(table.user_id) == user_id)
            .values(role=role, name=name, email=email)
        )


def set_strong(session: Session, handle: str, *, strong: bool) -> None:
    """Note of one session that a second factor was shown in it, or stands for nothing any more."""
    session.exec(update(SignIn).where(col(SignIn.handle) == handle).values(strong=strong))


def identify(session: Session, cookies: Mapping[str, str]) -> Identity:
    """Who these cookies belong to; a guest when they are missing, unknown or run out."""
    return _identity(_live_sign_in(session, cookies), cookies)


def whoami(cookies: Mapping[str, str]) -> Identity:
    """`identify` in a transaction of its own, noting now and then that the person was here."""
    with db.reading() as session:
        row = _live_sign_in(session, cookies)
        identity = _identity(row, cookies)
        unseen = row.id if row and clock.now() - row.last_seen > SEEN_EVERY else None
    if unseen:
        # To be noted is a courtesy: a busy database must not cost the visitor their page.
        with suppress(Unavailable), db.writing() as session:
            if row := session.get(SignIn, unseen):
                row.last_seen = clock.now()
    return identity


def list_sign_ins(session: Session, user_id: str) -> list[SignIn]:
    """The live sessions of one person, the last used first."""
    now = clock.now()
    living = select(SignIn).where(
        SignIn.user_id == user_id, SignIn.expires > now, SignIn.last_seen > now - IDLE
    )
    return list(session.exec(living.order_by(col(SignIn.last_seen).desc(), col(SignIn.id))))


def close_by_handle(session: Session, user_id: str, handle: str) -> bool:
    """End one session of this person; whether there was one."""
    ended = delete(SignIn).where(col(SignIn.user_id) == user_id, col(SignIn.handle) == handle)
    return session.exec(ended).rowcount > 0


def may_be_here(row: Standing) -> bool:
    """Whether whoever this key stands for may be in this shop at all: no demonstration account in
    production, though its database may have been a demonstration once."""
    return not (row.demo and settings().is_production)


def _live_sign_in(session: Session, cookies: Mapping[str, str]) -> SignIn | None:
    token = cookies.get(SESSION_COOKIE, "")
    if not 0 < len(token) <= LONGEST_TOKEN:
        return None
    row, now = session.get(SignIn, fingerprint(token)), clock.now()
    if row is None or row.expires <= now or row.last_seen + IDLE <= now:
        return None
    return row if may_be_here(row) else None


def _identity(row: SignIn | None, cookies: Mapping[str, str]) -> Identity:
    visitor = cookies.get(VISITOR_COOKIE, "")
    hashed = fingerprint(visitor) if is_token(visitor) else ""
    if row is None:
        return Identity(visitor=hashed)
    return Identity(
        visitor=hashed,
        user_id=row.user_id,
        role=Role(row.role),
        name=row.name,
        email=row.email,
        demo=row.demo,
        strong=row.strong,
        session=row.handle,
    )
