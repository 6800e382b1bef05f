"""The fee of a case, with a line for every rule that made it."""

from dataclasses import dataclass, replace
from datetime import date

from pet_app.licensing.rules.case import Action, Case, Proof
from pet_app.licensing.rules.town import Rule, Schedule, Stage, Term, Town, When

IN_ORDER = (Stage.SURCHARGE, Stage.LATE, Stage.DISCOUNT)


@dataclass(frozen=True)
class FeeLine:
    """What one rule comes to."""

    rule_id: str
    stage: Stage
    words: str
    cents: int
    source: str
    as_of: date | None
    assumption: bool


@dataclass(frozen=True)
class Fee:
    """What is to be paid: the sum of its lines, never negative."""

    lines: tuple[FeeLine, ...]
    currency: str

    @property
    def cents(self) -> int:
        return sum(line.cents for line in self.lines)


@dataclass(frozen=True)
class Refused:
    """Why there is no licence to be had in this case; `field` is what would have to be another."""

    field: str
    reason: str


def fee(town: Town, case: Case) -> Fee | Refused:
    """The fee of a case by the rules that hold on the day it was handed in.

    Of several fees that hold, the owner pays the lowest. Surcharges, lateness and discounts all
    count, each taken of the fee alone; what they leave is never below zero.
    """
    if town.cannot_alter_counts and Proof.CANNOT_ALTER in case.proofs:
        case = replace(case, altered=True)
    schedule = town.schedule_on(case.handed_in)
    if schedule is None:
        return Refused("handed_in", f"We do not know what {town.name} asked on that day.")
    if refused := _refusal(town, schedule, case):
        return refused
    term = schedule.term(case.term)
    assert term is not None
    first = _fee_line(schedule, case, term)
    if first is None:
        what = f"{case.species.value}s" + ("" if case.altered else " that are not neutered")
        return Refused("term", f"{town.name} has no fee for {what} for this term.")
    lines = [first]
    for stage in IN_ORDER:
        lines += [_line(rule, term, first.cents) for rule in _holding(schedule, case, stage)]
    total = sum(line.cents for line in lines)
    if total < 0:
        lines.append(replace(lines[-1], words="A fee is never below zero", cents=-total))
    return Fee(tuple(lines), town.currency)


def _refusal(town: Town, schedule: Schedule, case: Case) -> Refused | None:
    if case.species not in town.species:
        return Refused("species", f"{town.name} does not license {case.species.value}s.")
    term = schedule.term(case.term)
    if term is None:
        offered = ", ".join(found.words for found in schedule.terms)
        return Refused("term", f"{town.name} has no such term. It has: {offered}.")
    if missing := [proof for proof in term.needs if proof not in case.proofs]:
        return Refused("proofs", f"{term.words} needs: {', '.join(map(_said, missing))}.")
    age = case.age_months
    if case.born is not None and case.born > case.handed_in:
        return Refused("born", "This birth date is in the future.")
    if age is not None and age < town.youngest_months and case.action is Action.NEW:
        return Refused(
            "born", f"In {town.name} a pet is licensed from {town.youngest_months} months of age."
        )
    return None


def _fee_line(schedule: Schedule, case: Case, term: Term) -> FeeLine | None:
    if case.action not in (Action.NEW, Action.RENEWAL):
        of = _fee_line(schedule, replace(case, action=Action.RENEWAL, due=None), term)
        base = of.cents if of else 0
    else:
        base = 0
    lines = [_line(rule, term, base) for rule in _holding(schedule, case, Stage.FEE)]
    return min(lines, key=lambda line: line.cents, default=None)


def _holding(schedule: Schedule, case: Case, stage: Stage) -> list[Rule]:
    return [rule for rule in schedule.rules if rule.stage is stage and holds(rule.when, case)]


def _line(rule: Rule, term: Term, base_cents: int) -> FeeLine:
    if rule.percent is not None:
        cents = round(base_cents * rule.percent / 100)
    else:
        cents = rule.cents or 0
        if rule.per_year:
            cents *= max(term.years, 1)
    if rule.at_most_cents is not None:
        cents = min(cents, rule.at_most_cents)
    if rule.stage is Stage.DISCOUNT:
        cents = -abs(cents)
    return FeeLine(rule.id, rule.stage, rule.words, cents, rule.source, rule.as_of, rule.assumption)


def holds(when: When, case: Case) -> bool:
    """Whether everything a rule asks for is so. What is not known is not so."""
    age, late = case.age_months, case.days_late
    wanted = (
        not when.species or case.species in when.species,
        when.altered is None or when.altered == case.altered,
        not when.terms or case.term in when.terms,
        case.action in when.actions,
        not when.any_proof or any(proof in case.proofs for proof in when.any_proof),
        all(proof in case.proofs for proof in when.all_proofs),
        when.from_months is None or (age is not None and age >= when.from_months),
        when.under_months is None or (age is not None and age < when.under_months),
        when.dangerous is None or when.dangerous == case.dangerous,
        when.online is None or when.online == case.online,
        when.days_late is None or when.days_late[0] <= late <= when.days_late[1],
        when.season is None or _within(when.season, case.handed_in),
        when.adopted_within_days is None or _adopted_within(case, when.adopted_within_days),
        when.animals_below is None or case.reduced_before < when.animals_below,
    )
    return all(wanted)


def _within(season: tuple[tuple[int, int], tuple[int, int]], day: date) -> bool:
    first, last = season
    at = (day.month, day.day)
    return first <= at <= last if first <= last else at >= first or at <= last


def _adopted_within(case: Case, days: int) -> bool:
    return case.adopted is not None and 0 <= (case.handed_in - case.adopted).days <= days


def _said(proof: Proof) -> str:
    return proof.value.replace("_", " ")
