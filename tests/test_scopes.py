"""Every route says whom it is for, found in the code, so that a new one cannot be forgotten."""

import re
from collections.abc import Iterator

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from pet_app.api import make_api
from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.security import (
    SCOPE_WORDS,
    SESSION_COOKIE,
    Identity,
    Role,
    Scope,
    access_token,
    open_family,
)
from pet_app.core.security.door import (
    BROWSERS,
    EVERYBODY,
    NOT_IN_SCOPE,
    PROGRAMS,
    whom_it_is_for,
)
from pet_app.user.service import tokens
from tests.program import Program
from tests.ui.factory import signed_in_cookies

BY_FASTAPI = {"/api/openapi.json"}
PLACE = re.compile(r"\{(\w+)(?::path)?\}")
WORDS = {"suffix": "pdf", "country": "DE", "page": "1"}


def routes(app: FastAPI) -> Iterator[RouteContext]:
    """Every route of an application that is ours."""
    for found in iter_route_contexts(app.routes):
        if found.path not in BY_FASTAPI:
            assert isinstance(found.original_route, APIRoute), found.path
            yield found


def silent(app: FastAPI) -> list[str]:
    """The routes that say nothing, or two things, of whom they are for."""
    return [str(found.path) for found in routes(app) if len(whom_it_is_for(found.dependant)) != 1]


def is_for(found: RouteContext) -> str:
    (said,) = whom_it_is_for(found.dependant)
    return said


def doors() -> list[tuple[str, str, str]]:
    """Method, address and whom it is for, of every route; ids are ones that nothing has."""
    return [
        (method, address(found), is_for(found))
        for found in routes(make_api())
        for method in sorted(found.methods or ())
    ]


def address(found: RouteContext) -> str:
    return PLACE.sub(lambda name: WORDS.get(name[1], new_id()), str(found.path))


@pytest.fixture
def program(sqlite_database: str) -> Iterator[Program]:
    with Program(make_api()) as found:
        yield found


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def make_access_token(role: Role = Role.USER, *, strong: bool = True) -> str:
    with db.writing() as session:
        family, _ = open_family(
            session, user_id="u1", role=role, name="Ada", email="ada@example.org", strong=strong
        )
        return access_token(session, family)


def make_personal_token(*scopes: Scope, user_id: str = "u1") -> str:
    ada = Identity(user_id=user_id, role=Role.USER, name="Ada", email="ada@example.org")
    with db.writing() as session:
        return tokens.make_token(session, ada, "a script", scopes, None)[0]


def test_every_route_says_one_thing_of_whom_it_is_for() -> None:
    assert silent(make_api()) == []


def test_a_route_that_says_nothing_is_found() -> None:
    app, planted = make_api(), APIRouter()
    planted.add_api_route("/planted", lambda: None)
    app.include_router(planted, prefix="/api")
    assert silent(app) == ["/api/planted"]


def test_every_scope_opens_something_and_is_explained() -> None:
    said = {is_for(found) for found in routes(make_api())}
    assert said - {BROWSERS, EVERYBODY, PROGRAMS} == set(Scope) == SCOPE_WORDS.keys()


def test_a_token_opens_the_routes_of_its_scope_and_no_other(program: Program) -> None:
    """A route that let in a second scope would let in the token that has all but its own."""
    own = {scope: make_personal_token(scope, user_id="u2") for scope in Scope}
    others = {scope: make_personal_token(*(set(Scope) - {scope}), user_id="u3") for scope in Scope}
    every = make_personal_token(*Scope)
    for method, path, said in doors():
        if said in own:
            mine = program.request(method, path, headers=bearer(own[Scope(said)]))
            missing = NOT_IN_SCOPE.format(scope=said)
            assert mine.status_code not in (401, 500), (method, path, mine.text)
            assert missing not in mine.text, (method, path)
            answer = program.request(method, path, headers=bearer(others[Scope(said)]))
            assert answer.status_code == 403, (method, path, answer.text)
            assert missing in answer.text, (method, path, answer.text)
            continue
        if said == PROGRAMS:
            # signing out takes the token along
            every = make_personal_token(*Scope)
        answer = program.request(method, path, headers=bearer(every))
        if said == BROWSERS:
            assert answer.status_code == 403, (method, path, answer.text)
        else:
            assert answer.status_code not in (401, 500) or said == PROGRAMS, (method, path)


def test_a_token_nobody_made_opens_nothing(program: Program) -> None:
    for method, path, said in doors():
        if said != EVERYBODY:
            answer = program.request(method, path, headers=bearer("hh_" + "x" * 43))
            assert answer.status_code in (401, 403), (method, path)
            assert (answer.headers["content-type"]) == "application/problem+json"


def test_beside_a_token_cookies_count_for_nothing(program: Program) -> None:
    cookie = {"cookie": f"{SESSION_COOKIE}={signed_in_cookies()[SESSION_COOKIE]}"}
    assert program.get("/api/v1/me", headers=cookie).status_code == 200
    assert program.get("/api/v1/me", headers=cookie | bearer("nonsense")).status_code == 401
    narrow = cookie | bearer(make_personal_token(Scope.PETS_READ))
    assert program.get("/api/v1/me", headers=narrow).status_code == 403


@pytest.mark.parametrize(
    ("role", "strong", "status"),
    [(Role.USER, True, 403), (Role.STAFF, False, 403), (Role.STAFF, True, 404)],
)
def test_a_scope_gives_nobody_more_than_their_role(
    program: Program, role: Role, strong: bool, status: int
) -> None:
    token = make_access_token(role, strong=strong)
    path = f"/api/v1/builder/designs/{new_id()}/pack.pdf"
    assert program.get(path, headers=bearer(token)).status_code == status
