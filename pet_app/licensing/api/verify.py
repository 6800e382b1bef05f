"""Checking certificates over HTTP: open to everybody, and about nobody."""

from datetime import date, datetime
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from pet_app.core.http import ReadSession, RequestBody
from pet_app.core.security import ANYBODY
from pet_app.licensing import service as licensing
from pet_app.licensing.service import Outcome

router = APIRouter(dependencies=[ANYBODY])

KEEP_KEYS = "public, max-age=300"


class VerifyAsked(RequestBody):
    """What stands in the QR code of a certificate, or a licence number."""

    text: str = Field(min_length=1, max_length=600)


class LicenceSeen(BaseModel):
    """What anybody may know of a licence; `ends` is null for the animal's life."""

    number: str
    town: str
    town_id: str
    region: str
    issuer: str
    species: str
    begins: date
    ends: date | None
    serial: int
    issued: date | None


class VerifiedOut(BaseModel):
    """What came of it today, in the town's own day."""

    outcome: Outcome
    good: bool
    title: str
    words: str
    today: date | None
    licence: LicenceSeen | None


class KeyOut(BaseModel):
    """A key that certificates are signed with; `public` is base64. One that was revoked vouches
    for nothing, whenever it signed."""

    id: str
    algorithm: Literal["Ed25519"] = "Ed25519"
    public: str
    created: datetime
    retired: datetime | None
    revoked: datetime | None


class KeyList(BaseModel):
    """Every key there ever was, the newest first: what checking without a connection needs."""

    format: Literal["L1"] = "L1"
    keys: list[KeyOut]


@router.post("/verify")
def verify(asked: VerifyAsked, session: ReadSession) -> VerifiedOut:
    """Whether a certificate or a licence is good today."""
    found = licensing.verify(session, asked.text)
    seen = found.licence
    return VerifiedOut(
        outcome=found.outcome,
        good=found.good,
        title=found.title,
        words=found.words,
        today=found.today,
        licence=LicenceSeen(
            number=seen.number,
            town=seen.town_name,
            town_id=seen.town_id,
            region=seen.region,
            issuer=seen.issuer,
            species=seen.species,
            begins=seen.begins,
            ends=seen.ends,
            serial=seen.serial,
            issued=seen.issued,
        )
        if seen
        else None,
    )


@router.get("/keys")
def keys(session: ReadSession, response: Response) -> KeyList:
    """The public halves of the keys that certificates are signed with."""
    response.headers["Cache-Control"] = KEEP_KEYS
    return KeyList(
        keys=[
            KeyOut(
                id=key.id,
                public=key.public,
                created=key.created,
                retired=key.retired,
                revoked=key.revoked,
            )
            for key in licensing.list_keys(session)
        ]
    )
