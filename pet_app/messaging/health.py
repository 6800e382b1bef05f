"""How the queue is doing: what waits, for how long, and what was given up."""

from dataclasses import dataclass, field

from sqlalchemy import func
from sqlmodel import Session, col, select

from pet_app.core import db
from pet_app.core.health import Check
from pet_app.messaging.models import JobRow, JobState, OutboxRow

LATE_S = 120


@dataclass(frozen=True)
class QueueHealth:
    """Jobs by state, the age in seconds of the oldest that is due, events not yet fanned out."""

    jobs: dict[str, int]
    dead: int
    oldest_due_s: float
    events_waiting: int
    by_queue: dict[str, int] = field(default_factory=dict)


def measure(session: Session) -> QueueHealth:
    """Count what is in the queue now."""
    counts = session.exec(select(JobRow.state, func.count()).group_by(JobRow.state)).all()
    jobs = {state.value: 0 for state in JobState} | dict(counts)
    waiting = col(JobRow.state) == JobState.READY
    backlog = select(JobRow.queue, func.count()).where(waiting).group_by(JobRow.queue)
    now = db.database_now(session)
    oldest = session.exec(
        select(JobRow.due).where(waiting, col(JobRow.due) <= now).order_by(col(JobRow.due)).limit(1)
    ).first()
    events = select(func.count()).where(col(OutboxRow.fanned).is_(False))
    return QueueHealth(
        jobs=jobs,
        dead=jobs[JobState.DEAD],
        oldest_due_s=round((now - oldest).total_seconds(), 3) if oldest else 0.0,
        events_waiting=session.exec(events).one(),
        by_queue=dict(session.exec(backlog).all()),
    )


def check_queue() -> Check:
    """Whether work flows: failing when something due has waited for two minutes."""
    with db.reading() as session:
        found = measure(session)
    late = found.oldest_due_s > LATE_S
    return Check("failing" if late else "ok", vars(found))


def check_ready() -> Check:
    """Whether the database answers and has its tables; a backlog keeps no visitor out."""
    with db.reading() as session:
        return Check("ok", vars(measure(session)))
