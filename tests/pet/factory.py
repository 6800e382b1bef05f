"""Pets and their owners for tests."""

from dataclasses import replace

from sqlmodel import Session

from pet_app.core.security import Identity, Role, fingerprint
from pet_app.pet import service as pets
from pet_app.pet.rules import Measured, PetFacts, Species
from pet_app.pet.service import PetRecord

BISCUIT = PetFacts("Biscuit", Species.DOG, "Labrador Retriever", Measured(460, 760, 610, 29_000))
OLIVE = Identity(fingerprint("olive"), "olive", Role.USER, "Olive", "olive@example.com")
MALLORY = Identity(fingerprint("mallory"), "mallory", Role.USER, "Mallory", "mallory@example.com")
GUEST = Identity(fingerprint("guest"))


def make_pet(
    session: Session, owner: Identity = OLIVE, name: str = "Biscuit", **body: int
) -> PetRecord:
    """A pet, kept as a page would keep it."""
    facts = replace(BISCUIT, name=name, body=replace(BISCUIT.body, **body))
    return pets.add_pet(session, owner, facts)
