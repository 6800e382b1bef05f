"""What a reaction is handed: its job, and the one transaction in which its effect comes true."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, update

from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.messaging import signal
from pet_app.messaging.bus import Reaction
from pet_app.messaging.models import UNENDED, JobRow, JobState

LEASE = timedelta(seconds=15)
RELAY_TOPIC = "relay"

FIRST_RETRY_S = 1
RETRY_FACTOR = 4
LONGEST_RETRY_S = 600
LONGEST_ERROR = 2000


class Fenced(Exception):
    """Another attempt at this job has taken over, or it was cancelled; nothing was written."""


class NotNow(Exception):
    """Raised by a reaction that what it needs is away: it is tried again after a while.

    This counts as no failure, so nothing is buried however long an outage lasts.
    """

    def __init__(self, delay: timedelta) -> None:
        super().__init__(f"again in {delay}")
        self.delay = delay


@dataclass(frozen=True)
class Job:
    """One attempt at one reaction.

    `key` is the same at every attempt: the idempotency key for work outside the database.
    """

    id: str
    key: str
    kind: str
    event_id: str
    event_name: str
    payload: dict[str, Any]
    queue: str
    attempt: int
    failures: int
    max_failures: int
    _applied: list[bool] = field(default_factory=list, repr=False, compare=False)

    @property
    def applied(self) -> bool:
        """Whether the effect is committed."""
        return bool(self._applied)

    @contextmanager
    def apply(self) -> Iterator[Session]:
        """The transaction that marks the job done and holds its effect: both, or neither.

        Raises `Fenced` when this attempt is no longer the one that counts.
        """
        with db.writing() as session:
            done = {"state": JobState.DONE, "ended": db.database_now(session), "error": None}
            self._move(session, done)
            yield session
        self._applied.append(True)

    def fail(self, error: str, *, retry: bool = True) -> None:
        """Note an error: try again after a while, or bury the job when that is no use."""
        with db.writing() as session:
            now = db.database_now(session)
            failures = self.failures + 1
            changes: dict[str, Any] = {"failures": failures, "error": error[-LONGEST_ERROR:]}
            if retry and failures < self.max_failures:
                changes |= {"state": JobState.READY, "due": now + retry_delay(failures)}
            else:
                changes |= {"state": JobState.DEAD, "ended": now}
            self._move(session, changes)

    def postpone(self, delay: timedelta) -> None:
        """Hand the job back untouched, to be tried again after a while."""
        with db.writing() as session:
            due = db.database_now(session) + delay
            self._move(session, {"state": JobState.READY, "due": due, "worker": None})

    def _move(self, session: Session, changes: dict[str, Any]) -> None:
        ours = self._ours(JobState.RUNNING)
        if session.connection().execute(update(JobRow).where(ours).values(changes)).rowcount != 1:
            raise Fenced(f"{self.kind} {self.id}, attempt {self.attempt}")
        signal.after_commit(session, RELAY_TOPIC)

    def _ours(self, state: JobState) -> ColumnElement[bool]:
        return held(self.id, self.attempt, state)


def held(job_id: str, attempt: int, state: JobState) -> ColumnElement[bool]:
    """The fence: the row of this job, only while this attempt holds it in this state."""
    return and_(
        col(JobRow.id) == job_id, col(JobRow.attempt) == attempt, col(JobRow.state) == state
    )


def ready(
    reaction: Reaction,
    now: datetime,
    *,
    key: str,
    event_id: str,
    event_name: str,
    payload: dict[str, Any],
) -> dict[str, Any]:
    """The row of a job that may start at once; `key` lets it be written once only."""
    return {
        "id": new_id(),
        "key": key,
        "kind": reaction.name,
        "event_id": event_id,
        "event_name": event_name,
        "payload": payload,
        "queue": reaction.queue,
        "priority": reaction.priority,
        "state": JobState.READY,
        "due": now,
        "attempt": 0,
        "failures": 0,
        "losses": 0,
        "max_failures": reaction.max_failures,
        "created": now,
    }


def begin(job_id: str, attempt: int, worker: str) -> Job | None:
    """Take up a job that a hint names, or None when the hint is stale."""
    with db.writing() as session:
        taken = {
            "state": JobState.RUNNING,
            "due": db.database_now(session) + LEASE,
            "worker": worker,
        }
        hinted = held(job_id, attempt, JobState.SENT)
        if session.connection().execute(update(JobRow).where(hinted).values(taken)).rowcount != 1:
            return None
        row = session.get_one(JobRow, job_id)
        return Job(
            row.id,
            row.key,
            row.kind,
            row.event_id,
            row.event_name,
            row.payload,
            row.queue,
            row.attempt,
            row.failures,
            row.max_failures,
        )


def renew(job_ids: list[str], worker: str) -> None:
    """Prolong the leases of the jobs this process is running."""
    with db.writing() as session:
        ours = and_(
            col(JobRow.id).in_(job_ids),
            col(JobRow.worker) == worker,
            col(JobRow.state) == JobState.RUNNING,
        )
        due = db.database_now(session) + LEASE
        session.connection().execute(update(JobRow).where(ours).values(due=due))


def cancel(session: Session, job_id: str) -> bool:
    """Stop a job that has not ended; its running attempt, if any, can no longer apply."""
    waiting = and_(
        col(JobRow.id) == job_id,
        col(JobRow.state).in_(UNENDED),
    )
    changes = {"state": JobState.CANCELLED, "ended": db.database_now(session)}
    return session.connection().execute(update(JobRow).where(waiting).values(changes)).rowcount == 1


def revive(session: Session, job_id: str) -> bool:
    """Give a dead job another full round of attempts."""
    dead = and_(col(JobRow.id) == job_id, col(JobRow.state) == JobState.DEAD)
    now = db.database_now(session)
    changes = {"state": JobState.READY, "due": now, "failures": 0, "losses": 0, "ended": None}
    signal.after_commit(session, RELAY_TOPIC)
    return session.connection().execute(update(JobRow).where(dead).values(changes)).rowcount == 1


def retry_delay(failures: int) -> timedelta:
    """How long to wait after the n-th error: 1 s, 4 s, 16 s, … up to ten minutes."""
    return timedelta(seconds=min(FIRST_RETRY_S * RETRY_FACTOR ** (failures - 1), LONGEST_RETRY_S))
