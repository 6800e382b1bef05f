"""Built pages are filled with what the database says before they are sent."""

import gzip
import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl

from sqlmodel import Session
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pet_app.core import db
from pet_app.core.errors import Problem
from pet_app.core.telemetry import log
from pet_app.front import ASK_AGAIN, policy
from pet_app.ui.filled import Filling, Head, fill

Query = Mapping[str, str]
Fill = Callable[[Session, str, Query], Filling]
"""Given a database session, the path and what stands behind its question mark."""

READS = ("GET", "HEAD")
LONGEST_QUERY = 2_000
KEPT = 256
FAST = 5
OK = 200


class Filled:
    """ASGI middleware around the built pages in `built`, which may not be there yet.

    `fills` are asked by path; one that ends in `/` answers for every path below it. A page is the
    same for everybody who asks, and is made up again only when what it says has changed.
    """

    def __init__(self, app: ASGIApp, built: Path, fills: Mapping[str, Fill]) -> None:
        self.app = app
        self.built = built
        self.fills = fills

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(scope) if _reads(scope) else None
        await (answer or self.app)(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response | None:
        path = scope["path"].rstrip("/") or "/"
        folder = path[: path.rfind("/") + 1]
        found = self.fills.get(path) or (self.fills.get(folder) if folder != "/" else None)
        if found is None:
            return None
        query = dict(parse_qsl(scope["query_string"][:LONGEST_QUERY].decode("latin-1")))
        try:
            filling = await db.read(found, path, query)
        except Problem as problem:
            # The page is built already; better shown as it is than withheld.
            log.warning("page not filled", path=path[:200], error=type(problem).__name__)
            return None
        except Exception as fault:
            log.error("page not filled", path=path[:200], exc_info=fault)
            return None
        page = self.built.joinpath(*filling.page.strip("/").split("/"), "index.html")
        if not page.is_file():
            return None
        return _sent(page, filling, Headers(scope=scope))


def _reads(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] in READS


def _sent(page: Path, filling: Filling, asked: Headers) -> Response:
    changed_ns = page.stat().st_mtime_ns
    body, packed, tag = _made(page, changed_ns, tuple(filling.parts.items()), filling.head)
    headers = {
        "cache-control": ASK_AGAIN,
        "etag": tag,
        "vary": "Accept-Encoding",
        "content-security-policy": policy(page, changed_ns),
    }
    if asked.get("if-none-match") == tag and filling.status == OK:
        kept = {name: headers[name] for name in ("cache-control", "etag", "vary")}
        return Response(status_code=304, headers=kept)
    if "gzip" in asked.get("accept-encoding", ""):
        body, headers["content-encoding"] = packed, "gzip"
    return Response(body, filling.status, headers, media_type="text/html")


@lru_cache(maxsize=KEPT)
def _made(
    page: Path, changed_ns: int, parts: tuple[tuple[str, str], ...], head: Head | None
) -> tuple[bytes, bytes, str]:
    """The page as it is sent, the same compressed, and its tag."""
    body = fill(_template(page, changed_ns), dict(parts), head).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return body, gzip.compress(body, FAST, mtime=0), tag


@lru_cache(maxsize=16)
def _template(page: Path, _changed_ns: int) -> str:
    return page.read_text("utf-8")
