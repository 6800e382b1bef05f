"""Signing in and signing out."""

from dataclasses import dataclass, field

from sqlmodel import Session

from pet_app.core import passwords, security
from pet_app.core.errors import Forbidden, NotSignedIn
from pet_app.core.security import Identity, Role
from pet_app.core.settings import settings
from pet_app.messaging.outbox import publish
from pet_app.user import rules
from pet_app.user.attempts import count_attempt, forget_attempts
from pet_app.user.client import Client
from pet_app.user.events import UserSignedIn
from pet_app.user.models import User
from pet_app.user.service.accounts import find

WRONG = "That e-mail and password do not belong together. Check both and try again."
DEMO_ELSEWHERE = "Demonstration accounts only sign in on the computer the shop runs on."


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
    user = find(session, email) if possible else None
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
    user = find(session, proof.email)
    if user is None or user.password_hash != proof.password_hash:
        raise NotSignedIn(WRONG)
    if user.demo and (settings().is_production or not client.loopback):
        raise Forbidden(DEMO_ELSEWHERE)
    forget_attempts(session, proof.email)
    return open_for(session, user, guest, old_token)


def sign_out(session: Session, token: str | None) -> None:
    """End the session of this token. Safe to call twice."""
    security.close_sign_in(session, token)


def open_for(session: Session, user: User, guest: Identity, old_token: str | None) -> SignedIn:
    """Start a session for this account; what the guest made becomes theirs."""
    security.close_sign_in(session, old_token)
    role = Role(user.role)
    token = security.open_sign_in(
        session, user_id=user.id, role=role, name=user.name, email=user.email, demo=user.demo
    )
    left_behind = security.visitor_owner(guest.visitor) if guest.visitor else ""
    publish(session, UserSignedIn(user_id=user.id, visitor_owner=left_behind))
    identity = Identity(guest.visitor, user.id, role, user.name, user.email, user.demo)
    return SignedIn(token, identity)
