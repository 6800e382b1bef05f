"""What search engines may list: every public page and product, and where not to look."""

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import PlainTextResponse, Response

from pet_app import sections
from pet_app.core.http import ReadSession
from pet_app.core.security import ANYBODY
from pet_app.core.settings import settings

router = APIRouter(dependencies=[ANYBODY], include_in_schema=False)

NOT_FOR_ROBOTS = ("/api/", "/dashboard", "/checkout", "/pay/", "/outbox", "/workshop")
FIRST = '<?xml version="1.0" encoding="UTF-8"?>'
URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


@router.get("/sitemap.xml")
def sitemap(session: ReadSession) -> Response:
    """The address of every public page, and of all that are filled, with their last change."""
    pages = (_url(route) for route in _public())
    filled = (_url(path, changed) for path, changed in _filled(session))
    written = "".join([FIRST, URLSET, *pages, *filled, "</urlset>"])
    return Response(written, media_type="application/xml")


@router.get("/robots.txt")
def robots() -> PlainTextResponse:
    """Everybody may look at everything but what is one person's alone."""
    kept = "".join(f"Disallow: {path}\n" for path in NOT_FOR_ROBOTS)
    return PlainTextResponse(
        f"User-agent: *\n{kept}Sitemap: {settings().site_url}/sitemap.xml\n",
    )


def _public() -> Iterator[str]:
    for module in sections.load("pages"):
        yield from (page.route for page in module.PAGES if page.is_public)


def _filled(session: Session) -> Iterator[tuple[str, datetime]]:
    for module in sections.load("pages"):
        addresses = getattr(module, "ADDRESSES", None)
        yield from addresses(session) if addresses else ()


def _url(path: str, changed: datetime | None = None) -> str:
    day = f"<lastmod>{changed.date().isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{escape(settings().site_url + path)}</loc>{day}</url>"
