"""Accounts themselves: finding one, and putting a new one into the database."""

from dataclasses import dataclass, field

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from pet_app.core import clock, passwords
from pet_app.core.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from pet_app.core.errors import Conflict
from pet_app.core.security import Role
from pet_app.messaging.outbox import publish
from pet_app.user.events import UserRegistered
from pet_app.user.models import User

FOR_LETTERS = "letters about accounts"
"""What is sealed under this is an address and a token, on their way into a letter."""

TAKEN = "We can't open an account with that e-mail. If you have one already, sign in instead."


@dataclass(frozen=True)
class Newcomer:
    """A checked application for an account; the password is a hash already."""

    name: str
    email: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True)
class Addressee:
    """Whom a letter goes to. A demonstration or closed account `may_reset` nothing by a link."""

    id: str
    name: str
    email: str
    may_reset: bool


def register(
    session: Session, newcomer: Newcomer, *, role: Role = Role.USER, demo: bool = False
) -> User:
    """Open an account. Raises `Conflict` when the e-mail cannot be used for one."""
    if find(session, newcomer.email):
        raise Conflict(TAKEN, {"email": TAKEN})
    user = User(
        email=newcomer.email,
        name=newcomer.name,
        password_hash=newcomer.password_hash,
        role=role,
        demo=demo,
        created=clock.now(),
    )
    session.add(user)
    try:
        session.flush()
    except IntegrityError:
        # Two people can ask for one address at the same moment; the index lets one of them in.
        raise Conflict(TAKEN, {"email": TAKEN}) from None
    publish(session, UserRegistered(user_id=user.id))
    return user


def find(session: Session, email: str) -> User | None:
    """The account of an address in its normal spelling."""
    return session.exec(select(User).where(User.email == email)).one_or_none()


def addressee(session: Session, user_id: str) -> Addressee | None:
    """Whom to write to about an account; None when it is gone."""
    return _addressee(session.get(User, user_id))


def owner_of_address(session: Session, email: str) -> Addressee | None:
    """Whose account has this address, if there is one."""
    return _addressee(find(session, email))


def add_demo_accounts(session: Session) -> dict[str, User]:
    """The demonstration accounts by e-mail, opened where they are missing."""
    accounts: dict[str, User] = {}
    for email, (name, role) in DEMO_ACCOUNTS.items():
        accounts[email] = find(session, email) or register(
            session,
            Newcomer(name, email, passwords.hash_password(DEMO_PASSWORD)),
            role=role,
            demo=True,
        )
    return accounts


def _addressee(user: User | None) -> Addressee | None:
    if user is None:
        return None
    return Addressee(user.id, user.name, user.email, not user.demo and not user.disabled)
