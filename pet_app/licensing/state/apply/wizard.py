"""An application as it is filled in: kept with every answer, gone on with from anywhere."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, ClassVar

import reflex as rx

from pet_app.core import db
from pet_app.core.errors import Invalid, NotFound
from pet_app.core.ids import LENGTH
from pet_app.core.security import Permission
from pet_app.licensing import service as licensing
from pet_app.licensing.form import Form
from pet_app.licensing.rules.standing import Status
from pet_app.licensing.service import ApplicationView
from pet_app.licensing.state.apply import answers, shown
from pet_app.licensing.state.apply.addressed import Addressed
from pet_app.licensing.state.apply.shown import (
    Missing,
    PaperAsked,
    PetTile,
    Receipt,
    StepShown,
    SummaryPart,
)
from pet_app.licensing.state.calculator import Choice
from pet_app.licensing.state.finder import Finder
from pet_app.payment import service as payments
from pet_app.ui.session import Session

ONE = "/licensing/applications/"
LONGEST_TYPED = 1000
ANOTHER = "another"
UNTIL = "vaccination.until"
LOOK = "A little is missing here."
CHOOSING = frozenset(
    {"animal.species", "animal.sex", "animal.altered", "vaccination.years", "term"}
)


class Wizard(Addressed, Session):
    """An application. `stage` is empty while it opens, then town, pet, form or missing."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT
    quiet: ClassVar[frozenset[str]] = frozenset({"keep", "keep_line"})

    stage: str = ""
    step: str = ""
    before: str = ""
    application_id: str = ""
    kind: str = ""
    title: str = ""
    answering: bool = False
    asked: str = ""
    steps: rx.Field[list[StepShown]] = rx.field(default_factory=list)

    town_id: str = ""
    town_name: str = ""
    issuer: str = ""
    note: str = ""
    pets: rx.Field[list[PetTile]] = rx.field(default_factory=list)

    values: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    proofs: rx.Field[list[str]] = rx.field(default_factory=list)
    dangerous: bool = False
    animals: rx.Field[list[Choice]] = rx.field(default_factory=list)
    terms: rx.Field[list[Choice]] = rx.field(default_factory=list)
    proofs_known: rx.Field[list[Choice]] = rx.field(default_factory=list)
    rabies: rx.Field[list[PaperAsked]] = rx.field(default_factory=list)
    papers: rx.Field[list[PaperAsked]] = rx.field(default_factory=list)
    receipt: rx.Field[Receipt] = rx.field(default_factory=Receipt)
    summary: rx.Field[list[SummaryPart]] = rx.field(default_factory=list)
    missing: rx.Field[list[Missing]] = rx.field(default_factory=list)
    saved: bool = False
    busy: bool = False

    _version: int = 0
    _before: rx.Field[Form] = rx.field(default_factory=Form)

    @rx.event
    async def open(self) -> Any:
        """Go on with the application of the address, or begin with its town, or ask for one."""
        query = dict(self.router.url.query_parameters)
        wanted = query.get("application", "")[:LENGTH]
        self.busy = False
        if not wanted:
            return await self._begin(query.get("town", ""), query.get("pet", "")[:LENGTH])
        identity = await self._identity()
        try:
            view = await db.read(licensing.application_of, identity, wanted)
        except NotFound:
            self.stage = "missing"
            return None
        if "save" not in view.may:
            return rx.redirect(f"{ONE}{view.id}", replace=True)
        await self._take_over(view)
        if self._choose_where_there_is_no_choice() and view.status is Status.DRAFT:
            view = await self._save()
        asked = query.get("step", "")
        known = answers.STEPS[view.kind]
        self._go(asked if asked in known else answers.first_open(view.kind, view.faults), view)
        return None

    @rx.event
    async def choose_pet(self, pet_id: str) -> AsyncIterator[Any]:
        """Begin an application for a pet, or go on with the one there is."""
        self.busy = True
        yield
        try:
            known = "" if pet_id == ANOTHER else pet_id[:LENGTH]
            identity = await self._identity()
            view = await db.write(licensing.begin, identity, self.town_id, known)
        finally:
            self.busy = False
        yield rx.redirect(answers.page_of(view.id))

    @rx.event
    async def keep(self, name: str, typed: str) -> None:
        """Keep one answer as it was typed."""
        if self._remember(name, typed):
            await self._save_quietly()

    @rx.event
    async def keep_line(self, name: str, typed: str) -> None:
        """Keep one line of the address."""
        if self._say_line(name, typed):
            await self._save_quietly()

    @rx.event
    async def choose(self, name: str, value: str) -> None:
        """One of a few."""
        if name in CHOOSING and self._remember(name, value):
            await self._save_quietly()

    @rx.event
    async def turn_over(self, proof: str) -> None:
        """Something that can be shown, or not after all."""
        if any(choice.value == proof for choice in self.proofs_known):
            others = [found for found in self.proofs if found != proof]
            self.proofs = others if proof in self.proofs else [*self.proofs, proof]
            await self._save_quietly()

    @rx.event
    async def say_dangerous(self, so: bool) -> None:
        """Whether an office has declared it dangerous."""
        self.dangerous = so
        await self._save_quietly()

    @rx.event
    async def papers_changed(self) -> None:
        """Show what has arrived."""
        await self._look()

    @rx.event
    async def drop_paper(self, document_id: str) -> None:
        """Do without a paper that was sent."""
        identity = await self._identity()
        self._show(await db.write(licensing.drop_document, identity, document_id[:LENGTH]))

    @rx.event
    async def go_on(self, typed: dict[str, Any]) -> Any:
        """Keep what stands in the fields, and go to the next step if nothing is wrong here."""
        self._take(typed)
        view = await self._save()
        faults = answers.faults_at(self.step, view.faults)
        if faults:
            self._show_problem("", faults)
            return None
        steps = answers.STEPS[view.kind]
        place = min(steps.index(self.step) + 1, len(steps) - 1)
        return rx.redirect(answers.page_of(view.id, steps[place]))

    @rx.event
    async def hand_in(self, typed: dict[str, Any]) -> AsyncIterator[Any]:
        """Sign, hand in, and go to pay."""
        self.busy = True
        yield
        try:
            where = await self._hand_in(signed=bool(typed.get("signed")))
        except Invalid as problem:
            self._tell(problem)
            return
        finally:
            self.busy = False
        yield rx.redirect(where)

    async def _begin(self, town_id: str, pet_id: str) -> Any:
        known = {town.id: town for town in licensing.towns()}
        self.application_id, self.step, self._version = "", "", 0
        if town_id not in known:
            await (await self.get_state(Finder))._find("")
            self.stage = "town"
            return None
        town = known[town_id]
        self.town_id, self.town_name, self.note = town.id, town.name, town.note
        identity = await self._identity()
        if pet_id:
            view = await db.write(licensing.begin, identity, town.id, pet_id)
            return rx.redirect(answers.page_of(view.id), replace=True)
        self.pets = await db.read(shown.pets_of, identity, town)
        self.stage = "pet"
        return None

    async def _take_over(self, view: ApplicationView) -> None:
        """Everything as it is kept."""
        self.application_id = view.id
        self.town_id, self.town_name = view.town.id, view.town.name
        self.issuer, self.note = view.town.issuer, view.town.note
        self.kind = view.kind.value
        self.answering = view.status is Status.NEEDS_MORE
        self.asked = view.words if self.answering else ""
        name = view.form.animal.name or "your pet"
        self.title = f"{shown.KIND_WORDS[view.kind]} for {name}"
        today = licensing.today_in(view.town)
        self.terms, self.proofs_known = shown.choices_of(view.town, today)
        self.animals = [Choice(kind, kind.capitalize()) for kind in view.town.species]
        self.values = answers.values_of(view.form)
        self.proofs, self.dangerous = list(view.form.proofs), view.form.dangerous
        await self._draw_address(view.town.id, view.form.holder.address)
        self._show(view)

    def _choose_where_there_is_no_choice(self) -> bool:
        """The first term, and the only animal of a town, where nothing is said: whether any was."""
        usual = {}
        if self.terms and not self.values["term"]:
            usual["term"] = self.terms[0].value
        if len(self.animals) == 1 and not self.values["animal.species"]:
            usual["animal.species"] = self.animals[0].value
        self.values = {**self.values, **usual}
        return bool(usual)

    def _show(self, view: ApplicationView) -> None:
        self._version, self._before = view.version, view.form
        self.rabies = shown.papers_of(view, rabies=True)
        self.papers = shown.papers_of(view, rabies=False)
        self.receipt = shown.receipt_of(view)
        self.summary = shown.summary_of(view, self._written())
        self.missing = shown.missing_of(view)

    def _go(self, step: str, view: ApplicationView) -> None:
        self.step, self.stage = step, "form"
        self.steps = shown.steps_of(view.kind, step)
        self.before = answers.before(view.kind, step)

    def _remember(self, name: str, typed: str) -> bool:
        """Whether this says anything new; the end of a vaccination follows from its years."""
        typed = typed[:LONGEST_TYPED].strip()
        if name not in self.values or self.values[name] == typed:
            return False
        before = self._lasts()
        changed = {**self.values, name: typed}
        self.values = changed
        follows = changed[UNTIL] in ("", before)
        if name in ("vaccination.given", "vaccination.years") and follows and self._lasts():
            self.values = {**changed, UNTIL: self._lasts()}
        return True

    def _lasts(self) -> str:
        given, years = self.values["vaccination.given"], self.values["vaccination.years"]
        return answers.runs_until(given, years)

    def _take(self, typed: dict[str, Any]) -> None:
        """Everything as it stands in the form that was sent."""
        for name, text in typed.items():
            if isinstance(text, str) and name != UNTIL:
                self._remember(name, text)
                self._say_line(name, text)
        if UNTIL in typed:
            self._remember(UNTIL, str(typed[UNTIL] or self._lasts()))

    async def _save(self, *, signed: bool = False) -> ApplicationView:
        form = answers.form_of(
            self._before,
            self.values,
            self._said(),
            self.proofs,
            dangerous=self.dangerous,
            signed=signed,
        )
        identity = await self._identity()
        if form != self._before:
            view = await db.write(
                licensing.save_form, identity, self.application_id, form, self._version
            )
        else:
            view = await db.read(licensing.application_of, identity, self.application_id)
        self._show(view)
        self.saved = True
        return view

    async def _save_quietly(self) -> None:
        """Keep an answer; what it says of fields is said when the step is left."""
        try:
            await self._save()
        except Invalid as problem:
            fields = {answers.field_name(name): text for name, text in problem.fields.items()}
            self._show_problem("", fields)

    async def _look(self) -> None:
        identity = await self._identity()
        self._show(await db.read(licensing.application_of, identity, self.application_id))

    async def _hand_in(self, *, signed: bool) -> str:
        """Where to go once it is handed in."""
        view = await self._save(signed=signed)
        if view.faults:
            raise Invalid(LOOK, dict(view.faults))
        identity = await self._identity()
        if self.answering:
            await db.write(licensing.answer, identity, view.id, view.version)
            return f"{ONE}{view.id}"
        handed = await db.write(licensing.hand_in, identity, view.id, view.version)
        if not handed.payment_id:
            return f"{ONE}{view.id}"
        return await asyncio.to_thread(payments.begin, handed.payment_id)

    def _tell(self, problem: Invalid) -> None:
        fields = {answers.field_name(name): text for name, text in problem.fields.items()}
        self._show_problem("" if fields else problem.detail, fields)
