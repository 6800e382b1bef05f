"""Keeping pets: only their owner sees or changes them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select, update

from pet_app.core import clock
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.core.ids import is_id, new_id
from pet_app.core.security import Identity
from pet_app.messaging.outbox import publish
from pet_app.pet import rules
from pet_app.pet.events import PetAdded, PetMeasured
from pet_app.pet.models import Pet
from pet_app.pet.rules import Measured, More, PetFacts, Sex, Species

__all__ = [
    "PetRecord",
    "add_pet",
    "adopt_pets",
    "change_pet",
    "get_pet",
    "hand_on",
    "list_pets",
    "measure_pet",
    "remove_pet",
    "rename_pet",
    "with_us",
]

MOST_PETS = 50

NOT_YOURS = "We can't find that pet. It may have been removed."
TAKEN_BACK = "Another pet was saved meanwhile. Reload the page and try again."


@dataclass(frozen=True)
class PetRecord:
    """A pet as its owner sees it; `doubts` are sentences about odd measurements.

    `archived` is since when it is only remembered.
    """

    id: str
    name: str
    species: Species
    breed: str
    body: Measured
    doubts: tuple[str, ...]
    more: More
    archived: datetime | None

    @property
    def facts(self) -> PetFacts:
        return PetFacts(self.name, self.species, self.breed, self.body, self.more)


def add_pet(
    session: Session, identity: Identity, facts: PetFacts, pet_id: str | None = None
) -> PetRecord:
    """Keep a new pet.

    A caller who may ask twice, as a double click does, gives the `pet_id` both times: it stays
    one pet, with what was said last. Raises `Invalid` with the fields at fault.
    """
    owner, facts = identity.owner, _checked(facts)
    if known := session.get(Pet, pet_id) if pet_id else None:
        if known.owner not in identity.owners:
            raise Conflict(TAKEN_BACK)
        return change_pet(session, identity, known.id, facts)
    if _count(session, identity) >= MOST_PETS:
        raise Conflict(f"You have {MOST_PETS} pets here, which is as many as we can keep.")
    now = clock.now()
    pet = Pet(
        id=pet_id or new_id(),
        owner=owner,
        created=now,
        changed=now,
        **_columns(facts),
    )
    session.add(pet)
    session.flush()
    publish(session, PetAdded(pet_id=pet.id))
    return _record(pet)


def change_pet(session: Session, identity: Identity, pet_id: str, facts: PetFacts) -> PetRecord:
    """Replace everything told of a pet. Raises `NotFound`, and `Invalid` with the fields."""
    pet = _own(session, identity, pet_id, to_change=True)
    columns = _columns(_checked(facts))
    measured_anew = _record(pet).body != facts.body
    for name, value in columns.items():
        setattr(pet, name, value)
    pet.changed = clock.now()
    session.add(pet)
    session.flush()
    if measured_anew:
        publish(session, PetMeasured(pet_id=pet.id))
    return _record(pet)


def measure_pet(session: Session, identity: Identity, pet_id: str, body: Measured) -> PetRecord:
    """Replace a pet's measurements. Raises `NotFound`, and `Invalid` with the fields."""
    facts = _record(_own(session, identity, pet_id, to_change=True)).facts
    return change_pet(session, identity, pet_id, replace(facts, body=body))


def rename_pet(session: Session, identity: Identity, pet_id: str, name: str) -> PetRecord:
    """Give a pet another name. Raises `NotFound`, and `Invalid` with the field."""
    facts = _record(_own(session, identity, pet_id, to_change=True)).facts
    return change_pet(session, identity, pet_id, replace(facts, name=name))


def tell_more(session: Session, identity: Identity, pet_id: str, more: More) -> PetRecord:
    """Replace what else is told of a pet. Raises `NotFound`, and `Invalid` with the fields."""
    facts = _record(_own(session, identity, pet_id, to_change=True)).facts
    return change_pet(session, identity, pet_id, replace(facts, more=more))


def archive_pet(session: Session, identity: Identity, pet_id: str) -> PetRecord:
    """Only remember a pet from now on: nothing is asked or said of it any more. Safe twice.

    Raises `NotFound`.
    """
    pet = _own(session, identity, pet_id, to_change=True)
    pet.archived = pet.archived or clock.now()
    session.add(pet)
    session.flush()
    return _record(pet)


def bring_back(session: Session, identity: Identity, pet_id: str) -> PetRecord:
    """Have a remembered pet among the others again. Safe twice. Raises `NotFound`."""
    pet = _own(session, identity, pet_id, to_change=True)
    pet.archived = None
    session.add(pet)
    session.flush()
    return _record(pet)


def remove_pet(session: Session, identity: Identity, pet_id: str) -> None:
    """Forget a pet. Raises `NotFound`."""
    session.delete(_own(session, identity, pet_id, to_change=True))
    session.flush()


def get_pet(session: Session, identity: Identity, pet_id: str) -> PetRecord:
    """One pet. Raises `NotFound` for an unknown one and for somebody else's alike."""
    return _record(_own(session, identity, pet_id))


def known_pet(session: Session, pet_id: str) -> PetRecord | None:
    """One pet, whoever asks: for those who may look at it already. None when it is gone."""
    pet = session.get(Pet, pet_id)
    return _record(pet) if pet else None


def list_pets(session: Session, identity: Identity) -> list[PetRecord]:
    """All pets of this person, the first added first; those only remembered too."""
    pets = select(Pet).where(col(Pet.owner).in_(identity.owners)).order_by(col(Pet.id))
    return [_record(pet) for pet in session.exec(pets)]


def with_us(session: Session, pet_ids: Collection[str]) -> set[str]:
    """Those of these pets that are here still, and not only remembered."""
    here = select(Pet.id).where(col(Pet.id).in_(pet_ids), col(Pet.archived).is_(None))
    return set(session.exec(here)) if pet_ids else set()


def hand_on(session: Session, pet_id: str, owner: str) -> str:
    """Have a pet among those of somebody it was given to, as it is known; its id there.

    Who gave it away keeps theirs, to remember. Empty for a pet that nobody kept; given the id that
    came back it changes nothing.
    """
    pet = session.get(Pet, pet_id)
    if pet is None:
        return ""
    if pet.owner == owner:
        return pet.id
    now = clock.now()
    fresh = {"id": new_id(), "owner": owner, "archived": None, "created": now, "changed": now}
    theirs = Pet(**(pet.model_dump() | fresh))
    session.add(theirs)
    session.flush()
    publish(session, PetAdded(pet_id=theirs.id))
    return theirs.id


def adopt_pets(session: Session, visitor_owner: str, user_owner: str) -> int:
    """Give a guest's pets to the account the guest signed in to; how many. Safe to do twice."""
    if not visitor_owner:
        return 0
    theirs = update(Pet).where(col(Pet.owner) == visitor_owner).values(owner=user_owner)
    return session.exec(theirs).rowcount


def _own(session: Session, identity: Identity, pet_id: str, to_change: bool = False) -> Pet:
    if not is_id(pet_id):
        raise NotFound(NOT_YOURS)
    wanted = select(Pet).where(Pet.id == pet_id, col(Pet.owner).in_(identity.owners))
    pet = session.exec(wanted.with_for_update() if to_change else wanted).one_or_none()
    if pet is None:
        raise NotFound(NOT_YOURS)
    return pet


def _count(session: Session, identity: Identity) -> int:
    mine = col(Pet.owner).in_(identity.owners)
    return session.exec(select(func.count()).select_from(Pet).where(mine)).one()


def _checked(facts: PetFacts) -> PetFacts:
    facts = replace(facts, name=rules.clean_text(facts.name), breed=rules.clean_text(facts.breed))
    if facts.more:
        more = replace(
            facts.more,
            colours=rules.clean_text(facts.more.colours),
            microchip=rules.tidy_microchip(facts.more.microchip),
        )
        facts = replace(facts, more=more)
    faults = rules.faults_in(facts)
    if facts.more and facts.more.born and "born" not in faults:
        faults |= rules.faults_in_birth(facts.more.born, clock.now().date())
    if faults:
        raise Invalid("Some of this needs another look.", faults)
    return facts


def _columns(facts: PetFacts) -> dict[str, Any]:
    body = facts.body
    return {
        "name": facts.name,
        "species": facts.species.value,
        "breed": facts.breed,
        "neck_mm": body.neck_mm,
        "girth_mm": body.girth_mm,
        "back_mm": body.back_mm,
        "weight_g": body.weight_g,
        **(_more_columns(facts.more) if facts.more else {}),
    }


def _more_columns(more: More) -> dict[str, Any]:
    return {
        "sex": more.sex.value if more.sex else "",
        "altered": more.altered,
        "born": more.born,
        "colours": more.colours,
        "microchip": more.microchip,
    }


def _record(pet: Pet) -> PetRecord:
    body = Measured(pet.neck_mm, pet.girth_mm, pet.back_mm, pet.weight_g)
    more = More(
        Sex(pet.sex) if pet.sex else None, pet.altered, pet.born, pet.colours, pet.microchip
    )
    doubts = rules.doubts_about(body)
    return PetRecord(
        pet.id, pet.name, Species(pet.species), pet.breed, body, doubts, more, pet.archived
    )
