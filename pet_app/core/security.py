"""Who is asking: the session table, the cookies, and the identity every verb is given."""

import hashlib
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session, col, delete, select

from pet_app.core import clock, db
from pet_app.core.errors import Forbidden, NotSignedIn, Unavailable
from pet_app.core.models import SignIn
from pet_app.core.settings import settings

SESSION_COOKIE = "pet_session"
VISITOR_COOKIE = "pet_visitor"

IDLE = timedelta(days=14)
ABSOLUTE = timedelta(days=60)
VISITOR_LASTS = timedelta(days=400)
SEEN_EVERY = timedelta(minutes=5)
"""How old `last_seen` may grow before it is written again; spares a write per click."""

TOKEN_BYTES = 32
LONGEST_TOKEN = 128


class Role(StrEnum):
    """What a signed-in person may be; a guest has none."""

    USER = "user"
    STAFF = "staff"
    CLERK = "clerk"
    ADMIN = "admin"


@dataclass(frozen=True)
class Identity:
    """Who is asking. `visitor` is the SHA-256 of the visitor cookie, empty without one."""

    visitor: str = ""
    user_id: str | None = None
    role: Role | None = None
    name: str = ""
    email: str = field(default="", repr=False)
    demo: bool = False

    @property
    def signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def owners(self) -> tuple[str, ...]:
        """Every `owner` value whose rows are theirs, the preferred one first; may be empty."""
        user = (user_owner(self.user_id),) if self.user_id else ()
        return user + ((visitor_owner(self.visitor),) if self.visitor else ())

    @property
    def owner(self) -> str:
        """The `owner` to write on a new row. Raises `NotSignedIn` for a caller without cookies."""
        if not self.owners:
            raise NotSignedIn("Sign in, or allow cookies, so that we can keep this for you.")
        return self.owners[0]

    def must_be(self, *roles: Role) -> None:
        """Raise `NotSignedIn` for a guest and `Forbidden` for the wrong role. Admins pass."""
        if not self.signed_in:
            raise NotSignedIn("Sign in to go on.")
        if roles and self.role not in {*roles, Role.ADMIN}:
            raise Forbidden("Your account does not allow this.")


GUEST = Identity()


def user_owner(user_id: str) -> str:
    """The `owner` value of everything a signed-in person has."""
    return f"user:{user_id}"


def visitor_owner(visitor: str) -> str:
    """The `owner` value of everything a guest has; `visitor` is already hashed."""
    return f"visitor:{visitor}"


def new_token() -> str:
    """A secret nobody can guess, safe in a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def fingerprint(token: str) -> str:
    """What is stored or compared instead of a secret token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def open_sign_in(
    session: Session, *, user_id: str, role: Role, name: str, email: str, demo: bool = False
) -> str:
    """Start a signed-in session and return its fresh token, for the cookie alone."""
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


def close_all(session: Session, user_id: str) -> None:
    """End every session of one person, on every device."""
    session.exec(delete(SignIn).where(col(SignIn.user_id) == user_id))


def refresh_sign_ins(session: Session, user_id: str, *, role: Role, name: str, email: str) -> None:
    """Copy an account's changed role, name and e-mail into its open sessions."""
    for row in session.exec(select(SignIn).where(SignIn.user_id == user_id)):
        row.role, row.name, row.email = role, name, email
        session.add(row)


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


def _live_sign_in(session: Session, cookies: Mapping[str, str]) -> SignIn | None:
    token = cookies.get(SESSION_COOKIE, "")
    if not 0 < len(token) <= LONGEST_TOKEN:
        return None
    row, now = session.get(SignIn, fingerprint(token)), clock.now()
    if row is None or row.expires <= now or row.last_seen + IDLE <= now:
        return None
    return row


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
    )


def is_token(text: str) -> bool:
    """Whether this could be a token of ours; a hand-made short one is not worth trusting."""
    return 32 <= len(text) <= LONGEST_TOKEN and text.isascii() and text.isprintable()


def cookie_header(name: str, value: str, *, lasts: timedelta, scheme: str) -> str:
    """A Set-Cookie value no script can read. Zero `lasts` removes the cookie."""
    secure = scheme in ("https", "wss") or settings().site_url.startswith("https://")
    parts = [f"{name}={value}", "Path=/", f"Max-Age={int(lasts.total_seconds())}"]
    return "; ".join([*parts, "HttpOnly", "SameSite=Lax", *(["Secure"] if secure else [])])


def caller(request: Request) -> Identity:
    """Who sent this request; runs in FastAPI's thread pool."""
    return whoami(request.cookies)


def signed_in_caller(identity: Annotated[Identity, Depends(caller)]) -> Identity:
    """Who sent this request, who must be signed in."""
    identity.must_be()
    return identity


Caller = Annotated[Identity, Depends(caller)]
SignedInCaller = Annotated[Identity, Depends(signed_in_caller)]
