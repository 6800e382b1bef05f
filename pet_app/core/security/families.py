"""Refresh tokens: one row for each program signed in, whose current token changes with each use.

A refresh token works once. Of several uses at the same moment one wins; the others are told so
and nothing ends, since a program that retries is no thief. A token that comes back later was
copied by somebody: the whole family ends, whoever holds its newest token.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session, col, delete, update

from pet_app.core import db
from pet_app.core.errors import Conflict, NotSignedIn, Problem
from pet_app.core.ids import is_id
from pet_app.core.models import TokenFamily
from pet_app.core.security.permissions import Role
from pet_app.core.security.secret import fingerprint, is_token, new_token
from pet_app.core.security.sessions import ABSOLUTE, LONGEST_DEVICE

REFRESH_PREFIX = "hhr_"
REFRESH_LASTS = timedelta(days=7)
AT_ONCE = timedelta(seconds=10)
"""How long after its use a token may come again without being taken for stolen."""
KEPT_AFTER = timedelta(days=30)

ENDED = "This sign-in has ended. Sign in again."
JUST_USED = "This refresh token was used a moment ago. Go on with the tokens that use gave."


@dataclass(frozen=True)
class Renewal:
    """What came of using a refresh token; the family has to be written down either way."""

    family: TokenFamily | None = None
    refresh_token: str = field(default="", repr=False)
    refused: Problem | None = None
    stolen: bool = False

    def settled(self) -> tuple[TokenFamily, str]:
        """The family and its new refresh token; raises why there is none, once that is kept."""
        if self.refused or not self.family:
            raise self.refused or NotSignedIn(ENDED)
        return self.family, self.refresh_token


def open_family(
    session: Session,
    *,
    user_id: str,
    role: Role,
    name: str,
    email: str,
    demo: bool = False,
    strong: bool = False,
    device: str = "",
) -> tuple[TokenFamily, str]:
    """Sign a program in: its family and its first refresh token."""
    now = db.database_now(session)
    session.exec(delete(TokenFamily).where(col(TokenFamily.expires) < now - KEPT_AFTER))
    family = TokenFamily(
        user_id=user_id,
        role=role,
        name=name,
        email=email,
        demo=demo,
        strong=strong,
        current="",
        device=device[:LONGEST_DEVICE],
        created=now,
        expires=now + REFRESH_LASTS,
    )
    token = _new_refresh_token(family.id)
    family.current = fingerprint(token)
    session.add(family)
    session.flush()
    return family, token


def renew(session: Session, refresh_token: str) -> Renewal:
    """Use a refresh token. Commit first, then ask `settled`: what ends a family must be kept.

    Refused with `Conflict` beside another use at the same moment, else with `NotSignedIn`.
    """
    family_id = refresh_token.removeprefix(REFRESH_PREFIX).partition(".")[0]
    family = session.get(TokenFamily, family_id) if _could_be_ours(refresh_token) else None
    if family is None:
        return Renewal(refused=NotSignedIn(ENDED))
    now, fresh = db.database_now(session), _new_refresh_token(family_id)
    # One statement decides who wins, whatever was read before it.
    won = session.exec(
        update(TokenFamily)
        .where(
            col(TokenFamily.id) == family_id,
            col(TokenFamily.current) == fingerprint(refresh_token),
            col(TokenFamily.revoked).is_(None),
            col(TokenFamily.expires) > now,
        )
        .values(
            current=fingerprint(fresh),
            previous=fingerprint(refresh_token),
            rotated=now,
            expires=min(now + REFRESH_LASTS, family.created + ABSOLUTE),
        )
    )
    session.refresh(family)
    if won.rowcount == 1:
        return Renewal(family, fresh)
    return _lost(session, family, refresh_token)


def end_family(session: Session, user_id: str, family_id: str) -> bool:
    """Sign one program of this person out, its access tokens too; whether it was signed in."""
    ended = session.exec(
        update(TokenFamily)
        .where(col(TokenFamily.id) == family_id, col(TokenFamily.user_id) == user_id)
        .where(col(TokenFamily.revoked).is_(None))
        .values(revoked=db.database_now(session))
    )
    return ended.rowcount > 0


def _lost(session: Session, family: TokenFamily, refresh_token: str) -> Renewal:
    now, shown = db.database_now(session), fingerprint(refresh_token)
    if family.revoked or family.expires <= now or shown == family.current:
        return Renewal(refused=NotSignedIn(ENDED))
    if shown == family.previous and family.rotated and now - family.rotated <= AT_ONCE:
        return Renewal(refused=Conflict(JUST_USED))
    family.revoked = now
    session.add(family)
    return Renewal(family, refused=NotSignedIn(ENDED), stolen=True)


def _new_refresh_token(family_id: str) -> str:
    return f"{REFRESH_PREFIX}{family_id}.{new_token()}"


def _could_be_ours(refresh_token: str) -> bool:
    family_id, _, secret = refresh_token.removeprefix(REFRESH_PREFIX).partition(".")
    return is_id(family_id) and is_token(secret)
