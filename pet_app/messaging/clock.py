"""Periodic work: one job per slot of time, however many processes keep the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event as Flag
from threading import Thread
from typing import Any, ClassVar

from pet_app.core import db
from pet_app.core.telemetry import log
from pet_app.messaging import signal
from pet_app.messaging.bus import PATIENCE, REACTIONS, Event, Queue, Reaction
from pet_app.messaging.job import RELAY_TOPIC, Job, ready
from pet_app.messaging.models import JobRow

DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_WAIT_S = 30.0
AGAIN_S = 1.0
MOST_SLOTS = 100


@dataclass(frozen=True)
class SlotCame(Event):
    """A slot of time began, for the one reaction that its job names. It is never published."""

    name: ClassVar[str] = "clock.slot_came"

    slot: datetime


@dataclass(frozen=True)
class Periodic:
    """Work done once in each slot; slots are counted from midnight, UTC."""

    name: str
    every: timedelta
    reaction: str

    def slot(self, now: datetime) -> datetime:
        """When the slot that `now` lies in began."""
        return EPOCH + (now - EPOCH) // self.every * self.every

    def slots(self, since: datetime | None, now: datetime) -> list[datetime]:
        """The slot that `now` lies in, after those that began later than `since`."""
        last, found = self.slot(now), []
        while not found or (since is not None and last > since and len(found) < MOST_SLOTS):
            found.append(last)
            last -= self.every
        return found[::-1]

    def key(self, slot: datetime) -> str:
        """The key of that slot's job: the same, whoever schedules it."""
        return f"cron:{self.name}:{slot.isoformat()}"


PERIODIC: dict[str, Periodic] = {}

Tick = Callable[[SlotCame, Job], None]


def every(period: timedelta, name: str, *, queue: Queue = "default") -> Callable[[Tick], Tick]:
    """Register `fn(slot_came, job)` to be done once every `period`, which divides a day.

    It runs soon after its slot began; slots in which no process kept the clock are passed over,
    so the work asks what there is to do rather than how often it was done. For rarer work, ask
    once a day whether it is time. Raises `ValueError` for another period or a name taken twice.
    """
    if not timedelta(0) < period <= DAY or DAY % period:
        raise ValueError("a period divides a day: the rows of older slots are not kept for ever")

    def register(fn: Tick) -> Tick:
        reaction = f"cron.{name}"
        known = REACTIONS.get(reaction)
        if known is not None and known.react.__module__ != fn.__module__:
            raise ValueError(f"two periodic works are called {name}")
        PERIODIC[name] = Periodic(name, period, reaction)
        REACTIONS[reaction] = Reaction(reaction, reaction, fn, queue, 0, PATIENCE[queue])
        return fn

    return register


def schedule(since: datetime | None = None) -> tuple[datetime, float]:
    """Write the jobs of the slots that began after `since`, at least of those that last.

    By the database's clock: when that was, and in how many seconds the next slot begins.
    """
    with db.writing() as session:
        now = db.database_now(session)
        works = PERIODIC.values()
        jobs = [_job(work, slot, now) for work in works for slot in work.slots(since, now)]
        if not jobs:
            return now, LONGEST_WAIT_S
        written = session.connection().execute(
            db.insert(JobRow)
            .values(jobs)
            .on_conflict_do_nothing(index_elements=["key"])
            .returning(JobRow.id)  # pyright: ignore[reportArgumentType, reportCallIssue]
        )
        if written.first() is not None:
            signal.after_commit(session, RELAY_TOPIC)
    return now, min((work.slot(now) + work.every - now).total_seconds() for work in works)


class Clock:
    """The thread that schedules. Any number of processes may have one over one database."""

    def __init__(self) -> None:
        self._stopping = Flag()
        self._thread = Thread(target=self._run, name="clock", daemon=True)

    def start(self) -> None:
        """Begin in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the step under way and end the thread."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        since, wait_s = None, 0.0
        while not self._stopping.wait(min(wait_s, LONGEST_WAIT_S)):
            try:
                # A slot that this process slept through it still orders.
                since, wait_s = schedule(since)
            except Exception as error:
                log.warning("clock interrupted", error=str(error))
                wait_s = AGAIN_S


def _job(work: Periodic, slot: datetime, now: datetime) -> dict[str, Any]:
    key = work.key(slot)
    return ready(
        REACTIONS[work.reaction],
        now,
        key=key,
        event_id=key,
        event_name=SlotCame.name,
        payload=SlotCame(slot).to_payload(),
    )
