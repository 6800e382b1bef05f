"""Events written in the transaction that made them true, then turned into one job per reaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert
from sqlmodel import Session, col, select, update

from pet_app.core import clock, db
from pet_app.core.ids import new_id
from pet_app.messaging import signal
from pet_app.messaging.bus import EVENTS, Event, Queue, reactions_to
from pet_app.messaging.job import RELAY_TOPIC, Job, ready
from pet_app.messaging.models import UNENDED, JobRow, JobState, OutboxRow

__all__ = [
    "Job",
    "fan_out",
    "is_job_under_way",
    "is_under_way",
    "publish",
    "publish_all",
    "waiting_in",
]

BATCH = 200


def publish(session: Session, event: Event) -> str:
    """Announce `event` if, and only if, this transaction commits. Returns the event's id."""
    return publish_all(session, [event])[0]


def publish_all(session: Session, events: Sequence[Event]) -> list[str]:
    """Announce many events at once, in one statement. Returns their ids."""
    now = clock.now()
    rows = [
        {
            "id": new_id(),
            "name": event.name,
            "payload": event.to_payload(),
            "created": now,
            "fanned": False,
        }
        for event in events
    ]
    if rows:
        session.connection().execute(insert(OutboxRow), rows)
        signal.after_commit(session, RELAY_TOPIC)
    return [row["id"] for row in rows]


def is_under_way(session: Session, event_id: str) -> bool:
    """Whether an event has reactions that have not come to their end."""
    waiting = select(OutboxRow.id).where(
        col(OutboxRow.id) == event_id, col(OutboxRow.fanned).is_(False)
    )
    if session.exec(waiting).first():
        return True
    jobs = select(JobRow.id).where(col(JobRow.event_id) == event_id, col(JobRow.state).in_(UNENDED))
    return session.exec(jobs.limit(1)).first() is not None


def is_job_under_way(session: Session, job_id: str) -> bool:
    """Whether a job will still be tried."""
    job = session.get(JobRow, job_id)
    return job is not None and job.state in UNENDED


def waiting_in(session: Session, queue: Queue) -> int:
    """How many jobs of a queue have not begun."""
    waiting = select(func.count()).where(
        col(JobRow.queue) == queue, col(JobRow.state).in_([JobState.READY, JobState.SENT])
    )
    return session.exec(waiting).one()


def fan_out(session: Session, now: datetime) -> int:
    """Write the jobs of events that have none yet, the oldest events first; say how many events.

    An event of a name this process has never heard of is left to one that has.
    """
    waiting = (
        select(OutboxRow)
        .where(col(OutboxRow.fanned).is_(False), col(OutboxRow.name).in_(list(EVENTS)))
        .order_by(col(OutboxRow.id))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    events = session.exec(waiting).all()
    jobs = [job for event in events for job in _jobs(event, now)]
    if jobs:
        # The key is unique: an event that was fanned out before gets no second job.
        session.connection().execute(
            db.insert(JobRow).on_conflict_do_nothing(index_elements=["key"]), jobs
        )
    if events:
        fanned = col(OutboxRow.id).in_([event.id for event in events])
        session.connection().execute(update(OutboxRow).where(fanned).values(fanned=True))
    return len(events)


def _jobs(event: OutboxRow, now: datetime) -> list[dict[str, Any]]:
    return [
        ready(
            reaction,
            now,
            key=f"{event.id}:{reaction.name}",
            event_id=event.id,
            event_name=event.name,
            payload=event.payload,
        )
        for reaction in reactions_to(event.name)
    ]
