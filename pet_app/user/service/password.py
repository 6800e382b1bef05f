"""A new password: for who forgot it, by a link, and for who knows the old one."""

import json
from datetime import timedelta

from sqlmodel import Session

from pet_app.core import passwords, security, vault
from pet_app.core.errors import Invalid
from pet_app.core.security import Identity
from pet_app.messaging.outbox import publish
from pet_app.user import rules
from pet_app.user.attempts import count_letter, count_link, forget_all_tries
from pet_app.user.client import Client
from pet_app.user.events import PasswordChanged, PasswordForgotten
from pet_app.user.models import Purpose, User
from pet_app.user.service import one_time
from pet_app.user.service.accounts import FOR_LETTERS, find
from pet_app.user.service.devices import remember_device
from pet_app.user.service.proving import confirmed, own_user
from pet_app.user.service.registration import AGAIN
from pet_app.user.service.sign_in import HalfIn, Leaver, Proof, SignedIn, let_in

LINK_LASTS = timedelta(hours=1)
FORGOTTEN = "forgotten passwords"


def forgot_password(session: Session, email: str, client: Client) -> None:
    """Have a link mailed to the owner of an account, if there is one: nobody looks here.

    Raises `Invalid` for what cannot be an address, `TooManyRequests`.
    """
    try:
        email = rules.normal_email(email)
    except ValueError as fault:
        raise Invalid(AGAIN, {"email": str(fault)}) from None
    count_letter(session, email, client)
    token = one_time.hand_out(
        session,
        Purpose.RESET_PASSWORD,
        lasts=LINK_LASTS,
        sealed=vault.seal_for_shop(FORGOTTEN, email),
    )
    told = json.dumps({"email": email, "token": token})
    publish(session, PasswordForgotten(vault.seal_for_shop(FOR_LETTERS, told)))


def reset_link_for(session: Session, user: User) -> str:
    """The token of a link for one account, for whoever runs the shop to hand over."""
    return one_time.hand_out(
        session,
        Purpose.RESET_PASSWORD,
        lasts=LINK_LASTS,
        sealed=vault.seal_for_shop(FORGOTTEN, user.email),
    )


def begin_reset(session: Session, token: str, client: Client) -> tuple[str, ...]:
    """Words the new password must not hold, one try counted. Raises `Invalid`."""
    count_link(session, client)
    row = one_time.look_at(session, token, Purpose.RESET_PASSWORD)
    return known_words(_account_of(session, row.sealed))


def new_hash(password: str, known: tuple[str, ...]) -> str:
    """The hash of an acceptable new password; slow, so never inside a transaction.

    Raises `Invalid` at the field `password`.
    """
    if fault := rules.fault_in_password(password, *known):
        raise Invalid(AGAIN, {"password": fault})
    return passwords.hash_password(password)


def reset_password(
    session: Session,
    token: str,
    password_hash: str,
    client: Client,
    guest: Identity,
    old_token: str | None,
) -> SignedIn | HalfIn | Leaver:
    """Set the new password, end every session, and go on as after the first step of signing in.

    Whoever has the letter is the owner: strangers' tries are forgotten, and this browser is known
    from now on. Raises `Invalid`.
    """
    row = one_time.take_up(session, token, Purpose.RESET_PASSWORD)
    user = _account_of(session, row.sealed)
    _set(session, user, password_hash)
    forget_all_tries(session, user.email)
    remember_device(session, user, client, quietly=True)
    return let_in(session, user, client, guest, old_token)


def own_words(session: Session, identity: Identity) -> tuple[str, ...]:
    """Words that one's own new password must not hold. Raises `NotSignedIn`."""
    return known_words(own_user(session, identity))


def change_password(
    session: Session, identity: Identity, proof: Proof, client: Client, password_hash: str
) -> None:
    """Set one's own new password; every other session ends. Raises what `confirmed` does."""
    user = confirmed(session, identity, proof, client)
    _set(session, user, password_hash, keep=identity.session)


def known_words(user: User) -> tuple[str, ...]:
    """What somebody who knows this person would try first."""
    return (user.name, user.email.partition("@")[0])


def _set(session: Session, user: User, password_hash: str, keep: str = "") -> None:
    user.password_hash = password_hash
    session.add(user)
    session.flush()
    security.close_all(session, user.id, except_handle=keep)
    one_time.drop_all(session, user.id)
    publish(session, PasswordChanged(user_id=user.id))


def _account_of(session: Session, sealed: str) -> User:
    user = find(session, vault.unseal_for_shop(FORGOTTEN, sealed))
    if user is None or user.disabled or user.demo:
        raise Invalid(one_time.USED_UP)
    return user
