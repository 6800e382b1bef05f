"""Signing in a page of ours inside another site's, over HTTP."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from pet_app.core import db
from pet_app.core.http import RequestBody
from pet_app.core.security import (
    ABSOLUTE,
    BROWSER,
    SESSION_COOKIE,
    Caller,
    SignedInCaller,
    cookies_of,
)
from pet_app.user.api.shapes import Token, set_cookie
from pet_app.user.client import FromClient
from pet_app.user.service import frames

router = APIRouter()

FRAME_COOKIE = "pet_frame"
"""What a frame keeps until the window beside it said yes."""


class Shown(BaseModel):
    """The token for the window, to stand behind the #, and the number the frame shows."""

    window: str
    number: str


class Entry(BaseModel):
    """Whether the frame is signed in by now."""

    signed_in: bool


class YesBody(RequestBody):
    """The token of the window, and the number that the frame shows."""

    token: Token
    number: Annotated[str, Field(max_length=10)]


@router.post("/frames", dependencies=[BROWSER])
def ask_from_frame(response: Response, client: FromClient) -> Shown:
    """Begin to sign in inside another site's page."""
    with db.writing() as session:
        asked = frames.ask(session, client)
    set_cookie(response, FRAME_COOKIE, asked.frame, frames.ASKED_LASTS)
    return Shown(window=asked.window, number=asked.number)


@router.post("/frames/yes", status_code=204)
def let_frame_in(body: YesBody, person: SignedInCaller, client: FromClient) -> None:
    """In the window: let the frame that shows this number go on as oneself."""
    with db.writing() as session:
        frames.look_in(session, person, body.token)
    with db.writing() as session:
        frames.let_in_frame(session, person, body.token, body.number, client)


@router.post("/frames/entry")
def enter_frame(request: Request, response: Response, guest: Caller, client: FromClient) -> Entry:
    """In the frame: whether the window said yes, and then the session."""
    cookies = cookies_of(request)
    with db.writing() as session:
        entered = frames.enter_frame(
            session, cookies.get(FRAME_COOKIE, ""), client, guest, cookies.get(SESSION_COOKIE)
        )
    if entered is None:
        return Entry(signed_in=False)
    set_cookie(response, SESSION_COOKIE, entered.token, ABSOLUTE)
    set_cookie(response, FRAME_COOKIE, "", timedelta(0))
    return Entry(signed_in=True)
