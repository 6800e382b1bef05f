"""Events, reactions and jobs to test with, and a queue driven by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event as Flag
from typing import ClassVar

from sqlmodel import col, select, update

from pet_app.core import db
from pet_app.messaging.bus import Event, on
from pet_app.messaging.job import Job
from pet_app.messaging.models import JobRow
from pet_app.messaging.outbox import publish
from pet_app.messaging.relay import Relay
from pet_app.messaging.runner import carry_out

PATIENCE_S = 20


@dataclass(frozen=True)
class BellRung(Event):
    """Somebody rang; what happens then, each test says in `answer`."""

    name: ClassVar[str] = "bell.rung"

    tune: str = "ding"


@dataclass(frozen=True)
class BellMuted(Event):
    """An event nobody but a pattern reacts to."""

    name: ClassVar[str] = "bell.muted"


class Answer:
    """What `hear` does, and what it has heard."""

    def __init__(self) -> None:
        self.reset()

    def reset(self, do: Callable[[BellRung, Job], object] | None = None) -> None:
        """Forget what was heard, and from now on do `do`."""
        self.do = do
        self.heard: list[str] = []
        self.at_once = Flag()


answer = Answer()
previews = Answer()


@on(BellRung, max_failures=3)
def hear(event: BellRung, job: Job) -> None:
    """React as the test wants."""
    answer.heard.append(event.tune)
    if answer.do is not None:
        answer.do(event, job)
    answer.at_once.set()


@on("bell.*", queue="previews", priority=7)
def picture(event: BellRung | BellMuted, job: Job) -> None:
    """React slowly, when the test wants."""
    previews.heard.append(event.name)
    if previews.do is not None:
        previews.do(BellRung(), job)
    previews.at_once.set()


def ring(tune: str = "ding") -> None:
    """Publish one event in a transaction of its own."""
    with db.writing() as session:
        publish(session, BellRung(tune))


def drain() -> int:
    """Carry out, in this thread, all that is due; say how many hints that took."""
    relay = Relay(lambda _queue, job_id, attempt: carry_out(job_id, attempt))
    steps = iter(relay.step, 0)
    return sum(steps)


def hints() -> list[tuple[str, str, int]]:
    """Claim what is due without carrying it out."""
    sent: list[tuple[str, str, int]] = []
    Relay(lambda *hint: sent.append(hint)).step()
    return sent


def hasten() -> None:
    """Let every lease and every delay end now."""
    with db.writing() as session:
        past = db.database_now(session) - timedelta(seconds=1)
        session.connection().execute(update(JobRow).values(due=past))


def jobs(kind: str = "factory.hear") -> list[JobRow]:
    """Every job of one kind, the oldest first."""
    with db.reading() as session:
        rows = select(JobRow).where(col(JobRow.kind) == kind).order_by(col(JobRow.id))
        return list(session.exec(rows))
