"""What the overview shows: a person's pets, and what wants their attention."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from pet_app.core import db
from pet_app.core.security import Role
from pet_app.pet import service as pets
from pet_app.pet.service import PetRecord
from pet_app.ui.session import Session


@dataclass(frozen=True)
class PetTile:
    """One pet in a line."""

    id: str
    name: str
    about: str


@dataclass(frozen=True)
class Matter:
    """Something to see to: a sentence, and where to do it."""

    text: str
    href: str
    action: str


class Overview(Session):
    """The first page of the dashboard."""

    needs: ClassVar[Role | None] = Role.USER

    opened: bool = False
    tiles: list[PetTile] = rx.field(default_factory=list)
    matters: list[Matter] = rx.field(default_factory=list)

    @rx.event
    async def open(self) -> None:
        """Gather what the page shows."""
        found = await db.read(pets.list_pets, await self._identity())
        self.tiles = [PetTile(pet.id, pet.name, pet.breed or pet.species) for pet in found]
        self.matters = [matter for pet in found for matter in _matters(pet)]
        self.opened = True


def _matters(pet: PetRecord) -> list[Matter]:
    href = f"/dashboard/pets/measure?pet={pet.id}"
    return [Matter(f"{pet.name}: {doubt}", href, "Measure again") for doubt in pet.doubts]
