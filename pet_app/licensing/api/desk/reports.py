"""What figures and simulations look like over HTTP."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from pet_app.core.http import RequestBody
from pet_app.licensing.api.desk.shapes import MoneyOut, Shown
from pet_app.licensing.service import Figures, RuleChange, Simulation


class ShareOut(Shown):
    """So many of so many."""

    part: int
    whole: int
    percent: float | None


class LicensedOut(Shown):
    """How many valid licences of one kind of animal there are."""

    species: str
    altered: bool
    count: int


class MonthOut(Shown):
    """What happened in a month."""

    month: str
    issued: int
    renewed: int
    rejected: int


class ComplianceOut(Shown):
    """How many of a species are thought to be licensed; `assumption` marks an estimate."""

    species: str
    licensed: int
    animals: int | None
    percent: float | None
    baseline_percent: float | None
    baseline_year: int | None
    source: str
    assumption: bool


class FiguresOut(Shown):
    """A town's year in figures."""

    year: int
    today: date
    years: list[int]
    valid: int
    licensed: list[LicensedOut]
    months: list[MonthOut]
    approved: int
    rejected: int
    withdrawn: int
    reasons: list[tuple[str, int]]
    late: ShareOut
    automatic: ShareOut
    audits_failed: ShareOut
    median_hours: float | None
    slowest_tenth_hours: float | None
    by_clerk_median_hours: float | None
    waiting: list[tuple[str, int]]
    oldest_days: int | None
    expired_not_renewed: ShareOut
    income: MoneyOut
    compliance: list[ComplianceOut]


class ChangeIn(RequestBody):
    """Another amount for a rule: cents, or percent where it has percent."""

    rule_id: Annotated[str, Field(max_length=80)]
    cents: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    percent: Annotated[int, Field(ge=0, le=100)] | None = None


class SimulationIn(RequestBody):
    """What would be different."""

    changes: list[ChangeIn] = Field(default_factory=list, max_length=100)

    def wanted(self) -> list[RuleChange]:
        """The same as the service knows it."""
        return [RuleChange(one.rule_id, one.cents, one.percent) for one in self.changes]


class RuleOut(Shown):
    """A rule as it holds today."""

    id: str
    words: str
    stage: str
    cents: int | None
    percent: int | None
    per_year: bool
    assumption: bool


class DifferenceOut(Shown):
    """What a group paid, and would have."""

    by: str
    label: str
    count: int
    before: MoneyOut
    after: MoneyOut
    rose: int
    fell: int


class ExampleOut(BaseModel):
    """One case whose fee would be another."""

    application_id: str
    before: MoneyOut
    after: MoneyOut


class SimulationOut(BaseModel):
    """The decided cases of the last twelve months, priced once more."""

    since: date
    until: date
    rules: list[RuleOut]
    count: int
    not_reproduced: int
    before: MoneyOut
    after: MoneyOut
    rose: int
    fell: int
    groups: list[DifferenceOut]
    examples: list[ExampleOut]


def figures_out(found: Figures) -> FiguresOut:
    """A year in figures."""
    return FiguresOut.model_validate(found)


def simulation_out(found: Simulation) -> SimulationOut:
    """A simulation."""
    return SimulationOut(
        since=found.since,
        until=found.until,
        rules=[RuleOut.model_validate(rule) for rule in found.rules],
        count=found.count,
        not_reproduced=found.not_reproduced,
        before=MoneyOut.model_validate(found.before),
        after=MoneyOut.model_validate(found.after),
        rose=found.rose,
        fell=found.fell,
        groups=[DifferenceOut.model_validate(group) for group in found.groups],
        examples=[
            ExampleOut(
                application_id=application_id,
                before=MoneyOut.model_validate(before),
                after=MoneyOut.model_validate(after),
            )
            for application_id, before, after in found.examples
        ],
    )
