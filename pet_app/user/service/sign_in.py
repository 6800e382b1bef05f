"""Signing in, with a second step where there is one, and signing out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from pet_app.core import passwords, security
from pet_app.core.errors import Forbidden, Invalid, NotSignedIn
from pet_app.core.security import Identity, Role
from pet_app.core.settings import settings
from pet_app.messaging.outbox import publish
from pet_app.user import rules
from pet_app.user.attempts import account_subject, code_subject, count_try, forget_tries
from pet_app.user.client import Client
from pet_app.user.events import UserSignedIn
from pet_app.user.models import Purpose, User
from pet_app.user.service import one_time
from pet_app.user.service.accounts import find
from pet_app.user.service.codes import check_code
from pet_app.user.service.devices import known_device, remember_device

WRONG = "That e-mail and password do not belong together. Check both and try again."
DEMO_ELSEWHERE = "Demonstration accounts only sign in on the computer the shop runs on."
CLOSED = "This account is closed. Write to us if you think it should not be."
START_AGAIN = "That took too long or too many tries. Sign in again with your password."

LEAVING = "This account is being deleted. Sign in on our pages if you would rather keep it."

SECOND_STEP_LASTS = timedelta(minutes=10)
STAY_LASTS = timedelta(minutes=30)


@dataclass(frozen=True)
class Credentials:
    """What a password has to be verified against; a decoy when there is no such account."""

    email: str
    subject: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True)
class Proof:
    """Somebody showed the password of this account; only `prove` makes one."""

    email: str
    subject: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True)
class SignedIn:
    """A fresh session: its token belongs in the cookie and nowhere else."""

    token: str = field(repr=False)
    identity: Identity


@dataclass(frozen=True)
class HalfIn:
    """The password was right and a code is still missing; the token belongs in a cookie."""

    token: str = field(repr=False)


@dataclass(frozen=True)
class Leaver:
    """Every proof was right, but the account is being deleted: its owner may keep it, with the
    token, which belongs in a cookie, and do nothing else."""

    token: str = field(repr=False)
    leaving: datetime


def begin_sign_in(session: Session, email: str, client: Client) -> Credentials:
    """Count one try and say what its password must match.

    Does the same work and gives the same shape whether or not there is such an account. Raises
    `TooManyRequests` past the limit.
    """
    try:
        email, possible = rules.normal_email(email), True
    except ValueError:
        email, possible = email.strip().casefold(), False
    subject = account_subject(email, known_device(session, email, client) if possible else "")
    count_try(session, subject, client)
    user = find(session, email) if possible else None
    password_hash = (user.password_hash if user else "") or passwords.DECOY
    return Credentials(email, subject, password_hash)


def prove(credentials: Credentials, password: str) -> Proof:
    """Verify a password; slow, so never inside a transaction. Raises `NotSignedIn`."""
    if not passwords.password_matches(credentials.password_hash, password):
        raise NotSignedIn(WRONG)
    return Proof(credentials.email, credentials.subject, credentials.password_hash)


def sign_in(
    session: Session, proof: Proof, client: Client, guest: Identity, old_token: str | None
) -> SignedIn | HalfIn | Leaver:
    """Start a signed-in session, or the second step where the account has one.

    Raises `NotSignedIn` when the password changed since it was proved, and `Forbidden` for a
    closed account, and for a demonstration account from elsewhere or in production.
    """
    user = proved(session, proof, client)
    forget_tries(session, proof.subject)
    return let_in(session, user, client, guest, old_token)


def proved(session: Session, proof: Proof, client: Client) -> User:
    """The account whose password was shown. Raises `NotSignedIn` or `Forbidden`."""
    user = find(session, proof.email)
    if user is None or user.password_hash != proof.password_hash:
        raise NotSignedIn(WRONG)
    if user.demo and (settings().is_production or not client.loopback):
        raise Forbidden(DEMO_ELSEWHERE)
    if user.disabled:
        raise Forbidden(CLOSED)
    return user


def let_in(
    session: Session, user: User, client: Client, guest: Identity, old_token: str | None
) -> SignedIn | HalfIn | Leaver:
    """Go on after the first proof: a session, or the second step where the account has one."""
    if user.totp_since is None:
        return _open_or_ask(session, user, client, guest, old_token)
    lasts = SECOND_STEP_LASTS
    return HalfIn(one_time.hand_out(session, Purpose.SECOND_FACTOR, lasts=lasts, user_id=user.id))


def begin_second_step(session: Session, half: str | None) -> None:
    """Count one try at the code. Raises `NotSignedIn` when the first step is too long ago.

    Commit before `finish_sign_in`, or a wrong code would not count.
    """
    try:
        row = one_time.look_at(session, half or "", Purpose.SECOND_FACTOR)
    except Invalid:
        raise NotSignedIn(START_AGAIN) from None
    user = session.get(User, row.user_id)
    if user is None:
        raise NotSignedIn(START_AGAIN)
    count_try(session, code_subject(user.email))


def finish_sign_in(
    session: Session,
    half: str | None,
    code: str,
    client: Client,
    guest: Identity,
    old_token: str | None,
) -> SignedIn | Leaver:
    """Start a session with the code. Raises `Invalid` for a wrong one, `NotSignedIn`."""
    try:
        row = one_time.take_up(session, half or "", Purpose.SECOND_FACTOR)
    except Invalid:
        raise NotSignedIn(START_AGAIN) from None
    user = session.get(User, row.user_id)
    if user is None or user.disabled:
        raise NotSignedIn(START_AGAIN)
    check_code(session, user, code)
    forget_tries(session, code_subject(user.email))
    return _open_or_ask(session, user, client, guest, old_token, strong=True)


def begin_vouching(session: Session, proof: Proof) -> None:
    """Count one try at the code, where the account asks for one. Raises `TooManyRequests`.

    Commit before `vouch`. The tries at the password do not do for both: whoever knows it clears
    them by signing in with it.
    """
    user = find(session, proof.email)
    if user is not None and user.totp_since is not None:
        count_try(session, code_subject(user.email))


def vouch(session: Session, proof: Proof, client: Client, code: str = "") -> tuple[User, bool]:
    """Password and code shown at once, as a program does: the account, and whether it is sure.

    Count with `begin_sign_in` and `begin_vouching` before. Raises `NotSignedIn`, `Forbidden`,
    `Invalid` for the code.
    """
    user = proved(session, proof, client)
    if user.totp_since is not None:
        check_code(session, user, code)
        forget_tries(session, code_subject(user.email))
    if user.leaving is not None:
        raise Forbidden(LEAVING)
    forget_tries(session, proof.subject)
    return user, user.totp_since is not None


def sign_out(session: Session, token: str | None) -> None:
    """End the session of this token. Safe to call twice."""
    security.close_sign_in(session, token)


def as_leaver(session: Session, user: User) -> Leaver:
    """What the owner of an account that is being deleted gets instead of a session."""
    assert user.leaving is not None
    token = one_time.hand_out(session, Purpose.STAY, lasts=STAY_LASTS, user_id=user.id)
    return Leaver(token, user.leaving)


def open_for(
    session: Session,
    user: User,
    client: Client,
    guest: Identity,
    old_token: str | None,
    *,
    strong: bool = False,
) -> SignedIn:
    """Start a session under a fresh token; an older one of this browser ends.

    Raises `Forbidden` for an account that is being deleted.
    """
    if user.leaving is not None:
        raise Forbidden(LEAVING)
    security.close_sign_in(session, old_token)
    token = security.open_sign_in(
        session,
        user_id=user.id,
        role=Role(user.role),
        name=user.name,
        email=user.email,
        demo=user.demo,
        strong=strong,
        device=client.device,
        address=client.address,
    )
    remember_device(session, user, client)
    left_behind = security.visitor_owner(guest.visitor) if guest.visitor else ""
    publish(session, UserSignedIn(user_id=user.id, visitor_owner=left_behind))
    identity = Identity(
        guest.visitor, user.id, Role(user.role), user.name, user.email, user.demo, strong
    )
    return SignedIn(token, identity)


def _open_or_ask(
    session: Session,
    user: User,
    client: Client,
    guest: Identity,
    old_token: str | None,
    *,
    strong: bool = False,
) -> SignedIn | Leaver:
    if user.leaving is not None:
        return as_leaver(session, user)
    return open_for(session, user, client, guest, old_token, strong=strong)
