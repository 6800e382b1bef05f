"""Signing in and out over HTTP; the session itself travels in a cookie no script can read."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Request, Response

from pet_app.core import db
from pet_app.core.http import RequestBody
from pet_app.core.security import (
    BROWSER,
    SESSION_COOKIE,
    VISITOR_COOKIE,
    VISITOR_LASTS,
    Caller,
    Identity,
    Scope,
    cookies_of,
    new_token,
    with_scope,
)
from pet_app.user import service as users
from pet_app.user.api import shapes
from pet_app.user.api.shapes import (
    HALF_COOKIE,
    Code,
    Email,
    Leaving,
    Password,
    Person,
    Unfinished,
    go_on,
    see_off,
    set_cookie,
    welcome,
)
from pet_app.user.client import FromClient

router = APIRouter()


class SignInBody(RequestBody):
    """What it takes to sign in."""

    email: Email
    password: Password


class CodeBody(RequestBody):
    """A code of the authenticator app, or a recovery code."""

    code: Code


@router.post("/session")
def sign_in(
    body: SignInBody, request: Request, response: Response, guest: Caller, client: FromClient
) -> Person | Unfinished | Leaving:
    """Sign in; whatever the visitor made as a guest becomes theirs."""
    with db.writing() as session:
        credentials = users.begin_sign_in(session, body.email, client)
    proof = users.prove(credentials, body.password.get_secret_value())
    with db.writing() as session:
        old_token = cookies_of(request).get(SESSION_COOKIE)
        entered = users.sign_in(session, proof, client, guest, old_token)
    return go_on(entered, response)


@router.post("/session/second-factor")
def finish_sign_in(
    body: CodeBody, request: Request, response: Response, guest: Caller, client: FromClient
) -> Person | Leaving:
    """The second step, for accounts that have one."""
    cookies = cookies_of(request)
    half = cookies.get(HALF_COOKIE)
    with db.writing() as session:
        users.begin_second_step(session, half)
    with db.writing() as session:
        old_token = cookies.get(SESSION_COOKIE)
        entered = users.finish_sign_in(session, half, body.code, client, guest, old_token)
    set_cookie(response, HALF_COOKIE, "", timedelta(0))
    if isinstance(entered, users.Leaver):
        return see_off(entered, response)
    return welcome(entered, response)


@router.delete("/session", status_code=204, dependencies=[BROWSER])
def sign_out(request: Request, response: Response) -> None:
    """Sign out. The visitor cookie changes too, so nobody after them finds anything of theirs."""
    with db.writing() as session:
        users.sign_out(session, cookies_of(request).get(SESSION_COOKIE))
    set_cookie(response, SESSION_COOKIE, "", timedelta(0))
    set_cookie(response, HALF_COOKIE, "", timedelta(0))
    set_cookie(response, VISITOR_COOKIE, new_token(), VISITOR_LASTS)


@router.get("/me")
def me(person: Annotated[Identity, with_scope(Scope.PROFILE_READ)]) -> Person:
    """The signed-in person."""
    return shapes.person(person)
