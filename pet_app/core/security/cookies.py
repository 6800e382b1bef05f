"""The cookies: what they are called here and in a browser, how they are set and read.

Code names a cookie plainly. A shop behind https puts `__Host-` before the name, which a browser
keeps to this very host and to encrypted connections; a shop on plain http, as in a workshop's own
network, cannot. SITE_URL alone decides, so there is only ever one name that is believed.

A page of ours inside another site's has cookies under names of their own: a browser sends those
inside that site alone (`Partitioned`), and the others never there (`SameSite=Lax`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from datetime import timedelta

from starlette.requests import cookie_parser

from pet_app.core.settings import settings

SESSION_COOKIE = "pet_session"
VISITOR_COOKIE = "pet_visitor"
VISITOR_LASTS = timedelta(days=400)

HOST_PREFIX = "__Host-"
FRAMED_SUFFIX = "_framed"

FRAMED: ContextVar[bool] = ContextVar("framed", default=False)
"""Whether the request under way comes from a page of ours inside another site's."""

Headers = Iterable[tuple[bytes, bytes]]


def cookie_header(name: str, value: str, *, lasts: timedelta) -> str:
    """A Set-Cookie value no script can read. Zero `lasts` removes the cookie."""
    framed = FRAMED.get()
    sent = sent_name(name) + (FRAMED_SUFFIX if framed else "")
    parts = [f"{sent}={value}", "Path=/", f"Max-Age={int(lasts.total_seconds())}"]
    if framed:
        return "; ".join([*parts, "HttpOnly", "SameSite=None", "Secure", "Partitioned"])
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
    ours = {
        sent.removeprefix(prefix): values.pop()
        for sent, values in found.items()
        if sent.startswith(prefix) and len(values) == 1
    }
    if not settings().embedders:
        return ours
    framed = {name for name in ours if name.endswith(FRAMED_SUFFIX)}
    plain = {name: value for name, value in ours.items() if name not in framed}
    if SESSION_COOKIE in plain or VISITOR_COOKIE in plain:
        # Not from a frame: a browser keeps the two apart, so one of them was planted.
        return plain
    return plain | {name.removesuffix(FRAMED_SUFFIX): ours[name] for name in framed}


def has_framed(headers: Headers) -> bool:
    """Whether these are the headers of a request from within a frame."""
    lines = "; ".join(value.decode("latin-1") for name, value in headers if name == b"cookie")
    sent = {name for part in lines.split(";") for name in cookie_parser(part)}
    plain = {sent_name(name) for name in (SESSION_COOKIE, VISITOR_COOKIE)}
    return not sent & plain and any(f"{name}{FRAMED_SUFFIX}" in sent for name in plain)


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
