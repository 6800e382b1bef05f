"""The second step of signing in, set up and turned off over HTTP."""

from fastapi import APIRouter, Response
from pydantic import BaseModel

from pet_app.core import db
from pet_app.core.http import RequestBody
from pet_app.core.security import Identity, SignedInCaller
from pet_app.user import service as users
from pet_app.user.api.shapes import Code, Password
from pet_app.user.client import Client, FromClient
from pet_app.user.service import Proof

router = APIRouter(prefix="/me/second-factor")


class Confirmed(RequestBody):
    """One's own password."""

    password: Password


class Shown(RequestBody):
    """A code of the app."""

    code: Code


class ConfirmedAndShown(Confirmed):
    """One's own password and a code."""

    code: Code


class SecondFactorShown(BaseModel):
    """How the second step stands."""

    on: bool
    required: bool
    codes_left: int


class SetupShown(BaseModel):
    """What an authenticator app is given; `qr` is an SVG image."""

    secret: str
    uri: str
    qr: str


class RecoveryCodes(BaseModel):
    """Codes that stand in for the app, once each; they are shown this one time."""

    recovery_codes: list[str]


@router.get("")
def how_it_stands(person: SignedInCaller) -> SecondFactorShown:
    """Whether there is a second step, and how many recovery codes are left."""
    with db.reading() as session:
        found = users.second_factor_of(session, person)
    return SecondFactorShown(on=found.on, required=found.required, codes_left=found.codes_left)


@router.post("")
def begin(
    body: Confirmed, response: Response, person: SignedInCaller, client: FromClient
) -> SetupShown:
    """Begin: a secret for the app, which counts when a code of it is confirmed."""
    proof = _prove(body, person, client)
    with db.writing() as session:
        setup = users.begin_second_factor(session, person, proof, client)
    response.headers["cache-control"] = "no-store"
    return SetupShown(secret=setup.secret, uri=setup.uri, qr=setup.qr)


@router.post("/confirmation")
def confirm(body: Shown, response: Response, person: SignedInCaller) -> RecoveryCodes:
    """Finish: from now on signing in takes a code."""
    with db.writing() as session:
        users.count_code(session, person)
    with db.writing() as session:
        codes = users.confirm_second_factor(session, person, body.code)
    return _codes(codes, response)


@router.post("/recovery-codes")
def renew(
    body: ConfirmedAndShown, response: Response, person: SignedInCaller, client: FromClient
) -> RecoveryCodes:
    """New recovery codes instead of those before."""
    proof = _prove(body, person, client)
    with db.writing() as session:
        users.count_code(session, person)
    with db.writing() as session:
        codes = users.renew_recovery_codes(session, person, proof, client, body.code)
    return _codes(codes, response)


@router.post("/removal", status_code=204)
def disable(body: ConfirmedAndShown, person: SignedInCaller, client: FromClient) -> None:
    """Turn the second step off."""
    proof = _prove(body, person, client)
    with db.writing() as session:
        users.count_code(session, person)
    with db.writing() as session:
        users.disable_second_factor(session, person, proof, client, body.code)


def _prove(body: Confirmed, person: Identity, client: Client) -> Proof:
    with db.writing() as session:
        credentials = users.begin_proof(session, person, client)
    return users.prove_again(credentials, body.password.get_secret_value())


def _codes(codes: tuple[str, ...], response: Response) -> RecoveryCodes:
    response.headers["cache-control"] = "no-store"
    return RecoveryCodes(recovery_codes=list(codes))
