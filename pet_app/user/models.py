"""Accounts, and the sign-in attempts that are counted against guessing."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from pet_app.core.db import UtcDateTime
from pet_app.core.ids import new_id


class User(SQLModel, table=True):
    """One account. `email` is in its normal spelling; `role` is a `core.security.Role`."""

    __tablename__ = "user_account"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str = Field(repr=False)
    role: str
    demo: bool = False
    created: datetime = Field(sa_type=UtcDateTime)


class Attempt(SQLModel, table=True):
    """One try to sign in or register that has not been answered with success."""

    __tablename__ = "sign_in_attempt"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    subject: str = Field(index=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
