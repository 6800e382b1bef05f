"""The letters about accounts: to whom, once each, and none to who has left."""

from datetime import UTC, datetime

import pytest
from sqlmodel import delete, select

from pet_app.core import db, vault
from pet_app.core.mail import render
from pet_app.core.mail.letter import Letter
from pet_app.core.moments import minute
from pet_app.messaging.bus import REACTIONS, Event, load_reactions
from pet_app.messaging.models import JobRow
from pet_app.messaging.outbox import publish
from pet_app.user import letters as written
from pet_app.user.events import (
    EmailChangeAskedFor,
    EmailChanged,
    PasswordChanged,
    RecoveryCodesRenewed,
    RecoveryCodeUsed,
    SecondFactorRemoved,
    SecondFactorSet,
)
from pet_app.user.models import User
from tests.messaging.factory import drain, hasten
from tests.user.factory import EMAIL, letters, make_user

pytestmark = pytest.mark.usefixtures("sqlite_database")

AT = datetime(2026, 5, 3, 14, 5, tzinfo=UTC)
TOKEN = "t" * 43
EVERY_LETTER = {
    "confirm": written.confirm_address(TOKEN),
    "taken": written.have_one_already("Olive"),
    "reset": written.new_password_link("Olive", TOKEN),
    "password": written.password_changed("Olive", AT),
    "new address": written.confirm_new_address(TOKEN),
    "asked": written.address_change_asked("Olive", "olive@new.example"),
    "moved": written.address_changed("Olive", "olive@new.example", AT),
    "on": written.second_step_set("Olive", AT),
    "off": written.second_step_removed("Olive", AT),
    "used": written.recovery_code_used("Olive", 1, AT),
    "renewed": written.recovery_codes_renewed("Olive", AT),
    "device": written.new_sign_in("Olive", "Firefox on Linux", "203.0.113.0/24", AT),
}


def happened(event: Event) -> None:
    with db.writing() as session:
        publish(session, event)


@pytest.fixture
def olive() -> User:
    with db.writing() as session:
        user = make_user(session)
        vault.seal(session, user.id, "so that there is a key")
        return user


@pytest.mark.parametrize("name", EVERY_LETTER)
def test_a_letter_says_what_to_do_if_it_was_not_you_and_shows_its_links_as_text(name: str) -> None:
    letter: Letter = EVERY_LETTER[name]
    said = render.text(letter)
    assert "not you" in said or "did not ask" in said
    assert "http" in said or name == "moved"
    assert letter.kind.startswith("account.")


def test_tokens_ride_behind_the_hash_where_no_server_sees_them() -> None:
    for letter in EVERY_LETTER.values():
        said = render.text(letter)
        assert said.count(TOKEN) == said.count(f"#{TOKEN}")


def test_a_moment_is_written_as_people_read_it() -> None:
    assert minute(AT) == "3 May 2026, 14:05 UTC"


@pytest.mark.parametrize(
    "kind",
    [PasswordChanged, SecondFactorSet, SecondFactorRemoved, RecoveryCodesRenewed],
)
def test_a_change_is_told_once_although_its_job_runs_twice(
    olive: User, kind: type[PasswordChanged]
) -> None:
    happened(kind(user_id=olive.id))
    assert len(letters()) == 1
    with db.writing() as session:
        for job in session.exec(select(JobRow)):
            job.state, job.ended = "ready", None
    hasten()
    drain()
    assert len(letters()) == 1


def test_who_has_left_gets_no_letter_and_no_job_fails(olive: User) -> None:
    with db.writing() as session:
        sealed = vault.seal(session, olive.id, "secret")
        vault.destroy_key(session, olive.id)
        session.exec(delete(User))
    for event in (
        PasswordChanged(olive.id),
        RecoveryCodeUsed(olive.id, 3),
        EmailChanged(olive.id, sealed),
        EmailChangeAskedFor(olive.id, sealed),
    ):
        happened(event)
    assert letters(EMAIL) == []
    with db.reading() as session:
        assert {job.state for job in session.exec(select(JobRow))} == {"done"}


def test_every_letter_of_accounts_waits_in_the_queue_of_letters() -> None:
    load_reactions()
    doing = ("user.send_", "user.tell_", "user.warn_")
    senders = [found for name, found in REACTIONS.items() if name.startswith(doing)]
    assert len(senders) >= 10
    assert {found.queue for found in senders} == {"letters"}
