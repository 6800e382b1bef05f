"""Pets over HTTP; lengths in millimetres, weights in grams."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from pet_app.core.http import ReadSession, RequestBody, WriteSession
from pet_app.core.security import Identity, Scope, with_scope
from pet_app.pet import service as pets
from pet_app.pet.rules import Measured, More, PetFacts, Sex, Species
from pet_app.pet.service import PetRecord

router = APIRouter(prefix="/api/v1/pets", tags=["pet"])

Reader = Annotated[Identity, with_scope(Scope.PETS_READ)]
Writer = Annotated[Identity, with_scope(Scope.PETS_WRITE)]

Text = Annotated[str, Field(max_length=200)]
Amount = Annotated[int, Field(strict=True, ge=-1_000_000, le=1_000_000)]


class Body(RequestBody):
    """A pet's measurements."""

    neck_mm: Amount
    girth_mm: Amount
    back_mm: Amount
    weight_g: Amount

    def measured(self) -> Measured:
        return Measured(self.neck_mm, self.girth_mm, self.back_mm, self.weight_g)


class MoreIn(RequestBody):
    """What else is told of a pet; null or empty where it is not."""

    sex: Sex | None = None
    altered: bool | None = None
    born: date | None = None
    colours: Text = ""
    microchip: Text = ""

    def told(self) -> More:
        return More(self.sex, self.altered, self.born, self.colours, self.microchip)


class PetIn(Body):
    """Everything told of a pet; without `more`, what was told of that before stays."""

    name: Text
    species: Species
    breed: Text = ""
    more: MoreIn | None = None

    def facts(self) -> PetFacts:
        more = self.more.told() if self.more else None
        return PetFacts(self.name, self.species, self.breed, self.measured(), more)


class Name(RequestBody):
    """A pet's new name."""

    name: Text


class PetOut(BaseModel):
    """A pet; `doubts` are sentences about odd measurements. `archived` is since when it is only
    remembered."""

    id: str
    name: str
    species: Species
    breed: str
    neck_mm: int
    girth_mm: int
    back_mm: int
    weight_g: int
    doubts: list[str]
    more: MoreIn
    archived: datetime | None


@router.get("")
def list_pets(session: ReadSession, identity: Reader) -> list[PetOut]:
    """All your pets."""
    return [_out(pet) for pet in pets.list_pets(session, identity)]


@router.post("", status_code=201)
def add_pet(body: PetIn, session: WriteSession, identity: Writer, response: Response) -> PetOut:
    """Add a pet."""
    pet = pets.add_pet(session, identity, body.facts())
    response.headers["location"] = f"{router.prefix}/{pet.id}"
    return _out(pet)


@router.get("/{pet_id}")
def get_pet(pet_id: str, session: ReadSession, identity: Reader) -> PetOut:
    """One of your pets."""
    return _out(pets.get_pet(session, identity, pet_id))


@router.put("/{pet_id}")
def change_pet(pet_id: str, body: PetIn, session: WriteSession, identity: Writer) -> PetOut:
    """Replace everything told of a pet."""
    return _out(pets.change_pet(session, identity, pet_id, body.facts()))


@router.put("/{pet_id}/measurements")
def measure_pet(pet_id: str, body: Body, session: WriteSession, identity: Writer) -> PetOut:
    """Replace a pet's measurements."""
    return _out(pets.measure_pet(session, identity, pet_id, body.measured()))


@router.put("/{pet_id}/name")
def rename_pet(pet_id: str, body: Name, session: WriteSession, identity: Writer) -> PetOut:
    """Give a pet another name."""
    return _out(pets.rename_pet(session, identity, pet_id, body.name))


@router.put("/{pet_id}/more")
def tell_more(pet_id: str, body: MoreIn, session: WriteSession, identity: Writer) -> PetOut:
    """Replace what else is told of a pet: what a town asks for its licence."""
    return _out(pets.tell_more(session, identity, pet_id, body.told()))


@router.put("/{pet_id}/archive")
def archive_pet(pet_id: str, session: WriteSession, identity: Writer) -> PetOut:
    """Only remember a pet from now on."""
    return _out(pets.archive_pet(session, identity, pet_id))


@router.delete("/{pet_id}/archive")
def bring_back(pet_id: str, session: WriteSession, identity: Writer) -> PetOut:
    """Have a remembered pet among the others again."""
    return _out(pets.bring_back(session, identity, pet_id))


@router.delete("/{pet_id}", status_code=204)
def remove_pet(pet_id: str, session: WriteSession, identity: Writer) -> None:
    """Forget a pet."""
    pets.remove_pet(session, identity, pet_id)


def _out(pet: PetRecord) -> PetOut:
    body = pet.body
    return PetOut(
        id=pet.id,
        name=pet.name,
        species=pet.species,
        breed=pet.breed,
        neck_mm=body.neck_mm,
        girth_mm=body.girth_mm,
        back_mm=body.back_mm,
        weight_g=body.weight_g,
        doubts=list(pet.doubts),
        more=MoreIn(**vars(pet.more)),
        archived=pet.archived,
    )
