"""What requests about accounts carry, and what is answered with a session's cookie."""

from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel, Field, SecretStr

from pet_app.core.security import (
    ABSOLUTE,
    SESSION_COOKIE,
    Identity,
    Permission,
    Role,
    cookie_header,
)
from pet_app.user import service as users
from pet_app.user.client import Client, client_of
from pet_app.user.rules import LONGEST_PASSWORD

Email = Annotated[str, Field(max_length=320)]
Password = Annotated[SecretStr, Field(max_length=LONGEST_PASSWORD)]


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


def welcome(signed_in: users.SignedIn, request: Request, response: Response) -> Person:
    """Hand a fresh session to the browser."""
    set_cookie(response, request, SESSION_COOKIE, signed_in.token, ABSOLUTE)
    return person(signed_in.identity)


def set_cookie(
    response: Response, request: Request, name: str, value: str, lasts: timedelta
) -> None:
    """Set a cookie no script can read; zero `lasts` removes it."""
    header = cookie_header(name, value, lasts=lasts)
    response.headers.append("set-cookie", header)
    response.headers["cache-control"] = "no-store"


def person(identity: Identity) -> Person:
    """What the signed-in person is told of themselves."""
    identity.must(Permission.ACCOUNT)
    return Person(
        id=identity.user_id or "",
        name=identity.name,
        email=identity.email,
        role=identity.role or Role.USER,
    )
