"""The tables of the core: who is signed in where, and what this database has been through."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from pet_app.core.engine import UtcDateTime


class SignIn(SQLModel, table=True):
    """One signed-in browser. The cookie holds a random token; only its SHA-256 is kept, as `id`.

    Name, role and e-mail are copied from the account, so that asking who someone is takes one
    row and works in a process that has no `user` section; `refresh_sign_ins` keeps them true.
    """

    __tablename__ = "sign_in"  # pyright: ignore[reportAssignmentType]

    id: str = Field(primary_key=True, max_length=64)
    user_id: str = Field(index=True)
    role: str
    name: str
    email: str
    demo: bool = False
    created: datetime = Field(sa_type=UtcDateTime)
    last_seen: datetime = Field(sa_type=UtcDateTime)
    expires: datetime = Field(sa_type=UtcDateTime, index=True)


class Milestone(SQLModel, table=True):
    """Something done once in the life of this database, such as filling the demonstration shop."""

    __tablename__ = "milestone"  # pyright: ignore[reportAssignmentType]

    name: str = Field(primary_key=True, max_length=64)
    reached: datetime = Field(sa_type=UtcDateTime)
