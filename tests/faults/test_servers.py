"""The servers the shop stands on go away in the middle of work, and come back."""

import signal
from collections.abc import Callable, Iterator
from time import monotonic, sleep

import pytest

from pet_app.core import db
from pet_app.core.settings import settings
from pet_app.messaging import queue
from pet_app.messaging.models import JobState
from pet_app.messaging.relay import Relay
from tests import servers
from tests.messaging.factory import answer, jobs, previews, ring
from tests.services import forget

BACK_S = 10
ENTRIES = 40


@pytest.fixture
def own_postgres(monkeypatch: pytest.MonkeyPatch) -> Iterator[servers.Postgres]:
    """A Postgres no other test stands on, so that it may be killed."""
    server = servers.Postgres()
    monkeypatch.setenv("DATABASE_URL", server.create("shop"))
    settings.cache_clear()
    db.create_all()
    answer.reset()
    previews.reset()
    yield server
    forget()
    server.stop()


def eventually(true: Callable[[], bool], seconds: float = BACK_S) -> None:
    """Wait until it is so; fail when it takes too long."""
    deadline = monotonic() + seconds
    while not true():
        assert monotonic() < deadline
        sleep(0.02)


def all_done() -> bool:
    return [job.state for job in jobs()] == [JobState.DONE] * ENTRIES


def test_postgres_crashes_and_the_queue_drains_when_it_is_back(
    own_postgres: servers.Postgres,
) -> None:
    queue.start_embedded()
    for number in range(ENTRIES):
        ring(str(number))
    assert own_postgres.process is not None
    # An immediate shutdown writes nothing out: the next start recovers as after a crash.
    own_postgres.process.send_signal(signal.SIGQUIT)
    own_postgres.process.wait()
    own_postgres.start()
    eventually(all_done)
    assert set(answer.heard) == {str(number) for number in range(ENTRIES)}


def test_the_broker_is_wiped_and_every_hint_comes_again(
    sqlite_database: str, valkey: servers.Valkey
) -> None:
    answer.reset()
    previews.reset()
    relay = Relay(queue.send)
    relay.start()
    for number in range(ENTRIES):
        ring(str(number))
    eventually(lambda: any(job.state == JobState.SENT for job in jobs()))
    valkey.client().flushall()
    consumers = [queue.Consumer("default", 2), queue.Consumer("previews", 1)]
    eventually(all_done)
    relay.stop()
    for consumer in consumers:
        consumer.stop()
    assert sorted(map(int, answer.heard)) == list(range(ENTRIES))
