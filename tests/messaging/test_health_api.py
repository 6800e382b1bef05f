"""Health says in JSON what is well, and answers 503 when something is not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import update

from pet_app.core import db
from pet_app.core.errors import Invalid
from pet_app.core.settings import settings
from pet_app.messaging.health_api import router
from pet_app.messaging.job import Job
from pet_app.messaging.models import JobRow, JobState
from tests.messaging.factory import BellRung, answer, drain, ring

HOUR = timedelta(hours=1)


@pytest.fixture
def watcher() -> Iterator[TestClient]:
    """A client of the health routes alone."""
    app = FastAPI()
    app.include_router(router)
    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize("path", ["/health", "/health/db", "/health/queue", "/ready"])
def test_a_shop_at_rest_is_well(watcher: TestClient, database: str, path: str) -> None:
    answered = watcher.get(path)
    assert (answered.status_code, answered.json()["status"]) == (200, "ok")


def test_redis_need_not_be_there(watcher: TestClient) -> None:
    answered = watcher.get("/health/redis")
    assert (answered.status_code, answered.json()) == (200, {"status": "not configured"})


@pytest.mark.usefixtures("valkey")
def test_redis_is_asked_when_there_is_one(watcher: TestClient) -> None:
    assert watcher.get("/health/redis").json()["status"] == "ok"


def test_an_unreachable_redis_is_failing(
    watcher: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:9/0")
    settings.cache_clear()
    answered = watcher.get("/health/redis")
    assert (answered.status_code, answered.json()) == (503, {"status": "failing"})


def test_a_shop_without_tables_is_not_ready(watcher: TestClient, empty_database: str) -> None:
    assert watcher.get("/health/db").status_code == 200
    assert watcher.get("/ready").status_code == 503


def test_the_queue_tells_what_was_given_up(watcher: TestClient, database: str) -> None:
    def refuse(_event: BellRung, _job: Job) -> None:
        raise Invalid("no")

    answer.reset(refuse)
    ring()
    drain()
    found = watcher.get("/health/queue").json()
    assert (found["dead"], found["jobs"]["dead"], found["jobs"]["done"]) == (1, 1, 1)


def test_work_that_waits_too_long_is_failing(watcher: TestClient, database: str) -> None:
    ring()
    drain()
    with db.writing() as session:
        session.connection().execute(
            update(JobRow).values(state=JobState.READY, due=db.database_now(session) - HOUR)
        )
    answered = watcher.get("/health/queue")
    assert answered.status_code == 503
    assert answered.json()["oldest_due_s"] >= HOUR.total_seconds()
