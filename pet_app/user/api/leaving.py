"""A copy of one's data, and closing the account, over HTTP."""

from datetime import datetime, timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from pet_app.core import db, storage
from pet_app.core.http import ReadSession, RequestBody, WriteSession
from pet_app.core.security import (
    SESSION_COOKIE,
    VISITOR_COOKIE,
    VISITOR_LASTS,
    Caller,
    SignedInCaller,
    cookies_of,
    new_token,
)
from pet_app.user import service as users
from pet_app.user.api.shapes import (
    STAY_COOKIE,
    Code,
    Leaving,
    Password,
    Person,
    see_off,
    set_cookie,
    welcome,
)
from pet_app.user.client import FromClient
from pet_app.user.models import TakeoutState
from pet_app.user.service import takeout as takeouts
from pet_app.user.service.takeout import TakeoutRecord

router = APIRouter()


class GoodBye(RequestBody):
    """One's own password, and a code where the account has a second step."""

    password: Password
    code: Code = ""


class Copy(BaseModel):
    """A copy of one's data; `url` is where it is fetched, empty until it is ready."""

    id: str
    state: TakeoutState
    progress: int
    size: int
    asked: datetime
    expires: datetime | None
    url: str


class Copies(BaseModel):
    """The copy asked for last, while it is here."""

    latest: Copy | None


@router.post("/me/takeouts", status_code=202)
def ask_for_copy(session: WriteSession, person: SignedInCaller) -> Copy:
    """Have a copy made of everything we hold about you; a letter tells when it is ready."""
    return _copy(takeouts.ask_for_copy(session, person))


@router.get("/me/takeouts")
def latest_copy(session: ReadSession, person: SignedInCaller) -> Copies:
    """How far the copy has come."""
    found = takeouts.latest_copy(session, person)
    return Copies(latest=_copy(found) if found else None)


@router.get("/me/takeouts/{takeout_id}/file", response_class=StreamingResponse)
def fetch_copy(takeout_id: str, person: SignedInCaller) -> StreamingResponse:
    """The copy itself, a ZIP file."""
    with db.reading() as session:
        key, found = takeouts.copy_file(session, person, takeout_id)
    name = f"harness-hero-data-{found.asked:%Y-%m-%d}.zip"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(found.size),
        "Cache-Control": "no-store",
    }
    return StreamingResponse(storage.read_private(key), 200, headers, "application/zip")


@router.post("/me/leaving")
def leave(body: GoodBye, response: Response, person: SignedInCaller, client: FromClient) -> Leaving:
    """Close your account. It is deleted in thirty days; until then signing in offers it back."""
    with db.writing() as session:
        credentials = users.begin_proof(session, person, client)
    proof = users.prove_again(credentials, body.password.get_secret_value())
    with db.writing() as session:
        users.count_code(session, person)
    with db.writing() as session:
        leaver = users.leave(session, person, proof, client, body.code)
    set_cookie(response, SESSION_COOKIE, "", timedelta(0))
    set_cookie(response, VISITOR_COOKIE, new_token(), VISITOR_LASTS)
    return see_off(leaver, response)


@router.post("/session/stay")
def stay(request: Request, response: Response, guest: Caller, client: FromClient) -> Person:
    """Keep the account after all, and be signed in."""
    cookies = cookies_of(request)
    with db.writing() as session:
        old_token = cookies.get(SESSION_COOKIE)
        signed_in = users.stay(session, cookies.get(STAY_COOKIE, ""), client, guest, old_token)
    set_cookie(response, STAY_COOKIE, "", timedelta(0))
    return welcome(signed_in, response)


def _copy(found: TakeoutRecord) -> Copy:
    ready = found.state == TakeoutState.READY
    url = f"/api/v1/me/takeouts/{found.id}/file" if ready else ""
    return Copy(**vars(found), url=url)
