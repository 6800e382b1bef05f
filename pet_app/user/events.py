"""What people do with their accounts. What an id cannot say travels sealed."""

from dataclasses import dataclass
from typing import ClassVar

from pet_app.messaging.bus import Event


@dataclass(frozen=True)
class AccountAskedFor(Event):
    """Somebody wants an account. `sealed`, for the shop: their e-mail and the link's token."""

    name: ClassVar[str] = "user.asked_for"

    sealed: str


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


@dataclass(frozen=True)
class ProviderLinked(Event):
    """Somebody may sign in through a provider from now on. `provider` is its name here."""

    name: ClassVar[str] = "user.provider_linked"

    user_id: str
    provider: str


@dataclass(frozen=True)
class ProviderUnlinked(Event):
    """A provider opens an account no more."""

    name: ClassVar[str] = "user.provider_unlinked"

    user_id: str
    provider: str


@dataclass(frozen=True)
class ProviderToAsk(Event):
    """It is time to ask a provider what has changed. `link_id` is the row of that link."""

    name: ClassVar[str] = "user.provider_to_ask"

    link_id: str


@dataclass(frozen=True)
class NewDeviceSeen(Event):
    """Somebody signed in from where they never had. `seen_id` is the row of that device."""

    name: ClassVar[str] = "user.new_device_seen"

    user_id: str
    seen_id: str


@dataclass(frozen=True)
class PasswordForgotten(Event):
    """Somebody asks for a link. `sealed`, for the shop: the e-mail and the link's token.

    Nobody has looked yet whether there is such an account.
    """

    name: ClassVar[str] = "user.password_forgotten"

    sealed: str


@dataclass(frozen=True)
class PasswordChanged(Event):
    """An account has another password; its other sessions have ended."""

    name: ClassVar[str] = "user.password_changed"

    user_id: str


@dataclass(frozen=True)
class EmailChangeAskedFor(Event):
    """Somebody wants another address. `sealed`, for them: that address and the link's token."""

    name: ClassVar[str] = "user.email_change_asked_for"

    user_id: str
    sealed: str


@dataclass(frozen=True)
class EmailChanged(Event):
    """An account has another address. `sealed`, for its owner: the one before."""

    name: ClassVar[str] = "user.email_changed"

    user_id: str
    sealed: str


@dataclass(frozen=True)
class SecondFactorSet(Event):
    """Signing in takes a code from now on."""

    name: ClassVar[str] = "user.second_factor_set"

    user_id: str


@dataclass(frozen=True)
class SecondFactorRemoved(Event):
    """Signing in takes a password only."""

    name: ClassVar[str] = "user.second_factor_removed"

    user_id: str


@dataclass(frozen=True)
class RecoveryCodeUsed(Event):
    """Somebody signed in with a recovery code; `left` of them are unused."""

    name: ClassVar[str] = "user.recovery_code_used"

    user_id: str
    left: int


@dataclass(frozen=True)
class RecoveryCodesRenewed(Event):
    """There are new recovery codes; those before work no more."""

    name: ClassVar[str] = "user.recovery_codes_renewed"

    user_id: str


@dataclass(frozen=True)
class TakeoutAsked(Event):
    """Somebody wants a copy of everything that is held about them."""

    name: ClassVar[str] = "user.takeout_asked"

    user_id: str
    takeout_id: str


@dataclass(frozen=True)
class TakeoutReady(Event):
    """The copy is there to be fetched."""

    name: ClassVar[str] = "user.takeout_ready"

    user_id: str
    takeout_id: str


@dataclass(frozen=True)
class AccountLeaving(Event):
    """Somebody closed their account; it will be deleted when the grace is over."""

    name: ClassVar[str] = "user.leaving"

    user_id: str


@dataclass(frozen=True)
class AccountKept(Event):
    """Somebody who was leaving stays."""

    name: ClassVar[str] = "user.kept"

    user_id: str


@dataclass(frozen=True)
class AccountDue(Event):
    """The grace of an account is over."""

    name: ClassVar[str] = "user.due"

    user_id: str


@dataclass(frozen=True)
class UserLeft(Event):
    """An account is deleted, and everything personal with it."""

    name: ClassVar[str] = "user.left"

    user_id: str


@dataclass(frozen=True)
class FilesLetGo(Event):
    """Rows that named these files in storage are gone; perhaps others name them still."""

    name: ClassVar[str] = "user.files_let_go"

    keys: list[str]
