"""From an announced event to its reaction."""

import threading
from dataclasses import dataclass
from typing import ClassVar

import dramatiq
from dramatiq.brokers.stub import StubBroker

from pet_app.core import db
from pet_app.messaging.bus import Event, on
from pet_app.messaging.job import Job
from pet_app.messaging.outbox import publish
from tests.benchmarks.row import Row, compare, timed_ms
from tests.benchmarks.scratch import open_shop

ROUNDS = 50
PATIENCE_S = 120

answered = threading.Event()


@dataclass(frozen=True)
class BenchRang(Event):
    """A bell for the benchmark to hear."""

    name: ClassVar[str] = "bench.rang"


@on(BenchRang)
def answer(event: BenchRang, job: Job) -> None:
    """Answer the bell once its transaction is through."""
    with job.apply():
        pass
    answered.set()


def rows() -> list[Row]:
    """The event round trip."""
    with open_shop():
        ours = timed_ms(_ring, ROUNDS, warm_up=5)
    return [compare("event round trip", "ms", ours, "bare Dramatiq message", _bare())]


def _ring() -> None:
    answered.clear()
    with db.writing() as session:
        publish(session, BenchRang())
    assert answered.wait(PATIENCE_S)


def _bare() -> list[float]:
    broker = StubBroker()
    heard = threading.Event()

    @dramatiq.actor(broker=broker)
    def bell() -> None:
        heard.set()

    worker = dramatiq.Worker(broker, worker_threads=1, worker_timeout=200)
    worker.start()

    def ring() -> None:
        heard.clear()
        bell.send()
        assert heard.wait(PATIENCE_S)

    samples = timed_ms(ring, ROUNDS, warm_up=5)
    worker.stop()
    return samples
