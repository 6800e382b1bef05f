"""What stands around pages and API; each wraps those before it, the last meets a request first."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp

from pet_app import sections
from pet_app.catalog.absence import Absence
from pet_app.core.browser import SameOrigin, VisitorCookie
from pet_app.core.http import Doorway
from pet_app.core.limits import BodyLimit
from pet_app.core.proxies import TrustedProxies
from pet_app.front import Front

Around = Callable[[ASGIApp], ASGIApp]


def around(built: Path) -> list[Around]:
    """The middleware of the site, whose pages are built into `built`."""
    found: list[Any] = [
        partial(Front, built=built),
        *([Absence] if "catalog" in sections.chosen() else []),
        VisitorCookie,
        BodyLimit,
        SameOrigin,
        Doorway,
        TrustedProxies,
    ]
    return found
