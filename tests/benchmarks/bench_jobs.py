"""From an announced event to its reaction, and from a saved design to its picture."""

import threading
import time
from dataclasses import dataclass
from typing import ClassVar

import dramatiq
from dramatiq.brokers.stub import StubBroker

from pet_app.builder import service as builder
from pet_app.builder.pictures import Stage
from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.security import Identity
from pet_app.messaging.bus import Event, on
from pet_app.messaging.job import Job
from pet_app.messaging.outbox import publish
from tests.benchmarks.row import Row, compare, timed_ms
from tests.benchmarks.scratch import open_shop
from tests.builder.factory import make_design

ROUNDS = 50
SAVES = 5
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
    """The event round trip and the way from save to picture."""
    with open_shop():
        ours = timed_ms(_ring, ROUNDS, warm_up=5)
        saves, renders = zip(*(_save(number) for number in range(SAVES + 1)), strict=True)
    return [
        compare("event round trip", "ms", ours, "bare Dramatiq message", _bare()),
        compare("save to picture", "ms", list(saves[1:]), "its render alone", list(renders[1:])),
    ]


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


def _save(number: int) -> tuple[float, float]:
    """Milliseconds from the click to the stored picture, and from its first stage to the end."""
    girth_mm = 600 + number
    identity = Identity(visitor="bench")
    design = make_design(girth_mm=girth_mm)
    started = time.perf_counter()
    with db.writing() as session:
        kept = builder.save_design(session, identity, design.to_dict(), "", new_id())
    key, begun = design.content_key(), 0.0
    assert kept.picture
    while True:
        with db.reading() as session:
            found = builder.picture_of(session, key)
        if not begun and found.stage != Stage.QUEUED:
            begun = time.perf_counter()
        if found.is_settled:
            ended = time.perf_counter()
            return 1000 * (ended - started), 1000 * (ended - begun)
        assert time.perf_counter() - started < PATIENCE_S
        time.sleep(0.002)
