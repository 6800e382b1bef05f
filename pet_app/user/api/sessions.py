"""Where somebody is signed in, over HTTP."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel

from pet_app.core import db
from pet_app.core.ids import LENGTH
from pet_app.core.security import SESSION_COOKIE, SignedInCaller
from pet_app.user import service as users
from pet_app.user.api.shapes import set_cookie

router = APIRouter()

Handle = Annotated[str, Path(max_length=LENGTH, pattern="^[0-9a-z]+$")]


class SessionShown(BaseModel):
    """One signed-in browser. `handle` names it; `current` is the one that asks."""

    handle: str
    device: str
    address: str
    created: datetime
    last_seen: datetime
    current: bool
    strong: bool


@router.get("/sessions")
def list_sessions(person: SignedInCaller) -> list[SessionShown]:
    """Every browser this person is signed in with, this one first."""
    with db.reading() as session:
        records = users.list_sessions(session, person)
    return [SessionShown.model_validate(record, from_attributes=True) for record in records]


@router.delete("/sessions/others", status_code=204)
def end_other_sessions(person: SignedInCaller) -> None:
    """Sign out everywhere but here."""
    with db.writing() as session:
        users.end_other_sessions(session, person)


@router.delete("/sessions/{handle}", status_code=204)
def end_session(handle: Handle, person: SignedInCaller) -> None:
    """Sign one browser out."""
    with db.writing() as session:
        users.end_session(session, person, handle)


@router.delete("/sessions", status_code=204)
def sign_out_everywhere(person: SignedInCaller, response: Response) -> None:
    """Sign out on every device, this one included."""
    with db.writing() as session:
        users.sign_out_everywhere(session, person)
    set_cookie(response, SESSION_COOKIE, "", timedelta(0))
