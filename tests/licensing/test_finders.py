"""A tag's page: a finder reaches the owner and learns nothing about them."""

from collections.abc import Iterator

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from pet_app.api import make_api
from pet_app.core import db
from pet_app.core.errors import Invalid, NotFound, TooManyRequests
from pet_app.licensing import service as licensing
from pet_app.licensing.models import FoundMessage, Licence
from pet_app.licensing.rules.standing import LicenceState
from pet_app.messaging.models import OutboxRow
from pet_app.user import service as users
from pet_app.user.client import Client
from tests.licensing.factory_licences import ADMIN, certified, seen

FINDER = Client("203.0.113.9", loopback=False)
PERSONAL = ("Olive", "Biscuit", "Harbor", "olive@example.com", "92101", "0olive", "Beagle")


@pytest.fixture
def code(database: str) -> str:
    """The code on the tag of a licensed dog."""
    licence_id, _ = certified()
    return seen(licence_id).tag_code


@pytest.fixture
def http(database: str) -> Iterator[TestClient]:
    """The site's API, as a stranger asks it."""
    with TestClient(make_api(), client=("203.0.113.9", 50000)) as client:
        yield client


def write(code: str, words: str = "She is at the fountain.", contact: str = "") -> str:
    """Write to the owner as a stranger."""
    with db.writing() as session:
        return licensing.write_to_owner(session, code, words, contact, FINDER)


def test_a_finder_learns_nothing_personal(code: str, http: TestClient) -> None:
    told = http.get(f"/api/v1/licensing/tags/{code}")
    assert told.status_code == 200
    assert set(told.json()) == {
        *("code", "species", "town", "issuer", "licensed", "lost", "words", "can_write"),
    }
    sent = http.post(f"/api/v1/licensing/tags/{code}/messages", json={"words": "Here she is."})
    assert sent.status_code == 202
    assert sent.content == b"null"
    assert not [word for word in PERSONAL if word in told.text + sent.text]


def test_what_the_owner_says_of_a_lost_pet_is_shown_only_while_it_is_lost(code: str) -> None:
    with db.writing() as session:
        licence = session.exec(select(Licence)).one()
        licence.lost, licence.lost_words = True, "She is shy; sit down and wait."
    with db.reading() as session:
        assert licensing.tag_page(session, code).words == "She is shy; sit down and wait."
    with db.writing() as session:
        session.exec(select(Licence)).one().lost = False
    with db.reading() as session:
        found = licensing.tag_page(session, code)
    assert (found.lost, found.words) == (False, "")


def test_a_finders_words_go_to_the_owner_and_into_no_event(code: str) -> None:
    message_id = write(code, "  She is at the fountain.  ", "555 0100")
    with db.reading() as session:
        message = session.get_one(FoundMessage, message_id)
        told = session.exec(
            select(OutboxRow.payload).where(OutboxRow.name == "licence.pet_found")
        ).one()
    assert (message.words, message.contact) == ("She is at the fountain.", "555 0100")
    assert set(told) == {"licence_id", "message_id"}


@pytest.mark.parametrize(
    ("words", "contact", "field"),
    [
        ("", "", "words"),
        (" \n ", "", "words"),
        ("x" * 1001, "", "words"),
        ("Hello", "y" * 121, "contact"),
    ],
    ids=["nothing", "blanks", "too long", "contact too long"],
)
def test_what_cannot_be_sent_says_why(code: str, words: str, contact: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        write(code, words, contact)
    assert set(refused.value.fields) == {field}


def test_nobody_is_flooded_through_a_tag(code: str) -> None:
    for _ in range(10):
        write(code)
    with pytest.raises(TooManyRequests):
        write(code)


def test_codes_cannot_be_guessed_at_leisure(code: str, http: TestClient) -> None:
    assert http.get("/api/v1/licensing/tags/K7TM4QXQ").status_code == 404
    with db.writing() as session:
        for _ in range(59):
            users.count_guess(session, FINDER)
    assert http.get(f"/api/v1/licensing/tags/{code}").status_code == 429


def test_a_code_that_was_misread_says_so(code: str) -> None:
    wrong = "34"[code[0] == "3"] + code[1:]
    with db.reading() as session:
        with pytest.raises(NotFound) as misread:
            licensing.tag_page(session, wrong)
        with pytest.raises(NotFound) as nobody:
            licensing.tag_page(session, "K7TM4QXQ")
    assert "look at each again" in misread.value.detail
    assert "replaced" in nobody.value.detail


def test_a_tag_of_a_licence_that_ended_leads_nowhere_and_of_a_revoked_one_to_its_owner(
    code: str,
) -> None:
    with db.writing() as session:
        licence = session.exec(select(Licence)).one()
        licensing.revoke(session, ADMIN, licence.id, "It is another dog.")
    with db.reading() as session:
        found = licensing.tag_page(session, code)
    assert (found.licensed, found.can_write) == (False, True)
    with db.writing() as session:
        session.exec(select(Licence)).one().state = LicenceState.ENDED.value
    with db.reading() as session, pytest.raises(NotFound):
        licensing.tag_page(session, code)


def test_keys_and_checks_are_open_to_everybody(code: str, http: TestClient) -> None:
    keys = http.get("/api/v1/licensing/keys")
    assert keys.headers["cache-control"] == "public, max-age=300"
    assert {"id", "public", "revoked"} <= set(keys.json()["keys"][0])
    assert "sealed" not in keys.text
    with db.reading() as session:
        number = session.exec(select(Licence.number)).one()
    told = http.post("/api/v1/licensing/verify", json={"text": number})
    assert told.json()["good"] is True
    assert not [word for word in PERSONAL if word in told.text]
