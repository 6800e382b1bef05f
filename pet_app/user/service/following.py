"""Following what a provider says of people: their name, their address, and that they have left."""

import json
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session, col, select

from pet_app.core import db, security, vault
from pet_app.core.security import Role
from pet_app.core.settings import settings
from pet_app.core.telemetry import log
from pet_app.messaging.outbox import publish
from pet_app.user import rules
from pet_app.user.events import EmailChanged, ProviderToAsk
from pet_app.user.models import LinkedIdentity, User
from pet_app.user.oidc.claims import Known
from pet_app.user.service import one_time
from pet_app.user.service.accounts import find

ASKED_EVERY = timedelta(hours=1)
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Asking:
    """A link as it was when its provider was asked. `sealed` is its token then, as it is stored."""

    link_id: str
    provider: str
    subject: str
    refresh: str = field(repr=False)
    name: str = field(repr=False)
    sealed: str = field(repr=False)


def ask_providers(session: Session) -> int:
    """Have the providers asked about everybody not asked for an hour; say about how many."""
    now = db.database_now(session)
    due = (
        select(LinkedIdentity)
        .where(
            col(LinkedIdentity.refresh) != "",
            col(LinkedIdentity.synced) <= now - ASKED_EVERY,
            col(LinkedIdentity.provider).in_([known.name for known in settings().oidc_providers]),
        )
        .order_by(col(LinkedIdentity.synced))
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    rows = session.exec(due).all()
    for row in rows:
        row.synced = now
        session.add(row)
        publish(session, ProviderToAsk(row.id))
    return len(rows)


def asking_about(session: Session, link_id: str) -> Asking | None:
    """What to ask a provider with; None when the link, its token or its person's key is gone."""
    row = session.get(LinkedIdentity, link_id)
    if row is None or not row.refresh:
        return None
    try:
        kept = json.loads(vault.unseal(session, row.user_id, row.refresh))
    except vault.Unreadable:
        return None
    return Asking(row.id, row.provider, row.subject, kept["refresh"], kept["name"], row.refresh)


def token_changed(session: Session, asking: Asking, refresh: str) -> Asking | None:
    """Keep the token that came for the one shown; the provider may take that one no more.

    None when the person has signed in again meanwhile, with a newer one.
    """
    row = _unchanged(session, asking)
    if row is None:
        return None
    keep_token(session, row, refresh, asking.name)
    session.flush()
    return asking_about(session, asking.link_id)


def apply_changes(session: Session, asking: Asking, known: Known) -> None:
    """Take over what a provider says now of somebody."""
    row = _unchanged(session, asking)
    user = session.get(User, row.user_id, with_for_update=True) if row else None
    if row is None or user is None:
        return
    follow(session, row, user, known)
    keep_token(session, row, asking.refresh, known.name)


def withdrawn(session: Session, asking: Asking) -> None:
    """The provider lets this person go on no more: sign them out, and stop asking.

    The account stays. Who has a password here may still use it, and keeps their personal tokens.
    """
    row = _unchanged(session, asking)
    user = session.get(User, row.user_id) if row else None
    if row is None or user is None:
        return
    row.refresh = ""
    session.add(row)
    security.close_all(session, user.id, personal_tokens=not user.password_hash)
    log.info("provider withdrew a person", provider=row.provider)


def follow(session: Session, row: LinkedIdentity, user: User, known: Known) -> None:
    """Give an account whose name and address came from this provider those it has there now.

    What somebody chose here stays, and nobody is given an address that somebody else has.
    """
    row.synced = db.database_now(session)
    session.add(row)
    if before := asking_about(session, row.id):
        _rename(session, user, before.name, known.name)
    email = usable(known.email)
    if not email or email == row.email:
        return
    if user.email == row.email:
        if find(session, email):
            return
        old, user.email = user.email, email
        session.add(user)
        session.flush()
        one_time.drop_all(session, user.id)
        _tell_sessions(session, user)
        security.close_all(session, user.id)
        publish(session, EmailChanged(user_id=user.id, sealed=vault.seal(session, user.id, old)))
    row.email = email


def keep_token(session: Session, row: LinkedIdentity, refresh: str, name: str) -> None:
    """Seal what the provider is asked with next time; nothing where it gave nothing."""
    if refresh:
        kept = json.dumps({"refresh": refresh, "name": name})
        row.refresh = vault.seal(session, row.user_id, kept)
        session.add(row)


def usable(email: str) -> str:
    """An address in its normal spelling, or nothing."""
    try:
        return rules.normal_email(email)
    except ValueError:
        return ""


def _rename(session: Session, user: User, before: str, after: str) -> None:
    """Another name, unless the person goes by one of their own choice here."""
    try:
        before, after = rules.clean_name(before), rules.clean_name(after)
    except ValueError:
        return
    if user.name == before != after:
        user.name = after
        session.add(user)
        _tell_sessions(session, user)


def _tell_sessions(session: Session, user: User) -> None:
    security.refresh_standing(
        session, user.id, role=Role(user.role), name=user.name, email=user.email
    )


def _unchanged(session: Session, asking: Asking) -> LinkedIdentity | None:
    """The link, if nobody has brought a newer token since it was asked about."""
    wanted = select(LinkedIdentity).where(
        LinkedIdentity.id == asking.link_id, LinkedIdentity.refresh == asking.sealed
    )
    return session.exec(wanted.with_for_update()).one_or_none()
