"""Signing in and out over HTTP; the session itself travels in a cookie no script can read."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict

from pet_app.core import db
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
from pet_app.user.api import shapes
from pet_app.user.api.shapes import Email, FromClient, Password, Person, set_cookie, welcome

router = APIRouter()


class SignInBody(BaseModel):
    """What it takes to sign in."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    password: Password


@router.post("/session")
def sign_in(
    body: SignInBody, request: Request, response: Response, guest: Caller, client: FromClient
) -> Person:
    """Sign in; whatever the visitor made as a guest becomes theirs."""
    with db.writing() as session:
        credentials = users.begin_sign_in(session, body.email, client)
    proof = users.prove(credentials, body.password.get_secret_value())
    with db.writing() as session:
        old_token = cookies_of(request).get(SESSION_COOKIE)
        signed_in = users.sign_in(session, proof, client, guest, old_token)
    return welcome(signed_in, request, response)


@router.delete("/session", status_code=204)
def sign_out(request: Request, response: Response) -> None:
    """Sign out. The visitor cookie changes too, so nobody after them finds anything of theirs."""
    with db.writing() as session:
        users.sign_out(session, cookies_of(request).get(SESSION_COOKIE))
    set_cookie(response, request, SESSION_COOKIE, "", timedelta(0))
    set_cookie(response, request, VISITOR_COOKIE, new_token(), VISITOR_LASTS)


@router.get("/me")
def me(person: SignedInCaller) -> Person:
    """The signed-in person."""
    return shapes.person(person)
