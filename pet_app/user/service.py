"""Opening accounts, signing in and signing out."""

from dataclasses import dataclass, field

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from pet_app.core import clock, passwords, security
from pet_app.core.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from pet_app.core.errors import Conflict, Forbidden, Invalid, NotSignedIn
from pet_app.core.security import Identity, Role
from pet_app.core.settings import settings
from pet_app.messaging.outbox import publish
from pet_app.user import rules
from pet_app.user.attempts import count_attempt, forget_attempts
from pet_app.user.client import Client
from pet_app.user.events import UserRegistered, UserSignedIn
from pet_app.user.models import User

__all__ = [
    "DEMO_PASSWORD",
    "Credentials",
    "Newcomer",
    "Proof",
    "SignedIn",
    "add_demo_accounts",
    "begin_registration",
    "begin_sign_in",
    "join",
    "newcomer",
    "prove",
    "register",
    "sign_in",
    "sign_out",
]

WRONG = "That e-mail and password do not belong together. Check both and try again."
TAKEN = "We can't open an account with that e-mail. If you have one already, sign in instead."
DEMO_ELSEWHERE = "Demonstration accounts only sign in on the computer the shop runs on."


@dataclass(frozen=True)
class Newcomer:
    """A checked application for an account; the password is a hash already."""

    name: str
    email: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True)
class Credentials:
    """What a password has to be verified against; a decoy when there is no such account."""

    email: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True)
class Proof:
    """Somebody showed the password of this account; only `prove` makes one."""

    email: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True)
class SignedIn:
    """A fresh session: its token belongs in the cookie and nowhere else."""

    token: str = field(repr=False)
    identity: Identity


def newcomer(name: str, email: str, password: str) -> Newcomer:
    """Check an application and hash its password; slow, so never inside a transaction.

    Raises `Invalid` with a sentence for each field that cannot stay as it is.
    """
    faults: dict[str, str] = {}
    try:
        name = rules.clean_name(name)
    except ValueError as fault:
        faults["name"] = str(fault)
    try:
        email = rules.normal_email(email)
    except ValueError as fault:
        faults["email"] = str(fault)
    if fault := rules.fault_in_password(password, name, email.partition("@")[0]):
        faults["password"] = fault
    if faults:
        raise Invalid("Some of this needs another look.", faults)
    return Newcomer(name, email, passwords.hash_password(password))


def begin_registration(session: Session, email: str, client: Client) -> None:
    """Count one application for an account. Raises `TooManyRequests` past the limit."""
    count_attempt(session, email, client)


def register(
    session: Session, newcomer: Newcomer, *, role: Role = Role.USER, demo: bool = False
) -> User:
    """Open an account. Raises `Conflict` when the e-mail cannot be used for one."""
    if _find(session, newcomer.email):
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


def join(session: Session, newcomer: Newcomer, guest: Identity, old_token: str | None) -> SignedIn:
    """Open an account and sign its owner in at once, in one transaction."""
    user = register(session, newcomer)
    return _open(session, user, guest, old_token)


def begin_sign_in(session: Session, email: str, client: Client) -> Credentials:
    """Count one try and say what its password must match.

    Does the same work and gives the same shape whether or not there is such an account. Raises
    `TooManyRequests` past the limit.
    """
    try:
        email, possible = rules.normal_email(email), True
    except ValueError:
        email, possible = email.strip().casefold(), False
    count_attempt(session, email, client)
    user = _find(session, email) if possible else None
    return Credentials(email, user.password_hash if user else passwords.DECOY)


def prove(credentials: Credentials, password: str) -> Proof:
    """Verify a password; slow, so never inside a transaction. Raises `NotSignedIn`."""
    if not passwords.password_matches(credentials.password_hash, password):
        raise NotSignedIn(WRONG)
    return Proof(credentials.email, credentials.password_hash)


def sign_in(
    session: Session, proof: Proof, client: Client, guest: Identity, old_token: str | None
) -> SignedIn:
    """Start a signed-in session under a fresh token; an older one of this browser ends.

    Raises `NotSignedIn` when the password changed since it was proved, and `Forbidden` for a
    demonstration account from elsewhere or in production.
    """
    user = _find(session, proof.email)
    if user is None or user.password_hash != proof.password_hash:
        raise NotSignedIn(WRONG)
    if user.demo and (settings().is_production or not client.loopback):
        raise Forbidden(DEMO_ELSEWHERE)
    forget_attempts(session, proof.email)
    return _open(session, user, guest, old_token)


def sign_out(session: Session, token: str | None) -> None:
    """End the session of this token. Safe to call twice."""
    security.close_sign_in(session, token)


def add_demo_accounts(session: Session) -> dict[str, User]:
    """The demonstration accounts by e-mail, opened where they are missing."""
    accounts: dict[str, User] = {}
    for email, (name, role) in DEMO_ACCOUNTS.items():
        accounts[email] = _find(session, email) or register(
            session,
            Newcomer(name, email, passwords.hash_password(DEMO_PASSWORD)),
            role=role,
            demo=True,
        )
    return accounts


def _open(session: Session, user: User, guest: Identity, old_token: str | None) -> SignedIn:
    security.close_sign_in(session, old_token)
    role = Role(user.role)
    token = security.open_sign_in(
        session, user_id=user.id, role=role, name=user.name, email=user.email, demo=user.demo
    )
    left_behind = security.visitor_owner(guest.visitor) if guest.visitor else ""
    publish(session, UserSignedIn(user_id=user.id, visitor_owner=left_behind))
    identity = Identity(guest.visitor, user.id, role, user.name, user.email, user.demo)
    return SignedIn(token, identity)


def _find(session: Session, email: str) -> User | None:
    return session.exec(select(User).where(User.email == email)).one_or_none()
