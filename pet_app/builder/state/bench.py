"""The bench: the piece being designed, judged after every change, and kept on request."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import reflex as rx

from pet_app.builder import choices as choosing
from pet_app.builder import service as builder
from pet_app.builder.choices import LONGEST_TYPED, Choice, Choices, Typed, choices_of
from pet_app.builder.design import Design, Measurements
from pet_app.builder.preview import topic
from pet_app.builder.quote import quote, settled
from pet_app.builder.reading import parse
from pet_app.builder.rules import Kind
from pet_app.builder.service import DesignRecord
from pet_app.builder.starting import STARTING
from pet_app.builder.state.laying import START, Laid, kept_as, laid_out, origin_of
from pet_app.builder.state.shown import (
    Advice,
    Judgement,
    PetChip,
    Picture,
    advice,
    judgement,
    look_of,
    picture_of,
)
from pet_app.builder.tasks import ensure_model
from pet_app.core import db
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.core.ids import new_id
from pet_app.core.measures import Units
from pet_app.core.offload import OffloadError
from pet_app.core.telemetry import log
from pet_app.pet import service as pets
from pet_app.ui import live
from pet_app.ui.session import Session

NO_MODEL = "We could not build the 3D model just now. Your design is right; try again in a moment."
LONGEST_NAME = 80
LONGEST_HISTORY = 50


class Bench(Session):
    """The design on the bench. The service judges again what is saved."""

    choices: rx.Field[Choices] = rx.field(default_factory=lambda: choices_of(START))
    shown: rx.Field[Judgement] = rx.field(default_factory=lambda: judgement(quote(START)))
    faults: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    hint_for: str = ""
    hint: rx.Field[Advice] = rx.field(default_factory=Advice)
    look: rx.Field[dict[str, str]] = rx.field(default_factory=lambda: look_of(choices_of(START)))
    model: str = f"/api/v1/builder/models/{START.geometry_key()}.glb"
    model_fault: str = ""
    opened: bool = False
    poster: str = ""
    drawn: int = 0

    chips: rx.Field[list[PetChip]] = rx.field(default_factory=list)
    name: str = ""
    saved_id: str = ""
    is_kept: bool = False
    saving: bool = False
    picture: rx.Field[Picture] = rx.field(default_factory=Picture)

    can_undo: bool = False
    can_redo: bool = False

    _click: str = ""
    _origin: str = ""
    _content_key: str = ""
    _following: str = ""
    _past: rx.Field[list[Choices]] = rx.field(default_factory=list)
    _future: rx.Field[list[Choices]] = rx.field(default_factory=list)

    @rx.var
    def can_be_made(self) -> bool:
        """Whether there is nothing left to settle."""
        return not self.faults and not self.shown.refused

    @rx.var
    def weight_unit(self) -> str:
        """The unit of weight that goes with the chosen unit of length."""
        return Units(self.choices.units).weight

    @rx.event
    async def open(self) -> Any:
        """Lay out what the address asks for, or what was on the bench last time."""
        identity = await self._identity()
        draft = await db.read(builder.draft_of, identity)
        bench = choosing.choices_from(draft) or choices_of(START)
        self._forget_piece()
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
        await self._judge()
        await self._cover()
        self.opened = True
        return [Bench.shape, Bench.follow_picture]

    @rx.event
    async def choose(self, choice: Choice, value: str) -> Any:
        """Pick a value for one choice."""
        if choice == "kind" and value not in list(Kind):
            raise Invalid("We make harnesses and collars.")
        return await self._change(replace(self.choices, **{choice: value[:LONGEST_TYPED]}))

    @rx.event
    def explain(self, choice: Choice, value: str) -> None:
        """Say why a value cannot be picked, and offer the nearest that can."""
        reason = self.shown.blocked.get(f"{choice}:{value}", "")
        if not reason:
            return
        other = self._design_of(replace(self.choices, **{choice: value}))
        refusals = quote(other).refusals if other else ()
        field = choosing.FIELD_OF[choice]
        nearest = next((found.nearest for found in refusals if found.field == field), None)
        self.hint_for, self.hint = choice, advice(choice, reason, nearest)

    @rx.event
    async def settle(self) -> Any:
        """Take the nearest that can be made, for everything refused at once."""
        design = self._design_of(self.choices)
        if design is not None:
            found = choices_of(settled(design), Units(self.choices.units), self.choices.fit)
            return await self._change(found)
        return None

    @rx.event
    async def measure(self, part: Typed, typed: str) -> Any:
        """Take a measurement as it was typed."""
        typed = typed[:LONGEST_TYPED]
        if typed != getattr(self.choices, part):
            return await self._change(replace(self.choices, fit="", **{part: typed}))
        return None

    @rx.event
    async def fit_pet(self, pet_id: str) -> Any:
        """Fit the piece to one of one's pets."""
        pet = await db.read(pets.get_pet, await self._identity(), pet_id)
        measured = Measurements(**vars(pet.body))
        return await self._change(self.choices.measuring(measured, pet.id), redraw=True)

    @rx.event
    async def fit_size(self, size: str) -> Any:
        """Fit the piece to a standard size."""
        measured = choosing.size_measurements(size)
        return await self._change(self.choices.measuring(measured, size), redraw=True)

    @rx.event
    async def measure_in(self, units: Units) -> Any:
        """Centimetres or inches; what is typed already is converted."""
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
        self._origin, self._click = "", new_id()
        return await self._move_to(choices_of(STARTING[kind]), redraw=True)

    @rx.event
    async def shape(self) -> None:
        """Show the model of the choices; the one on screen stays when there can be none."""
        await self._keep_draft()
        design = self._design_of(self.choices)
        if design is None or "width" in self.shown.refused:
            return
        try:
            self.model = await asyncio.to_thread(ensure_model, design)
            self.model_fault = ""
        except OffloadError as fault:
            log.error("no model", exc_info=fault)
            self.model_fault = NO_MODEL

    @rx.event
    def call(self, name: str) -> None:
        """Give the piece a name; it is kept with the next save."""
        if name[:LONGEST_NAME] != self.name:
            self.name, self.is_kept = name[:LONGEST_NAME], False

    @rx.event
    async def save(self) -> AsyncIterator[Any]:
        """Keep the piece, and order its picture."""
        self.saving = True
        yield
        try:
            # On record before it counts: the same click after a crash makes nothing new.
            await self._keep_draft()
            identity = await self._identity()
            kept = await db.write(
                builder.save_design,
                identity,
                self.choices.design_data(),
                self.name,
                self._click,
                self.saved_id,
            )
        except (Conflict, NotFound) as problem:
            # What this click or design stood for is settled; the next press keeps a new design.
            self._click = new_id()
            if isinstance(problem, NotFound):
                self.saved_id = ""
            raise
        finally:
            self.saving = False
        self._click = new_id()
        self._show_kept(kept)
        await self._keep_draft()
        yield Bench.follow_picture

    @rx.event(background=True)
    async def follow_picture(self) -> None:
        """Show each stage of the picture as it comes, until it is there or has failed."""
        async with self:
            key, turn = self._content_key, new_id()
            self._following = turn
        if not key:
            return
        async for _ in live.changes(topic(key)):
            found = await db.read(builder.preview_of, key)
            async with self:
                if self._following != turn:
                    return
                self.picture = picture_of(found)
            if found.is_settled:
                return

    @rx.event
    async def retry_picture(self) -> Any:
        """Order a picture that failed once more."""
        if self._content_key:
            found = await db.write(builder.retry_preview, self._content_key)
            self.picture = picture_of(found)
            return Bench.follow_picture
        return None

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
        await self._judge()
        return Bench.shape

    async def _judge(self) -> None:
        """Price the choices and say what cannot be; unreadable ones leave the last price."""
        self.hint_for, self.hint, self.is_kept = "", Advice(), False
        self.look = look_of(self.choices)
        try:
            design = parse(self.choices.design_data())
        except Invalid as problem:
            self.faults = problem.fields
            return
        self.faults = {}
        self.is_kept = self._content_key == design.content_key()
        self.shown = await asyncio.to_thread(lambda: judgement(quote(design)))

    async def _cover(self) -> None:
        """Show the picture of this very piece, if there is one, until its model is loaded."""
        design = self._design_of(self.choices)
        key = design.content_key() if design else ""
        found = (await db.read(builder.previews_of, [key])).get(key)
        self.poster = found.url if found else ""

    def _design_of(self, choices: Choices) -> Design | None:
        try:
            return parse(choices.design_data())
        except Invalid:
            return None

    def _lay(self, laid: Laid, name: str) -> None:
        if laid.kept:
            self._show_kept(laid.kept)
        self.choices, self.name = laid.choices, name
        self.drawn += 1

    def _forget_piece(self) -> None:
        self.name = self.saved_id = self._content_key = self._following = ""
        self.is_kept, self.picture = False, Picture()
        self._past, self._future = [], []
        self.can_undo = self.can_redo = False

    def _show_kept(self, kept: DesignRecord) -> None:
        self.saved_id, self.name, self.is_kept = kept.id, kept.name, True
        self._content_key = kept.design.content_key()
        self.picture = picture_of(kept.preview)

    async def _keep_draft(self) -> None:
        """Remember the bench, so that it survives a reload, a crash and signing in."""
        identity = await self._identity()
        if identity.owners:
            draft = {
                **self.choices.to_dict(),
                "name": self.name,
                "saved_id": self.saved_id,
                "origin": self._origin,
                "click": self._click,
            }
            await db.write(builder.keep_draft, identity, draft)
