"""Every page, handler and route tried by every kind of person, found in the code.

What each asks for is read from what it declares; what asks for nothing has to stand in a list
here, so nobody opens something to everybody without saying so twice.
"""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import pytest
import reflex as rx
from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext
from httpx import Response
from reflex_base.registry import RegisteredEventHandler, RegistrationContext
from reflex_base.utils.format import format_event_handler

from pet_app import sections
from pet_app.api import make_api
from pet_app.core.security import (
    ANYBODY,
    Permission,
    Scope,
)
from pet_app.core.security.door import BROWSERS, EVERYBODY, PROGRAMS, signed_in_caller
from pet_app.core.security.identity import NOT_ALLOWED
from pet_app.ui.page import Page
from pet_app.ui.session import Session
from tests.program import Program
from tests.roles import (
    BAD_FORM,
    LET_IN,
    NEEDED,
    PEOPLE,
    PUBLIC_HANDLERS,
    PUBLIC_PAGES,
    PUBLIC_ROUTES,
    REFUSED,
    SECOND_STEP,
    SENT,
    SIGN_IN,
    SIGN_IN_FIRST,
    SIGN_OUT,
    asked,
    cookies_of,
    expected,
)
from tests.test_handlers import handlers
from tests.test_scopes import address, is_for, routes
from tests.ui.factory import Tab

pytestmark = pytest.mark.usefixtures("sqlite_database")


class Ledger(Session):
    """Open to everybody by mistake: a handler nobody thought about."""

    needs: ClassVar[Permission | None] = None

    @rx.event
    def read_everything(self) -> None: ...


def pages() -> list[Page]:
    """Every page of every section."""
    found: list[Page] = []
    for module in sections.load("pages"):
        found += module.PAGES
    return found


def unlisted_handlers(found: dict[str, RegisteredEventHandler]) -> list[str]:
    """The handlers that anybody may call and that no list here names."""
    return [
        name
        for name, registered in found.items()
        if needs_of(registered) is None
        and not name.endswith(".setvar")
        and name.rpartition(".")[2] not in PUBLIC_HANDLERS.get(registered.states[0].__name__, set())
    ]


def unlisted_pages(found: Iterable[Page]) -> list[str]:
    """The pages that anybody may see and that no list here names."""
    return [page.route for page in found if not page.requires and page.route not in PUBLIC_PAGES]


def unlisted_routes(app: FastAPI) -> list[str]:
    """The routes that anybody may call and that no list here names."""
    return [
        name
        for found in routes(app)
        for name in names_of(found)
        if needed_by(found) is None and is_for(found) not in NEEDED and name not in PUBLIC_ROUTES
    ]


def names_of(found: RouteContext) -> list[str]:
    return [f"{method} {found.path}" for method in sorted(found.methods or ())]


def needs_of(registered: RegisteredEventHandler) -> Permission | None:
    return getattr(registered.states[0], "needs", None)


def needed_by(found: RouteContext) -> Permission | None:
    """What a route asks of a person, by what it declares; None where anybody may come."""
    said = is_for(found)
    asks = said == BROWSERS and _asks(found.dependant, signed_in_caller)
    if asks or said == PROGRAMS:
        return Permission.ACCOUNT
    return None if said in (BROWSERS, EVERYBODY) else NEEDED[Scope(said)]


def _asks(dependant: Dependant, call: Any) -> bool:
    return any(inner.call is call or _asks(inner, call) for inner in dependant.dependencies)


def judged(tab: Tab, handler: Any) -> str:
    """What the guard makes of an event of this tab."""
    update, _ = tab.guard(handler)
    if update is None:
        return LET_IN
    for event in update.events:
        path = str(event.payload.get("path", ""))
        for page, said in (("/login?", SIGN_IN), ("/second-factor?", SECOND_STEP)):
            if path.startswith(page):
                return said
    # What lacks its arguments was let in and then sent back.
    return REFUSED if tab.see(Session).problem == NOT_ALLOWED else LET_IN


def is_as_it_should_be(person: str, name: str, found: RouteContext, answer: Response) -> bool:
    """Whether this is what this kind of person has to be answered by this route."""
    status = answer.status_code
    if status == 500:
        return False
    if name in PUBLIC_ROUTES:
        # A link or a code that is none is 401 for everybody; nobody is asked to sign in.
        return status != 403 and SIGN_IN_FIRST not in answer.text
    if is_for(found) == PROGRAMS:
        return status == 401
    wanted = {SIGN_IN: {401}, SECOND_STEP: {403}, REFUSED: {403}}
    outcome = expected(person, needed_by(found))
    if outcome == LET_IN:
        return status not in (401, 403) and not (name in SENT and BAD_FORM in answer.text)
    return status in wanted[outcome]


def loads(page: Page) -> Iterator[str]:
    """The names of the handlers that run when a page is opened."""
    given = page.on_load if isinstance(page.on_load, list | tuple) else [page.on_load]
    for handler in given:
        if handler is not None:
            yield format_event_handler(getattr(handler, "handler", handler))


@pytest.mark.parametrize("person", PEOPLE)
def test_every_handler_lets_in_whom_its_class_says(person: str) -> None:
    # A tab knows the states there are when it is opened.
    known, tab = handlers(), Tab(**cookies_of(person))
    found = {
        name: (judged(tab, name), expected(person, needs_of(registered)))
        for name, registered in known.items()
        if not name.endswith(".setvar")
    }
    assert len(found) > 80
    assert {name: pair for name, pair in found.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_opens_for_whom_it_says(person: str) -> None:
    listed, tab, wrong = pages(), Tab(**cookies_of(person)), []
    for page in listed:
        tab.go(page.route)
        judgements = {judged(tab, name) for name in loads(page)} or {LET_IN}
        if judgements != {expected(person, page.requires)}:
            wrong.append((page.route, judgements))
    assert wrong == []


@pytest.mark.parametrize("person", PEOPLE)
def test_every_route_answers_whom_it_says(person: str) -> None:
    cookies, wrong = cookies_of(person), []
    with Program(make_api()) as program:
        for found in routes(make_api()):
            for name in names_of(found):
                answer = asked(program, name, address(found), cookies)
                if not is_as_it_should_be(person, name, found, answer):
                    wrong.append((name, answer.status_code, answer.text[:200]))
                if name in SIGN_OUT:
                    cookies = cookies_of(person)
    assert wrong == []


def test_everything_open_to_everybody_stands_in_the_lists() -> None:
    assert unlisted_handlers(handlers()) == []
    assert unlisted_pages(pages()) == []
    assert unlisted_routes(make_api()) == []


def test_the_lists_name_nothing_that_is_gone() -> None:
    assert {page.route for page in pages()} >= PUBLIC_PAGES
    assert {name for found in routes(make_api()) for name in names_of(found)} >= PUBLIC_ROUTES
    known = {
        (found.states[0].__name__, name.rpartition(".")[2]) for name, found in handlers().items()
    }
    listed = {(state, name) for state, names in PUBLIC_HANDLERS.items() for name in names}
    assert listed - known == set()


def test_a_planted_handler_without_a_guard_is_found() -> None:
    name = f"{Ledger.get_full_name()}.read_everything"
    planted = {name: RegistrationContext.get().event_handlers[name]}
    assert unlisted_handlers(planted) == [name]


def test_a_planted_page_without_a_guard_is_found() -> None:
    planted = Page("/everybodys-orders", lambda: None, "Orders")  # pyright: ignore[reportArgumentType]
    assert unlisted_pages([planted]) == ["/everybodys-orders"]


def test_a_planted_route_without_a_guard_is_found() -> None:
    app, planted = make_api(), APIRouter()
    planted.add_api_route("/everybodys-orders", lambda: None, dependencies=[ANYBODY])
    app.include_router(planted, prefix="/api/v1")
    assert unlisted_routes(app) == ["GET /api/v1/everybodys-orders"]
