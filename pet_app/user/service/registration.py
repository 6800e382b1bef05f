"""Opening an account: applied for here, opened by the link in a letter."""

import json
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from sqlmodel import Session

from pet_app.core import passwords, vault
from pet_app.core.errors import Conflict, Invalid
from pet_app.core.security import Identity
from pet_app.messaging.outbox import publish
from pet_app.user import rules
from pet_app.user.attempts import count_letter, count_link
from pet_app.user.client import Client
from pet_app.user.events import AccountAskedFor
from pet_app.user.models import Purpose
from pet_app.user.service import one_time
from pet_app.user.service.accounts import FOR_LETTERS, Newcomer, find, register
from pet_app.user.service.sign_in import SignedIn, open_for

LINK_LASTS = timedelta(hours=24)
APPLICATION = "applications for an account"

AGAIN = "Some of this needs another look."
YOUR_PASSWORD = "Type the password you chose when you registered."  # noqa: S105
NOT_THAT_ONE = "That is not the password you chose when you registered."
OPEN_ALREADY = "There is an account with this e-mail already. Sign in instead."


@dataclass(frozen=True)
class Application:
    """What waits for its link. `visitor` is the browser it was made in, as `Identity` has it."""

    name: str
    email: str
    password_hash: str = field(repr=False)
    visitor: str


@dataclass(frozen=True)
class Form:
    """What somebody filled in, checked and tidy."""

    name: str
    email: str
    password: str = field(repr=False)


def check_form(name: str, email: str, password: str | None) -> Form:
    """What was filled in, made tidy; None for a password that will be chosen later.

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
    words = (name, email.partition("@")[0])
    if password is not None and (fault := rules.fault_in_password(password, *words)):
        faults["password"] = fault
    if faults:
        raise Invalid(AGAIN, faults)
    return Form(name, email, password or "")


def begin_registration(session: Session, form: Form, client: Client) -> None:
    """Count one application, before anything slow is done for it. Raises `TooManyRequests`."""
    count_letter(session, form.email, client)


def newcomer(form: Form) -> Newcomer:
    """An application with its password hashed; slow, so never inside a transaction."""
    return Newcomer(form.name, form.email, passwords.hash_password(form.password))


def apply_for_account(session: Session, newcomer: Newcomer, guest: Identity) -> None:
    """Keep an application and have its link mailed.

    Whether the address is taken is not looked at here: the letter alone says it, to its owner.
    """
    applied = Application(newcomer.name, newcomer.email, newcomer.password_hash, guest.visitor)
    sealed = vault.seal_for_shop(APPLICATION, json.dumps(asdict(applied)))
    token = one_time.hand_out(session, Purpose.REGISTER, lasts=LINK_LASTS, sealed=sealed)
    told = {"email": newcomer.email, "token": token}
    publish(session, AccountAskedFor(vault.seal_for_shop(FOR_LETTERS, json.dumps(told))))


def begin_opening(session: Session, token: str, client: Client) -> Application:
    """What a link stands for, one try counted. Raises `Invalid`, `TooManyRequests`."""
    count_link(session, client)
    row = one_time.look_at(session, token, Purpose.REGISTER)
    return Application(**json.loads(vault.unseal_for_shop(APPLICATION, row.sealed)))


def prove_application(application: Application, guest: Identity, password: str) -> Newcomer:
    """Make sure that who opens the account is who chose its password; slow.

    A stranger may register somebody else's address with a password of their own and wait for the
    owner to follow the link. So another browser than the one it was made in has to show the
    password. Raises `Invalid`.
    """
    if guest.visitor == "" or guest.visitor != application.visitor:
        if not password:
            raise Invalid(YOUR_PASSWORD, {"password": YOUR_PASSWORD})
        if not passwords.password_matches(application.password_hash, password):
            raise Invalid(NOT_THAT_ONE, {"password": NOT_THAT_ONE})
    return Newcomer(application.name, application.email, application.password_hash)


def open_account(
    session: Session,
    token: str,
    newcomer: Newcomer,
    client: Client,
    guest: Identity,
    old_token: str | None,
) -> SignedIn:
    """Open the account its link stands for and sign its owner in. Raises `Invalid`, `Conflict`."""
    one_time.take_up(session, token, Purpose.REGISTER)
    if find(session, newcomer.email):
        raise Conflict(OPEN_ALREADY)
    return open_for(session, register(session, newcomer), client, guest, old_token)
