"""What the overview shows: a person's pets and latest designs, and what wants their attention."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from pet_app.builder import service as designs
from pet_app.builder.service import DesignRecord
from pet_app.core import db
from pet_app.core.security import Permission
from pet_app.licensing import service as licensing
from pet_app.pet import service as pets
from pet_app.pet.service import PetRecord
from pet_app.ui.session import Session
from pet_app.user import service as users
from pet_app.user.service import Channel, News

LATEST = 3


@dataclass(frozen=True)
class PetTile:
    """One pet in a line."""

    id: str
    name: str
    about: str


@dataclass(frozen=True)
class DesignTile:
    """One design with its picture; `picture` is empty while it is being rendered."""

    id: str
    name: str
    price: str
    picture: str


@dataclass(frozen=True)
class Matter:
    """Something to see to: a sentence, and where to do it."""

    text: str
    href: str
    action: str


class Overview(Session):
    """The first page of the dashboard."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    opened: rx.Field[bool] = rx.field(False)
    pets: rx.Field[list[PetTile]] = rx.field(default_factory=list)
    designs: rx.Field[list[DesignTile]] = rx.field(default_factory=list)
    matters: rx.Field[list[Matter]] = rx.field(default_factory=list)

    @rx.event
    async def open(self) -> None:
        """Gather what the page shows."""
        identity = await self._identity()
        found = await db.read(pets.list_pets, identity)
        kept = (await db.read(designs.list_designs, identity))[:LATEST]
        thumbs = await db.read(designs.thumbs_of, kept)
        self.pets = [PetTile(pet.id, pet.name, _about(pet)) for pet in found]
        self.designs = [_tile(design, thumbs.get(design.id, "")) for design in kept]
        chosen = await db.read(users.preferences_of, identity)
        told = chosen.tells(News.REMINDERS, Channel.DASHBOARD)
        asked = await db.read(licensing.attention_of, identity)
        self.matters = [
            Matter(one.text, one.href, one.action) for one in asked if told or not one.reminder
        ]
        if told:
            here = [pet for pet in found if pet.archived is None]
            self.matters += [matter for pet in here for matter in _matters(pet)]
        self.opened = True


def _about(pet: PetRecord) -> str:
    return pet.breed or pet.species.capitalize()


def _tile(kept: DesignRecord, thumb: str) -> DesignTile:
    return DesignTile(kept.id, kept.name, str(kept.price), thumb)


def _matters(pet: PetRecord) -> list[Matter]:
    href = f"/dashboard/pets/measure?pet={pet.id}"
    return [Matter(f"{pet.name}: {doubt}", href, "Measure again") for doubt in pet.doubts]
