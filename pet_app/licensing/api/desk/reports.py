"""What figures and simulations look like over HTTP."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from pet_app.core.http import RequestBody
from pet_app.core.money import Money
from pet_app.licensing.api.desk.shapes import Shown
from pet_app.licensing.service import (
    Compliance,
    Difference,
    Figures,
    Licensed,
    Month,
    RuleChange,
    RuleShown,
    Simulation,
)


class ShareOut(Shown):
    """So many of so many."""

    part: int
    whole: int
    percent: float | None


class FiguresOut(Shown):
    """A town's year in figures."""

    year: int
    today: date
    years: list[int]
    valid: int
    licensed: list[Licensed]
    months: list[Month]
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
    income: Money
    compliance: list[Compliance]


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


class ExampleOut(BaseModel):
    """One case whose fee would be another."""

    application_id: str
    before: Money
    after: Money


class SimulationOut(BaseModel):
    """The decided cases of the last twelve months, priced once more."""

    since: date
    until: date
    rules: list[RuleShown]
    count: int
    not_reproduced: int
    before: Money
    after: Money
    rose: int
    fell: int
    groups: list[Difference]
    examples: list[ExampleOut]


def figures_out(found: Figures) -> FiguresOut:
    """A year in figures."""
    return FiguresOut.model_validate(found)


def simulation_out(found: Simulation) -> SimulationOut:
    """A simulation."""
    return SimulationOut(
        since=found.since,
        until=found.until,
        rules=list(found.rules),
        count=found.count,
        not_reproduced=found.not_reproduced,
        before=found.before,
        after=found.after,
        rose=found.rose,
        fell=found.fell,
        groups=list(found.groups),
        examples=[
            ExampleOut(
                application_id=application_id,
                before=before,
                after=after,
            )
            for application_id, before, after in found.examples
        ],
    )
