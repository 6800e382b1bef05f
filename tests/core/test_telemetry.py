"""Logs without secrets, whoever writes them and however they came to hold one."""

import io
import json
import logging
from collections.abc import Callable, Iterator

import jwt
import pytest
from pydantic import BaseModel
from reflex_base.event import Event
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from pet_app.core import db, telemetry
from pet_app.core.errors import Invalid
from pet_app.core.scrubbing import LONGEST, scrubbed
from pet_app.core.security import new_personal_token, new_token
from pet_app.core.settings import settings

SESSION = new_token()
PERSONAL = new_personal_token()
REFRESH = f"hhr_01jd000000000000000000zzzz.{new_token()}"
ACCESS = jwt.encode({"sub": "u1"}, "k" * 32, "HS256")
PASSWORD = "correct horse battery"
CODE = "492017"
EMAIL = "olive.o'wner+dogs@mail.example.com"
SECRETS = (SESSION, PERSONAL, REFRESH, ACCESS, PASSWORD, CODE, EMAIL)

HEADERS = {
    "host": "shop.test",
    "cookie": f"pet_session={SESSION}; pet_visitor={SESSION}",
    "authorization": f"Bearer {ACCESS}",
}


class Form(BaseModel):
    password: int


class Stream(io.StringIO):
    """What a handler that is not ours wrote."""


@pytest.fixture
def said() -> Iterator[Callable[[], str]]:
    """Everything logged so far, by our own handler and by one that a library keeps to itself."""
    telemetry.configure()
    ours, theirs = Stream(), Stream()
    root, library = logging.getLogger(), logging.getLogger("reflex.some.part")
    own = root.handlers[0]
    assert isinstance(own, logging.StreamHandler)
    before = own.setStream(ours)
    library.addHandler(handler := logging.StreamHandler(theirs))
    yield lambda: ours.getvalue() + theirs.getvalue()
    library.removeHandler(handler)
    if before:
        own.setStream(before)


def raised(fault: Callable[[], object]) -> Exception:
    try:
        fault()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


LINES = [
    f"GET /_event?token={SESSION}&transport=websocket",
    f"headers: {HEADERS}",
    f"headers: {json.dumps(HEADERS)}",
    f"[(b'cookie', b'pet_session={SESSION}'), (b'host', b'x')]",
    f"Cookie: pet_session={SESSION}",
    f"Set-Cookie: __Host-pet_session={SESSION}; Path=/",
    f"Authorization: Bearer {PERSONAL}",
    f"refused {PERSONAL} and {REFRESH} and {ACCESS}",
    f"body {{'email': '{EMAIL}', 'password': '{PASSWORD}', 'code': '{CODE}'}}",
    f'body {{"new_password": "{PASSWORD}", "code":"{CODE}", "totp": "{CODE}"}}',
    f"SignIn(email=\"{EMAIL}\", password='{PASSWORD}', code='{CODE}')",
    f"550 <{EMAIL}> no such mailbox",
    f"Event(name='x', payload={{'password': '{PASSWORD}'}}, router_data={{'headers': {HEADERS}}})",
    f"could not reach smtp://shop:{SESSION}@mail.example.com:465",
]


@pytest.mark.parametrize("line", LINES, ids=map(str, range(len(LINES))))
def test_no_line_holds_a_secret_whoever_writes_it(said: Callable[[], str], line: str) -> None:
    logging.getLogger("reflex.some.part").warning("%s", line)
    telemetry.log.warning("a line", line=line, nested={"deep": [line]})
    assert len(said()) > 0
    assert [secret for secret in SECRETS if secret in said()] == []


def test_no_value_is_logged_under_the_name_of_a_secret(said: Callable[[], str]) -> None:
    telemetry.log.info(
        "signed in", password=PASSWORD, access_token="short", email=EMAIL, code=CODE, cookies=[CODE]
    )
    assert not [secret for secret in (*SECRETS, "short") if secret in said()]


FAULTS: list[Callable[[], object]] = [
    lambda: Form.model_validate({"password": PASSWORD}),
    lambda: int(f"password='{PASSWORD}'"),
    lambda: {}[EMAIL],
    lambda: (_ for _ in ()).throw(Invalid(f"token={SESSION} is not yours")),
    lambda: Event(name="x", payload={}, router_data={"headers": HEADERS}).nothing,  # pyright: ignore
]


@pytest.mark.parametrize("fault", FAULTS)
def test_no_exception_brings_a_secret_along(
    said: Callable[[], str], fault: Callable[[], object]
) -> None:
    error = raised(fault)
    telemetry.log.error("unexpected", exc_info=error)
    logging.getLogger("reflex.some.part").error("Error processing %s", HEADERS, exc_info=error)
    assert "Traceback" in said()
    assert [secret for secret in SECRETS if secret in said()] == []


def test_an_error_of_the_database_does_not_quote_what_was_written(
    said: Callable[[], str], sqlite_database: str
) -> None:
    def twice() -> None:
        with db.writing() as session:
            statement = text("INSERT INTO milestone (name, reached) VALUES (:name, NULL)")
            session.connection().execute(statement, {"name": PASSWORD})

    error = raised(twice)
    assert isinstance(error, IntegrityError)
    telemetry.log.error("unexpected", exc_info=error)
    assert "INSERT INTO milestone" in said()
    assert PASSWORD not in said()


def test_what_helps_stays_readable() -> None:
    for line in (
        "GET /api/v1/pets/01jd000000000000000000zzzz 404 status_code=404",
        "File pet_app/core/security/sessions.py, line 92, in open_sign_in",
        "stored 5d41402abc4b2a76b9719d911017c592ae5d41402abc4b2a76b9719d911017c5.webp",
        "@google/model-viewer@4.4.0",
        "reflex___state____state.pet_app___ui___session____session.dismiss_problem",
    ):
        assert scrubbed(line) == line


def test_a_text_without_end_is_cut_and_takes_no_time() -> None:
    for endless in ("x" * 10**6, "password" * 10**5, "aA-" * 10**6, "a@" * 10**5, "=" * 10**6):
        assert len(scrubbed(endless)) <= LONGEST + 1000


def test_a_line_with_too_few_places_is_written_all_the_same(said: Callable[[], str]) -> None:
    places: tuple[object, ...] = (1, 2)
    logging.getLogger("reflex.some.part").warning("one %s", *places)
    assert "one" in said()


def test_lines_are_json_outside_development(said: Callable[[], str]) -> None:
    assert settings().env == "test"
    telemetry.log.info("hello", number=1)
    assert json.loads(said().splitlines()[0])["number"] == 1
