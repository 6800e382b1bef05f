"""What requests about accounts carry, and what is answered with a session's cookie."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import Response
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
from pet_app.user.rules import LONGEST_PASSWORD

Email = Annotated[str, Field(max_length=320)]
Password = Annotated[SecretStr, Field(max_length=LONGEST_PASSWORD)]
Token = Annotated[str, Field(max_length=128)]
Code = Annotated[str, Field(max_length=40)]

HALF_COOKIE = "pet_half"
"""Held between the password and the code of who signs in with a second step."""

STAY_COOKIE = "pet_stay"
"""Held by who has shown every proof for an account that is being deleted."""

STAY_PAGE = "/stay"
"""Where they may keep it."""


class Person(BaseModel):
    """The signed-in person, as they see themselves."""

    id: str
    name: str
    email: str
    role: Role


class Mailed(BaseModel):
    """A letter is on its way, if the address is one to write to.

    `outbox` is where a developer reads it when no mail server is set, and empty otherwise.
    """

    outbox: str


class Unfinished(BaseModel):
    """The password was right; a code is still wanted."""

    second_factor: Literal[True] = True


class Leaving(BaseModel):
    """Every proof was right, but the account is being deleted; `until` is when."""

    leaving: Literal[True] = True
    until: datetime


def welcome(signed_in: users.SignedIn, response: Response) -> Person:
    """Hand a fresh session to the browser."""
    set_cookie(response, SESSION_COOKIE, signed_in.token, ABSOLUTE)
    return person(signed_in.identity)


def go_on(
    entered: users.SignedIn | users.HalfIn | users.Leaver, response: Response
) -> Person | Unfinished | Leaving:
    """Hand the browser its session, or what it needs for what comes before one."""
    if isinstance(entered, users.SignedIn):
        return welcome(entered, response)
    if isinstance(entered, users.Leaver):
        return see_off(entered, response)
    set_cookie(response, HALF_COOKIE, entered.token, users.SECOND_STEP_LASTS)
    return Unfinished()


def see_off(leaver: users.Leaver, response: Response) -> Leaving:
    """Hand the browser what it takes to keep the account after all."""
    set_cookie(response, STAY_COOKIE, leaver.token, users.STAY_LASTS)
    return Leaving(until=leaver.leaving)


def set_cookie(response: Response, name: str, value: str, lasts: timedelta) -> None:
    """Set a cookie no script can read; zero `lasts` removes it."""
    response.headers.append("set-cookie", cookie_header(name, value, lasts=lasts))
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
