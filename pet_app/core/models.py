"""The tables of the core: who is signed in where, letters, keys, and what this database lived."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from pet_app.core.engine import UtcDateTime
from pet_app.core.ids import new_id


class Standing(SQLModel):
    """What is copied from an account beside each of its keys, so that asking who someone is takes
    one row and works in a process that has no `user` section; `refresh_standing` keeps it true."""

    user_id: str = Field(index=True)
    role: str
    name: str
    email: str
    demo: bool = False
    strong: bool = False
    """Whether a second factor was shown when this was opened."""


class SignIn(Standing, table=True):
    """One signed-in browser. The cookie holds a random token; only its SHA-256 is kept, as `id`.

    `handle` names the session where its owner may see it; `device` and `address` are for them too.
    """

    __tablename__ = "sign_in"  # pyright: ignore[reportAssignmentType]

    id: str = Field(primary_key=True, max_length=64)
    handle: str = Field(default_factory=new_id, unique=True)
    device: str = ""
    address: str = ""
    created: datetime = Field(sa_type=UtcDateTime)
    last_seen: datetime = Field(sa_type=UtcDateTime)
    expires: datetime = Field(sa_type=UtcDateTime, index=True)


class TokenFamily(Standing, table=True):
    """One program signed in with refresh tokens: one row, whose `current` hash changes with each.

    A token of this family that is not the current one was used before: the family ends, unless it
    is the one before, `previous`, and was `rotated` this very moment.
    """

    __tablename__ = "token_family"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    current: str = Field(max_length=64)
    previous: str = Field(default="", max_length=64)
    rotated: datetime | None = Field(default=None, sa_type=UtcDateTime)
    device: str = ""
    created: datetime = Field(sa_type=UtcDateTime)
    expires: datetime = Field(sa_type=UtcDateTime, index=True)
    revoked: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ApiToken(Standing, table=True):
    """A personal token for programs, shown once. `id` is its SHA-256; `scopes` what it may do."""

    __tablename__ = "api_token"  # pyright: ignore[reportAssignmentType]

    id: str = Field(primary_key=True, max_length=64)
    handle: str = Field(default_factory=new_id, unique=True)
    title: str
    scopes: list[str] = Field(sa_type=JSON)
    created: datetime = Field(sa_type=UtcDateTime)
    expires: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_used: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PersonKey(SQLModel, table=True):
    """The key that seals one person's values wherever they lie; without it they are noise.

    `wrapped` is the key under the shop's own secret.
    """

    __tablename__ = "person_key"  # pyright: ignore[reportAssignmentType]

    person: str = Field(primary_key=True)
    wrapped: str = Field(repr=False)
    created: datetime = Field(sa_type=UtcDateTime)


class LetterState(StrEnum):
    """WAITING is tried again; KEPT lies in the developer's outbox; the others are final."""

    WAITING = "waiting"
    SENT = "sent"
    KEPT = "kept"
    FAILED = "failed"


class LetterRow(SQLModel, table=True):
    """One e-mail, by the key of the job that sends it. What it says is sealed, and kept only
    where no mail server takes it."""

    __tablename__ = "letter"  # pyright: ignore[reportAssignmentType]

    id: str = Field(primary_key=True)
    person: str = Field(index=True)
    kind: str
    state: str = LetterState.WAITING.value
    tries: int = 0
    reason: str = ""
    sealed: str = Field(default="", repr=False)
    created: datetime = Field(sa_type=UtcDateTime, index=True)
    ended: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Milestone(SQLModel, table=True):
    """Something done once in the life of this database, such as filling the demonstration shop."""

    __tablename__ = "milestone"  # pyright: ignore[reportAssignmentType]

    name: str = Field(primary_key=True, max_length=64)
    reached: datetime = Field(sa_type=UtcDateTime)
