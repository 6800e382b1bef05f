"""What people say of themselves, and how they like the shop to be."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, select

from pet_app.core import clock, security
from pet_app.core.errors import Invalid, NotFound
from pet_app.core.measures import Units
from pet_app.core.security import Identity, Permission, Role
from pet_app.user import preferences as liking
from pet_app.user import rules
from pet_app.user.models import User
from pet_app.user.preferences import Channel, News, Preferences, Theme

GONE = "This account is no longer there."
AGAIN = "Some of this needs another look."


@dataclass(frozen=True)
class Profile:
    """An account as its owner sees it. `factor` is when the second factor was set up."""

    id: str
    name: str
    email: str
    role: Role
    demo: bool
    since: datetime
    has_password: bool
    factor: datetime | None
    leaving: datetime | None


def profile_of(session: Session, identity: Identity) -> Profile:
    """The account of who is asking. Raises `NotSignedIn`."""
    return _profile(own_account(session, identity))


def rename(session: Session, identity: Identity, name: str) -> Profile:
    """Be called something else, here and in every open session. Raises `Invalid`."""
    try:
        name = rules.clean_name(name)
    except ValueError as fault:
        raise Invalid(AGAIN, {"name": str(fault)}) from None
    user = own_account(session, identity, to_change=True)
    user.name = name
    session.add(user)
    security.refresh_standing(session, user.id, role=Role(user.role), name=name, email=user.email)
    return _profile(user)


def preferences_of(session: Session, identity: Identity) -> Preferences:
    """What somebody chose; what goes without saying for a guest."""
    if not identity.signed_in:
        return Preferences()
    user = session.get(User, identity.user_id)
    return liking.read(user.preferences) if user else Preferences()


def prefer(
    session: Session, identity: Identity, *, units: Units | None = None, theme: Theme | None = None
) -> Preferences:
    """Keep a choice of units or theme; None leaves it as it is. Raises `NotSignedIn`."""
    user = own_account(session, identity, to_change=True)
    chosen = liking.read(user.preferences)
    return _keep(
        session,
        user,
        replace(chosen, units=units or chosen.units, theme=theme or chosen.theme),
    )


def remember_units(session: Session, identity: Identity, units: Units) -> None:
    """Keep a choice of units made elsewhere in the shop; a guest's device keeps its own."""
    if identity.signed_in and session.get(User, identity.user_id):
        prefer(session, identity, units=units)


def tell(
    session: Session, identity: Identity, news: News, channel: Channel, *, wanted: bool
) -> Preferences:
    """Be told of something somewhere, or not. Raises `Invalid` for what nobody can turn off."""
    if not wanted and (news, channel) in liking.ALWAYS:
        raise Invalid("What keeps your account safe is always told.", {"told": "Always on."})
    user = own_account(session, identity, to_change=True)
    chosen = liking.read(user.preferences)
    pair = {(news, channel)}
    return _keep(
        session, user, replace(chosen, told=chosen.told | pair if wanted else chosen.told - pair)
    )


def wants(session: Session, user_id: str, news: News, channel: Channel) -> bool:
    """Whether somebody is to be told of something; nobody is who has no account any more."""
    user = session.get(User, user_id)
    return user is not None and liking.read(user.preferences).tells(news, channel)


def own_account(session: Session, identity: Identity, *, to_change: bool = False) -> User:
    """The row of who is asking, held until the end when it is to be changed.

    Raises `NotSignedIn` for a guest, `NotFound` when the account was deleted meanwhile.
    """
    identity.must(Permission.ACCOUNT)
    wanted = select(User).where(User.id == identity.user_id)
    user = session.exec(wanted.with_for_update() if to_change else wanted).one_or_none()
    if user is None:
        raise NotFound(GONE)
    return user


def _keep(session: Session, user: User, chosen: Preferences) -> Preferences:
    kept = liking.write(chosen)
    before = user.preferences
    for channel in Channel:
        # When somebody agreed to offers is part of the consent.
        mark = f"offers_{channel}_since"
        if chosen.tells(News.OFFERS, channel):
            kept[mark] = before.get(mark) or clock.now().isoformat()
    user.preferences = kept
    session.add(user)
    session.flush()
    return chosen


def _profile(user: User) -> Profile:
    return Profile(
        user.id,
        user.name,
        user.email,
        Role(user.role),
        user.demo,
        user.created,
        bool(user.password_hash),
        user.totp_since,
        user.leaving,
    )
