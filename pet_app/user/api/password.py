"""A forgotten password, a new one, and a new e-mail address, over HTTP."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from pet_app.core import db
from pet_app.core.http import RequestBody
from pet_app.core.mail.kept import outbox_address
from pet_app.core.security import ANYBODY, SESSION_COOKIE, Caller, SignedInCaller, cookies_of
from pet_app.user import service as users
from pet_app.user.api.shapes import (
    Email,
    Leaving,
    Mailed,
    Password,
    Person,
    Token,
    Unfinished,
    go_on,
)
from pet_app.user.client import FromClient

router = APIRouter()


class Forgotten(RequestBody):
    """Whose password is forgotten."""

    email: Email


class Reset(RequestBody):
    """The token of a link, and the password to have from now on."""

    token: Token
    password: Password


class PasswordChange(RequestBody):
    """The password of now and the one to have from now on."""

    current: Password
    password: Password


class EmailChange(RequestBody):
    """The new address, and the password."""

    email: Email
    password: Password


class EmailConfirmation(RequestBody):
    """The token of a link to a new address."""

    token: Token


class EmailMoved(BaseModel):
    """The address an account has now; `here` says whether this browser is signed in to it."""

    email: str
    here: bool


@router.post("/password/forgotten", status_code=202, dependencies=[ANYBODY])
def forgot_password(body: Forgotten, client: FromClient) -> Mailed:
    """Ask for a link to choose a new password; the answer is the same for every address."""
    with db.writing() as session:
        users.forgot_password(session, body.email, client)
    return Mailed(outbox=outbox_address(loopback=client.loopback))


@router.post("/password/reset")
def reset_password(
    body: Reset, request: Request, response: Response, guest: Caller, client: FromClient
) -> Person | Unfinished | Leaving:
    """Set a new password by a link; every session ends, and this browser is signed in."""
    with db.writing() as session:
        known = users.begin_reset(session, body.token, client)
    fresh = users.new_hash(body.password.get_secret_value(), known)
    with db.writing() as session:
        old_token = cookies_of(request).get(SESSION_COOKIE)
        entered = users.reset_password(session, body.token, fresh, client, guest, old_token)
    return go_on(entered, response)


@router.post("/me/password", status_code=204)
def change_password(body: PasswordChange, person: SignedInCaller, client: FromClient) -> None:
    """Set a new password; every other session ends."""
    with db.writing() as session:
        credentials = users.begin_proof(session, person, client)
    proof = users.prove_again(credentials, body.current.get_secret_value(), "current")
    with db.reading() as session:
        known = users.own_words(session, person)
    fresh = users.new_hash(body.password.get_secret_value(), known)
    with db.writing() as session:
        users.change_password(session, person, proof, client, fresh)


@router.post("/me/email", status_code=202)
def change_email(body: EmailChange, person: SignedInCaller, client: FromClient) -> Mailed:
    """Ask for another address; the link that moves the account is mailed there."""
    with db.writing() as session:
        credentials = users.begin_proof(session, person, client)
    proof = users.prove_again(credentials, body.password.get_secret_value())
    with db.writing() as session:
        users.ask_for_email(session, person, proof, client, body.email)
    return Mailed(outbox=outbox_address(loopback=client.loopback))


@router.post("/me/email/confirmation")
def confirm_email(body: EmailConfirmation, guest: Caller, client: FromClient) -> EmailMoved:
    """Move an account to the address its link was sent to."""
    with db.writing() as session:
        moved = users.confirm_email(session, body.token, guest, client)
    return EmailMoved(email=moved.email, here=moved.here)
