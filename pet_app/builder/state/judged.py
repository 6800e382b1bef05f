"""The choices on the bench, and what is to be said of them."""

import asyncio
from dataclasses import replace

import reflex as rx

from pet_app.builder import choices as choosing
from pet_app.builder.choices import Choice, Choices, choices_of
from pet_app.builder.design import Design
from pet_app.builder.looks import look_of
from pet_app.builder.quote import quote
from pet_app.builder.reading import parse
from pet_app.builder.spoken import in_units
from pet_app.builder.state.laying import START
from pet_app.builder.state.shown import Advice, Judgement, advice, judgement
from pet_app.core.errors import Invalid
from pet_app.core.measures import Units
from pet_app.ui.session import Session


class Judged(Session, mixin=True):
    """The choices with their price, what is refused of them, and why."""

    choices: rx.Field[Choices] = rx.field(default_factory=lambda: choices_of(START))
    shown: rx.Field[Judgement] = rx.field(default_factory=lambda: judgement(quote(START)))
    faults: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    hint_for: str = ""
    hint: rx.Field[Advice] = rx.field(default_factory=Advice)
    look: rx.Field[dict[str, str]] = rx.field(default_factory=lambda: look_of(START))

    @rx.var
    def can_be_made(self) -> bool:
        """Whether there is nothing left to settle."""
        return not self.faults and not self.shown.refused

    @rx.var
    def trouble(self) -> str:
        """Where on the page the first thing to settle stands."""
        if self.faults or {"age", "build"} & set(self.shown.refused):
            return "step-for"
        first = next(iter(self.shown.refused), "kind")
        return "step-details" if first in {"handle", "reflective"} else f"choice-{first}"

    @rx.event
    def explain(self, choice: Choice, value: str) -> None:
        """Say why a value cannot be picked, and offer the nearest that can."""
        reason = self.shown.blocked.get(f"{choice}:{value}", "")
        if not reason:
            return
        wanted = (
            self.choices.with_ring(value)
            if choice == "rings"
            else replace(self.choices, **{choice: value})
        )
        other = self._design_of(wanted)
        refusals = quote(other).refusals if other else ()
        field = choosing.FIELD_OF[choice]
        nearest = next((found.nearest for found in refusals if found.field == field), None)
        self.hint_for, self.hint = choice, advice(choice, reason, nearest)

    async def _judge(self) -> Design | None:
        """Price the choices and say what cannot be; unreadable ones leave the last price."""
        self.hint_for, self.hint = "", Advice()
        try:
            design = parse(self.choices.design_data())
        except Invalid as problem:
            units = Units(self.choices.units)
            self.faults = {
                field: in_units(sentence, units) for field, sentence in problem.fields.items()
            }
            return None
        self.faults = {}
        self.look = look_of(design)
        units = Units(self.choices.units)
        self.shown = await asyncio.to_thread(lambda: judgement(quote(design), units))
        return design

    def _design_of(self, choices: Choices) -> Design | None:
        try:
            return parse(choices.design_data())
        except Invalid:
            return None
