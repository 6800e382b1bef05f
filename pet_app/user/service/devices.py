"""Browsers and networks an account was signed in from, so that a new one is noticed."""

from ipaddress import ip_address, ip_network

from sqlmodel import Session, col, func, select, update

from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.messaging.outbox import publish
from pet_app.user.client import Client
from pet_app.user.events import NewDeviceSeen
from pet_app.user.models import SeenDevice, User

THIS_COMPUTER = "this computer"
NO_NAME = "A program or an unusual browser"


def network_of(client: Client) -> str:
    """The neighbourhood of an address, which stays when a phone or a router is given a new one."""
    if client.loopback:
        return THIS_COMPUTER
    try:
        address = ip_address(client.address)
    except ValueError:
        return client.address[:64]
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network((address, 24 if address.version == 4 else 48), strict=False))


def known_device(session: Session, email: str, client: Client) -> str:
    """The name of this browser if the account knows it, else nothing; junk is never known."""
    seen = (
        select(SeenDevice.id)
        .join(User, col(User.id) == col(SeenDevice.user_id))
        .where(User.email == email)
        .where(SeenDevice.device == client.device, SeenDevice.network == network_of(client))
    )
    found = session.exec(seen).first()
    return f"{client.device} in {network_of(client)}" if found and client.device else ""


def remember_device(session: Session, user: User, client: Client, *, quietly: bool = False) -> None:
    """Note where somebody signed in from, and tell them when it is new and not their first."""
    device, network, now = client.device or NO_NAME, network_of(client), db.database_now(session)
    ours = (col(SeenDevice.user_id) == user.id,)
    this = (*ours, col(SeenDevice.device) == device, col(SeenDevice.network) == network)
    if session.exec(update(SeenDevice).where(*this).values(last=now)).rowcount:
        return
    is_first = session.exec(select(func.count()).where(*ours)).one() == 0
    seen_id = new_id()
    # Two tabs may sign in from one new place at once; its owner is told once.
    added = session.connection().execute(
        db.insert(SeenDevice)
        .values(id=seen_id, user_id=user.id, device=device, network=network, first=now, last=now)
        .on_conflict_do_nothing()
    )
    if added.rowcount and not (is_first or quietly or user.demo):
        publish(session, NewDeviceSeen(user_id=user.id, seen_id=seen_id))


def seen_device(session: Session, seen_id: str) -> SeenDevice | None:
    """One kind of browser in one network, as an account knows it."""
    return session.get(SeenDevice, seen_id)
