"""The developer's outbox: letters that were kept, read on this machine and nowhere else."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from pet_app.core.errors import NotFound
from pet_app.core.http import ReadSession
from pet_app.core.mail import kept, outbox_page
from pet_app.core.proxies import is_loopback
from pet_app.core.security.door import ANYBODY
from pet_app.core.settings import LOOPBACK, settings

NOWHERE = "There is nothing at this address."
FRESH = {"Cache-Control": "no-store"}
LETTER_HEADERS = FRESH | {
    # Nothing in a letter may run, load or send; what it links to opens in a tab of its own.
    "Content-Security-Policy": "sandbox allow-popups allow-popups-to-escape-sandbox; "
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}


def only_here(request: Request) -> None:
    """Let in who sits at this machine and asks it by its own name. Raises `NotFound`.

    The name matters: a page elsewhere could give its own name our address and read along.
    """
    here = is_loopback(request.client.host if request.client else "")
    named = request.url.hostname in {*LOOPBACK, "::1"}
    if settings().is_production or not here or not named:
        raise NotFound(NOWHERE)


router = APIRouter(tags=["outbox"], dependencies=[ANYBODY, Depends(only_here)])

View = Literal["look", "text", "source"]


class KeptLetter(BaseModel):
    """A letter as it stands; what it says is empty unless it was kept here."""

    key: str
    kind: str
    state: str
    tries: int
    reason: str
    created: datetime
    to: str
    subject: str
    text: str
    html: str
    source: str


class KeptLetters(BaseModel):
    """The last letters, the newest first."""

    letters: list[KeptLetter]


@router.get("/api/v1/outbox")
def kept_letters(
    session: ReadSession,
    to: Annotated[str, Query(max_length=320)] = "",
    most: Annotated[int, Query(ge=1, le=kept.MOST)] = 20,
) -> KeptLetters:
    """The last letters, only those to one address when it is given. Not in production."""
    found = kept.latest(session, to=to, most=most)
    return KeptLetters(letters=[KeptLetter(**vars(letter)) for letter in found])


@router.get("/outbox", include_in_schema=False, response_class=HTMLResponse)
def outbox(session: ReadSession) -> HTMLResponse:
    """The list of letters."""
    page = outbox_page.listed(kept.latest(session))
    return HTMLResponse(page, headers=FRESH | outbox_page.HEADERS)


@router.get("/outbox/{key}", include_in_schema=False, response_class=HTMLResponse)
def outbox_letter(session: ReadSession, key: str, view: View = "look") -> HTMLResponse:
    """One letter beside the list."""
    page = outbox_page.opened(kept.latest(session), kept.letter(session, key), view)
    return HTMLResponse(page, headers=FRESH | outbox_page.HEADERS)


@router.get("/outbox/{key}/letter", include_in_schema=False, response_class=HTMLResponse)
def outbox_letter_itself(session: ReadSession, key: str) -> HTMLResponse:
    """The HTML of one letter as an inbox would show it, for the frame in the page."""
    html = kept.letter(session, key).html
    # Without this a link would open inside the frame, where nothing may run.
    shown = html.replace("<head>", '<head><base target="_blank">', 1)
    return HTMLResponse(shown, headers=LETTER_HEADERS)
