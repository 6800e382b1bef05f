"""What every request from a browser passes: its visitor cookie and the check of its origin."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pet_app.core.errors import Forbidden
from pet_app.core.http import problem_response
from pet_app.core.security import (
    SESSION_COOKIE,
    VISITOR_COOKIE,
    VISITOR_LASTS,
    cookie_header,
    is_token,
    new_token,
)
from pet_app.core.settings import settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
OUR_COOKIES = frozenset({SESSION_COOKIE, VISITOR_COOKIE})

Headers = Iterable[tuple[bytes, bytes]]


def read_cookies(header: str) -> dict[str, str]:
    """The cookies of a Cookie header, read as forgivingly as browsers write them."""
    return cookie_parser(header)


class VisitorCookie:
    """Gives a browser without a visitor cookie one, with its page or its websocket.

    The new cookie is put into the request as well, so that a first websocket, whose headers
    stay as they were for as long as it is open, knows its visitor from the first event on.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or _has_visitor(scope["headers"]):
            await self.app(scope, receive, send)
            return
        token = new_token()
        cookie = cookie_header(
            VISITOR_COOKIE, token, lasts=VISITOR_LASTS, scheme=scope.get("scheme", "http")
        )

        async def send_with_cookie(message: Message) -> None:
            if _opens_a_page(message):
                added = (b"set-cookie", cookie.encode("latin-1"))
                message = {**message, "headers": [*message.get("headers", ()), added]}
            await send(message)

        if scope["type"] == "websocket":
            scope = {**scope, "headers": _with_visitor(scope["headers"], token)}
        await self.app(scope, receive, send_with_cookie)


class SameOrigin:
    """Refuses what another site makes a browser send with our cookies.

    A browser always names its origin on websockets and on requests that change something, so a
    request without one comes from a program, which cannot borrow anybody's cookies.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _may_change(scope) or _comes_from_us(scope["headers"]):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "Foreign origin"})
        else:
            problem = Forbidden("This came from another site. Open the page here and try again.")
            answer = problem_response(problem.status, problem.title, problem.detail)
            await answer(scope, receive, send)


def _has_visitor(headers: Headers) -> bool:
    return is_token(_cookies(headers).get(VISITOR_COOKIE, ""))


def _with_visitor(headers: Headers, token: str) -> list[tuple[bytes, bytes]]:
    others = [(name, value) for name, value in headers if name != b"cookie"]
    cookies = _cookies(headers) | {VISITOR_COOKIE: token}
    joined = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return [*others, (b"cookie", joined.encode("latin-1"))]


def _opens_a_page(message: Message) -> bool:
    if message["type"] == "websocket.accept":
        return True
    if message["type"] != "http.response.start":
        return False
    return _first(message.get("headers", ()), b"content-type").startswith("text/html")


def _may_change(scope: Scope) -> bool:
    if scope["type"] == "websocket":
        return True
    if scope["type"] != "http" or scope["method"] in SAFE_METHODS:
        return False
    return not OUR_COOKIES.isdisjoint(_cookies(scope["headers"]))


def _comes_from_us(headers: Headers) -> bool:
    origin = _first(headers, b"origin")
    if not origin:
        return _first(headers, b"sec-fetch-site") in ("", "same-origin", "none")
    ours = {_first(headers, b"host"), urlsplit(settings().site_url).netloc}
    return urlsplit(origin).netloc in ours - {""}


def _cookies(headers: Headers) -> dict[str, str]:
    """HTTP/2 may send several Cookie headers; they read as one."""
    lines = (value.decode("latin-1") for name, value in headers if name == b"cookie")
    return read_cookies("; ".join(lines))


def _first(headers: Headers, wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in headers if name == wanted), "")
