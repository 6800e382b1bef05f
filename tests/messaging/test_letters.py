"""A letter is a job: while its server is away it waits, and it goes out when the server is back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.core.models import LetterRow, LetterState
from pet_app.core.settings import settings
from pet_app.messaging.bus import PATIENCE
from pet_app.messaging.job import retry_delay
from pet_app.messaging.models import JobState
from pet_app.messaging.outbox import publish
from tests.faults.postman import TO, NoteWanted
from tests.mailbox import Mailbox
from tests.messaging.factory import drain, hasten, jobs

KIND = "postman.send_note"
AWAY = timedelta(hours=6)


@pytest.fixture
def mailbox(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """The shop's mail server, which is not running yet."""
    found = Mailbox(shop)
    monkeypatch.setenv("MAIL_URL", f"smtp://{found.address}?tls=none")
    settings.cache_clear()
    yield found
    found.kill()


def ask_for(note: str) -> None:
    with db.writing() as session:
        publish(session, NoteWanted(note))


def letter() -> LetterRow:
    with db.reading() as session:
        return session.exec(select(LetterRow)).one()


def test_a_server_away_for_six_hours_costs_no_letter(database: str, mailbox: Mailbox) -> None:
    ask_for("patience")
    waited, tries = timedelta(0), 0
    while waited < AWAY:
        drain()
        tries += 1
        waited += retry_delay(tries)
        hasten()
    assert [(job.state, job.failures) for job in jobs(KIND)] == [(JobState.READY, tries)]
    assert (letter().state, letter().tries) == (LetterState.WAITING, tries)
    mailbox.start()
    drain()
    assert [job.state for job in jobs(KIND)] == [JobState.DONE]
    assert letter().state == LetterState.SENT
    assert [taken.to for taken in mailbox.letters()] == [[TO]]


def test_a_letter_is_tried_for_two_days() -> None:
    tries = range(1, PATIENCE["letters"])
    assert sum((retry_delay(n) for n in tries), timedelta(0)) > timedelta(days=2)


def test_a_recipient_refused_for_good_ends_the_job(sqlite_database: str, mailbox: Mailbox) -> None:
    mailbox.start()
    mailbox.answer("rcpt", "550 5.1.1 no such mailbox")
    ask_for("nobody")
    drain()
    assert [job.state for job in jobs(KIND)] == [JobState.DONE]
    assert letter().state == LetterState.FAILED
