"""Signing in on a site beside the main one, over HTTP.

All three are addresses that a browser goes to, not calls: whatever happens, they lead to a page.
"""

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from pet_app.core import db
from pet_app.core.errors import Problem, TooManyRequests, Unavailable
from pet_app.core.sections import account_home
from pet_app.core.security import (
    ABSOLUTE,
    BROWSER,
    SESSION_COOKIE,
    Caller,
    cookies_of,
    is_token,
    new_token,
)
from pet_app.core.telemetry import log
from pet_app.user import rules
from pet_app.user.api.shapes import set_cookie
from pet_app.user.client import FromClient
from pet_app.user.oidc.trouble import NotLetIn, Trouble
from pet_app.user.service import sisters

router = APIRouter()

BROWSER_COOKIE = "pet_way"
"""Ties the way to the main site and back to one browser."""
LOGIN = "/login"
AWAY = {"status_code": 303, "response_class": RedirectResponse}
WORDS: dict[type[Problem], Trouble] = {
    TooManyRequests: Trouble.TOO_MANY,
    Unavailable: Trouble.UNREACHABLE,
}

Secret = Annotated[str, Query(max_length=128)]


@router.get("/main-site/start", dependencies=[BROWSER], **AWAY)
def set_out_to_main_site(
    request: Request, client: FromClient, next: Annotated[str, Query(max_length=2000)] = ""
) -> RedirectResponse:
    """Go to the main site to sign in; `next` is the page to show afterwards."""
    known = cookies_of(request).get(BROWSER_COOKIE, "")
    browser = known if is_token(known) else new_token()
    then = rules.page_of_ours(next)
    try:
        with db.writing() as session:
            there = sisters.set_out(session, browser, then, client)
    except Problem as problem:
        return _said(problem, then)
    answer = _to(there)
    set_cookie(answer, BROWSER_COOKIE, browser, sisters.WAY_LASTS)
    return answer


@router.get("/sister-sites/enter", **AWAY)
def enter_sister_site(
    person: Caller,
    site: Annotated[str, Query(max_length=300)] = "",
    state: Secret = "",
    challenge: Secret = "",
) -> RedirectResponse:
    """Go on to a site of ours, vouched for; who is not signed in does that first."""
    try:
        sisters.check_sister(site, state, challenge)
        if not person.signed_in:
            asked = urlencode({"site": site, "state": state, "challenge": challenge})
            return _to(f"{LOGIN}?next={quote(f'{sisters.ENTER}?{asked}', safe='')}")
        with db.writing() as session:
            return _to(sisters.hand_pass(session, person, site, state, challenge))
    except Problem as problem:
        return _said(problem, "")


@router.get("/main-site/callback", **AWAY)
def come_back_from_main_site(
    request: Request, guest: Caller, client: FromClient, state: Secret = "", code: Secret = ""
) -> RedirectResponse:
    """Come back from the main site: signed in, or told why not."""
    then, cookies = "", cookies_of(request)
    try:
        with db.writing() as session:
            way, given, user_id = sisters.take_up(session, state, code)
        sisters.check_pass(way, given, state, cookies.get(BROWSER_COOKIE, ""))
        then = way.then
        with db.writing() as session:
            old_token = cookies.get(SESSION_COOKIE)
            entered = sisters.come_in(session, user_id, given, client, guest, old_token)
    except Problem as problem:
        return _said(problem, then)
    answer = _to(then or account_home())
    set_cookie(answer, SESSION_COOKIE, entered.token, ABSOLUTE)
    return answer


def _said(problem: Problem, then: str) -> RedirectResponse:
    """The page to sign in, which says what went wrong by a word, never a text of its address."""
    word = problem.trouble if isinstance(problem, NotLetIn) else WORDS.get(type(problem))
    reason = problem.reason if isinstance(problem, NotLetIn) else type(problem).__name__
    log.info("not let in through the main site", trouble=word, reason=reason)
    said = {"said": word or Trouble.START_AGAIN, **({"next": then} if then else {})}
    return _to(f"{LOGIN}?{urlencode(said)}")


def _to(address: str) -> RedirectResponse:
    # A code in the address stays out of the next site's sight, and out of every cache.
    headers = {"referrer-policy": "no-referrer", "cache-control": "no-store"}
    return RedirectResponse(address, 303, headers)
