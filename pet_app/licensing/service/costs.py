"""What a licence costs in a town, and which day it is there."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from pet_app.core import clock
from pet_app.core.errors import Invalid
from pet_app.core.money import Money
from pet_app.licensing.rules import Case, Fee, Proof, Refused, Town, begins_on, end_of_term, fee

CANNOT = "There is no licence to be had like this."


@dataclass(frozen=True)
class Priced:
    """What a licence costs, when it would end, and why; `ends` is None for the animal's life."""

    town: Town
    fee: Fee
    total: Money
    ends: date | None
    why_it_ends: str


def proofs_that_count(where: Town) -> tuple[Proof, ...]:
    """What an owner may show that makes any difference in a town."""
    asked = {
        proof
        for schedule in where.schedules
        for rule in schedule.rules
        for proof in (*rule.when.any_proof, *rule.when.all_proofs)
    }
    asked |= {
        proof for schedule in where.schedules for term in schedule.terms for proof in term.needs
    }
    if where.cannot_alter_counts:
        asked.add(Proof.CANNOT_ALTER)
    return tuple(proof for proof in Proof if proof in asked)


def today_in(where: Town) -> date:
    """The day it is in a town: its midnight decides, not ours."""
    return clock.now().astimezone(ZoneInfo(where.time_zone)).date()


def what_it_costs(where: Town, case: Case) -> Priced:
    """The fee with its lines, and the end of the licence. Raises `Invalid` with the field."""
    found = fee(where, case)
    if isinstance(found, Refused):
        raise Invalid(CANNOT, {found.field: found.reason})
    term = where.term_on(case.handed_in, case.term)
    assert term is not None
    ends, why = end_of_term(where, term, begins_on(case), case.rabies_until)
    return Priced(where, found, Money(found.cents, found.currency), ends, why)
