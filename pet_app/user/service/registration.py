"""Opening an account."""

from sqlmodel import Session

from pet_app.core import passwords
from pet_app.core.errors import Invalid
from pet_app.core.security import Identity
from pet_app.user import rules
from pet_app.user.attempts import count_attempt
from pet_app.user.client import Client
from pet_app.user.service.accounts import Newcomer, register
from pet_app.user.service.sign_in import SignedIn, open_for


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


def join(session: Session, newcomer: Newcomer, guest: Identity, old_token: str | None) -> SignedIn:
    """Open an account and sign its owner in at once, in one transaction."""
    user = register(session, newcomer)
    return open_for(session, user, guest, old_token)
