"""How built pages and their files are answered: at their own address, cached, under a policy."""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pet_app.core.http import PAGE_POLICY
from pet_app.core.media import FOR_EVER

FOR_A_WEEK = "public, max-age=604800"
ASK_AGAIN = "no-cache"
NOWHERE = "/nowhere"
LONGEST_NAME = 250
INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


class Front:
    """ASGI middleware before the built pages in `built`, a folder that may not exist yet.

    A page is served at `/shop` without a detour over `/shop/`. Files whose name holds a hash are
    kept for ever, pages are asked for again each time. A page's policy lists the hashes of its
    own inline scripts, so that no other inline script runs.
    """

    def __init__(self, app: ASGIApp, built: Path) -> None:
        self.app = app
        self.built = built

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(path, message)
            await send(message)

        await self.app(self._at_its_folder(scope), receive, send_with_headers)

    def _at_its_folder(self, scope: Scope) -> Scope:
        """The same request, with the slash that the folder of a prerendered page needs."""
        path = scope["path"]
        if not _could_be_a_file(path) and not path.startswith("/api/"):
            return {**scope, "path": NOWHERE, "raw_path": NOWHERE.encode()}
        if path.endswith("/") or self._page(path) is None:
            return scope
        return {**scope, "path": path + "/", "raw_path": scope.get("raw_path", b"") + b"/"}

    def _complete(self, path: str, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        if headers.get("content-type", "").startswith("text/html"):
            headers.setdefault("cache-control", ASK_AGAIN)
            page = self._page(path) or self.built / "404.html"
            # What Python answers by itself may have said its own policy.
            if page.is_file() and "content-security-policy" not in headers:
                headers["content-security-policy"] = policy(page, page.stat().st_mtime_ns)
        elif path.startswith("/assets/") and message["status"] in (200, 304):
            headers.setdefault("cache-control", FOR_EVER)
        elif path.startswith("/fonts/"):
            headers.setdefault("cache-control", FOR_A_WEEK)

    def _page(self, path: str) -> Path | None:
        parts = [part for part in path.split("/") if part not in ("", ".", "..")]
        page = self.built.joinpath(*parts, "index.html")
        return page if _could_be_a_file(path) and page.is_file() else None


def _could_be_a_file(path: str) -> bool:
    """Whether the system would take this for a name at all; asking it otherwise is an error."""
    return "\0" not in path and len(path.encode()) <= LONGEST_NAME


@lru_cache(maxsize=512)
def policy(page: Path, _changed_ns: int) -> str:
    """What a built page may load and run: our own files, and the scripts written in it."""
    hashes = (
        base64.b64encode(hashlib.sha256(script).digest()).decode()
        for script in INLINE_SCRIPT.findall(page.read_bytes())
    )
    allowed = " ".join(f"'sha256-{found}'" for found in dict.fromkeys(hashes))
    return PAGE_POLICY.replace("script-src 'self'", f"script-src 'self' {allowed}".rstrip())
