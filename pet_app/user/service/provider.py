"""Signing in through a provider: the way there and back, the accounts it opens, the links."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from pet_app.core import db, vault
from pet_app.core.errors import Conflict, Invalid, NotFound, NotSignedIn
from pet_app.core.provider import Provider
from pet_app.core.security import Identity, fingerprint
from pet_app.core.settings import settings
from pet_app.messaging.outbox import publish
from pet_app.user import rules
from pet_app.user.attempts import count_link
from pet_app.user.client import Client
from pet_app.user.events import ProviderLinked, ProviderUnlinked
from pet_app.user.models import LinkedIdentity, Purpose, User
from pet_app.user.oidc.claims import Known
from pet_app.user.oidc.flow import Secrets, Visit
from pet_app.user.oidc.trouble import NotLetIn, Trouble
from pet_app.user.service import one_time
from pet_app.user.service.accounts import Newcomer, find, register
from pet_app.user.service.following import follow, keep_token, usable
from pet_app.user.service.proving import confirmed, own_user
from pet_app.user.service.sign_in import HalfIn, Leaver, Proof, SignedIn, let_in

WAY_LASTS = timedelta(minutes=10)
JOURNEYS = "ways to a provider and back"

ALREADY = "That site is linked already. Remove it first to link another account of yours there."
LAST_WAY = (
    "This is the only way into your account. Choose a password first: sign out, then use "
    "“Forgot your password?”"
)
NO_SUCH = "That site is not linked to your account any more."


@dataclass(frozen=True)
class Journey:
    """Somebody is on their way to a provider and back, in the browser that holds the token whose
    fingerprint `browser` is. `user_id` is whose account is to be linked, empty for signing in."""

    provider: str
    browser: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    then: str = ""
    user_id: str = ""

    @property
    def secrets(self) -> Secrets:
        """What ties the answer to this way."""
        return Secrets(self.nonce, self.verifier)


@dataclass(frozen=True)
class LinkRecord:
    """A provider as somebody sees it in their settings; `since` is None where it is not linked."""

    provider: str
    label: str
    email: str
    since: datetime | None


def set_out(session: Session, journey: Journey, client: Client) -> str:
    """Begin to sign in through a provider: the `state` to send along. Raises `TooManyRequests`."""
    count_link(session, client)
    return _state(session, journey)


def set_out_to_link(
    session: Session, identity: Identity, proof: Proof, client: Client, journey: Journey
) -> str:
    """Begin to link one's own account, the password shown. Raises `Conflict` when it is linked."""
    user = confirmed(session, identity, proof, client)
    if any(row.provider == journey.provider for row in _links(session, user)):
        raise Conflict(ALREADY)
    count_link(session, client)
    return _state(session, journey)


def end_journey(session: Session, state: str) -> Journey:
    """The way that ends here; it is gone with that. Raises `NotLetIn`.

    Commit before judging what came along, or a second try would find it again.
    """
    try:
        row = one_time.take_up(session, state, Purpose.PROVIDER)
        return Journey(**json.loads(vault.unseal_for_shop(JOURNEYS, row.sealed)))
    except (Invalid, vault.Unreadable):
        raise NotLetIn(Trouble.START_AGAIN, "state") from None


def check_traveller(journey: Journey, provider: str, browser: str, guest: Identity) -> None:
    """Make sure that who comes back is who set out. Raises `NotLetIn`.

    Otherwise somebody could send a visitor their own way back, and have them sign in as, or link,
    an account that is not theirs.
    """
    if journey.provider != provider or journey.browser != fingerprint(browser):
        raise NotLetIn(Trouble.START_AGAIN, "another browser or provider")
    if journey.user_id and journey.user_id != guest.user_id:
        raise NotLetIn(Trouble.SIGNED_OUT)


def enter(
    session: Session,
    provider: str,
    visit: Visit,
    client: Client,
    guest: Identity,
    old_token: str | None,
) -> SignedIn | HalfIn | Leaver:
    """Sign in whom a provider vouches for, opening an account for who has none. Raises `NotLetIn`.

    What the provider says of second factors counts for nothing: an account that has one here is
    asked for it. An account that has the e-mail but no link is never linked here: whoever opened
    it, with a password of theirs, need not be whom the provider knows.
    """
    row = _link(session, provider, visit.known.subject)
    if row is None:
        user = _open_account(session, visit.known)
        _add_link(session, provider, user, visit)
    else:
        user = session.get(User, row.user_id, with_for_update=True)
        if user is None or user.disabled:
            raise NotLetIn(Trouble.CLOSED)
        follow(session, row, user, visit.known)
        keep_token(session, row, visit.refresh, visit.known.name)
    return let_in(session, user, client, guest, old_token)


def link(session: Session, guest: Identity, provider: str, visit: Visit) -> None:
    """Let a provider open one's own account. Raises `NotLetIn` when it opens another."""
    try:
        user = own_user(session, guest, to_change=True)
    except NotSignedIn:
        raise NotLetIn(Trouble.SIGNED_OUT) from None
    row = _link(session, provider, visit.known.subject)
    if row is not None and row.user_id != user.id:
        raise NotLetIn(Trouble.ELSEWHERE)
    if row is None:
        _add_link(session, provider, user, visit)
        publish(session, ProviderLinked(user.id, provider))


def unlink(session: Session, identity: Identity, provider: str) -> None:
    """Let a provider open one's own account no more. Raises `NotFound`, `Conflict`."""
    user = own_user(session, identity, to_change=True)
    links = _links(session, user)
    ours = [row for row in links if row.provider == provider]
    if not ours:
        raise NotFound(NO_SUCH)
    offered = {known.name for known in settings().oidc_providers}
    if not user.password_hash and not any(
        row.provider in offered for row in links if row not in ours
    ):
        raise Conflict(LAST_WAY)
    for row in ours:
        session.delete(row)
    publish(session, ProviderUnlinked(user.id, provider))


def list_links(session: Session, identity: Identity) -> list[LinkRecord]:
    """Every provider that is offered or linked, the linked ones first. Raises `NotSignedIn`."""
    links = {row.provider: row for row in _links(session, own_user(session, identity))}
    labels = {name: label_of(name) for name in links} | {
        known.name: known.label for known in settings().oidc_providers
    }
    return [
        LinkRecord(name, labels[name], row.email, row.created) for name, row in links.items()
    ] + [LinkRecord(name, labels[name], "", None) for name in labels if name not in links]


def offered_providers() -> tuple[Provider, ...]:
    """The providers people may sign in through."""
    return settings().oidc_providers


def label_of(name: str) -> str:
    """What people call a provider; its name here when the settings do not know it any more."""
    labels = {provider.name: provider.label for provider in settings().oidc_providers}
    return labels.get(name, name)


def _state(session: Session, journey: Journey) -> str:
    sealed = vault.seal_for_shop(JOURNEYS, json.dumps(asdict(journey)))
    return one_time.hand_out(
        session,
        Purpose.PROVIDER,
        lasts=WAY_LASTS,
        user_id=journey.user_id or None,
        sealed=sealed,
    )


def _link(session: Session, provider: str, subject: str) -> LinkedIdentity | None:
    wanted = select(LinkedIdentity).where(
        LinkedIdentity.provider == provider, LinkedIdentity.subject == subject
    )
    return session.exec(wanted).one_or_none()


def _links(session: Session, user: User) -> list[LinkedIdentity]:
    wanted = select(LinkedIdentity).where(LinkedIdentity.user_id == user.id)
    return list(session.exec(wanted.order_by(LinkedIdentity.id)))


def _open_account(session: Session, known: Known) -> User:
    email = usable(known.email)
    if not email:
        raise NotLetIn(Trouble.UNVERIFIED)
    if find(session, email):
        raise NotLetIn(Trouble.TAKEN)
    try:
        return register(session, Newcomer(_name(known, email), email, ""))
    except Conflict:
        raise NotLetIn(Trouble.TAKEN) from None


def _add_link(session: Session, provider: str, user: User, visit: Visit) -> None:
    now = db.database_now(session)
    row = LinkedIdentity(
        provider=provider,
        subject=visit.known.subject,
        user_id=user.id,
        email=usable(visit.known.email),
        created=now,
        synced=now,
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError:
        # The same person came back twice at once; the other one was first.
        raise NotLetIn(Trouble.START_AGAIN, "twice at once") from None
    keep_token(session, row, visit.refresh, visit.known.name)


def _name(known: Known, email: str) -> str:
    for name in (known.name, email.partition("@")[0]):
        try:
            return rules.clean_name(name)
        except ValueError:
            continue
    return "Friend"
