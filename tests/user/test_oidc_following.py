"""What a provider changes is followed: names, addresses, and people who have left."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select, update

from pet_app.core import db
from pet_app.core.security import Role
from pet_app.core.settings import settings
from pet_app.messaging.bus import load_reactions
from pet_app.messaging.models import JobRow, OutboxRow
from pet_app.user import service as users
from pet_app.user.models import LinkedIdentity, User
from pet_app.user.oidc import discovery
from pet_app.user.service import following
from tests.messaging.factory import drain
from tests.servers import free_port
from tests.user.acme import Acme, Browser
from tests.user.factory import identity_of, letters, make_user

pytestmark = pytest.mark.usefixtures("database")


def an_hour_later() -> None:
    """Do what the hour brings."""
    load_reactions()
    with db.writing() as session:
        past = db.database_now(session) - timedelta(hours=2)
        session.exec(update(LinkedIdentity).values(synced=past))
    with db.writing() as session:
        following.ask_providers(session)
    drain()


def user_of(person: dict[str, Any]) -> User:
    with db.reading() as session:
        link = select(LinkedIdentity).where(LinkedIdentity.subject == person["sub"])
        return session.get_one(User, session.exec(link).one().user_id)


@pytest.fixture
def olive(acme: Acme) -> tuple[dict[str, Any], Browser]:
    """Somebody with an account through the provider, and the browser they are signed in with."""
    person, browser = acme.person(), Browser()
    assert browser.enter(person["sub"]) == "/dashboard"
    return person, browser


def test_a_name_and_an_address_changed_there_are_changed_here(
    acme: Acme, olive: tuple[dict[str, Any], Browser]
) -> None:
    person, browser = olive
    acme.tell("person", **person | {"name": "Olive Married"})
    an_hour_later()
    me = browser.me()
    assert me
    assert (me["name"], me["email"]) == ("Olive Married", person["email"])
    moved = f"new.{person['email']}"
    acme.tell("person", **person | {"name": "Olive Married", "email": moved})
    an_hour_later()
    assert user_of(person).email == moved
    assert browser.me() is None
    assert "account.email_changed" in [letter.kind for letter in letters(person["email"])]
    for _ in range(3):
        an_hour_later()
    assert user_of(person).email == moved


def test_what_somebody_chose_here_stays(acme: Acme, olive: tuple[dict[str, Any], Browser]) -> None:
    person, _ = olive
    with db.writing() as session:
        users.rename(session, identity_of(user_of(person)), "Olly")
        session.get_one(User, user_of(person).id).email = "own@example.com"
    acme.tell("person", **person | {"name": "Another", "email": f"new.{person['email']}"})
    an_hour_later()
    assert (user_of(person).name, user_of(person).email) == ("Olly", "own@example.com")


@pytest.mark.parametrize(
    "changed",
    [
        {"email": "taken@example.com"},
        {"email": "unchecked@example.com", "email_verified": False},
        {"email": "no address"},
        {"email": None, "name": None},
        {"name": "\x00" * 500},
    ],
)
def test_an_address_that_is_taken_or_not_checked_is_not_followed(
    acme: Acme, olive: tuple[dict[str, Any], Browser], changed: dict[str, Any]
) -> None:
    person, browser = olive
    with db.writing() as session:
        make_user(session, "taken@example.com")
    acme.tell("person", **person | changed)
    an_hour_later()
    assert user_of(person).email == person["email"]
    assert user_of(person).name == person["name"]
    assert browser.me()


def test_who_is_closed_there_is_signed_out_here_and_may_come_back(
    acme: Acme, olive: tuple[dict[str, Any], Browser]
) -> None:
    person, browser = olive
    acme.tell("close", sub=person["sub"])
    an_hour_later()
    assert browser.me() is None
    assert not user_of(person).disabled
    acme.tell("person", **person)
    again = Browser()
    assert again.enter(person["sub"]) == "/dashboard"
    an_hour_later()
    assert again.me()


def test_a_provider_that_is_down_signs_nobody_out_and_is_asked_again(
    acme: Acme, olive: tuple[dict[str, Any], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    person, browser = olive
    acme.tell("person", **person | {"name": "Olive Married"})
    # The same links, while nobody answers.
    down = Acme(f"http://localhost:{free_port()}", "")
    monkeypatch.setenv("OIDC_PROVIDERS", down.settings())
    settings.cache_clear()
    an_hour_later()
    assert browser.me()
    monkeypatch.setenv("OIDC_PROVIDERS", acme.settings())
    settings.cache_clear()
    discovery.forget()
    an_hour_later()
    assert user_of(person).name == "Olive Married"


def test_each_is_asked_about_once_an_hour_and_nothing_secret_travels(
    olive: tuple[dict[str, Any], Browser],
) -> None:
    person, _ = olive
    an_hour_later()
    with db.writing() as session:
        assert following.ask_providers(session) == 0
    with db.reading() as session:
        link = session.exec(select(LinkedIdentity)).one()
        asking = following.asking_about(session, link.id)
        said = [str(row.payload) for row in session.exec(select(OutboxRow))]
        said += [str(row.payload) for row in session.exec(select(JobRow))]
    assert asking
    assert asking.refresh not in link.refresh + repr(asking) + "".join(said)
    assert person["email"] not in "".join(said)
    assert asking.sealed == link.refresh


def test_a_newer_sign_in_outlives_an_older_answer(
    acme: Acme, olive: tuple[dict[str, Any], Browser]
) -> None:
    person, _ = olive
    with db.reading() as session:
        link = session.exec(select(LinkedIdentity)).one()
        asking = following.asking_about(session, link.id)
    assert asking
    newer = Browser()
    newer.enter(person["sub"])
    with db.writing() as session:
        following.withdrawn(session, asking)
    assert newer.me()
    assert Role(user_of(person).role) == Role.USER
    assert acme.issuer


def test_nobody_is_asked_about_whose_provider_is_offered_no_more(
    olive: tuple[dict[str, Any], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIDC_PROVIDERS", "[]")
    settings.cache_clear()
    an_hour_later()
    assert olive[1].me()
