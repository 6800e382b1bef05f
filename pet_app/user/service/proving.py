"""Showing the password again before something about the account itself is changed."""

from sqlmodel import Session, select

from pet_app.core import passwords
from pet_app.core.errors import Conflict, Forbidden, Invalid, NotSignedIn
from pet_app.core.security import Identity, Permission
from pet_app.user.attempts import account_subject, count_try, forget_tries
from pet_app.user.client import Client
from pet_app.user.models import User
from pet_app.user.service.sign_in import Credentials, Proof, proved

DEMO_STAYS = "Demonstration accounts stay as they are. Open an account of your own to try this."
WITHOUT_ONE = (
    "Your account has no password yet. Choose one first: sign out, then use “Forgot your password?”"
)
NOT_YOURS = "That is not your password. Check it and try again."
GONE = "This account is no longer there. Sign in again."


def begin_proof(session: Session, identity: Identity, client: Client) -> Credentials:
    """Count one try at one's own password. Raises `TooManyRequests` and what `own_user` does."""
    user = own_user(session, identity)
    if user.demo:
        raise Forbidden(DEMO_STAYS)
    if not user.password_hash:
        raise Conflict(WITHOUT_ONE)
    # Counted by itself: whoever holds a stolen session must not use up the tries of the owner.
    subject = account_subject(user.email, f"session {identity.session}")
    count_try(session, subject, client)
    return Credentials(user.email, subject, user.password_hash)


def prove_again(credentials: Credentials, password: str, field: str = "password") -> Proof:
    """Verify one's own password; slow, so never inside a transaction. Raises `Invalid`."""
    if not passwords.password_matches(credentials.password_hash, password):
        raise Invalid(NOT_YOURS, {field: NOT_YOURS})
    return Proof(credentials.email, credentials.subject, credentials.password_hash)


def confirmed(session: Session, identity: Identity, proof: Proof, client: Client) -> User:
    """The account of who is asking, its password shown. Raises `NotSignedIn`, `Forbidden`."""
    user = own_user(session, identity, to_change=True)
    if user.email != proof.email:
        raise NotSignedIn(GONE)
    if user.demo:
        raise Forbidden(DEMO_STAYS)
    forget_tries(session, proof.subject)
    return proved(session, proof, client)


def own_user(session: Session, identity: Identity, *, to_change: bool = False) -> User:
    """The row of who is asking, held until the end when it is to be changed.

    Only a browser gets here: no token of a program changes what guards the account. Raises
    `NotSignedIn` and `Forbidden`.
    """
    identity.must(Permission.ACCOUNT)
    if identity.scopes is not None:
        raise Forbidden("This can only be done in a browser.")
    wanted = select(User).where(User.id == identity.user_id)
    user = session.exec(wanted.with_for_update() if to_change else wanted).one_or_none()
    if user is None or user.disabled:
        raise NotSignedIn(GONE)
    return user
