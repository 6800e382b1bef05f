"""The bench: the piece being designed, changed one choice at a time and judged after each."""

import asyncio
from dataclasses import replace
from typing import Any

import reflex as rx

from pet_app.builder import choices as choosing
from pet_app.builder import service as builder
from pet_app.builder.body import builds
from pet_app.builder.choices import (
    LONGEST_TYPED,
    LONGEST_WRITTEN,
    Choice,
    Choices,
    Typed,
    choices_of,
)
from pet_app.builder.design import Measurements
from pet_app.builder.quote import settled
from pet_app.builder.rules import Kind, RingPlace
from pet_app.builder.starting import OFFERED, STARTING
from pet_app.builder.state.laying import START, Laid, kept_as, laid_out, origin_of
from pet_app.builder.state.shown import PetChip
from pet_app.builder.state.viewed import Viewed
from pet_app.builder.tasks import ensure_model, ensure_worn
from pet_app.builder.worn import WORN
from pet_app.core import db
from pet_app.core.errors import Invalid, NotFound
from pet_app.core.ids import new_id
from pet_app.core.measures import Units
from pet_app.core.offload import OffloadError
from pet_app.core.telemetry import log
from pet_app.pet import service as pets
from pet_app.ui.session import Session
from pet_app.user import service as users

NO_MODEL = "We could not build the 3D model just now. Your design is right; try again in a moment."
NOT_MADE = "We do not make that. Please choose one of the kinds shown."
LONGEST_HISTORY = 50


class Bench(Viewed, Session):
    """The design on the bench."""

    model: str = f"/api/v1/builder/models/{START.geometry_key()}.glb"
    model_fault: str = ""
    opened: bool = False
    poster: str = ""
    drawn: int = 0
    chips: rx.Field[list[PetChip]] = rx.field(default_factory=list)
    worn: bool = False
    can_undo: bool = False
    can_redo: bool = False

    _past: rx.Field[list[Choices]] = rx.field(default_factory=list)
    _future: rx.Field[list[Choices]] = rx.field(default_factory=list)

    @rx.var
    def weight_unit(self) -> str:
        """The unit of weight that goes with the chosen unit of length."""
        return Units(self.choices.units).weight

    @rx.var
    def can_be_worn(self) -> bool:
        """Whether such a piece can be shown on its animal."""
        return self.choices.kind in list(WORN)

    @rx.event
    async def open(self) -> Any:
        """Lay out what the address asks for, or what was on the bench last time."""
        identity = await self._identity()
        draft = await db.read(builder.draft_of, identity)
        bench = choosing.choices_from(draft) or choices_of(START)
        if units := (await db.read(users.preferences_of, identity)).units:
            bench = bench.converted(units)
        self._forget_piece()
        self._forget_past()
        self.saving = False
        self._click = draft.get("click", "") or new_id()
        self._origin = origin_of(dict(self.router.url.query_parameters))
        try:
            if self._origin and draft.get("origin", "") != self._origin:
                laid = await laid_out(identity, self._origin, bench)
                self._lay(laid, laid.kept.name if laid.kept else "")
            else:
                kept = await kept_as(identity, draft.get("saved_id", ""))
                self._lay(Laid(bench, kept), draft.get("name", ""))
        except (NotFound, Invalid) as problem:
            self._lay(Laid(bench), "")
            self._origin = ""
            self._show_problem(problem.detail)
        self.chips = [PetChip(pet.id, pet.name) for pet in await db.read(pets.list_pets, identity)]
        await self._show()
        await self._cover()
        self.opened = True
        return [Bench.shape, Bench.follow_picture]

    @rx.event
    async def choose(self, choice: Choice, value: str) -> Any:
        """Pick a value for one choice."""
        if choice == "kind":
            if value not in list(OFFERED):
                raise Invalid(NOT_MADE)
            return await self._change(self.choices.switched(Kind(value)), redraw=True)
        longest = LONGEST_WRITTEN if choice == "text" else LONGEST_TYPED
        changed = replace(self.choices, **{choice: value[:longest]})
        return await self._change(changed, redraw=choice == "text")

    @rx.event
    async def put_ring(self, place: RingPlace) -> Any:
        """Sew a ring on at a place, or leave it out again."""
        return await self._change(self.choices.with_ring(place))

    @rx.event
    async def settle(self) -> Any:
        """Take the nearest that can be made, for everything refused at once."""
        design = self._design_of(self.choices)
        if design is not None:
            found = choices_of(settled(design), Units(self.choices.units), self.choices.fit)
            return await self._change(found, redraw=True)
        return None

    @rx.event
    async def measure(self, part: Typed, typed: str) -> Any:
        """Take a measurement, or the animal's age, as it was typed."""
        typed = typed[:LONGEST_TYPED]
        if typed != getattr(self.choices, part):
            fit = self.choices.fit if part == "age" else ""
            return await self._change(replace(self.choices, fit=fit, **{part: typed}))
        return None

    @rx.event
    async def write(self, typed: str) -> Any:
        """Take the text to be put on the piece, as it was typed."""
        # A browser ends lines its own way.
        text = typed.replace("\r\n", "\n")[:LONGEST_WRITTEN]
        return await self._change(replace(self.choices, text=text))

    @rx.event
    async def fit_pet(self, pet_id: str) -> Any:
        """Fit the piece to one of one's pets."""
        pet = await db.read(pets.get_pet, await self._identity(), pet_id)
        measured = Measurements(**vars(pet.body))
        build = builds.of(pet.species.value, pet.breed)
        return await self._change(self.choices.measuring(measured, pet.id, build), redraw=True)

    @rx.event
    async def fit_size(self, size: str) -> Any:
        """Fit the piece to a standard size."""
        measured = choosing.size_measurements(size)
        return await self._change(self.choices.measuring(measured, size), redraw=True)

    @rx.event
    async def measure_in(self, units: Units) -> Any:
        """Centimetres or inches; what is typed already is converted."""
        await db.write(users.remember_units, await self._identity(), units)
        return await self._change(self.choices.converted(units), redraw=True)

    @rx.event
    async def undo(self) -> Any:
        """Go back one change."""
        if self._past:
            self._future.append(self.choices)
            return await self._move_to(self._past.pop(), redraw=True)
        return None

    @rx.event
    async def redo(self) -> Any:
        """Go forward again."""
        if self._future:
            self._past.append(self.choices)
            return await self._move_to(self._future.pop(), redraw=True)
        return None

    @rx.event
    async def start_over(self) -> Any:
        """Clear the bench for a new piece of the same kind."""
        kind = Kind(self.choices.kind)
        self._forget_piece()
        self._forget_past()
        self._origin, self._click = "", new_id()
        return await self._move_to(choices_of(STARTING[kind]), redraw=True)

    @rx.event
    async def shape(self) -> None:
        """Show the model of the choices; the one on screen stays when there can be none."""
        await self._keep_draft()
        design = self._design_of(self.choices)
        if design is None or not self.shown.has_shape:
            return
        try:
            make = ensure_worn if self.worn and self.can_be_worn else ensure_model
            self.model = await asyncio.to_thread(make, design)
            self.model_fault = ""
        except OffloadError as fault:
            log.error("no model", exc_info=fault)
            self.model_fault = NO_MODEL

    @rx.event
    def wear(self) -> Any:
        """Show the piece on its animal, or by itself again."""
        self.worn = not self.worn
        return Bench.shape

    async def _change(self, choices: Choices, redraw: bool = False) -> Any:
        if choices == self.choices:
            return None
        self._past = [*self._past, self.choices][-LONGEST_HISTORY:]
        self._future = []
        return await self._move_to(choices, redraw)

    async def _move_to(self, choices: Choices, redraw: bool = False) -> Any:
        """Judge other choices, and have the model follow in an event of its own."""
        self.choices = choices
        self.drawn += redraw
        self.can_undo, self.can_redo = bool(self._past), bool(self._future)
        await self._show()
        return Bench.shape

    async def _show(self) -> None:
        design = await self._judge()
        self.is_kept = design is not None and self._content_key == design.content_key()

    async def _cover(self) -> None:
        """Show the picture of this very piece, if there is one, until its model is loaded."""
        design = self._design_of(self.choices)
        key = design.content_key() if design else ""
        found = (await db.read(builder.photos_of, [key])).get(key)
        self.poster = found.url if found else ""

    def _lay(self, laid: Laid, name: str) -> None:
        if laid.kept:
            self._show_kept(laid.kept)
        self.choices, self.name = laid.choices, name
        self.drawn += 1

    def _forget_past(self) -> None:
        self._past, self._future = [], []
        self.can_undo = self.can_redo = False
