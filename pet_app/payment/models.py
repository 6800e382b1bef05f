"""Payments, refunds and disputes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from pet_app.core.db import UtcDateTime
from pet_app.core.ids import new_id
from pet_app.payment.rules import PaymentState, RefundState


class Payment(SQLModel, table=True):
    """One attempt at paying for one thing: `reference` is its id, `purpose` the kind of thing.

    `lines` are `[name, cents, quantity]`, whose sum is the amount. `session_id`, `intent_id` and
    `url` are the provider's; `back_to` is the path on our site the visitor comes back to.
    """

    __tablename__ = "payment"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("purpose", "reference", "attempt"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    owner: str = Field(index=True)
    purpose: str
    reference: str = Field(index=True)
    attempt: int = 1
    provider: str
    amount_cents: int
    currency: str
    email: str = Field(default="", repr=False)
    description: str = ""
    lines: list[list[Any]] = Field(sa_type=JSON)
    back_to: str = ""
    state: str = Field(default=PaymentState.WANTED.value, index=True)
    session_id: str | None = Field(default=None, unique=True)
    intent_id: str | None = Field(default=None, index=True)
    url: str = Field(default="", repr=False)
    received_cents: int = 0
    received_currency: str = ""
    refunded_cents: int = 0
    problem: str = ""
    expires: datetime = Field(sa_type=UtcDateTime, index=True)
    created: datetime = Field(sa_type=UtcDateTime, index=True)
    changed: datetime = Field(sa_type=UtcDateTime)
    paid: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Refund(SQLModel, table=True):
    """Money going back. `key` names the reason once: asking twice with it refunds once."""

    __tablename__ = "refund"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    payment_id: str = Field(foreign_key="payment.id", index=True)
    key: str = Field(unique=True)
    amount_cents: int
    currency: str
    reason: str
    asked_by: str
    state: str = Field(default=RefundState.WANTED.value, index=True)
    provider_id: str | None = Field(default=None, unique=True)
    problem: str = ""
    created: datetime = Field(sa_type=UtcDateTime)
    changed: datetime = Field(sa_type=UtcDateTime)


class Dispute(SQLModel, table=True):
    """A payment the cardholder's bank asks back; `state` is the provider's word for it."""

    __tablename__ = "dispute"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    payment_id: str = Field(foreign_key="payment.id", index=True)
    provider_id: str = Field(unique=True)
    amount_cents: int
    currency: str
    reason: str
    state: str = Field(index=True)
    answer_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created: datetime = Field(sa_type=UtcDateTime)
    changed: datetime = Field(sa_type=UtcDateTime)
