"""What a program shows instead of a cookie: an access token of half an hour, or a personal token.

An access token is a JWT whose family is looked up each time, so that ending the family ends it.
Both clocks of it are the database's: a web process whose own clock is wrong lets nobody in early,
late or not at all.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import jwt
from sqlmodel import Session

from pet_app.core import db, vault
from pet_app.core.errors import NotSignedIn, Unavailable
from pet_app.core.models import ApiToken, TokenFamily
from pet_app.core.security.identity import Identity
from pet_app.core.security.permissions import Role, Scope
from pet_app.core.security.secret import fingerprint, new_token
from pet_app.core.security.sessions import SEEN_EVERY, may_be_here
from pet_app.core.settings import settings

ACCESS_LASTS = timedelta(minutes=30)
PERSONAL_PREFIX = "hh_"
LONGEST_BEARER = 2048
ALGORITHM = "HS256"
TYPE = "at+jwt"
AUDIENCE = "harness-hero-api"
PURPOSE = "access tokens"
CLAIMS = ["aud", "exp", "iat", "iss", "sid", "sub", "typ"]
CLOCK_LEEWAY = timedelta(seconds=5)
"""How far two database servers of one shop may be apart."""

REFUSED = "This token is not valid, or not any more. Ask for a new one."


def access_token(session: Session, family: TokenFamily) -> str:
    """A JWT for this family, good for `ACCESS_LASTS`."""
    now = db.database_now(session)
    claims = {
        "iss": settings().site_url,
        "aud": AUDIENCE,
        "sub": family.user_id,
        "sid": family.id,
        "typ": "access",
        "iat": int(now.timestamp()),
        "exp": int((now + ACCESS_LASTS).timestamp()),
    }
    return jwt.encode(claims, vault.derived(PURPOSE), ALGORITHM, headers={"typ": TYPE})


def new_personal_token() -> str:
    """The text of a personal token; only its fingerprint is kept."""
    return PERSONAL_PREFIX + new_token()


def whoami_by(token: str) -> Identity:
    """Who a program with this token speaks for, noting now and then that it was used.

    Raises `NotSignedIn` for a token that is not, or no longer, one of ours.
    """
    with db.reading() as session:
        now = db.database_now(session)
        if token.startswith(PERSONAL_PREFIX):
            row = _personal(session, token, now)
            identity = _identity(row, frozenset(row.scopes), row.handle)
            unseen = row.last_used is None or now - row.last_used > SEEN_EVERY
        else:
            family = _family(session, token, now)
            identity, unseen = _identity(family, frozenset(Scope), family.id), False
    if unseen:
        # As with sessions: a busy database must not cost the caller their answer.
        with suppress(Unavailable), db.writing() as session:
            if row := session.get(ApiToken, fingerprint(token)):
                row.last_used = now
    return identity


def _personal(session: Session, token: str, now: datetime) -> ApiToken:
    row = session.get(ApiToken, fingerprint(token)) if len(token) <= LONGEST_BEARER else None
    if row is None or (row.expires and row.expires <= now) or not may_be_here(row):
        raise NotSignedIn(REFUSED)
    return row


def _family(session: Session, token: str, now: datetime) -> TokenFamily:
    claims = _claims(token)
    if not claims["iat"] <= (now + CLOCK_LEEWAY).timestamp() or claims["exp"] <= now.timestamp():
        raise NotSignedIn(REFUSED)
    family = session.get(TokenFamily, claims["sid"])
    if family is None or family.revoked or family.expires <= now:
        raise NotSignedIn(REFUSED)
    if family.user_id != claims["sub"] or not may_be_here(family):
        raise NotSignedIn(REFUSED)
    return family


def _claims(token: str) -> dict[str, Any]:
    if len(token) > LONGEST_BEARER:
        raise NotSignedIn(REFUSED)
    try:
        found = jwt.decode_complete(
            token,
            vault.derived(PURPOSE),
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=settings().site_url,
            # By the database's clock, above; here by this process's own.
            options={"require": CLAIMS, "verify_exp": False, "verify_iat": False},
        )
    except (jwt.InvalidTokenError, UnicodeError) as fault:
        raise NotSignedIn(REFUSED) from fault
    claims = found["payload"]
    right = found["header"].get("typ") == TYPE and claims["typ"] == "access"
    numbers = all(type(claims[name]) is int for name in ("iat", "exp"))
    texts = all(type(claims[name]) is str for name in ("sid", "sub"))
    if not (right and numbers and texts):
        raise NotSignedIn(REFUSED)
    return claims


def _identity(row: TokenFamily | ApiToken, scopes: frozenset[str], session: str) -> Identity:
    return Identity(
        user_id=row.user_id,
        role=Role(row.role),
        name=row.name,
        email=row.email,
        demo=row.demo,
        strong=row.strong,
        scopes=scopes,
        session=session,
    )
