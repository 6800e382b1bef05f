"""From commit to reaction by the real carriers: in memory and over a real Valkey."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import pytest

from pet_app.messaging import presence, queue, runner, signal
from pet_app.messaging.job import RELAY_TOPIC, Job
from pet_app.messaging.models import JobState
from pet_app.messaging.relay import Relay
from tests.messaging.factory import (
    PATIENCE_S,
    BellRung,
    answer,
    hasten,
    jobs,
    previews,
    ring,
)

pytestmark = pytest.mark.usefixtures("database", "broker")


@contextmanager
def working(broker: str) -> Iterator[None]:
    """Relay and consumers at work, embedded or as the worker processes have them."""
    if broker == "embedded":
        queue.start_embedded()
        yield
        queue.stop_embedded()
        return
    relay = Relay(queue.send)
    consumers = [queue.Consumer("default", 2), queue.Consumer("previews", 1)]
    relay.start()
    yield
    relay.stop()
    for consumer in consumers:
        consumer.stop()


def eventually(true: Callable[[], bool]) -> None:
    """Wait until it is so, looking often; fail when it takes too long."""
    deadline = monotonic() + PATIENCE_S
    while not true():
        assert monotonic() < deadline
        sleep(0.01)


def test_an_event_is_heard_soon_after_its_commit(broker: str) -> None:
    with working(broker):
        ring()
        assert answer.at_once.wait(PATIENCE_S)
        eventually(lambda: jobs()[0].state == JobState.DONE)
    assert answer.heard == ["ding"]


def test_sixty_events_are_heard_once_each(broker: str) -> None:
    with working(broker):
        for number in range(60):
            ring(str(number))
        eventually(lambda: [job.state for job in jobs()] == [JobState.DONE] * 60)
    assert sorted(map(int, answer.heard)) == list(range(60))


def test_a_long_render_never_delays_a_mail(broker: str) -> None:
    rendered = threading.Event()
    previews.reset(lambda _event, _job: rendered.wait(PATIENCE_S))
    with working(broker):
        for _ in range(5):
            ring()
        eventually(lambda: (len(answer.heard), len(previews.heard)) == (5, 1))
        rendered.set()
        eventually(lambda: len(previews.heard) == 5)


def test_a_failed_job_comes_again(broker: str) -> None:
    def do(_event: BellRung, job: Job) -> None:
        if job.failures == 0:
            raise RuntimeError

    answer.reset(do)
    with working(broker):
        ring()
        eventually(lambda: jobs() != [] and jobs()[0].failures == 1)
        hasten()
        signal.send(RELAY_TOPIC)
        eventually(lambda: jobs()[0].state == JobState.DONE)
    assert len(answer.heard) == 2


def test_a_running_job_keeps_its_lease(
    broker: str, monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    monkeypatch.setattr(runner, "RENEW_S", 0.05)
    heartbeat = runner.Heartbeat()
    finish = threading.Event()
    answer.reset(lambda _event, _job: finish.wait(PATIENCE_S))
    with working(broker):
        ring()
        eventually(lambda: jobs() != [] and jobs()[0].state == JobState.RUNNING)
        before = jobs()[0].due
        eventually(lambda: jobs()[0].due > before)
        finish.set()
        eventually(lambda: jobs()[0].state == JobState.DONE)
    heartbeat.stop()
    assert jobs()[0].losses == 0


def test_stopping_lets_the_running_job_finish(broker: str) -> None:
    entered, finish = threading.Event(), threading.Event()

    def do(_event: BellRung, _job: Job) -> None:
        entered.set()
        finish.wait(PATIENCE_S)

    answer.reset(do)
    with working(broker):
        ring()
        assert entered.wait(PATIENCE_S)
        threading.Timer(0.2, finish.set).start()
    assert jobs()[0].state == JobState.DONE
    presence.leave()
