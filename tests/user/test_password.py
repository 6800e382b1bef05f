"""A forgotten password, a changed one, a changed e-mail: each ends every other session."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from pet_app.core import db
from pet_app.core.engine import engines
from pet_app.core.errors import Forbidden, Invalid, NotSignedIn, TooManyRequests
from pet_app.core.models import SignIn, TokenFamily
from pet_app.core.security import Identity, Role
from pet_app.messaging.models import JobRow, OutboxRow
from pet_app.user import service as users
from pet_app.user.models import OneTime, User
from tests.user.factory import (
    ANOTHER,
    ELSEWHERE,
    EMAIL,
    GUEST,
    HERE,
    PASSWORD,
    app_code,
    enter,
    letters,
    link_token,
    make_user,
    proof_of,
    protect,
    sign_in,
    who,
)

pytestmark = pytest.mark.usefixtures("database")

NEW = "olive@new.example"


@pytest.fixture
def olive(database: str) -> User:
    with db.writing() as session:
        return make_user(session)


def forget(email: str = EMAIL) -> None:
    with db.writing() as session:
        users.forgot_password(session, email, HERE)


def reset(token: str, password: str = ANOTHER) -> users.SignedIn | users.HalfIn:
    """What the door does."""
    with db.writing() as session:
        known = users.begin_reset(session, token, HERE)
    fresh = users.new_hash(password, known)
    with db.writing() as session:
        entered = users.reset_password(session, token, fresh, HERE, GUEST, None)
    assert isinstance(entered, users.SignedIn | users.HalfIn)
    return entered


def change(identity: Identity, current: str = PASSWORD, password: str = ANOTHER) -> None:
    """What the door does."""
    proof = proof_of(identity, current)
    with db.writing() as session:
        fresh = users.new_hash(password, users.own_words(session, identity))
    with db.writing() as session:
        users.change_password(session, identity, proof, HERE, fresh)


def ask_for_email(identity: Identity, email: str = NEW) -> None:
    proof = proof_of(identity)
    with db.writing() as session:
        users.ask_for_email(session, identity, proof, HERE, email)


def confirm_email(token: str, guest: Identity = GUEST) -> users.Moved:
    with db.writing() as session:
        return users.confirm_email(session, token, guest, HERE)


def add_family(user: User) -> None:
    """A program that is signed in with refresh tokens."""
    with db.writing() as session:
        now = db.database_now(session)
        session.add(
            TokenFamily(
                user_id=user.id,
                role=user.role,
                name=user.name,
                email=user.email,
                current="c" * 64,
                created=now,
                expires=now + timedelta(days=7),
            )
        )


def families_alive() -> int:
    with db.reading() as session:
        return len([row for row in session.exec(select(TokenFamily)) if row.revoked is None])


def test_the_link_sets_a_new_password_signs_in_here_and_out_everywhere_else(olive: User) -> None:
    elsewhere = sign_in().token
    add_family(olive)
    forget(" OLIVE@Example.com")
    entered = reset(link_token())
    assert isinstance(entered, users.SignedIn)
    assert who(entered.token).signed_in
    assert not who(elsewhere).signed_in
    assert families_alive() == 0
    with pytest.raises(NotSignedIn):
        sign_in()
    assert sign_in(password=ANOTHER).identity.signed_in
    assert [letter.kind for letter in letters()] == ["account.reset", "account.password_changed"]


@pytest.mark.usefixtures("olive")
def test_a_link_works_once_and_the_other_links_end_with_it() -> None:
    forget()
    first = link_token(kind="reset")
    forget()
    second = link_token(kind="reset")
    reset(first)
    for token in (first, second):
        with pytest.raises(Invalid, match="used before"):
            reset(token, "a third good password")


@pytest.mark.usefixtures("olive")
def test_a_link_runs_out_after_an_hour() -> None:
    forget()
    token = link_token()
    with db.writing() as session:
        row = session.exec(select(OneTime)).one()
        assert row.expires - row.created == timedelta(hours=1)
        row.expires = row.created - timedelta(seconds=1)
    with pytest.raises(Invalid, match="run out"):
        reset(token)


@pytest.mark.usefixtures("olive")
def test_a_link_of_one_purpose_is_no_link_of_another() -> None:
    forget()
    token = link_token()
    with db.writing() as session, pytest.raises(Invalid):
        users.begin_opening(session, token, HERE)
    with pytest.raises(Invalid):
        confirm_email(token)


@pytest.mark.usefixtures("olive")
def test_a_weak_new_password_is_refused_and_the_link_stays_good() -> None:
    forget()
    token = link_token()
    for weak in ("short", "password1", "my-Olive-Owner-1"):
        with pytest.raises(Invalid) as refused:
            reset(token, weak)
        assert refused.value.fields.keys() == {"password"}
    reset(token)


def test_who_has_no_account_gets_no_letter_and_nobody_learns_it() -> None:
    forget("nobody@example.com")
    assert letters("nobody@example.com") == []


def test_neither_closed_nor_demonstration_accounts_are_opened_by_a_link() -> None:
    with db.writing() as session:
        make_user(session).disabled = True
        users.add_demo_accounts(session)
    for email in (EMAIL, "admin@demo.test"):
        forget(email)
        assert letters(email) == []


@pytest.mark.usefixtures("olive")
def test_asking_takes_as_long_whether_or_not_there_is_an_account() -> None:
    forget("warm@example.com")
    done: dict[str, list[str]] = {EMAIL: [], "nobody@example.com": []}
    for email, statements in done.items():

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            statements.append(statement)  # noqa: B023

        listened = engines().writer, "before_cursor_execute", note
        event.listen(*listened)
        forget(email)
        event.remove(*listened)
    # The very same work: a clock would only measure what else the machine does.
    assert done[EMAIL] == done["nobody@example.com"] != []


def test_nothing_personal_lies_in_the_clear_on_the_way(olive: User) -> None:
    identity = who(sign_in().token)
    forget()
    ask_for_email(identity)
    tokens = [link_token(kind="reset"), link_token(NEW)]
    with db.reading() as session:
        rows = [
            *session.exec(select(OutboxRow)),
            *session.exec(select(JobRow)),
            *session.exec(select(OneTime)),
        ]
    lying = " ".join(str(row.model_dump()) for row in rows)
    for value in (EMAIL, NEW, "Olive", *tokens):
        assert value not in lying


@pytest.mark.usefixtures("olive")
def test_a_link_does_not_get_past_the_second_step() -> None:
    secret, _ = protect(who(sign_in().token))
    forget()
    half = reset(link_token(kind="reset"))
    assert isinstance(half, users.HalfIn)
    with db.writing() as session:
        users.begin_second_step(session, half.token)
    with db.writing() as session:
        finished = users.finish_sign_in(session, half.token, app_code(secret), HERE, GUEST, None)
    assert isinstance(finished, users.SignedIn)
    assert finished.identity.strong


@pytest.mark.usefixtures("olive")
def test_who_is_locked_out_by_a_stranger_gets_in_by_the_link() -> None:
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            sign_in(password="a wrong one", client=ELSEWHERE)
    with pytest.raises(TooManyRequests):
        sign_in()
    forget()
    reset(link_token())
    assert sign_in(password=ANOTHER).identity.signed_in


def test_a_changed_password_ends_every_session_but_this_one(olive: User) -> None:
    here, elsewhere = sign_in().token, sign_in().token
    half_way = enter()
    add_family(olive)
    change(who(here))
    assert who(here).signed_in
    assert not who(elsewhere).signed_in
    assert isinstance(half_way, users.SignedIn)
    assert families_alive() == 0
    assert sign_in(password=ANOTHER).identity.signed_in
    assert letters()[-1].kind == "account.password_changed"


@pytest.mark.usefixtures("olive")
def test_changing_the_password_takes_the_one_before() -> None:
    identity = who(sign_in().token)
    with pytest.raises(Invalid):
        change(identity, current="a wrong one")
    with pytest.raises(NotSignedIn):
        change(GUEST)
    for _ in range(4):
        with pytest.raises(Invalid):
            change(identity, current="a wrong one")
    with pytest.raises(TooManyRequests):
        change(identity)
    # A thief of the session uses up its own tries, not those of the owner.
    assert sign_in().identity.signed_in


def test_a_program_cannot_change_what_guards_an_account(olive: User) -> None:
    program = Identity("", olive.id, Role.USER, scopes=frozenset({"profile:write"}))
    with db.writing() as session, pytest.raises(Forbidden):
        users.begin_proof(session, program, HERE)


def test_demonstration_accounts_stay_as_they_are() -> None:
    with db.writing() as session:
        demo = users.add_demo_accounts(session)["owner@demo.test"]
        identity = Identity("", demo.id, Role.USER, demo=True)
        with pytest.raises(Forbidden, match="Demonstration"):
            users.begin_proof(session, identity, HERE)


@pytest.mark.usefixtures("olive")
def test_an_account_moves_when_the_new_address_is_proved_and_the_old_one_is_told() -> None:
    here, elsewhere = sign_in().token, sign_in().token
    ask_for_email(who(here))
    token = link_token(NEW)
    assert who(here).email == EMAIL
    assert NEW in letters()[-1].text
    assert confirm_email(token, who(here)) == users.Moved(NEW, here=True)
    assert who(here).email == NEW
    assert not who(elsewhere).signed_in
    assert [letter.kind for letter in letters()] == ["account.email_asked", "account.email_changed"]
    with pytest.raises(NotSignedIn):
        sign_in()
    assert sign_in(NEW).identity.signed_in
    with pytest.raises(Invalid):
        confirm_email(token, who(here))


@pytest.mark.usefixtures("olive")
def test_a_new_password_stops_a_change_of_address() -> None:
    ask_for_email(who(sign_in().token))
    token = link_token(NEW)
    forget()
    reset(link_token(kind="reset"))
    with pytest.raises(Invalid):
        confirm_email(token)


@pytest.mark.usefixtures("olive")
def test_the_sessions_left_are_those_of_this_browser_only_after_a_reset() -> None:
    for _ in range(3):
        sign_in()
    forget()
    reset(link_token())
    with db.reading() as session:
        assert len(session.exec(select(SignIn)).all()) == 1
