"""What last year's cases would have cost with other fees."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import reflex as rx

from pet_app.core import db
from pet_app.core.errors import Invalid
from pet_app.core.moments import day
from pet_app.core.money import Money
from pet_app.licensing import service as licensing
from pet_app.licensing.service import Difference, RuleChange, RuleShown, Simulation
from pet_app.licensing.state.desk.town import Desk

STAGES = {"fee": "Fees", "surcharge": "On top", "late": "Late", "discount": "Off"}
GROUPS = {
    "species": "By animal",
    "altered": "By neutering",
    "term": "By term",
    "kind": "By what was asked for",
    "proof": "By what was shown",
    "late": "By lateness",
}
AMOUNT = "Write an amount such as 25.00."
PERCENT = "Write a whole number of percent, from 0 to 100."
MOST_CENTS = 10_000_00


@dataclass(frozen=True)
class RuleRow:
    """A rule whose amount can be tried out."""

    id: str
    words: str
    stage: str
    value: str
    unit: str
    note: str
    assumption: bool


@dataclass(frozen=True)
class GroupRow:
    """A group of cases, before and after; `percent` is how long its bar is, `rose` which way."""

    by: str
    label: str
    count: str
    before: str
    after: str
    difference: str
    percent: float
    rose: bool
    fell: bool


@dataclass(frozen=True)
class Outcome:
    """The sum of it."""

    span: str = ""
    before: str = ""
    after: str = ""
    difference: str = ""
    tone: str = "plain"
    told: str = ""
    left_out: str = ""
    changed: bool = False


class Simulator(Desk):
    """Other amounts for the rules of the town at hand."""

    simulated: bool = False
    rules: rx.Field[list[RuleRow]] = rx.field(default_factory=list)
    groups: rx.Field[list[GroupRow]] = rx.field(default_factory=list)
    outcome: rx.Field[Outcome] = rx.field(default_factory=Outcome)
    busy: bool = False
    drawn: int = 0

    @rx.event
    async def open_simulator(self) -> None:
        """Show the rules as they are."""
        self.simulated, self.busy = False, False
        await self._enter()
        await self._simulate([])
        self.drawn += 1

    @rx.event
    async def go_to_rules_of(self, town_id: str) -> None:
        """Those of another town."""
        self._choose_town(town_id)
        await self._simulate([])
        self.drawn += 1

    @rx.event
    async def try_out(self, form: dict[str, Any]) -> Any:
        """Price last year's cases with what was typed."""
        self.busy = True
        yield
        try:
            await self._simulate(self._changes(form))
        finally:
            self.busy = False

    @rx.event
    async def as_it_is(self) -> None:
        """The amounts as they are."""
        await self._simulate([])
        self.drawn += 1

    async def _simulate(self, changes: list[RuleChange]) -> None:
        if not self.town_id:
            return
        identity = await self._identity()
        found = await db.read(licensing.simulate, identity, self.town_id, changes)
        self._set("rules", [_rule(rule, found.before.currency) for rule in found.rules])
        self.groups = groups_of(found)
        self.outcome = outcome_of(found)
        self.simulated = True

    def _changes(self, form: dict[str, Any]) -> list[RuleChange]:
        changes: list[RuleChange] = []
        faults: dict[str, str] = {}
        for rule in self.rules:
            typed = str(form.get(f"rule-{rule.id}") or "").strip()
            if not typed or typed == rule.value:
                continue
            try:
                changes.append(_change(rule, typed))
            except ValueError as fault:
                faults[f"rule-{rule.id}"] = str(fault)
        if faults:
            raise Invalid("Some of these are no amounts.", faults)
        return changes


def _change(rule: RuleRow, typed: str) -> RuleChange:
    number = typed.replace(",", ".").strip("$€£% ")
    if rule.unit == "%":
        if not number.isdecimal() or len(number) > 3 or int(number) > 100:
            raise ValueError(PERCENT)
        return RuleChange(rule.id, percent=int(number))
    try:
        cents = Decimal(number) * 100
    except InvalidOperation:
        cents = Decimal("NaN")
    if not cents.is_finite() or cents != int(cents) or not 0 <= cents <= MOST_CENTS:
        raise ValueError(AMOUNT)
    return RuleChange(rule.id, cents=int(cents))


def outcome_of(found: Simulation) -> Outcome:
    """The sum in words."""
    cents = found.difference.cents
    left = found.not_reproduced
    return Outcome(
        span=f"{found.count:,} cases decided from {day(found.since)} to {day(found.until)}",
        before=str(found.before),
        after=str(found.after),
        difference=_signed(found.difference),
        tone="good" if cents > 0 else "danger" if cents < 0 else "plain",
        told=f"{found.rose:,} would have paid more, {found.fell:,} less, "
        f"{found.count - found.rose - found.fell:,} the same.",
        left_out=f"{left:,} more are left out: their rules were corrected since." if left else "",
        changed=bool(found.changes),
    )


def groups_of(found: Simulation) -> list[GroupRow]:
    """The groups with their bars, the largest difference as long as there is room."""
    most = max((abs(group.difference.cents) for group in found.groups), default=0) or 1
    terms = {term.id: term.words for term in found.town.terms_on(found.until)}
    return [_group(group, _label(group, terms), most) for group in found.groups]


def _label(group: Difference, terms: Mapping[str, str]) -> str:
    words = terms.get(group.label, group.label) if group.by == "term" else group.label
    if group.by == "proof":
        words = "nothing shown" if words == "none" else words.replace("_", " ")
    return words[:1].upper() + words[1:]


def _group(group: Difference, label: str, most: int) -> GroupRow:
    cents = group.difference.cents
    return GroupRow(
        GROUPS.get(group.by, group.by),
        label,
        f"{group.count:,}",
        str(group.before),
        str(group.after),
        _signed(group.difference),
        round(100 * abs(cents) / most, 1),
        cents > 0,
        cents < 0,
    )


def _rule(rule: RuleShown, currency: str) -> RuleRow:
    is_percent = rule.percent is not None
    value = str(rule.percent) if is_percent else f"{(rule.cents or 0) / 100:.2f}"
    return RuleRow(
        rule.id,
        rule.words,
        STAGES.get(rule.stage.value, rule.stage.value),
        value,
        "%" if is_percent else currency,
        "for each year" if rule.per_year else "",
        rule.assumption,
    )


def _signed(amount: Money) -> str:
    return f"+{amount}" if amount.cents > 0 else str(amount)
