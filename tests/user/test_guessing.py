"""Guessing the second step and using one link twice, by whoever already has the password."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from starlette.testclient import TestClient

from pet_app.api import make_api
from pet_app.core import db
from pet_app.core.errors import Problem, TooManyRequests
from pet_app.core.security import Identity
from pet_app.user import service as users
from tests.user.factory import (
    ANOTHER,
    EMAIL,
    GUEST,
    HERE,
    PASSWORD,
    app_code,
    identity_of,
    link_token,
    make_user,
    proof_of_in,
    protect,
    sign_in,
    who,
)

WRONG_CODE = "000000"
GUESSES = 30


def make_protected() -> str:
    """An account with a second step; the secret of its app."""
    with db.writing() as session:
        identity = identity_of(make_user(session))
    return protect(identity)[0]


def program() -> TestClient:
    return TestClient(make_api(), "http://shop.test", client=("127.0.0.1", 50_000))


def ask_for_keys(client: TestClient, code: str) -> int:
    body = {"email": EMAIL, "password": PASSWORD, "code": code}
    return client.post("/api/v1/tokens", json=body).status_code


@pytest.mark.usefixtures("database")
def test_the_password_does_not_win_more_guesses_at_the_code_of_a_program() -> None:
    make_protected()
    client, tried = program(), 0
    who_am_i = {"email": EMAIL, "password": PASSWORD}
    for _ in range(GUESSES):
        # Signing in with the password alone forgets the tries at the password.
        assert client.post("/api/v1/session", json=who_am_i).status_code in (200, 429)
        tried += ask_for_keys(client, WRONG_CODE) == 422
    assert tried <= 5


@pytest.mark.usefixtures("database")
def test_codes_of_programs_and_browsers_are_counted_together() -> None:
    make_protected()
    client = program()
    assert [ask_for_keys(client, WRONG_CODE) for _ in range(3)] == [422] * 3
    who_am_i = {"email": EMAIL, "password": PASSWORD}
    assert client.post("/api/v1/session", json=who_am_i).status_code == 200
    codes = [
        client.post("/api/v1/session/second-factor", json={"code": WRONG_CODE}).status_code
        for _ in range(3)
    ]
    assert codes == [422, 422, 429]


@pytest.mark.usefixtures("database")
def test_the_right_code_clears_the_tries_of_its_owner() -> None:
    secret = make_protected()
    client = program()
    assert ask_for_keys(client, WRONG_CODE) == 422
    assert ask_for_keys(client, app_code(secret)) == 200
    assert [ask_for_keys(client, WRONG_CODE) for _ in range(4)] == [422] * 4


def at_once(tries: int, try_it: Any) -> list[str]:
    """What became of the same thing done by so many at the same moment."""
    together = Barrier(tries)

    def one(number: int) -> str:
        together.wait()
        try:
            try_it(number)
        except Problem as problem:
            return type(problem).__name__
        return "done"

    with ThreadPoolExecutor(tries) as people:
        return sorted(people.map(one, range(tries)))


def ask_for_email(identity: Identity, email: str) -> str:
    """A link that moves an account to another address; its token."""
    with db.writing() as session:
        proof = proof_of_in(session, identity)
        users.ask_for_email(session, identity, proof, HERE, email)
    return link_token(email)


@pytest.mark.usefixtures("database")
def test_one_link_used_by_four_at_once_works_once() -> None:
    with db.writing() as session:
        make_user(session)
    with db.writing() as session:
        users.forgot_password(session, EMAIL, HERE)
    token, fresh = link_token(), users.new_hash(ANOTHER, ())

    def reset(_: int) -> None:
        with db.writing() as session:
            users.reset_password(session, token, fresh, HERE, GUEST, None)

    assert at_once(4, reset) == ["Invalid"] * 3 + ["done"]


@pytest.mark.usefixtures("database")
def test_two_accounts_moving_to_one_address_at_once_leave_it_to_one() -> None:
    tokens = []
    for email in ("olive@old.example", "nora@old.example"):
        with db.writing() as session:
            make_user(session, email)
        tokens.append(ask_for_email(who(sign_in(email).token), "both@new.example"))

    def move(number: int) -> None:
        with db.writing() as session:
            users.confirm_email(session, tokens[number], GUEST, HERE)

    assert at_once(2, move) == ["Conflict", "done"]


@pytest.mark.usefixtures("database")
def test_two_links_to_one_new_account_at_once_open_one() -> None:
    tokens = []
    form = users.check_form("Olive Owner", EMAIL, PASSWORD)
    newcomer = users.newcomer(form)
    for _ in range(2):
        with db.writing() as session:
            users.apply_for_account(session, newcomer, GUEST)
        tokens.append(link_token())

    def confirm(number: int) -> None:
        with db.writing() as session:
            users.open_account(session, tokens[number], newcomer, HERE, GUEST, None)

    assert at_once(2, confirm) == ["Conflict", "done"]


@pytest.mark.usefixtures("database")
def test_one_code_shown_by_four_at_once_lets_one_in() -> None:
    secret = make_protected()
    halves = []
    for _ in range(4):
        client = program()
        body = {"email": EMAIL, "password": PASSWORD}
        assert client.post("/api/v1/session", json=body).status_code == 200
        halves.append(client)
    code = app_code(secret)

    def finish(number: int) -> None:
        answer = halves[number].post("/api/v1/session/second-factor", json={"code": code})
        if answer.status_code != 200:
            raise TooManyRequests(answer.text)

    assert at_once(4, finish) == ["TooManyRequests"] * 3 + ["done"]
