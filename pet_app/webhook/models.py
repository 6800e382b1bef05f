"""What other companies have told us."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from pet_app.core.db import UtcDateTime
from pet_app.core.ids import new_id
from pet_app.webhook.rules import InboxState


class InboxRow(SQLModel, table=True):
    """One delivery, once however often it came. `external_id` is the sender's own name for it.

    `kept` holds what working it off takes: names and numbers of things, never personal values,
    which are read from the sender when they are needed.
    """

    __tablename__ = "webhook_inbox"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("source", "external_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    source: str
    external_id: str
    topic: str = Field(index=True)
    kept: dict[str, Any] = Field(sa_type=JSON)
    occurred: datetime = Field(sa_type=UtcDateTime)
    received: datetime = Field(sa_type=UtcDateTime, index=True)
    deliveries: int = 1
    replays: int = 0
    state: str = Field(default=InboxState.RECEIVED.value, index=True)
    error: str = ""
    ended: datetime | None = Field(default=None, sa_type=UtcDateTime)
