"""Offers of licences over HTTP, for who has the letter."""

from datetime import date, datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from pet_app.core import db
from pet_app.core.http import RequestBody, WriteSession
from pet_app.core.security import ANYBODY
from pet_app.licensing import service as licensing
from pet_app.licensing.api.shapes import ApplicationOut, Writer, out
from pet_app.licensing.rules.standing import OfferState

router = APIRouter(prefix="/transfers")


class TokenIn(RequestBody):
    """What stands behind the # of the letter's link."""

    token: str = Field(max_length=128)


class OfferShownOut(BaseModel):
    """An offer. `fee_cents` is what the town asks, null where that cannot be said."""

    state: OfferState
    to: str
    offered_by: str
    animal: str
    species: str
    breed: str
    town: str
    issuer: str
    licence: str
    ends: date | None
    fee_cents: int | None
    currency: str
    expires: datetime


@router.post("/look", dependencies=[ANYBODY])
def look_at_offer(body: TokenIn) -> OfferShownOut:
    """What is offered."""
    with db.reading() as session:
        found = licensing.transfer_offer(session, body.token)
    return OfferShownOut(
        state=found.state,
        to=found.email,
        offered_by=found.from_name,
        animal=found.animal_name,
        species=found.species.value,
        breed=found.breed,
        town=found.town.id,
        issuer=found.town.issuer,
        licence=found.number,
        ends=found.ends,
        fee_cents=found.fee.cents if found.fee else None,
        currency=found.town.currency,
        expires=found.expires,
    )


@router.post("/accept", status_code=201)
def accept_transfer(body: TokenIn, session: WriteSession, identity: Writer) -> ApplicationOut:
    """Agree, with the account of the address it was offered to."""
    return out(licensing.accept_transfer(session, identity, body.token))


@router.post("/decline", status_code=204, dependencies=[ANYBODY])
def decline_transfer(body: TokenIn) -> None:
    """Say no, which takes no account."""
    with db.writing() as session:
        licensing.decline_transfer(session, body.token)
