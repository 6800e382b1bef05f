"""Licence fees over HTTP: open to everybody, and about nobody."""

from datetime import date

from fastapi import APIRouter
from pydantic import BaseModel, Field

from pet_app.core.http import RequestBody
from pet_app.core.security import ANYBODY
from pet_app.licensing import service as licensing
from pet_app.licensing.api.shapes import FeeOut, fee_out
from pet_app.licensing.rules import Action, Case, Proof, Species

router = APIRouter(dependencies=[ANYBODY])


class TermOut(BaseModel):
    """How long a licence can be for."""

    id: str
    words: str


class TownOut(BaseModel):
    """A town whose rules we know."""

    id: str
    name: str
    region: str
    issuer: str
    currency: str
    species: list[Species]
    terms: list[TermOut]
    proofs: list[Proof]
    note: str
    source: str


class TownList(BaseModel):
    """Towns by name. `where` is the place that was understood; `advice` says what is in doubt."""

    towns: list[TownOut]
    where: str = ""
    certain: bool = False
    advice: str = ""


class FeeAsked(RequestBody):
    """What the fee depends on. Days are those of the town's calendar."""

    species: Species
    altered: bool
    term: str = Field(max_length=20)
    born: date | None = None
    action: Action = Action.NEW
    proofs: list[Proof] = Field(default_factory=list, max_length=20)
    dangerous: bool = False
    due: date | None = None
    rabies_until: date | None = None
    animals_with_reduced_fee: int = Field(default=0, ge=0, le=1000)


@router.get("/towns")
def list_towns(text: str = "") -> TownList:
    """The towns a name, a postcode or an address may mean; all of them without one."""
    found = licensing.find_place(text[:100])
    return TownList(
        towns=[_town(town) for town in found.towns],
        where=found.where,
        certain=found.certain,
        advice=found.advice,
    )


@router.post("/towns/{town_id}/fees")
def work_out_fee(town_id: str, asked: FeeAsked) -> FeeOut:
    """What a licence handed in today would cost."""
    where = licensing.town(town_id)
    case = Case(
        species=asked.species,
        altered=asked.altered,
        handed_in=licensing.today_in(where),
        term=asked.term,
        born=asked.born,
        action=asked.action,
        proofs=frozenset(asked.proofs),
        dangerous=asked.dangerous,
        online=True,
        due=asked.due,
        rabies_until=asked.rabies_until,
        reduced_before=asked.animals_with_reduced_fee,
    )
    priced = licensing.what_it_costs(where, case)
    return fee_out(priced)


def _town(found: licensing.Town) -> TownOut:
    terms = found.terms_on(licensing.today_in(found))
    return TownOut(
        id=found.id,
        name=found.name,
        region=found.region,
        issuer=found.issuer,
        currency=found.currency,
        species=list(found.species),
        terms=[TermOut(id=term.id, words=term.words) for term in terms],
        proofs=list(licensing.proofs_that_count(found)),
        note=found.note,
        source=found.source,
    )
