"""Another e-mail address for an account, proved by a link that is sent there."""

import json
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from pet_app.core import security, vault
from pet_app.core.errors import Conflict, Invalid
from pet_app.core.security import Identity, Role
from pet_app.messaging.outbox import publish
from pet_app.user import rules
from pet_app.user.attempts import count_letter, count_link
from pet_app.user.client import Client
from pet_app.user.events import EmailChangeAskedFor, EmailChanged
from pet_app.user.models import Purpose, User
from pet_app.user.service import one_time
from pet_app.user.service.accounts import find
from pet_app.user.service.proving import confirmed
from pet_app.user.service.registration import AGAIN
from pet_app.user.service.sign_in import Proof

LINK_LASTS = timedelta(hours=24)
SAME = "That is your address already."
NOT_POSSIBLE = "This address cannot be used any more. Ask for the change again."


@dataclass(frozen=True)
class Moved:
    """An address was changed; `here` says whether by the browser that asked for it."""

    email: str
    here: bool


def ask_for_email(
    session: Session, identity: Identity, proof: Proof, client: Client, email: str
) -> None:
    """Have a link mailed to the new address, and the old one told. Raises `Invalid`.

    Whether the new address is taken is not looked at here, so nobody learns it.
    """
    user = confirmed(session, identity, proof, client)
    try:
        email = rules.normal_email(email)
    except ValueError as fault:
        raise Invalid(AGAIN, {"email": str(fault)}) from None
    if email == user.email:
        raise Invalid(AGAIN, {"email": SAME})
    count_letter(session, email, client)
    one_time.drop_all(session, user.id)
    token = one_time.hand_out(
        session,
        Purpose.CHANGE_EMAIL,
        lasts=LINK_LASTS,
        user_id=user.id,
        sealed=vault.seal(session, user.id, email),
    )
    told = vault.seal(session, user.id, json.dumps({"email": email, "token": token}))
    publish(session, EmailChangeAskedFor(user_id=user.id, sealed=told))


def confirm_email(session: Session, token: str, guest: Identity, client: Client) -> Moved:
    """Move an account to the address its link was sent to; every other session ends.

    Raises `Invalid`, and `Conflict` when somebody else opened an account with it meanwhile.
    """
    count_link(session, client)
    row = one_time.take_up(session, token, Purpose.CHANGE_EMAIL)
    user = session.get(User, row.user_id, with_for_update=True)
    if user is None or user.disabled:
        raise Invalid(one_time.USED_UP)
    old, email = user.email, vault.unseal(session, user.id, row.sealed)
    if find(session, email):
        raise Conflict(NOT_POSSIBLE)
    user.email = email
    session.add(user)
    try:
        session.flush()
    except IntegrityError:
        # Somebody else's link for this address was followed at the same moment.
        raise Conflict(NOT_POSSIBLE) from None
    one_time.drop_all(session, user.id)
    here = guest.user_id == user.id
    security.refresh_standing(session, user.id, role=Role(user.role), name=user.name, email=email)
    security.close_all(session, user.id, except_handle=guest.session if here else "")
    publish(session, EmailChanged(user_id=user.id, sealed=vault.seal(session, user.id, old)))
    return Moved(email, here)
