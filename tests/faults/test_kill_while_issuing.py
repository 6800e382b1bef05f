"""A licence desk killed between approval and certificate: each licence has one number, one
certificate that counts, one letter. `make faults` kills it twenty times and more in each mode."""

import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlmodel import select

from pet_app.core import db, storage
from pet_app.core.settings import settings
from pet_app.licensing import service as licensing
from pet_app.licensing import signing
from pet_app.licensing.models import Application, Certificate, Licence
from pet_app.licensing.rules.standing import Kind, Status
from pet_app.messaging.models import JobRow, JobState, OutboxRow
from pet_app.user.models import User
from tests.faults.idle import wait_until_idle
from tests.faults.part import Part
from tests.mailbox import Mailbox

KILLS = int(os.environ.get("KILLS", "1"))
LIFE_S = (0.0, 0.6)
PROMISES = (1, 4)
PATIENCE_S = 180
SUBJECTS = {Kind.NEW: " is licensed", Kind.REPLACEMENT: " new tag"}
ENDS = tuple(SUBJECTS.values())


@pytest.fixture
def mailbox(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """The mail server of the town."""
    found = Mailbox(shop).start()
    monkeypatch.setenv("MAIL_URL", f"smtp://{found.address}?tls=none")
    settings.cache_clear()
    yield found
    found.kill()


def promised(part: Part) -> set[str]:
    """The applications that were approved for whoever waited, in all lives."""
    return {line.partition(" ")[2] for line in part.promised}


def wait_for_promises(part: Part) -> None:
    """Let clerks get somewhere, then let everything live on for a moment."""
    wanted = len(part.promised) + random.randint(*PROMISES)
    deadline = monotonic() + PATIENCE_S
    while len(part.promised) < wanted:
        assert monotonic() < deadline
        sleep(0.005)
    sleep(random.uniform(*LIFE_S))


def test_a_small_desk_is_killed_while_it_issues(sqlite_database: str, mailbox: Mailbox) -> None:
    desk = Part("tests.faults.issuer", "shop")
    try:
        for _ in range(KILLS):
            wait_for_promises(desk)
            desk.kill()
            desk.start()
        wait_for_promises(desk)
        desk.kill()
        desk.role = "finisher"
        desk.start()
        wait_until_idle(PATIENCE_S)
    finally:
        desk.kill()
    judge(desk, mailbox)


@pytest.mark.skipif(KILLS == 1, reason="its four processes take long to start: make faults")
@pytest.mark.usefixtures("valkey")
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_large_desk_is_killed_while_it_issues(database: str, mailbox: Mailbox) -> None:
    desk = Part("tests.faults.issuer", "clerks")
    parts = [desk, *(Part("tests.faults.issuer", "worker") for _ in range(2))]
    try:
        for turn in range(KILLS):
            wait_for_promises(desk)
            victim = parts[(turn + 1) % len(parts)]
            victim.kill()
            victim.start()
        wait_for_promises(desk)
        desk.kill()
        wait_until_idle(PATIENCE_S)
    finally:
        for part in parts:
            part.kill()
    judge(desk, mailbox)


def judge(desk: Part, mailbox: Mailbox) -> None:
    """Compare what was approved with licences, certificates, papers and letters."""
    with db.reading() as session:
        applications = {row.id: row for row in session.exec(select(Application))}
        licences = {row.id: row for row in session.exec(select(Licence))}
        certificates = list(session.exec(select(Certificate)))
        emails = {f"user:{row.id}": row.email for row in session.exec(select(User))}
        states = Counter(session.exec(select(JobRow.state)))
        told = session.exec(
            select(OutboxRow.payload).where(OutboxRow.name == "licence.certificate_ready")
        ).all()
    approved = {row.id: row for row in applications.values() if row.status == Status.APPROVED}
    assert promised(desk) <= approved.keys()
    assert set(states) == {JobState.DONE}, states

    fresh = [row for row in approved.values() if row.kind == Kind.NEW]
    assert Counter(row.licence_id for row in fresh) == Counter(licences.keys())
    assert len({row.number for row in licences.values()}) == len(licences)
    assert len({row.tag_code for row in licences.values()}) == len(licences)

    # One certificate to each approval, in one row without gaps, and only the last one counts.
    assert Counter(row.application_id for row in certificates) == Counter(approved.keys())
    serials: defaultdict[str, list[int]] = defaultdict(list)
    for row in certificates:
        serials[row.licence_id].append(row.serial)
    for licence in licences.values():
        assert sorted(serials[licence.id]) == list(range(1, licence.certificate + 1))
    ready = Counter((payload["licence_id"], payload["serial"]) for payload in told)
    assert set(ready.values()) <= {1}
    counting = [row for row in certificates if row.serial == licences[row.licence_id].certificate]
    for row in counting:
        assert ready[row.licence_id, row.serial] == 1
        assert b"".join(storage.read_private(row.file_key)).startswith(b"%PDF")
        with db.reading() as session:
            assert licensing.verify(session, row.text).good
        assert signing.read(row.text).number == licences[row.licence_id].number

    again = judge_letters(mailbox, approved, counting, licences, emails)
    assert again <= 2 * (KILLS + 1)
    print(
        f"\n{KILLS} kills: {len(approved)} approved, {len(licences)} licences, each with one number"
        f" and one certificate that counts; {len(counting)} letters, {again} sent more than once"
    )


def judge_letters(
    mailbox: Mailbox,
    approved: dict[str, Application],
    counting: list[Certificate],
    licences: dict[str, Licence],
    emails: dict[str, str],
) -> int:
    """One letter for each certificate that counts, however often it was sent; how many came more
    than once."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    letters = mailbox.letters()
    for letter in letters:
        subject = str(letter.message["Subject"])
        kinds = [kind for kind, end in SUBJECTS.items() if subject.endswith(end)]
        if kinds:
            found[letter.to[0], kinds[0]].add(str(letter.message["Message-ID"]))
    for row in counting:
        licence = licences[row.licence_id]
        kind = Kind(approved[row.application_id or ""].kind)
        assert len(found[emails[licence.owner], kind]) == 1
    assert {len(ids) for ids in found.values()} <= {1}
    told = [letter for letter in letters if str(letter.message["Subject"]).endswith(ENDS)]
    return len(told) - sum(len(ids) for ids in found.values())
