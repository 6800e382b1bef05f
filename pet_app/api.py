"""The routes beside the pages: the chosen sections' API, stored files, health."""

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.routing import Match

from pet_app import sections, sitemap
from pet_app.core import http, media
from pet_app.core.mail import outbox
from pet_app.core.security import ANYBODY
from pet_app.core.settings import settings
from pet_app.messaging import health_api

EVERY_METHOD = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]


def make_api() -> FastAPI:
    """The API of the chosen sections, ready to have the pages mounted behind it."""
    api = FastAPI(
        title="All Pet Plus",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses=http.PROBLEM_ANSWERS,
    )
    http.install_errors(api)
    api.include_router(health_api.router)
    api.include_router(media.router)
    api.include_router(sitemap.router)
    if not settings().is_production:
        api.include_router(outbox.router)
    for section_api in sections.load("api"):
        api.include_router(section_api.router)
    # What is mounted behind answers unknown addresses with a page; a program wants JSON.
    for door in ("/api", "/webhooks"):
        api.add_api_route(
            door + "/{rest:path}",
            _unknown,
            methods=EVERY_METHOD,
            include_in_schema=False,
            dependencies=[ANYBODY],
        )
    return api


def _unknown(request: Request) -> None:
    routes = request.app.routes
    if any(route.matches(request.scope)[0] is Match.PARTIAL for route in routes):
        raise HTTPException(405, "This address does not take that method.")
    raise HTTPException(404, "There is nothing at this address.")
