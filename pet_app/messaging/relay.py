"""From the outbox to the broker: fans events out, claims what is due, takes back what was lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, delete, select, update

from pet_app.core import db
from pet_app.core.telemetry import log
from pet_app.messaging import presence, signal
from pet_app.messaging.bus import EVENTS
from pet_app.messaging.job import RELAY_TOPIC
from pet_app.messaging.models import JobRow, JobState, OutboxRow
from pet_app.messaging.outbox import BATCH, fan_out

POLL_S = 0.5
SWEEP_S = 1.0
PURGE_S = 3600.0
KEEP = timedelta(days=7)
PURGE_BATCH = 1000

# Few hints at a time: the backlog waits in SQL, where a priority still counts.
WINDOWS = {"default": 16, "letters": 8, "previews": 2, "batch": 2}

SHORTEST_HINT_S = 5
LONGEST_HINT_S = 60

# A process may be killed through no fault of the job, so a run that vanished with its process is
# forgiven more often than an error; only a job that seems to kill whoever runs it is buried.
MOST_LOSSES = 30
FORGIVEN_LOSSES = 3
LONGEST_LOSS_DELAY_S = 10
LOST = "The process that ran this ended, again and again."

Send = Callable[[str, str, int], None]


class Relay:
    """The thread that moves jobs on. Any number of relays may work on one database.

    `send(queue, job_id, attempt)` hands a hint to the broker. `holder` names the process in whose
    memory the hints wait, when they do not wait in Redis: they are lost when it is.
    """

    def __init__(self, send: Send, holder: str | None = None) -> None:
        self._send = send
        self._holder = holder
        self._wake = Event()
        self._stopping = False
        self._swept = self._purged = -PURGE_S
        self._thread = Thread(target=self._run, name="relay", daemon=True)

    def start(self) -> None:
        """Begin in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the step under way and end the thread."""
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def step(self) -> int:
        """Do what there is to do now; say how many hints were sent."""
        self._sweep()
        with db.reading() as session:
            if not _anything_due(session):
                return 0
        with db.writing() as session:
            now = db.database_now(session)
            if fan_out(session, now) == BATCH:
                # More may wait than one step takes; they must not wait for the next look.
                self._wake.set()
            hints = [
                hint for queue in WINDOWS for hint in _claim(session, queue, now, self._holder)
            ]
        for sent, (queue, job_id, attempt) in enumerate(hints):
            try:
                self._send(queue, job_id, attempt)
            except Exception as error:
                log.warning("broker out of reach", error=str(error))
                _take_back([hint[1:] for hint in hints[sent:]])
                return sent
        return len(hints)

    def _run(self) -> None:
        with signal.watching(RELAY_TOPIC, self._wake.set):
            while not self._stopping:
                self._wake.clear()
                try:
                    self.step()
                except Exception as error:
                    log.warning("relay interrupted", error=str(error))
                    self._wake.clear()
                if not self._stopping:
                    self._wake.wait(POLL_S)

    def _sweep(self) -> None:
        now = monotonic()
        if now - self._swept >= SWEEP_S:
            self._swept = now
            recover()
        if now - self._purged >= PURGE_S:
            self._purged = now
            purge()


def recover() -> None:
    """Take back the jobs of processes that are gone and of leases that ran out."""
    gone = presence.gone()
    held = col(JobRow.state).in_([JobState.SENT, JobState.RUNNING])
    with db.reading() as session:
        lost = or_(col(JobRow.due) < db.database_now(session), col(JobRow.worker).in_(gone))
        found = session.exec(select(JobRow.id).where(held, lost)).all()
    if found:
        with db.writing() as session:
            now = db.database_now(session)
            lost = or_(col(JobRow.due) < now, col(JobRow.worker).in_(gone))
            rows = select(JobRow).where(col(JobRow.id).in_(found), held, lost)
            for row in session.exec(rows.with_for_update(skip_locked=True)):
                _put_back(row, now)
    for name in gone:
        presence.forget(name)


def purge() -> None:
    """Forget what ended well a week ago."""
    with db.writing() as session:
        before = db.database_now(session) - KEEP
        final = [JobState.DONE, JobState.CANCELLED]
        jobs = select(JobRow.id).where(col(JobRow.state).in_(final), col(JobRow.ended) < before)
        events = select(OutboxRow.id).where(
            col(OutboxRow.fanned).is_(True), col(OutboxRow.created) < before
        )
        session.exec(delete(JobRow).where(col(JobRow.id).in_(jobs.limit(PURGE_BATCH))))
        session.exec(delete(OutboxRow).where(col(OutboxRow.id).in_(events.limit(PURGE_BATCH))))


def _anything_due(session: Session) -> bool:
    event = select(OutboxRow.id).where(
        col(OutboxRow.fanned).is_(False), col(OutboxRow.name).in_(list(EVENTS))
    )
    if session.exec(event.limit(1)).first():
        return True
    job = select(JobRow.id).where(
        col(JobRow.state) == JobState.READY, col(JobRow.due) <= db.database_now(session)
    )
    return session.exec(job.limit(1)).first() is not None


def _claim(
    session: Session, queue: str, now: datetime, holder: str | None
) -> list[tuple[str, str, int]]:
    """Mark as SENT as many due jobs as the queue's window has room for: (queue, id, attempt)."""
    waiting = select(func.count()).where(
        col(JobRow.state) == JobState.SENT, col(JobRow.queue) == queue
    )
    room = WINDOWS[queue] - session.exec(waiting).one()
    if room <= 0:
        return []
    due = (
        select(JobRow)
        .where(
            col(JobRow.state) == JobState.READY,
            col(JobRow.queue) == queue,
            col(JobRow.due) <= now,
        )
        .order_by(col(JobRow.priority).desc(), col(JobRow.due), col(JobRow.id))
        .limit(room)
        .with_for_update(skip_locked=True)
    )
    rows = session.exec(due).all()
    for row in rows:
        row.state = JobState.SENT
        row.attempt += 1
        row.due = now + _hint_lease(row)
        row.worker = holder
    return [(queue, row.id, row.attempt) for row in rows]


def _hint_lease(row: JobRow) -> timedelta:
    """How long a hint may lie in the broker before another is sent.

    It grows with the hints that led to no run, or they would pile up while no worker is there.
    """
    unheard = row.attempt - 1 - row.failures - row.losses
    return timedelta(seconds=min(SHORTEST_HINT_S * 2 ** min(unheard, 10), LONGEST_HINT_S))


def _put_back(row: JobRow, now: datetime) -> None:
    row.worker = None
    if row.state == JobState.RUNNING:
        row.losses += 1
        row.error = LOST
    if row.losses > MOST_LOSSES:
        row.state, row.ended = JobState.DEAD, now
        return
    row.state = JobState.READY
    beyond = max(0, row.losses - FORGIVEN_LOSSES)
    row.due = now + timedelta(seconds=min(2**beyond - 1, LONGEST_LOSS_DELAY_S))


def _take_back(hints: list[tuple[str, int]]) -> None:
    with db.writing() as session:
        due = db.database_now(session) + timedelta(seconds=1)
        for job_id, attempt in hints:
            ours = and_(col(JobRow.id) == job_id, col(JobRow.attempt) == attempt)
            session.exec(
                update(JobRow)
                .where(ours, col(JobRow.state) == JobState.SENT)
                .values(state=JobState.READY, due=due, worker=None)
            )
