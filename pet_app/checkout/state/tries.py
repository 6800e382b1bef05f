"""Tries at codes are counted, so that none can be guessed."""

from pet_app.core import db
from pet_app.core.security import Identity
from pet_app.ui.session import Session
from pet_app.user import service as users


async def count_try(tab: Session, identity: Identity) -> None:
    """Note a try at a code, whatever comes of it. Raises `TooManyRequests`."""
    client = users.client_of(tab.router.session.client_ip, {})
    await db.write(users.count_look, f"codes of {identity.owner}", client)
