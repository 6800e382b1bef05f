"""A town's file read into rules; what is wrong with it is said place by place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import available_timezones

from pet_app.licensing.rules.case import Action, Proof, Species
from pet_app.licensing.rules.town import Covers, Refund, Rule, Schedule, Stage, Term, Town, When

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CURRENCY = re.compile(r"[A-Z]{3}")
STATE = re.compile(r"[A-Z]{2}")
DAY_OF_YEAR = re.compile(r"(\d\d)-(\d\d)")
LEAP_YEAR = 2024


@dataclass(frozen=True)
class Fault:
    """Something wrong in a town's file: where, and in a sentence what would be right."""

    where: str
    what: str


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


class _Reader:
    """Takes values out of tables one by one, noting what cannot be used."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def town(self, data: Mapping[str, Any]) -> Town | None:
        self._only(data, "the file", {*_names(Town), "format", "schedule"} - {"schedules"})
        if data.get("format") != 1:
            self._fault("format", "This has to be 1.")
        found = Town(
            id=self._match(data, "id", ID, "small letters, digits and single hyphens"),
            name=self._text(data, "name"),
            region=self._text(data, "region"),
            issuer=self._text(data, "issuer"),
            currency=self._match(data, "currency", CURRENCY, "three capital letters, as in USD"),
            time_zone=self._zone(data),
            source=self._text(data, "source"),
            species=self._several(data, "species", Species),
            places=tuple(str(place) for place in data.get("places", ())),
            ends_with_rabies=self._yes_no(data, "ends_with_rabies"),
            cannot_alter_counts=self._yes_no(data, "cannot_alter_counts"),
            youngest_months=self._count(data, "youngest_months"),
            renew_days=self._count(data, "renew_days", default=60),
            refund=self._refund(data.get("refund")),
            note=str(data.get("note", "")),
            covers=self._covers(data.get("covers", {})),
            schedules=tuple(
                self._schedule(table, f"schedule {place}")
                for place, table in enumerate(data.get("schedule", ()), 1)
            ),
        )
        if not found.species:
            self._fault("species", 'Say which animals are licensed: ["dog"], or ["dog", "cat"].')
        if not found.schedules:
            self._fault("schedule", "There is none: fees stand in at least one [[schedule]].")
        self._no_overlap(found.schedules)
        return found

    def _covers(self, data: Any) -> Covers:
        if not isinstance(data, Mapping):
            self._fault("covers", 'This has to be a table, as in { state = "OH" }.')
            return Covers()
        self._only(data, "covers", set(_names(Covers)))
        lists = {}
        for name in ("counties", "cities", "postcodes"):
            given = data.get(name, ())
            if isinstance(given, str) or not all(isinstance(item, str) for item in given):
                self._fault("covers", f'`{name}` has to be a list of names, as in ["Vista"].')
                given = ()
            lists[name] = tuple(given)
        state = str(data.get("state", ""))
        if state and not STATE.fullmatch(state):
            self._fault("covers", '`state` has to be two capital letters, as in "OH".')
        if not state and (lists["counties"] or lists["cities"]):
            self._fault("covers", "Say the `state` these counties and cities lie in.")
        return Covers(state, **lists)

    def _refund(self, data: Any) -> Refund:
        if data is None:
            return Refund()
        if not isinstance(data, Mapping):
            self._fault("refund", "This is a table: [refund], with its lines below.")
            return Refund()
        self._only(data, "refund", set(_names(Refund)))
        found = Refund(
            rejected=self._yes_no(data, "rejected", "refund"),
            withdrawn=self._yes_no(data, "withdrawn", "refund"),
            words=self._text(data, "words", "refund"),
            source=str(data.get("source", "")),
            assumption=self._yes_no(data, "assumption", "refund"),
        )
        for name in {"rejected", "withdrawn"} - set(data):
            self._fault("refund", f"Say whether the fee goes back: {name} = true, or false.")
        if not found.source and not found.assumption:
            self._fault("refund", "Name the `source`, or say `assumption = true`.")
        return found

    def _schedule(self, data: Mapping[str, Any], where: str) -> Schedule:
        self._only(data, where, {"since", "until", "term", "rule"})
        terms = tuple(
            self._term(table, f"{where}, term {place}")
            for place, table in enumerate(data.get("term", ()), 1)
        )
        known = {term.id for term in terms}
        rules = tuple(
            self._rule(table, f"{where}, rule {table.get('id', place)!r}", known)
            for place, table in enumerate(data.get("rule", ()), 1)
        )
        since, until = self._day(data, "since", where), self._day(data, "until", where)
        if since and until and since >= until:
            self._fault(where, "`until` has to be after `since`.")
        if not terms:
            self._fault(where, "There is no [[schedule.term]]: how long is a licence for?")
        if not any(rule.stage is Stage.FEE for rule in rules):
            self._fault(where, 'No rule has stage = "fee".')
        for twice in {rule.id for rule in rules if [r.id for r in rules].count(rule.id) > 1}:
            self._fault(where, f"Two rules are called {twice!r}.")
        return Schedule(since, until, terms, rules)

    def _term(self, data: Mapping[str, Any], where: str) -> Term:
        self._only(data, where, set(_names(Term)))
        found = Term(
            id=self._match(data, "id", ID, "small letters, digits and hyphens", where),
            words=self._text(data, "words", where),
            years=self._count(data, "years", where),
            days=self._count(data, "days", where),
            needs=self._several(data, "needs", Proof, where),
        )
        if found.years and found.days:
            self._fault(where, "A term has `years` or `days`, not both; neither means for life.")
        return found

    def _rule(self, data: Mapping[str, Any], where: str, terms: set[str]) -> Rule:
        self._only(data, where, set(_names(Rule)))
        found = Rule(
            id=self._match(data, "id", ID, "small letters, digits and hyphens", where),
            stage=self._one(data, "stage", Stage, where) or Stage.FEE,
            words=self._text(data, "words", where),
            when=self._when(data.get("when", {}), f"{where}, when", terms),
            cents=self._whole(data, "cents", where),
            percent=self._whole(data, "percent", where),
            at_most_cents=self._whole(data, "at_most_cents", where),
            per_year=self._yes_no(data, "per_year", where),
            source=str(data.get("source", "")),
            as_of=self._day(data, "as_of", where),
            assumption=self._yes_no(data, "assumption", where),
        )
        if (found.cents is None) == (found.percent is None):
            self._fault(where, "A rule has `cents` or `percent`, and not both.")
        if not found.source and not found.assumption:
            self._fault(where, "Name the `source`, or say `assumption = true`.")
        if found.per_year and found.percent is not None:
            self._fault(where, "`per_year` goes with `cents`.")
        return found

    def _when(self, data: Mapping[str, Any], where: str, terms: set[str]) -> When:
        self._only(data, where, set(_names(When)))
        for term in data.get("terms", ()):
            if term not in terms:
                self._fault(where, f"There is no term {term!r} in this schedule.")
        season = data.get("season")
        late = data.get("days_late")
        if late is not None and not (isinstance(late, list) and len(late) == 2):
            self._fault(where, "`days_late` is from and to, as in [1, 30].")
            late = None
        return When(
            species=self._several(data, "species", Species, where),
            altered=data.get("altered"),
            terms=tuple(data.get("terms", ())),
            actions=self._several(data, "actions", Action, where) or When.actions,
            any_proof=self._several(data, "any_proof", Proof, where),
            all_proofs=self._several(data, "all_proofs", Proof, where),
            from_months=self._whole(data, "from_months", where),
            under_months=self._whole(data, "under_months", where),
            dangerous=data.get("dangerous"),
            online=data.get("online"),
            days_late=tuple(late) if late else None,
            season=self._season(season, where) if season is not None else None,
            adopted_within_days=self._whole(data, "adopted_within_days", where),
            animals_below=self._whole(data, "animals_below", where),
        )

    def _season(self, value: Any, where: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
        days = [DAY_OF_YEAR.fullmatch(str(day)) for day in value] if len(value) == 2 else []
        spans = [(int(found[1]), int(found[2])) for found in days if found]
        try:
            for month, day in spans:
                date(LEAP_YEAR, month, day)
        except ValueError:
            spans = []
        if len(spans) != 2:
            self._fault(where, '`season` is two days of the year, as in ["12-01", "01-31"].')
            return None
        return spans[0], spans[1]

    def _no_overlap(self, schedules: tuple[Schedule, ...]) -> None:
        dated = sorted(schedules, key=lambda found: found.since or date.min)
        for earlier, later in pairwise(dated):
            if earlier.until is None or earlier.until > (later.since or date.min):
                self._fault("schedule", f"Two hold on {later.since}: end the earlier one there.")

    def _only(self, data: Mapping[str, Any], where: str, known: set[str]) -> None:
        for name in sorted(set(data) - known):
            self._fault(
                where, f"{name!r} is nothing we know. There is: {', '.join(sorted(known))}."
            )

    def _text(self, data: Mapping[str, Any], name: str, where: str = "") -> str:
        value = data.get(name)
        if not isinstance(value, str) or not value.strip():
            self._fault(where or name, f"{name!r} is missing, or is no text.")
            return ""
        return value

    def _match(
        self, data: Mapping[str, Any], name: str, form: re.Pattern[str], words: str, where: str = ""
    ) -> str:
        value = str(data.get(name, ""))
        if not form.fullmatch(value):
            self._fault(where or name, f"{name!r} is made of {words}.")
        return value

    def _zone(self, data: Mapping[str, Any]) -> str:
        value = str(data.get("time_zone", ""))
        if value not in available_timezones():
            self._fault("time_zone", "This is no time zone, such as America/New_York.")
        return value

    def _yes_no(self, data: Mapping[str, Any], name: str, where: str = "") -> bool:
        value = data.get(name, False)
        if not isinstance(value, bool):
            self._fault(where or name, f"{name!r} is true or false.")
        return bool(value)

    def _count(self, data: Mapping[str, Any], name: str, where: str = "", default: int = 0) -> int:
        return self._whole(data, name, where or name) or default

    def _whole(self, data: Mapping[str, Any], name: str, where: str) -> int | None:
        value = data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self._fault(where, f"{name!r} is a whole number, not below zero.")
            return None
        return value

    def _day(self, data: Mapping[str, Any], name: str, where: str) -> date | None:
        value = data.get(name)
        if value is not None and type(value) is not date:
            self._fault(where, f"{name!r} is a day, written 2026-01-31 without quotes.")
            return None
        return value

    def _one(self, data: Mapping[str, Any], name: str, kind: Any, where: str) -> Any:
        try:
            return kind(data.get(name))
        except ValueError:
            self._fault(where, f"{name!r} is one of: {', '.join(kind)}.")
            return None

    def _several(self, data: Mapping[str, Any], name: str, kind: Any, where: str = "") -> Any:
        values = data.get(name, [])
        if not isinstance(values, list):
            self._fault(where or name, f'{name!r} is a list, as in ["{next(iter(kind))}"].')
            return ()
        found = [value for value in values if value in set(kind)]
        for value in values:
            if value not in set(kind):
                self._fault(where or name, f"{value!r} in {name!r} is none of: {', '.join(kind)}.")
        return tuple(kind(value) for value in found)

    def _fault(self, where: str, what: str) -> None:
        self.faults.append(Fault(where, what))


def _names(shape: type) -> list[str]:
    return [field.name for field in fields(shape)]
