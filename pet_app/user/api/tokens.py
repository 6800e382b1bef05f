"""Tokens over HTTP: signing a program in, renewing, ending, and personal tokens."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, SecretStr

from pet_app.core import db
from pet_app.core.http import ReadSession, RequestBody, WriteSession
from pet_app.core.security import ANYBODY, Program, Scope, SignedInCaller
from pet_app.user import service as users
from pet_app.user.api.shapes import Email, Password
from pet_app.user.client import FromClient
from pet_app.user.service import tokens

router = APIRouter()


class ProgramSignIn(RequestBody):
    """What it takes to sign a program in; `code` only for accounts with a second factor."""

    email: Email
    password: Password
    code: Annotated[SecretStr, Field(max_length=40)] = SecretStr("")


class Refresh(RequestBody):
    """A refresh token, which works once."""

    refresh_token: Annotated[SecretStr, Field(max_length=200)]


class KeysShown(BaseModel):
    """The keys of a program. The access token goes into `Authorization: Bearer …`."""

    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105
    access_token: str
    refresh_token: str
    expires_in_s: int


class TokenWish(RequestBody):
    """A personal token somebody wants; without `days` it works until it is removed."""

    title: Annotated[str, Field(max_length=400)]
    scopes: Annotated[list[Scope], Field(max_length=50)]
    days: int | None = None


class TokenKept(BaseModel):
    """A personal token as its owner may see it."""

    handle: str
    title: str
    scopes: list[Scope]
    created: datetime
    expires: datetime | None
    last_used: datetime | None


class TokenMade(TokenKept):
    """A personal token just made; `token` is shown this once."""

    token: str


@router.post("/tokens", dependencies=[ANYBODY])
def sign_in_program(body: ProgramSignIn, response: Response, client: FromClient) -> KeysShown:
    """Sign a program in with e-mail, password and, where one is set up, a second factor."""
    with db.writing() as session:
        credentials = users.begin_sign_in(session, body.email, client)
    proof = users.prove(credentials, body.password.get_secret_value())
    with db.writing() as session:
        users.begin_vouching(session, proof)
    with db.writing() as session:
        user, strong = users.vouch(session, proof, client, body.code.get_secret_value())
        keys = tokens.sign_in_program(session, user, client, strong=strong)
    return _shown(keys, response)


@router.post("/tokens/refresh", dependencies=[ANYBODY])
def refresh(body: Refresh, response: Response) -> KeysShown:
    """New keys for a refresh token.

    Two uses at the same moment: one gets keys, the other 409 and should go on with those. A token
    that comes again later was copied, and signs the program out: 401.
    """
    with db.writing() as session:
        renewal = tokens.renew(session, body.refresh_token.get_secret_value())
    with db.reading() as session:
        return _shown(tokens.new_keys(session, renewal), response)


@router.delete("/tokens", status_code=204)
def sign_out_program(session: WriteSession, program: Program) -> None:
    """Sign out the program that asks; its access and refresh tokens, or its personal token, end."""
    tokens.sign_out_program(session, program)


@router.get("/me/tokens")
def list_tokens(session: ReadSession, person: SignedInCaller) -> list[TokenKept]:
    """The personal tokens that still work."""
    return [TokenKept(**asdict(record)) for record in tokens.list_tokens(session, person)]


@router.post("/me/tokens", status_code=201)
def make_token(
    body: TokenWish, response: Response, session: WriteSession, person: SignedInCaller
) -> TokenMade:
    """Make a personal token."""
    text, record = tokens.make_token(session, person, body.title, body.scopes, body.days)
    response.headers["cache-control"] = "no-store"
    return TokenMade(token=text, **asdict(record))


@router.delete("/me/tokens/{handle}", status_code=204)
def revoke_token(handle: str, session: WriteSession, person: SignedInCaller) -> None:
    """Remove a personal token."""
    tokens.revoke_token(session, person, handle)


def _shown(keys: tokens.Keys, response: Response) -> KeysShown:
    response.headers["cache-control"] = "no-store"
    return KeysShown(
        access_token=keys.access_token,
        refresh_token=keys.refresh_token,
        expires_in_s=keys.expires_in_s,
    )
