"""Setting up the second step of signing in, and turning it off."""

import base64
import io
import secrets
from dataclasses import dataclass, field

import segno
from pyotp.totp import TOTP
from sqlmodel import Session, col, update

from pet_app.core import db, security, vault
from pet_app.core.errors import Conflict, Invalid
from pet_app.core.models import ApiToken, SignIn, TokenFamily
from pet_app.core.security import Identity
from pet_app.messaging.outbox import publish
from pet_app.user.attempts import code_subject, count_try, forget_tries
from pet_app.user.client import Client
from pet_app.user.events import RecoveryCodesRenewed, SecondFactorRemoved, SecondFactorSet
from pet_app.user.models import User
from pet_app.user.service.codes import (
    WRONG_CODE,
    check_code,
    code_matches,
    forget_recovery_codes,
    new_recovery_codes,
    unused_recovery_codes,
)
from pet_app.user.service.proving import confirmed, own_user
from pet_app.user.service.sign_in import Proof

ISSUER = "Harness Hero"
SECRET_BYTES = 20
"""As long as the hash of RFC 6238 asks for, and written in base 32 without padding."""

ALREADY = "Your second step is set up already. Turn it off first to use another app."
NOT_BEGUN = "Start again: this setup is not open any more."
NOT_SET = "Your account has no second step at the moment."


@dataclass(frozen=True)
class Setup:
    """What an authenticator app is given: the secret, as text, as an address and as a picture."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)
    qr: str = field(repr=False)


@dataclass(frozen=True)
class SecondFactor:
    """How the second step of an account stands; `codes_left` counts unused recovery codes."""

    on: bool
    required: bool
    codes_left: int


def second_factor_of(session: Session, identity: Identity) -> SecondFactor:
    """How the second step of who is asking stands. Raises `NotSignedIn`."""
    user = own_user(session, identity)
    left = unused_recovery_codes(session, user) if user.totp_since else 0
    return SecondFactor(user.totp_since is not None, user.role != security.Role.USER, left)


def begin_second_factor(
    session: Session, identity: Identity, proof: Proof, client: Client
) -> Setup:
    """Make a secret for an authenticator app. It counts from `confirm_second_factor` on.

    Raises `NotSignedIn`, `Forbidden` for a demonstration account, `Conflict` when it is set up.
    """
    user = confirmed(session, identity, proof, client)
    if user.totp_since is not None:
        raise Conflict(ALREADY)
    secret = base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()
    user.totp = vault.seal(session, user.id, secret)
    session.add(user)
    uri = TOTP(secret).provisioning_uri(name=user.email, issuer_name=ISSUER)
    return Setup(secret, uri, _picture(uri))


def count_code(session: Session, identity: Identity) -> None:
    """Count one try at a code of one's own. Raises `TooManyRequests`. Commit before judging it."""
    count_try(session, code_subject(own_user(session, identity).email))


def confirm_second_factor(session: Session, identity: Identity, code: str) -> tuple[str, ...]:
    """Ask for codes from now on; give the recovery codes, to be shown once.

    This session counts as sure now, every other one ends. Raises `Invalid` for a wrong code.
    """
    user = own_user(session, identity, to_change=True)
    if user.totp_since is not None:
        raise Conflict(ALREADY)
    if not user.totp:
        raise Conflict(NOT_BEGUN)
    if not code_matches(session, user, code):
        raise Invalid(WRONG_CODE, {"code": WRONG_CODE})
    session.refresh(user)
    user.totp_since = db.database_now(session)
    session.add(user)
    forget_tries(session, code_subject(user.email))
    security.close_all(session, user.id, except_handle=identity.session)
    ours = (col(SignIn.user_id) == user.id, col(SignIn.handle) == identity.session)
    session.exec(update(SignIn).where(*ours).values(strong=True))
    publish(session, SecondFactorSet(user_id=user.id))
    return new_recovery_codes(session, user)


def renew_recovery_codes(
    session: Session, identity: Identity, proof: Proof, client: Client, code: str
) -> tuple[str, ...]:
    """Ten new recovery codes instead of those before. Raises `Invalid` for a wrong code."""
    user = _with_code(session, identity, proof, client, code)
    publish(session, RecoveryCodesRenewed(user_id=user.id))
    return new_recovery_codes(session, user)


def disable_second_factor(
    session: Session, identity: Identity, proof: Proof, client: Client, code: str
) -> None:
    """Sign in with the password only, from now on. Raises `Invalid` for a wrong code."""
    user = _with_code(session, identity, proof, client, code)
    remove_second_factor(session, user)
    security.close_all(session, user.id, except_handle=identity.session)


def remove_second_factor(session: Session, user: User) -> None:
    """Forget the app and the recovery codes; no key of this account counts as sure any more."""
    user.totp, user.totp_since = "", None
    session.add(user)
    forget_recovery_codes(session, user)
    for table in (SignIn, TokenFamily, ApiToken):
        session.exec(update(table).where(col(table.user_id) == user.id).values(strong=False))
    publish(session, SecondFactorRemoved(user_id=user.id))


def _with_code(
    session: Session, identity: Identity, proof: Proof, client: Client, code: str
) -> User:
    user = confirmed(session, identity, proof, client)
    if user.totp_since is None:
        raise Conflict(NOT_SET)
    check_code(session, user, code)
    forget_tries(session, code_subject(user.email))
    session.refresh(user)
    return user


def _picture(uri: str) -> str:
    """The address as a QR code: an SVG of dark modules on white, which any camera reads."""
    out = io.BytesIO()
    segno.make(uri, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=3, light="#fff"
    )
    return out.getvalue().decode()
