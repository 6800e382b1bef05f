"""One's own licences over HTTP: what they are worth, and what can be done with them."""

from datetime import date, datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from pet_app.core.http import ReadSession, RequestBody, WriteSession
from pet_app.licensing import service as licensing
from pet_app.licensing.api.shapes import ApplicationOut, Id, Reader, Writer, out
from pet_app.licensing.rules.standing import OfferState, Standing
from pet_app.licensing.service import LicenceView, OfferView

router = APIRouter(prefix="/licences")


class OfferOut(BaseModel):
    """An offer of a licence to somebody else, as who made it sees it."""

    email: str
    state: OfferState
    expires: datetime


class LicenceOut(BaseModel):
    """A licence. `ends` is null for the animal's life; `days_left` is less than 0 past its end.
    `may` is what can be done with it now."""

    id: str
    number: str
    tag_code: str
    town: str
    issuer: str
    standing: Standing
    pet_id: str
    animal: str
    species: str
    altered: bool
    term: str
    begins: date
    ends: date | None
    term_ends: date | None
    rabies_until: date | None
    days_left: int | None
    certificate: int
    certificate_ready: bool
    lost: bool
    lost_words: str
    applications: list[str]
    offer: OfferOut | None
    may: list[str]


class MoveIn(RequestBody):
    """The town somebody has moved to, by its id."""

    town: str = Field(max_length=80)


class LostIn(RequestBody):
    """Whether the pet is lost, and words for whoever finds it."""

    lost: bool
    words: str = Field(default="", max_length=1000)


class EndIn(RequestBody):
    """Why a licence is given back; may be empty."""

    reason: str = Field(default="", max_length=200)


class OfferIn(RequestBody):
    """To whom a licence is offered."""

    email: str = Field(max_length=254)


@router.get("")
def list_licences(session: ReadSession, identity: Reader) -> list[LicenceOut]:
    """Your licences, those that hold first."""
    return [shape(found) for found in licensing.licences_of(session, identity)]


@router.get("/{licence_id}")
def get_licence(licence_id: Id, session: ReadSession, identity: Reader) -> LicenceOut:
    """One of your licences."""
    return shape(licensing.licence_of(session, identity, licence_id))


@router.post("/{licence_id}/renewal", status_code=201)
def renew(licence_id: Id, session: WriteSession, identity: Writer) -> ApplicationOut:
    """Ask for the next term, filled in with all that was told before."""
    return out(licensing.renew(session, identity, licence_id))


@router.post("/{licence_id}/booster", status_code=201)
def bring_booster(licence_id: Id, session: WriteSession, identity: Writer) -> ApplicationOut:
    """Show a newer vaccination, which gives a licence back the rest of its term."""
    return out(licensing.bring_booster(session, identity, licence_id))


@router.post("/{licence_id}/replacement", status_code=201)
def replace_tag(licence_id: Id, session: WriteSession, identity: Writer) -> ApplicationOut:
    """Ask for another tag."""
    return out(licensing.replace_tag(session, identity, licence_id))


@router.post("/{licence_id}/move", status_code=201)
def move_town(
    licence_id: Id, body: MoveIn, session: WriteSession, identity: Writer
) -> ApplicationOut:
    """Ask another town for a licence; this one ends when that one begins."""
    return out(licensing.move_town(session, identity, licence_id, body.town))


@router.put("/{licence_id}/lost")
def set_lost(licence_id: Id, body: LostIn, session: WriteSession, identity: Writer) -> LicenceOut:
    """Say that the pet is lost, or back."""
    return shape(licensing.set_lost(session, identity, licence_id, body.lost, body.words))


@router.post("/{licence_id}/end")
def end_licence(licence_id: Id, body: EndIn, session: WriteSession, identity: Writer) -> LicenceOut:
    """Give a licence back, as when the pet has died."""
    return shape(licensing.end_licence(session, identity, licence_id, body.reason))


@router.post("/{licence_id}/offer", status_code=201)
def offer_transfer(
    licence_id: Id, body: OfferIn, session: WriteSession, identity: Writer
) -> LicenceOut:
    """Offer a licence to whoever has the pet now; they get a letter."""
    return shape(licensing.offer_transfer(session, identity, licence_id, body.email))


@router.delete("/{licence_id}/offer")
def take_back_offer(licence_id: Id, session: WriteSession, identity: Writer) -> LicenceOut:
    """Offer it no more."""
    return shape(licensing.take_back_offer(session, identity, licence_id))


def shape(found: LicenceView) -> LicenceOut:
    """A licence as it is sent."""
    return LicenceOut(
        id=found.id,
        number=found.number,
        tag_code=found.tag_code,
        town=found.town.id,
        issuer=found.town.issuer,
        standing=found.standing,
        pet_id=found.pet_id,
        animal=found.animal_name,
        species=found.species.value,
        altered=found.altered,
        term=found.term,
        begins=found.begins,
        ends=found.ends,
        term_ends=found.term_ends,
        rabies_until=found.rabies_until,
        days_left=found.days_left,
        certificate=found.certificate,
        certificate_ready=found.certificate_ready,
        lost=found.lost,
        lost_words=found.lost_words,
        applications=[one.id for one in found.applications],
        offer=_offer(found.offer),
        may=sorted(found.may),
    )


def _offer(found: OfferView | None) -> OfferOut | None:
    if found is None:
        return None
    return OfferOut(email=found.email, state=found.state, expires=found.expires)
