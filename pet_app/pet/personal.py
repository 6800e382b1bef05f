"""What is held about the pets of a person."""

from collections.abc import Collection

from sqlmodel import Session, col, delete, select

from pet_app.core.personal import Holding, Person, Shown, register, told
from pet_app.pet.models import Pet


def show(session: Session, person: Person) -> Shown:
    """Every pet with its measurements."""
    pets = select(Pet).where(Pet.owner == person.owner).order_by(col(Pet.id))
    return Shown({"pets": [told(pet, "owner") for pet in session.exec(pets)]})


def erase(session: Session, person: Person) -> Collection[str]:
    """Every pet; there are no files of pets."""
    session.exec(delete(Pet).where(col(Pet.owner) == person.owner))
    return ()


register(Holding("pets", (Pet,), show, erase))
