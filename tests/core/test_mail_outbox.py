"""Without a mail server letters are kept, and read on this machine alone."""

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from functools import reduce
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select, update

from pet_app.api import make_api
from pet_app.around import around
from pet_app.core import db, vault
from pet_app.core.mail import kept
from pet_app.core.mail.letter import Button, Facts, Letter, Text
from pet_app.core.mail.post import post
from pet_app.core.models import LetterRow, LetterState
from pet_app.core.settings import settings

LETTER = Letter(
    "account.verify", "Confirm <b>your</b> address", (Text("Hello"), Button("Go", "/verify#secret"))
)
HERE = "http://localhost:3000"


def client(address: str = "127.0.0.1", base_url: str = HERE) -> TestClient:
    """A visitor of the API with everything that stands around it, from this address."""
    built = settings().data_dir / "built"
    built.mkdir(exist_ok=True)
    (built / "404.html").write_text("<script>1</script>")
    site = reduce(lambda inside, wrap: wrap(inside), around(built), make_api())
    return TestClient(site, base_url=base_url, client=(address, 5000))


@pytest.fixture
def here(sqlite_database: str) -> Iterator[TestClient]:
    """Somebody who sits at this machine."""
    with client() as found:
        yield found


def send(key: str = "1:user.send", to: str = "zoe@example.test", person: str = "zoe") -> None:
    post(LETTER, person=person, to=to, key=key)


@pytest.mark.parametrize("person", ["zoe", ""])
def test_a_kept_letter_is_sealed_and_can_be_read(database: str, person: str) -> None:
    send(person=person)
    send(person=person)
    with db.reading() as session:
        (row,) = session.exec(select(LetterRow)).all()
        (letter,) = kept.latest(session)
    assert (row.state, row.tries) == (LetterState.KEPT, 1)
    assert "zoe@" not in row.sealed
    assert "secret" not in row.sealed
    assert (letter.to, letter.subject) == ("zoe@example.test", "Confirm <b>your</b> address")
    assert "/verify#secret" in letter.text
    assert "/verify#secret" in letter.html


def test_a_letter_whose_reader_is_forgotten_says_nothing_more(database: str) -> None:
    send()
    with db.writing() as session:
        vault.destroy_key(session, "zoe")
    with db.reading() as session:
        (letter,) = kept.latest(session)
    assert (letter.state, letter.to, letter.text, letter.source) == (LetterState.KEPT, "", "", "")


def test_a_program_reads_the_letters_to_one_address(here: TestClient) -> None:
    send("1", "zoe@example.test")
    send("2", "ben@example.test")
    found = here.get("/api/v1/outbox").json()["letters"]
    assert [letter["to"] for letter in found] == ["ben@example.test", "zoe@example.test"]
    found = here.get("/api/v1/outbox", params={"to": "zoe@example.test"}).json()["letters"]
    assert [(letter["key"], letter["subject"]) for letter in found] == [
        ("1", "Confirm <b>your</b> address")
    ]


@pytest.mark.parametrize("path", ["/outbox", "/outbox/1", "/outbox/1/letter", "/api/v1/outbox"])
@pytest.mark.parametrize(
    ("address", "base_url"),
    [("192.0.2.7", HERE), ("192.0.2.7", "http://192.0.2.1"), ("127.0.0.1", "http://evil.test")],
)
def test_nobody_else_reads_the_outbox(
    sqlite_database: str, path: str, address: str, base_url: str
) -> None:
    send("1")
    with client(address, base_url) as stranger:
        answered = stranger.get(path)
    assert answered.status_code == 404
    assert "secret" not in answered.text


@pytest.mark.parametrize("path", ["/outbox", "/outbox/1", "/outbox/1/letter", "/api/v1/outbox"])
def test_there_is_no_outbox_in_production(
    sqlite_database: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    send("1")
    with client() as made_before:
        monkeypatch.setattr(settings(), "env", "production")
        assert made_before.get(path).status_code == 404
    with client() as made_in_production:
        assert made_in_production.get(path).status_code == 404
    assert kept.outbox_address(loopback=True) == ""


class Tags(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.said = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.mark.parametrize("view", ["look", "text", "source"])
def test_what_a_letter_says_is_only_text_on_the_page(here: TestClient, view: str) -> None:
    hostile = Letter("x", "<script>1</script>", (Text("<img src=x onerror=1>"),))
    post(hostile, person="", to="zoe@example.test", key="1:user.send")
    (address,) = re.findall(r'href="(/outbox/[^"]+)"', here.get("/outbox").text)
    page = Tags(here.get(address, params={"view": view}).text)
    assert "<script>1</script>" in page.said
    assert not {"script", "img"} & set(page.names)


def test_a_letter_is_shown_where_nothing_can_run(here: TestClient) -> None:
    send("1")
    page = here.get("/outbox/1")
    assert "script" not in Tags(page.text).names
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    style = re.findall("<style>(.*?)</style>", page.text, re.DOTALL)[0].encode()
    assert f"'sha256-{b64encode(sha256(style).digest()).decode()}'" in policy
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    shown = here.get("/outbox/1/letter")
    policy = shown.headers["content-security-policy"]
    assert policy.startswith("sandbox ")
    assert "frame-ancestors 'self'" in policy
    assert shown.headers["x-frame-options"] == "SAMEORIGIN"
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy + page.text
    assert "<b>your</b>" not in shown.text


def test_a_letter_on_its_way_is_listed_without_what_it_says(here: TestClient) -> None:
    send("1")
    with db.writing() as session:
        waiting = {"state": LetterState.WAITING, "sealed": "", "reason": "No answer.\nbusy"}
        session.exec(update(LetterRow).values(waiting))
    page = here.get("/outbox/1").text
    assert "Waiting" in page
    assert "No answer." in page
    assert "not kept" in page


def test_letters_are_forgotten_after_ninety_days(database: str) -> None:
    send("old")
    with db.writing() as session:
        then = db.database_now(session) - timedelta(days=91)
        session.exec(update(LetterRow).values(created=then))
    send("new")
    with db.writing() as session:
        kept.forget_old(session)
        assert [row.id for row in session.exec(select(LetterRow))] == ["new"]


def test_facts_are_kept_too(here: TestClient) -> None:
    facts = Letter("x", "Facts", (Facts((("When", "today"),)),))
    post(facts, person="", to="zoe@example.test", key="1")
    assert "When: today" in here.get("/outbox/1", params={"view": "text"}).text
