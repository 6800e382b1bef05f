"""What every request from a browser passes: its visitor cookie and the check of its origin."""

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pet_app.core.errors import Forbidden
from pet_app.core.http import problem_response
from pet_app.core.security.cookies import (
    VISITOR_COOKIE,
    VISITOR_LASTS,
    Headers,
    cookie_header,
    cookies_in,
    with_cookie,
)
from pet_app.core.security.secret import is_token, new_token
from pet_app.core.settings import settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


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
        cookie = cookie_header(VISITOR_COOKIE, token, lasts=VISITOR_LASTS)

        async def send_with_cookie(message: Message) -> None:
            if _opens_a_page(message, scope["headers"]):
                added = (b"set-cookie", cookie.encode("latin-1"))
                message = {**message, "headers": [*message.get("headers", ()), added]}
            await send(message)

        if scope["type"] == "websocket":
            headers = with_cookie(scope["headers"], VISITOR_COOKIE, token)
            scope = {**scope, "headers": headers}
        await self.app(scope, receive, send_with_cookie)


class SameOrigin:
    """Refuses what another site makes a browser send with our cookies.

    A browser always names its origin on websockets and on requests that change something, so a
    request without one comes from a program, which cannot borrow anybody's cookies. Cookies or
    not, another site's page may change nothing: it could sign a visitor in as somebody else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _may_change(scope) or _comes_from_us(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "Foreign origin"})
        else:
            problem = Forbidden("This came from another site. Open the page here and try again.")
            answer = problem_response(problem.status, problem.title, problem.detail)
            await answer(scope, receive, send)


def _has_visitor(headers: Headers) -> bool:
    return is_token(cookies_in(headers).get(VISITOR_COOKIE, ""))


def _opens_a_page(message: Message, asked: Headers) -> bool:
    if message["type"] == "websocket.accept":
        return True
    if message["type"] != "http.response.start":
        return False
    if message["status"] == HTTPStatus.NOT_MODIFIED:
        # A browser that was cleared of cookies may still have kept the page.
        return "text/html" in _first(asked, b"accept")
    return _first(message.get("headers", ()), b"content-type").startswith("text/html")


def _may_change(scope: Scope) -> bool:
    if scope["type"] == "websocket":
        return True
    return scope["type"] == "http" and scope["method"] not in SAFE_METHODS


def _comes_from_us(scope: Scope) -> bool:
    headers = scope["headers"]
    origin = _first(headers, b"origin")
    if not origin:
        return _first(headers, b"sec-fetch-site") in ("", "same-origin", "none")
    site = urlsplit(settings().site_url)
    scheme = scope.get("scheme", "http").replace("ws", "http")
    host = _first(headers, b"host")
    ours = {f"{site.scheme}://{site.netloc}", *([f"{scheme}://{host}"] if host else [])}
    return origin in ours


def _first(headers: Headers, wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in headers if name == wanted), "")
