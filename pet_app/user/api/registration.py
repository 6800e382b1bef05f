"""Opening an account over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field, SecretStr

from pet_app.core import db
from pet_app.core.http import RequestBody
from pet_app.core.mail.kept import outbox_address
from pet_app.core.security import SESSION_COOKIE, Caller, cookies_of
from pet_app.user import service as users
from pet_app.user.api.shapes import (
    Email,
    Mailed,
    Password,
    Person,
    Token,
    welcome,
)
from pet_app.user.client import FromClient

router = APIRouter()


class Registration(RequestBody):
    """What it takes to open an account."""

    name: Annotated[str, Field(max_length=20_000)]
    email: Email
    password: Password


class Opening(RequestBody):
    """The token of a link; and the password, when another browser than the first follows it."""

    token: Token
    password: Password = SecretStr("")


@router.post("/users", status_code=202)
def register(body: Registration, guest: Caller, client: FromClient) -> Mailed:
    """Apply for an account: the link that opens it is mailed, whoever has the address."""
    form = users.check_form(body.name, body.email, body.password.get_secret_value())
    with db.writing() as session:
        users.begin_registration(session, form, client)
    newcomer = users.newcomer(form)
    with db.writing() as session:
        users.apply_for_account(session, newcomer, guest)
    return Mailed(outbox=outbox_address(loopback=client.loopback))


@router.post("/users/confirmation")
def open_account(
    body: Opening, request: Request, response: Response, guest: Caller, client: FromClient
) -> Person:
    """Open the account a link stands for, and sign in."""
    with db.writing() as session:
        application = users.begin_opening(session, body.token, client)
    newcomer = users.prove_application(application, guest, body.password.get_secret_value())
    with db.writing() as session:
        old_token = cookies_of(request).get(SESSION_COOKIE)
        signed_in = users.open_account(session, body.token, newcomer, client, guest, old_token)
    return welcome(signed_in, response)
