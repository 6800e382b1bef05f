"""Opening an account over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from pet_app.core import db
from pet_app.core.security import SESSION_COOKIE, Caller, cookies_of
from pet_app.user import service as users
from pet_app.user.api.shapes import Email, FromClient, Password, Person, welcome

router = APIRouter()


class Registration(BaseModel):
    """What it takes to open an account."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=400)]
    email: Email
    password: Password


@router.post("/users", status_code=201)
def register(
    body: Registration, request: Request, response: Response, guest: Caller, client: FromClient
) -> Person:
    """Open an account and sign in."""
    with db.writing() as session:
        users.begin_registration(session, body.email.strip().casefold(), client)
    newcomer = users.newcomer(body.name, body.email, body.password.get_secret_value())
    with db.writing() as session:
        signed_in = users.join(session, newcomer, guest, cookies_of(request).get(SESSION_COOKIE))
    return welcome(signed_in, request, response)
