"""Letters across kills of the shop and of its mail server: none missing, duplicates told alike."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.core.models import LetterRow, LetterState
from pet_app.core.settings import settings
from tests import servers
from tests.faults.idle import wait_until_idle
from tests.faults.part import Part
from tests.mailbox import Mailbox

KILLS = int(os.environ.get("KILLS", "2"))
LIFE_S = (0.1, 0.9)
PATIENCE_S = 120


@pytest.fixture
def mailbox(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """The mail server of the shop."""
    found = Mailbox(shop).start()
    monkeypatch.setenv("MAIL_URL", f"smtp://{found.address}?tls=none")
    settings.cache_clear()
    yield found
    found.kill()


def wait_for_a_letter(mailbox: Mailbox) -> None:
    """Wait until a letter more is taken, then let the shop live on for a moment."""
    known, deadline = mailbox.number(), monotonic() + PATIENCE_S
    while mailbox.number() <= known:
        assert monotonic() < deadline
        sleep(0.01)
    sleep(random.uniform(*LIFE_S))


def judge(mailbox: Mailbox, promised: set[str]) -> None:
    """None missing; what came twice is one message; print how many did."""
    subjects: dict[str, set[str]] = {}
    letters = mailbox.letters()
    for letter in letters:
        note = letter.message["Subject"].removeprefix("Note ")
        subjects.setdefault(note, set()).add(letter.message["Message-ID"])
    duplicates = len(letters) - len(subjects)
    print(f"\n{KILLS} kills: {len(letters)} letters, {duplicates} of them duplicates")
    assert len(promised) >= KILLS
    assert promised <= subjects.keys()
    assert {len(ids) for ids in subjects.values()} == {1}
    assert len(set().union(*subjects.values())) == len(subjects)
    # A letter under way at a kill may come twice, and no other.
    assert duplicates <= 2 * KILLS
    with db.reading() as session:
        states = Counter(session.exec(select(LetterRow.state)))
    assert states == {LetterState.SENT: len(subjects)}


def test_letters_of_a_small_shop_outlive_it(sqlite_database: str, mailbox: Mailbox) -> None:
    shop = Part("tests.faults.postman", "shop")
    try:
        for _ in range(KILLS):
            wait_for_a_letter(mailbox)
            shop.kill()
            shop.start()
        wait_for_a_letter(mailbox)
        shop.kill()
        shop.role = "finisher"
        shop.start()
        wait_until_idle(PATIENCE_S)
    finally:
        shop.kill()
    judge(mailbox, set(shop.promised))


@pytest.mark.usefixtures("valkey")
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_letters_outlive_the_worker_and_the_mail_server(
    database: str, mailbox: Mailbox, valkey: servers.Valkey
) -> None:
    publisher = Part("tests.faults.postman", "publisher")
    worker = Part("tests.faults.postman", "worker")
    try:
        for turn in range(KILLS):
            wait_for_a_letter(mailbox)
            worker.kill()
            worker.start()
            if turn == KILLS // 2:
                mailbox.kill()
                sleep(random.uniform(*LIFE_S))
                mailbox.start()
        wait_for_a_letter(mailbox)
        publisher.kill()
        wait_until_idle(PATIENCE_S)
    finally:
        publisher.kill()
        worker.kill()
    judge(mailbox, set(publisher.promised))
