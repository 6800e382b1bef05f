"""Signing in through a provider, and linking one, over HTTP.

The first two are addresses that a browser goes to, not calls: whatever happens, they lead to a
page, which says what went wrong.
"""

from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from pet_app.core import db
from pet_app.core.errors import Problem, TooManyRequests, Unavailable
from pet_app.core.http import RequestBody
from pet_app.core.sections import account_home
from pet_app.core.security import (
    ABSOLUTE,
    BROWSER,
    SESSION_COOKIE,
    Caller,
    Identity,
    SignedInCaller,
    cookies_of,
    fingerprint,
    is_token,
    new_token,
)
from pet_app.core.telemetry import log
from pet_app.user import rules
from pet_app.user import service as users
from pet_app.user.api.shapes import (
    HALF_COOKIE,
    STAY_COOKIE,
    STAY_PAGE,
    Password,
    set_cookie,
)
from pet_app.user.client import Client, FromClient
from pet_app.user.oidc import flow
from pet_app.user.oidc.discovery import provider_named
from pet_app.user.oidc.trouble import NotLetIn, Trouble
from pet_app.user.service import provider as providers
from pet_app.user.service.provider import Journey

router = APIRouter()

BROWSER_COOKIE = "pet_provider"
"""Ties the way to a provider and back to one browser."""
LOGIN = "/login"
CODE_PAGE = "/login/code"
HOME = account_home()
LINKS = "/dashboard/settings/security/providers"
LONGEST_ANSWER = 4096

WORDS: dict[type[Problem], Trouble] = {
    TooManyRequests: Trouble.TOO_MANY,
    Unavailable: Trouble.UNREACHABLE,
}
AWAY = {"status_code": 303, "response_class": RedirectResponse}

Name = Annotated[str, Path(max_length=32)]


class LinkBody(RequestBody):
    """One's own password, shown again."""

    password: Password


class Away(BaseModel):
    """Where the browser goes next."""

    go: str


class LinkShown(BaseModel):
    """A provider; `since` is null and `email` empty where it is not linked."""

    provider: str
    label: str
    email: str
    since: datetime | None


@router.get("/oidc/{name}/start", dependencies=[BROWSER], **AWAY)
def set_out(name: Name, request: Request, client: FromClient, next: str = "") -> RedirectResponse:
    """Go to a provider to sign in; `next` is the page to show afterwards."""
    browser = _browser(request)
    then = rules.page_of_ours(next)
    try:
        provider, ours = provider_named(name), flow.new_secrets()
        journey = Journey(name, fingerprint(browser), ours.nonce, ours.verifier, then)
        with db.writing() as session:
            state = providers.set_out(session, journey, client)
        answer = _to(flow.address_to_go(provider, state, ours))
    except Problem as problem:
        return _said(problem, LOGIN, name, then)
    set_cookie(answer, BROWSER_COOKIE, browser, providers.WAY_LASTS)
    return answer


@router.get("/oidc/{name}/callback", **AWAY)
def come_back(
    name: Name,
    request: Request,
    guest: Caller,
    client: FromClient,
    state: str = "",
    code: str = "",
    error: str = "",
    iss: str = "",
) -> RedirectResponse:
    """Come back from a provider: signed in, linked, or told why not."""
    page, then = LOGIN, ""
    try:
        with db.writing() as session:
            journey = providers.end_journey(session, state)
        if journey.user_id:
            page, then = (LINKS, "") if guest.signed_in else (LOGIN, LINKS)
        else:
            then = journey.then
        browser = cookies_of(request).get(BROWSER_COOKIE, "")
        providers.check_traveller(journey, name, browser, guest)
        _check_answer(code, error)
        visit = flow.arrive(provider_named(name), code, iss, journey.secrets)
        if journey.user_id:
            with db.writing() as session:
                providers.link(session, guest, name, visit)
            return _to(LINKS)
        return _enter(name, visit, request, guest, client, then)
    except Problem as problem:
        return _said(problem, page, name, then)


@router.get("/me/providers")
def list_links(person: SignedInCaller) -> list[LinkShown]:
    """Every provider one may sign in through, and those that are linked."""
    with db.reading() as session:
        records = providers.list_links(session, person)
    return [LinkShown.model_validate(record, from_attributes=True) for record in records]


@router.post("/me/providers/{name}")
def set_out_to_link(
    name: Name,
    body: LinkBody,
    request: Request,
    response: Response,
    person: SignedInCaller,
    client: FromClient,
) -> Away:
    """Begin to link a provider; `go` is where the browser goes to."""
    browser = _browser(request)
    provider, ours = provider_named(name), flow.new_secrets()
    with db.writing() as session:
        credentials = users.begin_proof(session, person, client)
    proof = users.prove_again(credentials, body.password.get_secret_value())
    journey = Journey(
        name, fingerprint(browser), ours.nonce, ours.verifier, user_id=person.user_id or ""
    )
    with db.writing() as session:
        state = providers.set_out_to_link(session, person, proof, client, journey)
    go = flow.address_to_go(provider, state, ours)
    set_cookie(response, BROWSER_COOKIE, browser, providers.WAY_LASTS)
    return Away(go=go)


@router.delete("/me/providers/{name}", status_code=204)
def unlink(name: Name, person: SignedInCaller) -> None:
    """Let a provider open one's account no more."""
    with db.writing() as session:
        providers.unlink(session, person, name)


def _enter(
    name: str, visit: flow.Visit, request: Request, guest: Identity, client: Client, then: str
) -> RedirectResponse:
    """Open the session, or lead to the second step, or ask who is leaving whether to stay."""
    with db.writing() as session:
        old_token = cookies_of(request).get(SESSION_COOKIE)
        entered = providers.enter(session, name, visit, client, guest, old_token)
    if isinstance(entered, users.SignedIn):
        answer = _to(then or HOME)
        set_cookie(answer, SESSION_COOKIE, entered.token, ABSOLUTE)
        return answer
    if isinstance(entered, users.Leaver):
        answer = _to(STAY_PAGE)
        set_cookie(answer, STAY_COOKIE, entered.token, users.STAY_LASTS)
        return answer
    answer = _to(_with(CODE_PAGE, next=then))
    set_cookie(answer, HALF_COOKIE, entered.token, users.SECOND_STEP_LASTS)
    return answer


def _check_answer(code: str, error: str) -> None:
    """Raises `NotLetIn` for an answer that says no, or nothing."""
    if error in ("server_error", "temporarily_unavailable"):
        raise NotLetIn(Trouble.UNREACHABLE, "the provider says so")
    if error or not 0 < len(code) <= LONGEST_ANSWER:
        raise NotLetIn(Trouble.REFUSED, "an error, or no code")


def _browser(request: Request) -> str:
    """The token of this browser; the one it has, so that two open tabs both find their way."""
    known = cookies_of(request).get(BROWSER_COOKIE, "")
    return known if is_token(known) else new_token()


def _said(problem: Problem, page: str, name: str, then: str) -> RedirectResponse:
    """A page that says what went wrong, by a word and never by a text of its address."""
    word = problem.trouble if isinstance(problem, NotLetIn) else WORDS.get(type(problem))
    reason = problem.reason if isinstance(problem, NotLetIn) else type(problem).__name__
    log.info("not let in through a provider", provider=name, trouble=word, reason=reason)
    return _to(_with(page, said=word or Trouble.START_AGAIN, next=then))


def _with(page: str, **said: str) -> str:
    given = {name: value for name, value in said.items() if value}
    return f"{page}?{urlencode(given)}" if given else page


def _to(address: str) -> RedirectResponse:
    # What a provider sent us stays out of the next site's sight.
    return RedirectResponse(address, 303, {"referrer-policy": "no-referrer"})
