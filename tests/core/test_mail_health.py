"""Letters that wait are shown: how many, since when, and why, in our own words."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import update

from pet_app.core import db
from pet_app.core.mail.letter import Letter, Text
from pet_app.core.mail.post import MailDown, post
from pet_app.core.models import LetterRow
from pet_app.core.settings import settings
from pet_app.messaging.health_api import router
from tests import servers

LETTER = Letter("test", "Hello", (Text("Good day."),))


@pytest.fixture
def watcher() -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(router)
    with TestClient(app) as client:
        yield client


@pytest.fixture
def _provider_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_URL", f"smtp://127.0.0.1:{servers.free_port()}?tls=none")
    settings.cache_clear()


@pytest.mark.usefixtures("_provider_down")
def test_letters_that_wait_are_counted_with_their_reason(
    watcher: TestClient, database: str
) -> None:
    assert watcher.get("/health/mail").json()["waiting"] == 0
    for key in ("1", "2", "2"):
        with pytest.raises(MailDown):
            post(LETTER, person="", to="zoe@example.test", key=key)
    answered = watcher.get("/health/mail")
    assert answered.status_code == 200
    assert answered.json()["waiting"] == 2
    assert answered.json()["last_reason"] == "The mail server does not answer."
    assert "zoe" not in answered.text
    assert watcher.get("/health").json()["checks"]["mail"]["waiting"] == 2


@pytest.mark.usefixtures("_provider_down")
def test_a_letter_that_waits_for_long_wakes_somebody(watcher: TestClient, database: str) -> None:
    with pytest.raises(MailDown):
        post(LETTER, person="", to="zoe@example.test", key="1")
    with db.writing() as session:
        then = db.database_now(session) - timedelta(minutes=20)
        session.exec(update(LetterRow).values(created=then))
    answered = watcher.get("/health/mail")
    assert answered.status_code == 503
    assert 1190 < answered.json()["oldest_waiting_s"] < 1300
    assert watcher.get("/health").status_code == 503
