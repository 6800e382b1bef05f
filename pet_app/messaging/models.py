"""What must survive any crash: the events that happened and the work they ask for."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from pet_app.core.db import UtcDateTime


class JobState(StrEnum):
    """READY waits for its time; SENT waits in the broker; the last three are final."""

    READY = "ready"
    SENT = "sent"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


UNENDED = (JobState.READY, JobState.SENT, JobState.RUNNING)


class OutboxRow(SQLModel, table=True):
    """One event, written in the transaction that made it true; `fanned` once jobs stand for it."""

    __tablename__ = "outbox"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ix_outbox_waiting", "fanned", "id"),)

    id: str = Field(primary_key=True)
    name: str
    payload: dict[str, Any] = Field(sa_type=JSON)
    created: datetime = Field(sa_type=UtcDateTime)
    fanned: bool = False


class JobRow(SQLModel, table=True):
    """One reaction to one event. The row is the truth; a message in a broker is only a hint.

    `attempt` fences: whoever holds an older number can no longer change the row. `due` is when a
    READY job may start, and when the lease of a SENT or RUNNING one ends. `worker` is the process
    that holds it. `losses` counts runs that vanished with their process, `failures` those that
    ended in an error.
    """

    __tablename__ = "job"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ix_job_claim", "state", "queue", "priority", "due"),
        Index("ix_job_worker", "worker", "state"),
    )

    id: str = Field(primary_key=True)
    key: str = Field(unique=True)
    kind: str = Field(index=True)
    event_id: str = Field(index=True)
    event_name: str
    payload: dict[str, Any] = Field(sa_type=JSON)
    queue: str
    priority: int = 0
    state: str = JobState.READY
    due: datetime = Field(sa_type=UtcDateTime)
    attempt: int = 0
    failures: int = 0
    losses: int = 0
    max_failures: int
    worker: str | None = None
    error: str | None = None
    created: datetime = Field(sa_type=UtcDateTime)
    ended: datetime | None = Field(default=None, sa_type=UtcDateTime)
