"""Codes of the second factor: from an authenticator app, each once, or from the list kept aside."""

import hmac
import secrets
import unicodedata

from pyotp.totp import TOTP
from sqlmodel import Session, col, delete, func, select, update

from pet_app.core import db, vault
from pet_app.core.errors import Invalid
from pet_app.core.ids import ALPHABET
from pet_app.core.security import fingerprint
from pet_app.messaging.outbox import publish
from pet_app.user.events import RecoveryCodeUsed
from pet_app.user.models import RecoveryCode, User

STEP_S = 30
DRIFT_STEPS = 1
DIGITS = 6
RECOVERY_CODES = 10
RECOVERY_HALF = 5
"""A recovery code is two halves of this many characters with a dash between: fifty bits."""

WRONG_CODE = (
    "That code is not right, or it was used already. Try the next one. If none works, check the "
    "clock of your phone: set it to change by itself, because the codes are made from the time."
)


def code_matches(session: Session, user: User, code: str) -> bool:
    """Whether this is the app's code of now, one step early or late, used for the first time.

    By the database's clock, so that it does not matter which process is asked. Nothing tells a
    code of another time from a made-up one: that would help who guesses.
    """
    plain = plain_code(code)
    if not user.totp or len(plain) != DIGITS or not plain.isdigit():
        return False
    app = TOTP(vault.unseal(session, user.id, user.totp))
    now = int(db.database_now(session).timestamp()) // STEP_S
    steps = range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1)
    right = [step for step in steps if hmac.compare_digest(app.at(step * STEP_S), plain)]
    if not right:
        return False
    used = (
        update(User)
        .where(col(User.id) == user.id, col(User.totp_step) < right[-1])
        .values(totp_step=right[-1])
    )
    return session.exec(used).rowcount == 1


def check_code(session: Session, user: User, code: str) -> None:
    """Take a code of the app, or use up a recovery code. Raises `Invalid` with what to check."""
    if not code_matches(session, user, code) and not _recovers(session, user, code):
        raise Invalid(WRONG_CODE, {"code": WRONG_CODE})


def new_recovery_codes(session: Session, user: User) -> tuple[str, ...]:
    """Ten fresh codes, to be shown once; those before work no more."""
    forget_recovery_codes(session, user)
    codes = tuple(_new_code() for _ in range(RECOVERY_CODES))
    session.add_all(RecoveryCode(id=_kept_as(user, code), user_id=user.id) for code in codes)
    session.flush()
    return codes


def forget_recovery_codes(session: Session, user: User) -> None:
    """Make every recovery code of this account useless."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user.id))


def unused_recovery_codes(session: Session, user: User) -> int:
    """How many recovery codes are left."""
    left = select(func.count()).where(
        col(RecoveryCode.user_id) == user.id, col(RecoveryCode.used).is_(None)
    )
    return session.exec(left).one()


def plain_code(code: str) -> str:
    """A code without spaces and dashes, its digits those of ASCII whatever keyboard wrote them."""
    kept = (sign for sign in unicodedata.normalize("NFKC", code) if sign.isalnum())
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in kept).lower()


def _recovers(session: Session, user: User, code: str) -> bool:
    used = (
        update(RecoveryCode)
        .where(col(RecoveryCode.id) == _kept_as(user, code), col(RecoveryCode.used).is_(None))
        .where(col(RecoveryCode.user_id) == user.id)
        .values(used=db.database_now(session))
    )
    if session.exec(used).rowcount != 1:
        return False
    left = unused_recovery_codes(session, user)
    publish(session, RecoveryCodeUsed(user_id=user.id, left=left))
    return True


def _new_code() -> str:
    signs = "".join(secrets.choice(ALPHABET) for _ in range(2 * RECOVERY_HALF))
    return f"{signs[:RECOVERY_HALF]}-{signs[RECOVERY_HALF:]}"


def _kept_as(user: User, code: str) -> str:
    # Nobody has to tell a one from an l: the alphabet holds neither i, l, o nor u.
    plain = plain_code(code).translate(str.maketrans("ilo", "110"))
    return fingerprint(f"{user.id}:{plain}")
