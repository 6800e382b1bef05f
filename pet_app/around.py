"""What stands around pages and API; each wraps those before it, the last meets a request first."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp

from pet_app import sections
from pet_app.core.browser import SameOrigin, VisitorCookie
from pet_app.core.embedding import Embedding
from pet_app.core.http import Doorway
from pet_app.core.limits import BodyLimit
from pet_app.core.proxies import TrustedProxies
from pet_app.filling import Filled
from pet_app.front import Front

Around = Callable[[ASGIApp], ASGIApp]


def around(built: Path) -> list[Around]:
    """The middleware of the site, whose pages are built into `built`."""
    fills = {
        path: fill
        for pages in sections.load("pages")
        for path, fill in getattr(pages, "FILLS", {}).items()
    }
    larger = {
        path: most
        for api in sections.load("api")
        for path, most in getattr(api, "UPLOADS", {}).items()
    }
    found: list[Any] = [
        partial(Front, built=built),
        partial(Filled, built=built, fills=fills),
        VisitorCookie,
        partial(BodyLimit, larger=larger),
        SameOrigin,
        Doorway,
        partial(Embedding, routes=embeddable()),
        TrustedProxies,
    ]
    return found


def embeddable() -> list[str]:
    """The routes of the pages that other sites may show inside theirs, if they are listed."""
    return [route for pages in sections.load("pages") for route in getattr(pages, "EMBEDDABLE", ())]
