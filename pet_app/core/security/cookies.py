"""The cookies: what they are called here and in a browser, how they are set and read.

Code names a cookie plainly. A shop behind https puts `__Host-` before the name, which a browser
keeps to this very host and to encrypted connections; a shop on plain http, as in a workshop's own
network, cannot. SITE_URL alone decides, so there is only ever one name that is believed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from starlette.requests import cookie_parser

from pet_app.core.settings import settings

SESSION_COOKIE = "pet_session"
VISITOR_COOKIE = "pet_visitor"
VISITOR_LASTS = timedelta(days=400)

HOST_PREFIX = "__Host-"

Headers = Iterable[tuple[bytes, bytes]]


def cookie_header(name: str, value: str, *, lasts: timedelta) -> str:
    """A Set-Cookie value no script can read. Zero `lasts` removes the cookie."""
    parts = [f"{sent_name(name)}={value}", "Path=/", f"Max-Age={int(lasts.total_seconds())}"]
    return "; ".join([*parts, "HttpOnly", "SameSite=Lax", *(["Secure"] if _secure() else [])])


def sent_name(name: str) -> str:
    """What the cookie is called in a browser."""
    return HOST_PREFIX + name if _secure() else name


def read_cookies(header: str) -> dict[str, str]:
    """Our cookies of a Cookie header, by their plain names.

    A name that comes with two values proves nothing: one of the two was planted. It is left out.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for part in header.split(";"):
        for sent, value in cookie_parser(part).items():
            found[sent].add(value)
    prefix = HOST_PREFIX if _secure() else ""
    return {
        sent.removeprefix(prefix): values.pop()
        for sent, values in found.items()
        if sent.startswith(prefix) and len(values) == 1
    }


def cookies_in(headers: Headers) -> dict[str, str]:
    """Our cookies of a request's raw headers. HTTP/2 may send several lines; they read as one."""
    lines = (value.decode("latin-1") for name, value in headers if name == b"cookie")
    return read_cookies("; ".join(lines))


def with_cookie(headers: Headers, name: str, value: str) -> list[tuple[bytes, bytes]]:
    """The same headers with one cookie more, or another value of it."""
    kept = list(headers)
    others = [line for line in kept if line[0] != b"cookie"]
    cookies: Mapping[str, str] = cookies_in(kept) | {name: value}
    joined = "; ".join(f"{sent_name(known)}={held}" for known, held in cookies.items())
    return [*others, (b"cookie", joined.encode("latin-1"))]


def _secure() -> bool:
    return settings().site_url.startswith("https://")
