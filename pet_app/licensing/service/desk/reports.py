"""What clerks see of a town as a whole: imports, figures, what other fees would come to."""

from dataclasses import dataclass
from datetime import date, datetime

from pet_app.core.money import Money
from pet_app.licensing.rules import Stage
from pet_app.licensing.towns import Town


@dataclass(frozen=True)
class ImportFault:
    """What is wrong in a file; the header is line 1, `column` is empty for a whole line."""

    line: int
    column: str
    words: str


@dataclass(frozen=True)
class ImportView:
    """One import. `state`: `looking`, `refused` (nothing of it can be taken in), `ready`,
    `taking`, `done`. `rows` are lines of data, `good` those that can be taken in; `done` counts
    the lines worked through, `taken` the licences that came of them; `faults` the first hundred.
    """

    id: str
    town_id: str
    state: str
    rows: int
    good: int
    done: int
    taken: int
    faults: tuple[ImportFault, ...]
    created: datetime


@dataclass(frozen=True)
class Share:
    """How many of how many; `percent` is None of nothing."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return round(100 * self.part / self.whole, 1) if self.whole else None


@dataclass(frozen=True)
class Licensed:
    """How many valid licences there are of one kind of animal."""

    species: str
    altered: bool
    count: int


@dataclass(frozen=True)
class Month:
    """What happened in a month, `YYYY-MM`: licences issued anew, renewed, and cases rejected."""

    month: str
    issued: int
    renewed: int
    rejected: int


@dataclass(frozen=True)
class Compliance:
    """How many of a species are thought to be licensed. `animals` is how many are thought to live
    there, None where nobody says; `baseline_percent` what a source found, in `baseline_year`.
    `assumption` marks that the figure rests on an estimate."""

    species: str
    licensed: int
    animals: int | None
    percent: float | None
    baseline_percent: float | None
    baseline_year: int | None
    source: str
    assumption: bool


@dataclass(frozen=True)
class Figures:
    """A town's year in figures, by the town's calendar; `licensed` and what waits are of today.

    Hours from handing in to the decision are None where nothing was decided; `by_clerk_hours` and
    the like leave out what was approved automatically. `waiting` counts open cases by how long they
    wait, as (words, count).
    """

    town: Town
    year: int
    today: date
    years: tuple[int, ...]
    valid: int
    licensed: tuple[Licensed, ...]
    months: tuple[Month, ...]
    approved: int
    rejected: int
    withdrawn: int
    reasons: tuple[tuple[str, int], ...]
    late: Share
    automatic: Share
    audits_failed: Share
    median_hours: float | None
    slowest_tenth_hours: float | None
    by_clerk_median_hours: float | None
    waiting: tuple[tuple[str, int], ...]
    oldest_days: int | None
    expired_not_renewed: Share
    income: Money
    compliance: tuple[Compliance, ...]


@dataclass(frozen=True)
class RuleShown:
    """A rule as it holds today, for who wants to try another amount; one of the two is None."""

    id: str
    words: str
    stage: Stage
    cents: int | None
    percent: int | None
    per_year: bool
    assumption: bool


@dataclass(frozen=True)
class RuleChange:
    """Another amount for one rule: cents, or percent where the rule has percent."""

    rule_id: str
    cents: int | None = None
    percent: int | None = None


@dataclass(frozen=True)
class Difference:
    """What a group of cases paid, and would have. `by` is what makes the group: `species`,
    `altered`, `term`, `kind`, `proof` or `late`. `rose` and `fell` count cases."""

    by: str
    label: str
    count: int
    before: Money
    after: Money
    rose: int
    fell: int

    @property
    def difference(self) -> Money:
        return Money(self.after.cents - self.before.cents, self.after.currency)


@dataclass(frozen=True)
class Simulation:
    """The decided cases of the last twelve months, priced once more with other amounts.

    `before` is what was recorded. `not_reproduced` counts cases whose recorded fee today's files
    do not lead to even unchanged (a file was corrected since): they are left out of the sums.
    `examples` are `(application_id, before, after)` of the largest differences.
    """

    town: Town
    since: date
    until: date
    rules: tuple[RuleShown, ...]
    changes: tuple[RuleChange, ...]
    count: int
    not_reproduced: int
    before: Money
    after: Money
    rose: int
    fell: int
    groups: tuple[Difference, ...]
    examples: tuple[tuple[str, Money, Money], ...]

    @property
    def difference(self) -> Money:
        return Money(self.after.cents - self.before.cents, self.after.currency)
