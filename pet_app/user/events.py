"""What people do with their accounts."""

from dataclasses import dataclass
from typing import ClassVar

from pet_app.messaging.bus import Event


@dataclass(frozen=True)
class UserRegistered(Event):
    """Somebody opened an account."""

    name: ClassVar[str] = "user.registered"

    user_id: str


@dataclass(frozen=True)
class UserSignedIn(Event):
    """Somebody signed in; what they made as a guest is theirs now.

    `visitor_owner` is the owner of the guest's things, empty when the browser had no cookie.
    """

    name: ClassVar[str] = "user.signed_in"

    user_id: str
    visitor_owner: str
