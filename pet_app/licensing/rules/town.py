"""A town's rules as it published them: plain values, each with its source."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pet_app.licensing.rules.case import Action, Proof, Species


class Stage(StrEnum):
    """The order in which rules count: one fee, then what comes on top, lateness, what goes off."""

    FEE = "fee"
    SURCHARGE = "surcharge"
    LATE = "late"
    DISCOUNT = "discount"


@dataclass(frozen=True)
class When:
    """What has to be so for a rule to hold; what is None or empty does not matter.

    Ages in whole months: from `from_months`, and under `under_months`. `days_late` is from and to,
    both included; 1 is the first day after it was due. `season` is a span of days within a year,
    `(month, day)` each, which may go over New Year's. `adopted_within_days` needs the day of
    adoption. `animals_below` holds while fewer animals of the household have the reduced fee.
    """

    species: tuple[Species, ...] = ()
    altered: bool | None = None
    terms: tuple[str, ...] = ()
    actions: tuple[Action, ...] = (Action.NEW, Action.RENEWAL)
    any_proof: tuple[Proof, ...] = ()
    all_proofs: tuple[Proof, ...] = ()
    from_months: int | None = None
    under_months: int | None = None
    dangerous: bool | None = None
    online: bool | None = None
    days_late: tuple[int, int] | None = None
    season: tuple[tuple[int, int], tuple[int, int]] | None = None
    adopted_within_days: int | None = None
    animals_below: int | None = None


@dataclass(frozen=True)
class Rule:
    """One rule. What it comes to is `cents`, for each year of the term if `per_year`; or `percent`
    of the fee before it, never above `at_most_cents`. For a replacement the fee before it is what
    the licence itself costs.

    `source` is where the town says so, `as_of` the day it was read there, None where that was not
    noted down; `assumption` marks what no source says.
    """

    id: str
    stage: Stage
    words: str
    when: When
    cents: int | None = None
    percent: int | None = None
    at_most_cents: int | None = None
    per_year: bool = False
    source: str = ""
    as_of: date | None = None
    assumption: bool = False


@dataclass(frozen=True)
class Term:
    """How long a licence can be for: years, or days, or neither for the animal's life."""

    id: str
    words: str
    years: int = 0
    days: int = 0
    needs: tuple[Proof, ...] = ()

    @property
    def for_life(self) -> bool:
        return not self.years and not self.days


@dataclass(frozen=True)
class Schedule:
    """The rules that hold from `since` until the day before `until`; None is open-ended."""

    since: date | None
    until: date | None
    terms: tuple[Term, ...]
    rules: tuple[Rule, ...]

    def holds_on(self, day: date) -> bool:
        """Whether these rules count on that day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )

    def term(self, term_id: str) -> Term | None:
        """The term of that name, or None where the town has no such term."""
        return next((term for term in self.terms if term.id == term_id), None)


@dataclass(frozen=True)
class Covers:
    """Whose licences a town issues: of these counties and post towns of a state, of all of it when
    neither is named, and of everybody whose postcode begins like one of `postcodes`."""

    state: str = ""
    counties: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refund:
    """What becomes of a fee that was paid for what the town did not approve (`rejected`), or what
    its owner did not want any more before it was decided (`withdrawn`): True for all of it back.

    `words` say so to the owner. A town that is silent is taken to keep nothing it gave nothing for.
    """

    rejected: bool = True
    withdrawn: bool = True
    words: str = ""
    source: str = ""
    assumption: bool = True


@dataclass(frozen=True)
class Town:
    """A town, county or state that issues licences.

    `ends_with_rabies` is whether a licence ends at the latest when the vaccination does;
    `cannot_alter_counts` whether a veterinarian's word that an animal cannot be altered makes it
    count as altered; `youngest_months` the age from which an animal has to have one; `renew_days`
    how long before its end it can be renewed. `currency` by ISO 4217, `time_zone` by the tz
    database. `places` are names people know it by,
    `covers` whom it licenses.
    """

    id: str
    name: str
    region: str
    issuer: str
    currency: str
    time_zone: str
    source: str
    species: tuple[Species, ...]
    places: tuple[str, ...]
    ends_with_rabies: bool
    cannot_alter_counts: bool
    youngest_months: int
    renew_days: int
    refund: Refund
    note: str
    covers: Covers
    schedules: tuple[Schedule, ...]

    def schedule_on(self, day: date) -> Schedule | None:
        """The rules that hold on that day, or None when none are known."""
        return next((found for found in self.schedules if found.holds_on(day)), None)

    def terms_on(self, day: date) -> tuple[Term, ...]:
        """How long a licence can be for, by the rules of that day; none when none are known."""
        schedule = self.schedule_on(day)
        return schedule.terms if schedule else ()

    def term_on(self, day: date, term_id: str) -> Term | None:
        """The term of that name, or None where the town has no such term on that day."""
        schedule = self.schedule_on(day)
        return schedule.term(term_id) if schedule else None
