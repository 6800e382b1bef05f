"""Accounts and sessions over HTTP; the session itself travels in a cookie no script can read."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from pet_app.core import db
from pet_app.core.security import (
    ABSOLUTE,
    SESSION_COOKIE,
    VISITOR_COOKIE,
    VISITOR_LASTS,
    Caller,
    Identity,
    Role,
    SignedInCaller,
    cookie_header,
    new_token,
)
from pet_app.user import service as users
from pet_app.user.client import Client, client_of
from pet_app.user.rules import LONGEST_PASSWORD

router = APIRouter(prefix="/api/v1", tags=["user"])

Email = Annotated[str, Field(max_length=320)]
Password = Annotated[SecretStr, Field(max_length=LONGEST_PASSWORD)]


class Registration(BaseModel):
    """What it takes to open an account."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=400)]
    email: Email
    password: Password


class SignInBody(BaseModel):
    """What it takes to sign in."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    password: Password


class Person(BaseModel):
    """The signed-in person, as they see themselves."""

    id: str
    name: str
    email: str
    role: Role


def client(request: Request) -> Client:
    """Where this request comes from."""
    return client_of(request.client.host if request.client else None, request.headers)


FromClient = Annotated[Client, Depends(client)]


@router.post("/users", status_code=201)
def register(
    body: Registration, request: Request, response: Response, guest: Caller, client: FromClient
) -> Person:
    """Open an account and sign in."""
    with db.writing() as session:
        users.begin_registration(session, body.email.strip().casefold(), client)
    newcomer = users.newcomer(body.name, body.email, body.password.get_secret_value())
    with db.writing() as session:
        signed_in = users.join(session, newcomer, guest, request.cookies.get(SESSION_COOKIE))
    return _welcome(signed_in, request, response)


@router.post("/session")
def sign_in(
    body: SignInBody, request: Request, response: Response, guest: Caller, client: FromClient
) -> Person:
    """Sign in; whatever the visitor made as a guest becomes theirs."""
    with db.writing() as session:
        credentials = users.begin_sign_in(session, body.email, client)
    proof = users.prove(credentials, body.password.get_secret_value())
    with db.writing() as session:
        old_token = request.cookies.get(SESSION_COOKIE)
        signed_in = users.sign_in(session, proof, client, guest, old_token)
    return _welcome(signed_in, request, response)


@router.delete("/session", status_code=204)
def sign_out(request: Request, response: Response) -> None:
    """Sign out. The visitor cookie changes too, so nobody after them finds anything of theirs."""
    with db.writing() as session:
        users.sign_out(session, request.cookies.get(SESSION_COOKIE))
    _set_cookie(response, request, SESSION_COOKIE, "", timedelta(0))
    _set_cookie(response, request, VISITOR_COOKIE, new_token(), VISITOR_LASTS)


@router.get("/me")
def me(person: SignedInCaller) -> Person:
    """The signed-in person."""
    return _person(person)


def _welcome(signed_in: users.SignedIn, request: Request, response: Response) -> Person:
    _set_cookie(response, request, SESSION_COOKIE, signed_in.token, ABSOLUTE)
    return _person(signed_in.identity)


def _set_cookie(
    response: Response, request: Request, name: str, value: str, lasts: timedelta
) -> None:
    header = cookie_header(name, value, lasts=lasts, scheme=request.url.scheme)
    response.headers.append("set-cookie", header)
    response.headers["cache-control"] = "no-store"


def _person(identity: Identity) -> Person:
    identity.must_be()
    return Person(
        id=identity.user_id or "",
        name=identity.name,
        email=identity.email,
        role=identity.role or Role.USER,
    )
