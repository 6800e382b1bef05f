"""A copy of everything that is held about somebody."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlmodel import col, delete, select
from starlette.testclient import TestClient

from pet_app.core import db, storage
from pet_app.core.errors import Conflict, NotFound, NotSignedIn, TooManyRequests
from pet_app.core.media import media
from pet_app.core.personal import Shown
from pet_app.core.security import Identity
from pet_app.messaging import signal
from pet_app.messaging.clock import schedule
from pet_app.messaging.models import JobRow
from pet_app.user import archive
from pet_app.user.models import Takeout, TakeoutState
from pet_app.user.service import takeout as takeouts
from pet_app.user.service import tokens
from tests.messaging.factory import drain, hasten, hints, jobs
from tests.user.factory import EMAIL, GUEST, PASSWORD, letters, make_user, protect, sign_in, who
from tests.user.test_api import new_browser

pytestmark = pytest.mark.usefixtures("database")

NAME = "<b>Þórgunnur</b> 山田"


@pytest.fixture
def person(database: str) -> Identity:
    """Somebody with an account, signed in."""
    with db.writing() as session:
        make_user(session, name=NAME)
    return who(sign_in().token)


def ask(person: Identity) -> takeouts.TakeoutRecord:
    with db.writing() as session:
        return takeouts.ask_for_copy(session, person)


def latest(person: Identity) -> takeouts.TakeoutRecord | None:
    with db.reading() as session:
        return takeouts.latest_copy(session, person)


def fetched(person: Identity, takeout_id: str) -> zipfile.ZipFile:
    with db.reading() as session:
        key, found = takeouts.copy_file(session, person, takeout_id)
    data = b"".join(storage.read_private(key))
    assert len(data) == found.size
    return zipfile.ZipFile(BytesIO(data))


def age(by: timedelta) -> None:
    with db.writing() as session:
        for row in session.exec(select(Takeout)):
            row.asked -= by
            row.expires = row.expires and row.expires - by
            session.add(row)


def purge() -> None:
    """As the clock has it done once an hour."""
    with db.writing() as session:
        session.exec(delete(JobRow).where(col(JobRow.kind) == "cron.forget old copies"))
    schedule()
    drain()


def private_files(shop: Path) -> list[Path]:
    return [file for file in (shop / "storage").rglob("*.zip*") if file.is_file()]


def test_a_copy_holds_everything_and_no_secret(person: Identity) -> None:
    _, codes = protect(person)
    with db.writing() as session:
        text, _ = tokens.make_token(session, person, "Backup", ["pets:read"], 30)
    asked = ask(person)
    assert "The copy of your data is ready" in {letter.subject for letter in letters()}
    copy = fetched(person, asked.id)
    assert {"account.json", "letters.json", "README.txt"} <= set(copy.namelist())
    said = json.loads(copy.read("account.json"))
    assert said["account"][0]["name"] == NAME
    assert said["account"][0]["email"] == EMAIL
    assert said["tokens"][0]["title"] == "Backup"
    assert len(said["sign-ins"]) == 1
    whole = b"".join(copy.read(name) for name in copy.namelist()).decode()
    assert not any(secret in whole for secret in (text, *codes, "argon2", 'totp"', "sealed"))


def test_the_letter_leads_to_the_page_and_holds_no_data(person: Identity) -> None:
    ask(person)
    (letter,) = letters()
    assert "/dashboard/settings/data" in letter.text
    assert "/file" not in letter.text


def test_one_copy_at_a_time_and_five_a_day(person: Identity) -> None:
    ask(person)
    with pytest.raises(Conflict, match="being made already"):
        ask(person)
    for _ in range(4):
        letters()
        ask(person)
    letters()
    with pytest.raises(TooManyRequests):
        ask(person)
    age(timedelta(days=1))
    ask(person)


def test_nobody_else_fetches_it_and_no_public_path_leads_there(person: Identity) -> None:
    asked = ask(person)
    letters()
    with db.writing() as session:
        make_user(session, "mallory@example.com", name="Mallory")
    mallory = who(sign_in("mallory@example.com").token)
    with db.reading() as session:
        key, _ = takeouts.copy_file(session, person, asked.id)
        for stranger, takeout_id in ((mallory, asked.id), (person, "x"), (person, "0" * 26)):
            with pytest.raises(NotFound):
                takeouts.copy_file(session, stranger, takeout_id)
        with pytest.raises(NotSignedIn):
            takeouts.copy_file(session, GUEST, asked.id)
    with pytest.raises(NotFound):
        media(key)


def test_it_is_asked_for_watched_and_fetched_over_http(person: Identity) -> None:
    browser: TestClient = new_browser()
    assert browser.post("/api/v1/me/takeouts").status_code == 401
    browser.post("/api/v1/session", json={"email": EMAIL, "password": PASSWORD})
    assert browser.get("/api/v1/me/takeouts").json() == {"latest": None}
    asked = browser.post("/api/v1/me/takeouts")
    assert (asked.status_code, asked.json()["state"], asked.json()["url"]) == (202, "asked", "")
    assert browser.post("/api/v1/me/takeouts").status_code == 409
    letters()
    ready = browser.get("/api/v1/me/takeouts").json()["latest"]
    assert (ready["state"], ready["progress"]) == ("ready", 100)
    file = browser.get(ready["url"])
    assert file.headers["content-type"] == "application/zip"
    assert file.headers["cache-control"] == "no-store"
    assert file.headers["content-disposition"].startswith('attachment; filename="harness-hero-')
    assert zipfile.ZipFile(BytesIO(file.content)).testzip() is None
    browser.delete("/api/v1/session")
    assert browser.get(ready["url"]).status_code == 401


def test_it_is_gone_after_a_week(person: Identity, shop: Path) -> None:
    asked = ask(person)
    letters()
    age(timedelta(days=6, hours=23))
    purge()
    assert fetched(person, asked.id)
    age(timedelta(hours=2))
    assert latest(person) is None
    with pytest.raises(NotFound):
        fetched(person, asked.id)
    purge()
    assert private_files(shop) == []
    with db.reading() as session:
        assert session.exec(select(Takeout)).all() == []


def test_a_copy_that_is_made_twice_or_was_killed_half_way_leaves_one_file(
    person: Identity, shop: Path
) -> None:
    asked = ask(person)
    # The first hint was taken up by a process that stored the file and was killed.
    hints()
    with db.writing() as session:
        gathered = takeouts.gather(session, asked.id)
    assert gathered
    storage.put_private(gathered.storage_key, BytesIO(b"half a copy"))
    hasten()
    letters()
    assert len(private_files(shop)) == 1
    assert fetched(person, asked.id).testzip() is None
    assert [job.state for job in jobs("user.make_copy")] == ["done"]
    assert sum("copy" in letter.kind for letter in letters()) == 1


def test_one_that_stands_still_is_shown_as_failed_and_may_be_asked_again(person: Identity) -> None:
    ask(person)
    age(timedelta(hours=1))
    found = latest(person)
    assert found
    assert found.state == TakeoutState.FAILED
    assert ask(person).state == TakeoutState.ASKED


def test_open_pages_hear_how_far_it_is(person: Identity) -> None:
    heard: list[int] = []

    def look() -> None:
        found = latest(person)
        heard.append(found.progress if found else -1)

    with signal.watching(takeouts.topic(person.user_id or ""), look):
        ask(person)
        letters()
    assert heard[0] == 0
    assert heard[-1] == 100


def test_what_is_too_large_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 10)
    files = {"models/a.glb": "1", "pictures/a.webp": "2", "pictures/b.webp": "3"}
    stored = {"1": b"x" * 6, "2": b"y" * 6, "3": None}
    heard: list[int] = []
    file = BytesIO()
    with db.reading() as session:
        at = db.database_now(session)
    written = archive.write(
        file, {"designs": Shown({"designs": [{"name": "山"}]}, files)}, at, stored.get, heard.append
    )
    copy = zipfile.ZipFile(file)
    assert written.left_out == ("models/a.glb",)
    assert set(copy.namelist()) == {"designs.json", "pictures/a.webp", "README.txt"}
    assert "models/a.glb" in copy.read("README.txt").decode()
    assert heard == sorted(heard)
    assert heard[-1] == 95
