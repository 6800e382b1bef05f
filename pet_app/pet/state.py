"""What the pet pages remember: the pets shown, and the form as it stands."""

from dataclasses import dataclass, replace
from typing import ClassVar, Literal, get_args

import reflex as rx

from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.measures import GRAMS_IN, MM_IN, Units, at_a_glance
from pet_app.core.security import Permission
from pet_app.pet import breeds, form, rules
from pet_app.pet import service as pets
from pet_app.pet.form import PetForm
from pet_app.pet.rules import Species
from pet_app.pet.service import PetRecord
from pet_app.ui.session import Session
from pet_app.user import service as users

LIST = "/dashboard/pets"
LONGEST_TYPED = 120
MORE = frozenset({"sex", "altered", "born", "colours", "microchip"})
"""Fields that only a licence asks for."""

Typed = Literal[
    "name",
    "breed",
    "neck",
    "girth",
    "back",
    "weight",
    "sex",
    "altered",
    "born",
    "colours",
    "microchip",
]


@dataclass(frozen=True)
class PetCard:
    """One pet as the list shows it; measurements with their units."""

    id: str
    name: str
    species: str
    breed: str
    neck: str
    girth: str
    back: str
    weight: str
    doubt: str
    archived: bool


class PetDesk(Session):
    """The list of pets and the page to add or change one."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT
    quiet: ClassVar[frozenset[str]] = frozenset({"keep", "suggest_breeds"})

    cards: rx.Field[list[PetCard]] = rx.field(default_factory=list)
    listed: rx.Field[bool] = rx.field(False)
    units: rx.Field[str] = rx.field(Units.CM.value)

    form: rx.Field[PetForm] = rx.field(default_factory=PetForm)
    ready: rx.Field[bool] = rx.field(False)
    known: rx.Field[bool] = rx.field(False)
    suggestions: rx.Field[list[str]] = rx.field(default_factory=list)
    drawn: rx.Field[int] = rx.field(0)
    removing: rx.Field[str] = rx.field("")
    removing_name: rx.Field[str] = rx.field("")

    _pet_id: str = ""

    @rx.var
    def weight_unit(self) -> str:
        """The unit of weight that goes with the chosen unit of length."""
        return Units(self.form.units).weight

    @rx.var
    def told_more(self) -> bool:
        """Whether anything is told, or wrong, of what only a licence asks for."""
        form = self.form
        told = (form.sex, form.altered, form.born, form.colours, form.microchip)
        return any(told) or bool(MORE & self.problem_fields.keys())

    @rx.event
    async def open_list(self) -> None:
        """Show every pet."""
        self.ready = False
        await self._measure_as_liked()
        await self._list()

    @rx.event
    async def open_form(self) -> None:
        """Show the form: filled for the pet in `?pet=`, empty without one."""
        self.ready = False
        wanted = dict(self.router.url.query_parameters).get("pet", "")
        await self._measure_as_liked()
        units = Units(self.units)
        self._pet_id, self.form = new_id(), PetForm(units=units.value)
        if wanted:
            pet = await db.read(pets.get_pet, await self._identity(), wanted)
            self._pet_id, self.form = pet.id, form.form_of(pet.facts, units)
        self.known, self.suggestions = bool(wanted), []
        self.drawn += 1
        self.ready = True

    @rx.event
    def keep(self, field: Typed, typed: str) -> None:
        """Remember what was typed, so that changing the unit can convert it."""
        self.form = replace(self.form, **{field: typed[:LONGEST_TYPED]})

    @rx.event
    def choose_species(self, species: Species) -> None:
        """A dog or a cat."""
        self.form = replace(self.form, species=species.value)
        self.suggestions = []

    @rx.event
    async def choose_units(self, units: Units) -> None:
        """Centimetres or inches in the form; numbers already typed are converted."""
        await self._measure_in(units)
        self.form = form.converted(self.form, units)
        self.drawn += 1

    @rx.event
    async def list_in(self, units: Units) -> None:
        """Centimetres or inches in the list."""
        await self._measure_in(units)
        await self._list()

    @rx.event
    def suggest_breeds(self, typed: str) -> None:
        """Offer breeds with this in their name."""
        self.suggestions = breeds.suggest(typed[: rules.LONGEST_BREED], Species(self.form.species))

    @rx.event
    async def save(self, typed: dict[str, str]) -> rx.event.EventSpec | None:
        """Keep the pet in the form."""
        fields = {name: typed.get(name, "")[:LONGEST_TYPED] for name in get_args(Typed)}
        self.form = replace(self.form, **fields)
        facts = form.read(self.form)
        identity = await self._identity()
        if self.known:
            await db.write(pets.change_pet, identity, self._pet_id, facts)
        else:
            await db.write(pets.add_pet, identity, facts, self._pet_id)
        return rx.redirect(LIST)

    @rx.event
    def ask_removal(self, pet_id: str, name: str) -> None:
        """Ask before forgetting a pet."""
        self.removing, self.removing_name = pet_id, name

    @rx.event
    def keep_pet(self) -> None:
        """Do not forget it after all."""
        self.removing = self.removing_name = ""

    @rx.event
    async def remove(self) -> None:
        """Forget the pet that was asked about."""
        pet_id, self.removing = self.removing, ""
        if pet_id:
            await db.write(pets.remove_pet, await self._identity(), pet_id)
            await self._list()

    @rx.event
    async def archive(self) -> None:
        """Only remember the pet that was asked about."""
        pet_id, self.removing = self.removing, ""
        if pet_id:
            await db.write(pets.archive_pet, await self._identity(), pet_id)
            await self._list()

    @rx.event
    async def bring_back(self, pet_id: str) -> None:
        """Have a remembered pet among the others again."""
        await db.write(pets.bring_back, await self._identity(), pet_id)
        await self._list()

    async def _measure_as_liked(self) -> None:
        chosen = await db.read(users.preferences_of, await self._identity())
        self.units = (chosen.units or Units(self.units)).value

    async def _measure_in(self, units: Units) -> None:
        self.units = units.value
        await db.write(users.remember_units, await self._identity(), units)

    async def _list(self) -> None:
        found = await db.read(pets.list_pets, await self._identity())
        found.sort(key=lambda pet: pet.archived is not None)
        self.cards = [_card(pet, Units(self.units)) for pet in found]
        self.listed = True


def _card(pet: PetRecord, units: Units) -> PetCard:
    body, unit = pet.body, MM_IN[units]
    return PetCard(
        id=pet.id,
        name=pet.name,
        species=pet.species.capitalize(),
        breed=pet.breed,
        neck=f"{at_a_glance(body.neck_mm, unit)} {units}",
        girth=f"{at_a_glance(body.girth_mm, unit)} {units}",
        back=f"{at_a_glance(body.back_mm, unit)} {units}",
        weight=f"{at_a_glance(body.weight_g, GRAMS_IN[units])} {units.weight}",
        doubt=pet.doubts[0] if pet.doubts else "",
        archived=pet.archived is not None,
    )
