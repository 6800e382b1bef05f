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
from httpx2 import Response
from reflex_base.registry import RegisteredEventHandler, RegistrationContext
from reflex_base.utils.format import format_event_handler
from starlette.testclient import TestClient

from pet_app import sections
from pet_app.api import make_api
from pet_app.core import db, security
from pet_app.core.ids import new_id
from pet_app.core.security import (
    ANYBODY,
    SESSION_COOKIE,
    VISITOR_COOKIE,
    Permission,
    Role,
    Scope,
    new_token,
)
from pet_app.core.security.door import BROWSERS, EVERYBODY, PROGRAMS, signed_in_caller
from pet_app.core.security.identity import NOT_ALLOWED
from pet_app.ui.page import Page
from pet_app.ui.session import Session
from tests.builder.factory import make_design
from tests.test_handlers import handlers
from tests.test_scopes import address, is_for, routes
from tests.ui.factory import Tab
from tests.user.factory import make_user
from tests.user.test_postal import BERLIN

pytestmark = pytest.mark.usefixtures("sqlite_database")

GUEST = "guest"
USER = "user"
BARE_STAFF = "staff without a second step"
STAFF = "staff"
CLERK = "clerk"
ADMIN = "admin"
DEMO = "demonstration admin"
PEOPLE: tuple[str, ...] = (GUEST, USER, BARE_STAFF, STAFF, CLERK, ADMIN, DEMO)

MAY: dict[Permission | None, set[str]] = {
    None: {*PEOPLE},
    Permission.ACCOUNT: {*PEOPLE} - {GUEST},
    Permission.WORKSHOP: {STAFF, ADMIN, DEMO},
    Permission.LICENCES: {CLERK, ADMIN, DEMO},
    Permission.ADMINISTER: {ADMIN, DEMO},
}
"""Who gets what, in people; written out once more so that no change of the rules goes unseen."""

LET_IN, SIGN_IN, SECOND_STEP, REFUSED = "let in", "sent to sign in", "sent to a second step", "no"

PUBLIC_PAGES = {
    "/",
    "/shop",
    "/product/[handle]",
    "/measuring-guide",
    "/builder",
    "404",
    "/login",
    "/login/code",
    "/register",
    "/verify",
    "/forgot",
    "/reset",
    "/new-email",
}
PUBLIC_HANDLERS = {
    "Session": {"dismiss_problem"},
    "Browsing": {"look_along", "look_at", "choose_sort"},
    "Doors": {"open"},
    "Bench": {
        *("open", "choose", "put_ring", "settle", "measure", "write", "fit_pet", "fit_size"),
        *("measure_in", "undo", "redo", "start_over", "shape", "wear", "explain"),
        *("call", "save", "follow_picture", "retry_picture"),
    },
}
PUBLIC_ROUTES = {
    # What the shop shows everybody.
    *("GET /health", "GET /health/db", "GET /health/redis", "GET /health/queue"),
    *("GET /health/mail", "GET /ready", "GET /media/{key:path}", "HEAD /media/{key:path}"),
    *("GET /api/v1/products", "GET /api/v1/products/{handle}"),
    *("POST /api/v1/builder/quotes", "GET /api/v1/builder/models/{geometry_key}.glb"),
    *("GET /api/v1/builder/animals/{worn_key}.glb", "GET /api/v1/builder/tiles/{name}.png"),
    "GET /api/v1/countries/{country}/address",
    # Read on the developer's own machine only.
    *("GET /api/v1/outbox", "GET /outbox", "GET /outbox/{key}", "GET /outbox/{key}/letter"),
    # The ways in, and out.
    *("POST /api/v1/users", "POST /api/v1/users/confirmation", "POST /api/v1/session"),
    *("POST /api/v1/session/second-factor", "POST /api/v1/session/stay", "DELETE /api/v1/session"),
    *("POST /api/v1/password/forgotten", "POST /api/v1/password/reset"),
    *("POST /api/v1/me/email/confirmation", "POST /api/v1/tokens", "POST /api/v1/tokens/refresh"),
    *("GET /api/v1/oidc/{name}/start", "GET /api/v1/oidc/{name}/callback"),
    # What says of an unknown address that nothing is there.
    *(
        f"{method} /{door}/{{rest:path}}"
        for door in ("api", "webhooks")
        for method in ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
    ),
}
NEEDED: dict[Scope, Permission | None] = dict.fromkeys(Scope, Permission.ACCOUNT) | {
    Scope.WORKSHOP_READ: Permission.WORKSHOP,
    # A guest keeps these too, for the browser they were made in.
    Scope.PETS_READ: None,
    Scope.PETS_WRITE: None,
    Scope.DESIGNS_READ: None,
    Scope.DESIGNS_WRITE: None,
}
"""What the verbs behind each scope ask of a person."""

BODY = {"neck_mm": 460, "girth_mm": 760, "back_mm": 610, "weight_g": 29_000}
PET = {"name": "Biscuit", "species": "dog", **BODY}
DESIGN = {"design": make_design().to_dict(), "request_key": "a click", "name": "Mine"}
HOME = {"country": "DE", "lines": BERLIN, "label": "Home"}
SENT: dict[str, Any] = {
    "POST /api/v1/pets": PET,
    "PUT /api/v1/pets/{pet_id}": PET,
    "PUT /api/v1/pets/{pet_id}/measurements": BODY,
    "PUT /api/v1/pets/{pet_id}/name": {"name": "Scout"},
    "POST /api/v1/builder/designs": DESIGN,
    "PUT /api/v1/builder/designs/{design_id}": DESIGN,
    "PUT /api/v1/builder/designs/{design_id}/name": {"name": "Ours"},
    "POST /api/v1/builder/cutting-plans": {"design_ids": []},
    "POST /api/v1/me/addresses": HOME,
    "PUT /api/v1/me/addresses/{address_id}": HOME,
    "PATCH /api/v1/me": {"name": "Olive"},
    "PATCH /api/v1/me/preferences": {"theme": "dark"},
}
"""What it takes to get past a route's form to the verb that judges who is asking."""

SIGN_OUT = {"DELETE /api/v1/session", "DELETE /api/v1/sessions"}
BAD_FORM = "Some of what was sent cannot be used."
SIGN_IN_FIRST = "Sign in to go on."


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


def expected(person: str, needed: Permission | None) -> str:
    """What becomes of somebody who asks for something that needs this."""
    if person in MAY[needed]:
        return LET_IN
    if person == GUEST:
        return SIGN_IN
    return SECOND_STEP if person == BARE_STAFF and STAFF in MAY[needed] else REFUSED


def cookies_of(person: str) -> dict[str, str]:
    """The cookies of a browser of this kind of person, with an account of its own."""
    visitor = {VISITOR_COOKIE: new_token()}
    if person == GUEST:
        return visitor
    role = {BARE_STAFF: Role.STAFF, DEMO: Role.ADMIN}.get(person) or Role(person)
    with db.writing() as session:
        user = make_user(session, f"{new_id()}@example.com", role=role, demo=person == DEMO)
        token = security.open_sign_in(
            session,
            user_id=user.id,
            role=role,
            name=user.name,
            email=user.email,
            demo=person == DEMO,
            strong=person in (STAFF, CLERK, ADMIN),
        )
    return visitor | {SESSION_COOKIE: token}


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


def asked(program: TestClient, name: str, path: str, cookies: dict[str, str]) -> Response:
    """The answer to a request with these cookies and no others."""
    program.cookies.clear()
    header = "; ".join(f"{cookie}={value}" for cookie, value in cookies.items())
    method = name.partition(" ")[0]
    body = SENT.get(name)
    sent = {"follow_redirects": False, "headers": {"cookie": header}}
    return program.request(method, path, json=body, **sent)


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
    tab = Tab(**cookies_of(person))
    found = {
        name: (judged(tab, name), expected(person, needs_of(registered)))
        for name, registered in handlers().items()
        if not name.endswith(".setvar")
    }
    assert len(found) > 80
    assert {name: pair for name, pair in found.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_opens_for_whom_it_says(person: str) -> None:
    tab, wrong = Tab(**cookies_of(person)), []
    for page in pages():
        tab.go(page.route)
        judgements = {judged(tab, name) for name in loads(page)} or {LET_IN}
        if judgements != {expected(person, page.requires)}:
            wrong.append((page.route, judgements))
    assert wrong == []


@pytest.mark.parametrize("person", PEOPLE)
def test_every_route_answers_whom_it_says(person: str) -> None:
    program = TestClient(make_api(), "http://shop.test", raise_server_exceptions=False)
    cookies, wrong = cookies_of(person), []
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
    assert unlisted_pages([*pages(), planted]) == ["/everybodys-orders"]


def test_a_planted_route_without_a_guard_is_found() -> None:
    app, planted = make_api(), APIRouter()
    planted.add_api_route("/everybodys-orders", lambda: None, dependencies=[ANYBODY])
    app.include_router(planted, prefix="/api/v1")
    assert unlisted_routes(app) == ["GET /api/v1/everybodys-orders"]
