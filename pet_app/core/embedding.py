"""Pages of ours inside pages of others: which may be, where, and with which cookies."""

import re
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pet_app.core.security.cookies import FRAMED, Headers, has_framed
from pet_app.core.settings import settings

NOWHERE = "frame-ancestors 'none'"
PLACE = re.compile(r"\\\[[^/]+?\\\]")


def pattern_of(route: str) -> str:
    """A route as a regular expression, for Python and for a browser alike."""
    return f"^{PLACE.sub('[^/]+', re.escape(route))}/?$".replace("\\-", "-")


class Embedding:
    """ASGI middleware around the whole site: lets listed sites embed the pages of `routes`.

    Nobody else may, and nothing else of ours may be. What comes from within a frame uses cookies
    of its own, which a browser keeps for that pair of sites alone; so it works where cookies of
    third parties are blocked, and no other site's page finds anybody signed in.
    """

    def __init__(self, app: ASGIApp, routes: Iterable[str]) -> None:
        self.app = app
        self.ours = [re.compile(pattern_of(route)) for route in routes]
        self.allowed = "frame-ancestors " + " ".join(settings().embedders)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or not settings().embedders:
            await self.app(scope, receive, send)
            return
        may_be = any(route.fullmatch(scope["path"]) for route in self.ours)

        async def send_openly(message: Message) -> None:
            if may_be and message["type"] == "http.response.start":
                self._open(MutableHeaders(scope=message))
            await send(message)

        headers = scope["headers"]
        inside = has_framed(headers) or (may_be and _is_framed(headers))
        mark = FRAMED.set(inside)
        try:
            await self.app(scope, receive, send_openly)
        finally:
            FRAMED.reset(mark)

    def _open(self, headers: MutableHeaders) -> None:
        policy = headers.get("content-security-policy", "")
        if NOWHERE not in policy or not headers.get("content-type", "").startswith("text/html"):
            return
        headers["content-security-policy"] = policy.replace(NOWHERE, self.allowed)
        headers["cross-origin-resource-policy"] = "cross-origin"
        # The older word for the same knows no list.
        del headers["x-frame-options"]


def _is_framed(headers: Headers) -> bool:
    """Whether a browser asks for a page to show it inside another site's."""
    said = {name: value for name, value in headers if name.startswith(b"sec-fetch-")}
    return said.get(b"sec-fetch-dest") == b"iframe" and said.get(b"sec-fetch-site") == b"cross-site"
