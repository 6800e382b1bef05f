"""Programs in a person's name: signing one in, and the personal tokens they make for others."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NoReturn

from sqlalchemy import Delete
from sqlmodel import Session, col, delete, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from pet_app.core import db, security
from pet_app.core.errors import Invalid, NotFound
from pet_app.core.models import ApiToken, TokenFamily
from pet_app.core.security import Identity, Permission, Renewal, Role, Scope, fingerprint
from pet_app.core.telemetry import log
from pet_app.user.client import Client
from pet_app.user.models import User

MOST_TOKENS = 30
LONGEST_TITLE = 60
LONGEST_DAYS = 366

NO_SUCH = "There is no such token any more."
TOO_MANY = f"Up to {MOST_TOKENS} tokens can be kept. Remove one you no longer use."
UNTITLED = f"Say in 1 to {LONGEST_TITLE} characters what it is for."
NO_SCOPE = "Choose what the program may do."
DAYS = f"Choose 1 to {LONGEST_DAYS} days, or no end."


@dataclass(frozen=True)
class Keys:
    """What a program is given when it signs in or renews; neither is kept here."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in_s: int


@dataclass(frozen=True)
class TokenRecord:
    """A personal token as its owner may see it: everything but the token."""

    handle: str
    title: str
    scopes: tuple[str, ...]
    created: datetime
    expires: datetime | None
    last_used: datetime | None


@dataclass(frozen=True)
class ProgramRecord:
    """A program that is signed in with tokens it renews."""

    handle: str
    device: str
    created: datetime
    last_used: datetime


def sign_in_program(session: Session, user: User, client: Client, *, strong: bool) -> Keys:
    """The first keys of a program for an account that `vouch` vouched for."""
    family, refresh_token = security.open_family(
        session,
        user_id=user.id,
        role=Role(user.role),
        name=user.name,
        email=user.email,
        demo=user.demo,
        strong=strong,
        device=client.device,
    )
    return _keys(session, family, refresh_token)


def renew(session: Session, refresh_token: str) -> Renewal:
    """Use a refresh token. Commit, then `new_keys` of it says what came of that."""
    renewal = security.renew(session, refresh_token)
    if renewal.stolen and renewal.family:
        log.warning("refresh token came twice, its family ended", family=renewal.family.id)
    return renewal


def new_keys(session: Session, renewal: Renewal) -> Keys:
    """The keys of a renewal. Raises `NotSignedIn`, or `Conflict` beside another use."""
    family, refresh_token = renewal.settled()
    return _keys(session, family, refresh_token)


def sign_out_program(session: Session, program: Identity) -> None:
    """End whatever this program came with: its family, or its personal token."""
    user_id = program.user_id or ""
    if not security.end_family(session, user_id, program.session):
        session.exec(_mine(program, program.session))


def list_programs(session: Session, identity: Identity) -> list[ProgramRecord]:
    """The programs that are signed in, the last renewed first."""
    identity.must(Permission.ACCOUNT)
    living = select(TokenFamily).where(
        TokenFamily.user_id == identity.user_id,
        col(TokenFamily.revoked).is_(None),
        TokenFamily.expires > db.database_now(session),
    )
    found = [
        ProgramRecord(row.id, row.device, row.created, row.rotated or row.created)
        for row in session.exec(living)
    ]
    return sorted(found, key=lambda record: record.last_used, reverse=True)


def end_program(session: Session, identity: Identity, handle: str) -> None:
    """Sign one program out. Raises `NotFound`."""
    identity.must(Permission.ACCOUNT)
    if not security.end_family(session, identity.user_id or "", handle):
        raise NotFound(NO_SUCH)


def list_tokens(session: Session, identity: Identity) -> list[TokenRecord]:
    """The personal tokens that still work, the newest first."""
    identity.must(Permission.ACCOUNT)
    rows = session.exec(_living(session, identity).order_by(col(ApiToken.created).desc()))
    return [_record(row) for row in rows]


def make_token(
    session: Session, identity: Identity, title: str, scopes: Collection[str], days: int | None
) -> tuple[str, TokenRecord]:
    """Make a personal token: its text, which is never shown again, and what is kept of it.

    It may do what `scopes` say for `days`, or until it is removed. Raises `Invalid` with a
    sentence for each field, or when there are too many.
    """
    identity.must(Permission.ACCOUNT)
    title = " ".join(title.split())
    _check(title, scopes, days)
    if len(session.exec(_living(session, identity)).all()) >= MOST_TOKENS:
        raise Invalid(TOO_MANY)
    text, now = security.new_personal_token(), db.database_now(session)
    row = ApiToken(
        id=fingerprint(text),
        user_id=identity.user_id or "",
        role=identity.role or Role.USER,
        name=identity.name,
        email=identity.email,
        demo=identity.demo,
        strong=identity.strong,
        title=title,
        scopes=sorted(set(scopes)),
        created=now,
        expires=now + timedelta(days=days) if days else None,
    )
    session.add(row)
    session.flush()
    return text, _record(row)


def revoke_token(session: Session, identity: Identity, handle: str) -> None:
    """Remove a personal token; it stops working at once. Raises `NotFound`."""
    identity.must(Permission.ACCOUNT)
    if not session.exec(_mine(identity, handle)).rowcount:
        raise NotFound(NO_SUCH)


def _check(title: str, scopes: Collection[str], days: int | None) -> None:
    faults: dict[str, str] = {}
    if not 0 < len(title) <= LONGEST_TITLE or not title.isprintable():
        faults["title"] = UNTITLED
    if not scopes or not set(scopes) <= set(Scope):
        faults["scopes"] = NO_SCOPE
    if days is not None and not 0 < days <= LONGEST_DAYS:
        faults["days"] = DAYS
    if faults:
        _refuse(faults)


def _refuse(faults: dict[str, str]) -> NoReturn:
    raise Invalid("Some of this needs another look.", faults)


def _keys(session: Session, family: TokenFamily, refresh_token: str) -> Keys:
    access = security.access_token(session, family)
    return Keys(access, refresh_token, int(security.ACCESS_LASTS.total_seconds()))


def _living(session: Session, identity: Identity) -> SelectOfScalar[ApiToken]:
    now = db.database_now(session)
    return select(ApiToken).where(
        ApiToken.user_id == identity.user_id,
        or_(col(ApiToken.expires).is_(None), col(ApiToken.expires) > now),
    )


def _mine(identity: Identity, handle: str) -> Delete:
    return delete(ApiToken).where(
        col(ApiToken.user_id) == identity.user_id, col(ApiToken.handle) == handle
    )


def _record(row: ApiToken) -> TokenRecord:
    return TokenRecord(
        row.handle, row.title, tuple(row.scopes), row.created, row.expires, row.last_used
    )
