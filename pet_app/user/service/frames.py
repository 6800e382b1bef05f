"""Signing in a page of ours inside another site's, by a window of our own beside it.

Passwords are never asked for in a frame. The frame gets a token for a window and keeps another for
itself; the window, where somebody is signed in, is told the number that the frame shows; then the
frame changes its token for a session, in cookies that count inside that one site alone.
"""

import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from sqlmodel import Session, col, update

from pet_app.core import db, vault
from pet_app.core.errors import Invalid, NotFound, NotSignedIn
from pet_app.core.security import Identity, Permission, fingerprint
from pet_app.core.settings import settings
from pet_app.user.attempts import count_link
from pet_app.user.client import Client
from pet_app.user.models import OneTime, Purpose, User
from pet_app.user.service import one_time
from pet_app.user.service.sign_in import SignedIn, open_for

ASKED_LASTS = timedelta(minutes=10)
ASKS = "frames that ask who is there"

NO_FRAMES = "No other site shows pages of ours."
RUN_OUT = "The form on the other site has waited too long. Go back to it and open a new window."
NOT_YOURS = (
    "The number is another one, or that form is open on another device. Look at the form again."
)


@dataclass(frozen=True)
class Ask:
    """A frame that asks: the fingerprint of the token it keeps, its number, and where it is."""

    frame: str
    number: str
    address: str
    device: str


@dataclass(frozen=True)
class Asked:
    """The token for the window, the one that the frame keeps, and the number that it shows."""

    window: str = field(repr=False)
    frame: str = field(repr=False)
    number: str


def ask(session: Session, client: Client) -> Asked:
    """Begin to sign in inside another site's page. Raises `NotFound`, `TooManyRequests`."""
    if not settings().embedders:
        raise NotFound(NO_FRAMES)
    count_link(session, client)
    number = f"{secrets.randbelow(9000) + 1000}"
    frame = one_time.hand_out(session, Purpose.FRAME, lasts=ASKED_LASTS)
    asked = Ask(fingerprint(frame), number, client.address, client.device)
    sealed = vault.seal_for_shop(ASKS, json.dumps(asdict(asked)))
    window = one_time.hand_out(session, Purpose.WINDOW, lasts=ASKED_LASTS, sealed=sealed)
    return Asked(window, frame, number)


def look_in(session: Session, identity: Identity, window: str) -> None:
    """Count one try at the number. Raises `Invalid`, `NotSignedIn`. Commit before `let_in_frame`,
    or a wrong number would not count."""
    identity.must(Permission.ACCOUNT)
    one_time.look_at(session, window, Purpose.WINDOW, said=RUN_OUT)


def let_in_frame(
    session: Session, identity: Identity, window: str, number: str, client: Client
) -> None:
    """Have the frame go on as who is signed in here, once they say which number it shows.

    Raises `Invalid` for another number, and for a frame in another browser or network: somebody
    may have sent them here to let themselves in.
    """
    identity.must(Permission.ACCOUNT)
    row = one_time.peek(session, window, Purpose.WINDOW)
    if row is None:
        raise Invalid(RUN_OUT)
    asked = Ask(**json.loads(vault.unseal_for_shop(ASKS, row.sealed)))
    same = (asked.address, asked.device) == (client.address, client.device)
    if not same or not secrets.compare_digest(asked.number.encode(), number.strip().encode()):
        raise Invalid(NOT_YOURS, {"number": NOT_YOURS})
    one_time.take_up(session, window, Purpose.WINDOW, said=RUN_OUT)
    given = update(OneTime).where(
        col(OneTime.id) == asked.frame,
        col(OneTime.purpose) == Purpose.FRAME,
        col(OneTime.expires) > db.database_now(session),
    )
    sealed = vault.seal_for_shop(ASKS, json.dumps({"strong": identity.strong}))
    if session.exec(given.values(user_id=identity.user_id, sealed=sealed)).rowcount != 1:
        raise Invalid(RUN_OUT)


def enter_frame(
    session: Session, frame: str, client: Client, guest: Identity, old_token: str | None
) -> SignedIn | None:
    """Sign the frame in, once the window said yes; None until then. Raises `NotSignedIn`."""
    row = one_time.peek(session, frame, Purpose.FRAME)
    if row is None:
        raise NotSignedIn(RUN_OUT)
    if row.user_id is None:
        return None
    row = one_time.take_up(session, frame, Purpose.FRAME, said=RUN_OUT)
    user = session.get(User, row.user_id)
    if user is None or user.disabled:
        raise NotSignedIn(RUN_OUT)
    if user.demo and (settings().is_production or not client.loopback):
        raise NotSignedIn(RUN_OUT)
    strong = bool(json.loads(vault.unseal_for_shop(ASKS, row.sealed))["strong"])
    return open_for(session, user, client, guest, old_token, strong=strong)
