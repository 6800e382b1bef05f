"""A town's file read into rules; what is wrong with it is said place by place."""

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from itertools import pairwise
from typing import Any

from pet_app.licensing.rules.case import Action, Proof, Species
from pet_app.licensing.rules.taking import Fault, Taker
from pet_app.licensing.rules.town import Covers, Refund, Rule, Schedule, Stage, Term, Town, When

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CURRENCY = re.compile(r"[A-Z]{3}")
STATE = re.compile(r"[A-Z]{2}")
DAY_OF_YEAR = re.compile(r"(\d\d)-(\d\d)")
LEAP_YEAR = 2024
NO_END = 100_000
"""Days: nobody is that late."""


class Unreadable(ValueError):
    """A town's file with faults in it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.where}: {fault.what}" for fault in faults))
        self.faults = tuple(faults)


def read(data: Mapping[str, Any]) -> Town:
    """The town that the plain values of its file describe.

    Raises `Unreadable` with every fault found, not only the first.
    """
    reader = _Reader()
    town = reader.town(data)
    if reader.faults or town is None:
        raise Unreadable(reader.faults)
    return town


class _Reader(Taker):
    """Makes rules of the tables of a town's file."""

    def town(self, data: Mapping[str, Any]) -> Town | None:
        self.only(data, "the file", {*_names(Town), "format", "schedule"} - {"schedules"})
        if data.get("format") != 1:
            self.fault("format", "This has to be 1.")
        found = Town(
            id=self.match(data, "id", ID, "small letters, digits and single hyphens"),
            name=self.text(data, "name"),
            region=self.text(data, "region"),
            issuer=self.text(data, "issuer"),
            currency=self.match(data, "currency", CURRENCY, "three capital letters, as in USD"),
            time_zone=self.zone(data),
            source=self.text(data, "source"),
            species=self.several(data, "species", Species),
            places=self.names(data, "places"),
            ends_with_rabies=self.yes_no(data, "ends_with_rabies"),
            cannot_alter_counts=self.yes_no(data, "cannot_alter_counts"),
            youngest_months=self.count(data, "youngest_months"),
            renew_days=self.count(data, "renew_days", default=60),
            refund=self._refund(data.get("refund")),
            note=str(data.get("note", "")),
            covers=self._covers(data.get("covers", {})),
            schedules=tuple(
                self._schedule(table, f"schedule {place}")
                for place, table in self.tables(data, "schedule", "schedule")
            ),
        )
        if not found.species:
            self.fault("species", 'Say which animals are licensed: ["dog"], or ["dog", "cat"].')
        if not found.schedules:
            self.fault("schedule", "There is none: fees stand in at least one [[schedule]].")
        self._no_overlap(found.schedules)
        return found

    def _covers(self, data: Any) -> Covers:
        if not isinstance(data, Mapping):
            self.fault("covers", 'This has to be a table, as in { state = "OH" }.')
            return Covers()
        self.only(data, "covers", set(_names(Covers)))
        parts = ("counties", "cities", "postcodes")
        lists = {name: self.names(data, name, "covers") for name in parts}
        state = str(data.get("state", ""))
        if state and not STATE.fullmatch(state):
            self.fault("covers", '`state` has to be two capital letters, as in "OH".')
        if not state and (lists["counties"] or lists["cities"]):
            self.fault("covers", "Say the `state` these counties and cities lie in.")
        return Covers(state, **lists)

    def _refund(self, data: Any) -> Refund:
        if data is None:
            return Refund()
        if not isinstance(data, Mapping):
            self.fault("refund", "This is a table: [refund], with its lines below.")
            return Refund()
        self.only(data, "refund", set(_names(Refund)))
        found = Refund(
            rejected=self.yes_no(data, "rejected", "refund"),
            withdrawn=self.yes_no(data, "withdrawn", "refund"),
            words=self.text(data, "words", "refund"),
            source=str(data.get("source", "")),
            assumption=self.yes_no(data, "assumption", "refund"),
        )
        for name in {"rejected", "withdrawn"} - set(data):
            self.fault("refund", f"Say whether the fee goes back: {name} = true, or false.")
        if not found.source and not found.assumption:
            self.fault("refund", "Name the `source`, or say `assumption = true`.")
        return found

    def _schedule(self, data: Mapping[str, Any], where: str) -> Schedule:
        self.only(data, where, {"since", "until", "term", "rule"})
        terms = tuple(
            self._term(table, f"{where}, term {place}")
            for place, table in self.tables(data, "term", where)
        )
        known = {term.id for term in terms}
        rules = tuple(
            self._rule(table, f"{where}, rule {table.get('id', place)!r}", known)
            for place, table in self.tables(data, "rule", where)
        )
        since, until = self.day(data, "since", where), self.day(data, "until", where)
        if since and until and since >= until:
            self.fault(where, "`until` has to be after `since`.")
        if not terms:
            self.fault(where, "There is no [[schedule.term]]: how long is a licence for?")
        if not any(rule.stage is Stage.FEE for rule in rules):
            self.fault(where, 'No rule has stage = "fee".')
        for twice in {rule.id for rule in rules if [r.id for r in rules].count(rule.id) > 1}:
            self.fault(where, f"Two rules are called {twice!r}.")
        return Schedule(since, until, terms, rules)

    def _term(self, data: Mapping[str, Any], where: str) -> Term:
        self.only(data, where, set(_names(Term)))
        found = Term(
            id=self.match(data, "id", ID, "small letters, digits and hyphens", where),
            words=self.text(data, "words", where),
            years=self.count(data, "years", where),
            days=self.count(data, "days", where),
            needs=self.several(data, "needs", Proof, where),
        )
        if found.years and found.days:
            self.fault(where, "A term has `years` or `days`, not both; neither means for life.")
        return found

    def _rule(self, data: Mapping[str, Any], where: str, terms: set[str]) -> Rule:
        self.only(data, where, set(_names(Rule)))
        found = Rule(
            id=self.match(data, "id", ID, "small letters, digits and hyphens", where),
            stage=self.one(data, "stage", Stage, where) or Stage.FEE,
            words=self.text(data, "words", where),
            when=self._when(self.table(data, "when", where), f"{where}, when", terms),
            cents=self.whole(data, "cents", where),
            percent=self.whole(data, "percent", where),
            at_most_cents=self.whole(data, "at_most_cents", where),
            per_year=self.yes_no(data, "per_year", where),
            source=str(data.get("source", "")),
            as_of=self.day(data, "as_of", where),
            assumption=self.yes_no(data, "assumption", where),
        )
        if (found.cents is None) == (found.percent is None):
            self.fault(where, "A rule has `cents` or `percent`, and not both.")
        if not found.source and not found.assumption:
            self.fault(where, "Name the `source`, or say `assumption = true`.")
        if found.per_year and found.percent is not None:
            self.fault(where, "`per_year` goes with `cents`.")
        return found

    def _when(self, data: Mapping[str, Any], where: str, terms: set[str]) -> When:
        self.only(data, where, set(_names(When)))
        named = self.names(data, "terms", where)
        for term in named:
            if term not in terms:
                self.fault(where, f"There is no term {term!r} in this schedule.")
        season = data.get("season")
        return When(
            species=self.several(data, "species", Species, where),
            altered=self.maybe(data, "altered", where),
            terms=named,
            actions=self.several(data, "actions", Action, where) or When.actions,
            any_proof=self.several(data, "any_proof", Proof, where),
            all_proofs=self.several(data, "all_proofs", Proof, where),
            from_months=self.whole(data, "from_months", where),
            under_months=self.whole(data, "under_months", where),
            dangerous=self.maybe(data, "dangerous", where),
            online=self.maybe(data, "online", where),
            days_late=self._days_late(data, where),
            season=self._season(season, where) if season is not None else None,
            adopted_within_days=self.whole(data, "adopted_within_days", where),
            animals_below=self.whole(data, "animals_below", where),
        )

    def _days_late(self, data: Mapping[str, Any], where: str) -> tuple[int, int] | None:
        late = data.get("days_late")
        if late is None:
            return None
        if isinstance(late, list) and all(type(day) is int for day in late):
            if len(late) == 1 and late[0] > 0:
                return late[0], NO_END
            if len(late) == 2 and 0 < late[0] <= late[1]:
                return late[0], late[1]
        self.fault(where, "`days_late` is from and to, as in [1, 30], or [31] for no end.")
        return None

    def _season(self, value: Any, where: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
        listed = isinstance(value, list) and len(value) == 2
        days = [DAY_OF_YEAR.fullmatch(str(day)) for day in value] if listed else []
        spans = [(int(found[1]), int(found[2])) for found in days if found]
        try:
            for month, day in spans:
                date(LEAP_YEAR, month, day)
        except ValueError:
            spans = []
        if len(spans) != 2:
            self.fault(where, '`season` is two days of the year, as in ["12-01", "01-31"].')
            return None
        return spans[0], spans[1]

    def _no_overlap(self, schedules: tuple[Schedule, ...]) -> None:
        dated = sorted(schedules, key=lambda found: found.since or date.min)
        for earlier, later in pairwise(dated):
            if earlier.until is None or earlier.until > (later.since or date.min):
                self.fault("schedule", f"Two hold on {later.since}: end the earlier one there.")


def _names(shape: type) -> list[str]:
    return [field.name for field in fields(shape)]
