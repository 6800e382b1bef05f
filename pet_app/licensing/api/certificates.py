"""Certificates and cards: only for who owns the licence, and the clerks of its town."""

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, Field

from pet_app.core import db, offload, storage
from pet_app.core.http import ReadSession, RequestBody, WriteSession
from pet_app.licensing import service as licensing
from pet_app.licensing.api.desk.shapes import Clerk
from pet_app.licensing.api.desk.shapes import Reader as DeskReader
from pet_app.licensing.api.shapes import Id, Reader

router = APIRouter()

DRAW_CARD = "pet_app.licensing.card:draw"
DRAW_TIMEOUT_S = 20.0
PRIVATE = {"Cache-Control": "private, no-store"}


class Why(RequestBody):
    """Why a clerk takes a licence away or gives it back; its owner reads it."""

    reason: str = Field(max_length=500)


class LicenceStanding(BaseModel):
    """A licence and where it stands now."""

    id: str
    number: str
    state: str


@router.get("/licences/{licence_id}/certificate.pdf", response_class=StreamingResponse)
def certificate(licence_id: Id, session: ReadSession, identity: Reader) -> StreamingResponse:
    """The certificate that counts."""
    return _paper(*licensing.certificate_file(session, identity, licence_id))


@router.get("/desk/licences/{licence_id}/certificate.pdf", response_class=StreamingResponse)
def certificate_at_desk(
    licence_id: Id, session: ReadSession, identity: DeskReader
) -> StreamingResponse:
    """The certificate that counts, for a program of a clerk's."""
    return _paper(*licensing.desk_certificate(session, identity, licence_id))


@router.get("/licences/{licence_id}/card.png", response_class=Response)
def card(licence_id: Id, identity: Reader) -> Response:
    """The licence as a picture for a phone."""
    with db.reading() as session:
        found = licensing.card_of(session, identity, licence_id)
    data = offload.call("workshop", DRAW_CARD, found.picture, timeout=DRAW_TIMEOUT_S)
    name = f"attachment; filename=licence-{found.picture.number}.png"
    return Response(data, media_type="image/png", headers={**PRIVATE, "Content-Disposition": name})


@router.post("/desk/licences/{licence_id}/revoke")
def revoke(licence_id: Id, why: Why, session: WriteSession, identity: Clerk) -> LicenceStanding:
    """Take a licence away."""
    found = licensing.revoke(session, identity, licence_id, why.reason)
    return LicenceStanding(id=found.id, number=found.number, state=found.state)


@router.post("/desk/licences/{licence_id}/restore")
def restore(licence_id: Id, why: Why, session: WriteSession, identity: Clerk) -> LicenceStanding:
    """Give back a licence that was taken away."""
    found = licensing.restore(session, identity, licence_id, why.reason)
    return LicenceStanding(id=found.id, number=found.number, state=found.state)


def _paper(key: str, name: str) -> StreamingResponse:
    return StreamingResponse(
        storage.read_private(key),
        media_type="application/pdf",
        headers={**PRIVATE, "Content-Disposition": f"attachment; filename={name}"},
    )
