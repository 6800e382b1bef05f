"""What last year's cases would have cost with other fees."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from pet_app.core.errors import Invalid
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.licensing import facts
from pet_app.licensing.models import Application
from pet_app.licensing.rules import Case, Fee, Rule, Town, fee
from pet_app.licensing.rules.standing import Kind, Status
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.service.desk.access import must_serve
from pet_app.licensing.service.desk.reports import Difference, RuleChange, RuleShown, Simulation

A_YEAR = timedelta(days=365)
MOST_CENTS = 1_000_000
MOST_EXAMPLES = 10
BATCH = 5000
NO_RULE = "{town} has no rule called {rule} today."
NO_AMOUNT = f"Give this rule between 0 and {MOST_CENTS} cents."
NO_PERCENT = "Give this rule between 0 and 100 percent."


@dataclass
class _Sum:
    """What a group comes to, in cents."""

    count: int = 0
    before: int = 0
    after: int = 0
    rose: int = 0
    fell: int = 0

    def add(self, before: int, after: int) -> None:
        self.count += 1
        self.before += before
        self.after += after
        self.rose += after > before
        self.fell += after < before


@dataclass
class _Tally:
    """Everything that was added up."""

    whole: _Sum = field(default_factory=_Sum)
    groups: defaultdict[tuple[str, str], _Sum] = field(default_factory=lambda: defaultdict(_Sum))
    examples: list[tuple[int, str, int, int]] = field(default_factory=list)
    not_reproduced: int = 0


def simulate(
    session: Session, identity: Identity, town_id: str, changes: Sequence[RuleChange] = ()
) -> Simulation:
    """The decided cases of the last twelve months, priced once more; without changes every
    recorded fee comes out again. Raises `NotFound`, and `Invalid` for a rule there is not."""
    where = must_serve(session, identity, town_id)
    today = today_in(where)
    rules = _rules(where, today)
    changed = _changed(where, rules, changes)
    since = today - A_YEAR
    tally = _Tally()
    for application_id, kind, case, recorded in _decided(session, where, since):
        _count(tally, where, changed, application_id, kind, case, recorded)
    whole, currency = tally.whole, where.currency
    return Simulation(
        town=where,
        since=since,
        until=today,
        rules=tuple(map(_shown, rules.values())),
        changes=tuple(changes),
        count=whole.count,
        not_reproduced=tally.not_reproduced,
        before=Money(whole.before, currency),
        after=Money(whole.after, currency),
        rose=whole.rose,
        fell=whole.fell,
        groups=tuple(
            Difference(
                by,
                label,
                found.count,
                Money(found.before, currency),
                Money(found.after, currency),
                found.rose,
                found.fell,
            )
            for (by, label), found in sorted(tally.groups.items())
        ),
        examples=tuple(
            (application_id, Money(before, currency), Money(after, currency))
            for _, application_id, before, after in largest(tally.examples)
        ),
    )


def _count(
    tally: _Tally,
    where: Town,
    changed: Town,
    application_id: str,
    kind: Kind,
    case: Case,
    recorded: int,
) -> None:
    as_it_is = fee(where, case)
    if not isinstance(as_it_is, Fee) or as_it_is.cents != recorded:
        tally.not_reproduced += 1
        return
    found = as_it_is if changed is where else fee(changed, case)
    assert isinstance(found, Fee), "an amount refuses nobody"
    tally.whole.add(recorded, found.cents)
    for group in _groups(kind, case):
        tally.groups[group].add(recorded, found.cents)
    if found.cents != recorded:
        one = (abs(found.cents - recorded), application_id, recorded, found.cents)
        tally.examples.append(one)
        if len(tally.examples) > BATCH:
            tally.examples = largest(tally.examples)


def largest(examples: list[tuple[int, str, int, int]]) -> list[tuple[int, str, int, int]]:
    """The few that differ most."""
    return sorted(examples, reverse=True)[:MOST_EXAMPLES]


def _decided(session: Session, where: Town, since: date) -> Iterator[tuple[str, Kind, Case, int]]:
    begins = datetime.combine(since, time(), ZoneInfo(where.time_zone))
    columns = (Application.id, Application.kind, Application.case, Application.fee_cents)
    found = select(*columns).where(
        Application.town_id == where.id,
        col(Application.decided) >= begins,
        Application.status == Status.APPROVED.value,
    )
    for row_id, kind, case, cents in session.exec(found.execution_options(yield_per=BATCH)):
        # A newer vaccination costs nothing by any rule, and has no case.
        if case:
            yield row_id, Kind(kind), facts.thawed(case), cents


def _groups(kind: Kind, case: Case) -> list[tuple[str, str]]:
    proofs = [("proof", proof.value) for proof in case.proofs] or [("proof", "none")]
    return [
        ("species", case.species.value),
        ("altered", "altered" if case.altered else "not altered"),
        ("term", case.term),
        ("kind", kind.label),
        ("late", "late" if case.days_late else "in time"),
        *proofs,
    ]


def _rules(where: Town, today: date) -> Mapping[str, Rule]:
    schedule = where.schedule_on(today)
    return {rule.id: rule for rule in schedule.rules} if schedule else {}


def _changed(where: Town, rules: Mapping[str, Rule], changes: Sequence[RuleChange]) -> Town:
    """The town with other amounts, in all its schedules that have the rule."""
    if not changes:
        return where
    faults: dict[str, str] = {}
    wanted: dict[str, RuleChange] = {}
    for change in changes:
        rule = rules.get(change.rule_id)
        if rule is None:
            faults[change.rule_id] = NO_RULE.format(town=where.name, rule=change.rule_id)
        elif rule.percent is not None:
            if change.percent is None or not 0 <= change.percent <= 100:
                faults[change.rule_id] = NO_PERCENT
        elif change.cents is None or not 0 <= change.cents <= MOST_CENTS:
            faults[change.rule_id] = NO_AMOUNT
        wanted[change.rule_id] = change
    if faults:
        raise Invalid("; ".join(faults.values()), faults)
    return replace(
        where,
        schedules=tuple(
            replace(
                schedule,
                rules=tuple(
                    _with(rule, wanted[rule.id]) if rule.id in wanted else rule
                    for rule in schedule.rules
                ),
            )
            for schedule in where.schedules
        ),
    )


def _with(rule: Rule, change: RuleChange) -> Rule:
    if rule.percent is not None:
        return replace(rule, percent=change.percent)
    return replace(rule, cents=change.cents)


def _shown(rule: Rule) -> RuleShown:
    return RuleShown(
        rule.id, rule.words, rule.stage, rule.cents, rule.percent, rule.per_year, rule.assumption
    )
