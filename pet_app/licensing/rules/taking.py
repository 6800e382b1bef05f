"""Values taken out of the tables of a file; what cannot be used is noted with its place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import available_timezones


@dataclass(frozen=True)
class Fault:
    """Something wrong in a town's file: where, and in a sentence what would be right."""

    where: str
    what: str


class Taker:
    """Takes values out of tables, and collects the faults found on the way."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def only(self, data: Mapping[str, Any], where: str, known: set[str]) -> None:
        for name in sorted(set(data) - known):
            self.fault(where, f"{name!r} is nothing we know. There is: {', '.join(sorted(known))}.")

    def text(self, data: Mapping[str, Any], name: str, where: str = "") -> str:
        value = data.get(name)
        if not isinstance(value, str) or not value.strip():
            self.fault(where or name, f"{name!r} is missing, or is no text.")
            return ""
        return value

    def match(
        self, data: Mapping[str, Any], name: str, form: re.Pattern[str], words: str, where: str = ""
    ) -> str:
        value = str(data.get(name, ""))
        if not form.fullmatch(value):
            self.fault(where or name, f"{name!r} is made of {words}.")
        return value

    def zone(self, data: Mapping[str, Any]) -> str:
        value = str(data.get("time_zone", ""))
        if value not in available_timezones():
            self.fault("time_zone", "This is no time zone, such as America/New_York.")
        return value

    def yes_no(self, data: Mapping[str, Any], name: str, where: str = "") -> bool:
        value = data.get(name, False)
        if not isinstance(value, bool):
            self.fault(where or name, f"{name!r} is true or false.")
        return bool(value)

    def count(self, data: Mapping[str, Any], name: str, where: str = "", default: int = 0) -> int:
        return self.whole(data, name, where or name) or default

    def whole(self, data: Mapping[str, Any], name: str, where: str) -> int | None:
        value = data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fault(where, f"{name!r} is a whole number, not below zero.")
            return None
        return value

    def day(self, data: Mapping[str, Any], name: str, where: str) -> date | None:
        value = data.get(name)
        if value is not None and type(value) is not date:
            self.fault(where, f"{name!r} is a day, written 2026-01-31 without quotes.")
            return None
        return value

    def one(self, data: Mapping[str, Any], name: str, kind: Any, where: str) -> Any:
        try:
            return kind(data.get(name))
        except ValueError:
            self.fault(where, f"{name!r} is one of: {', '.join(kind)}.")
            return None

    def several(self, data: Mapping[str, Any], name: str, kind: Any, where: str = "") -> Any:
        values = data.get(name, [])
        if not isinstance(values, list):
            self.fault(where or name, f'{name!r} is a list, as in ["{next(iter(kind))}"].')
            return ()
        found = [value for value in values if value in set(kind)]
        for value in values:
            if value not in set(kind):
                self.fault(where or name, f"{value!r} in {name!r} is none of: {', '.join(kind)}.")
        return tuple(kind(value) for value in found)

    def fault(self, where: str, what: str) -> None:
        self.faults.append(Fault(where, what))

    def tables(self, data: Mapping[str, Any], name: str, where: str) -> Iterator[tuple[int, Any]]:
        """The tables of a list of them, with their place from 1."""
        values = data.get(name, [])
        if not isinstance(values, list) or not all(isinstance(value, Mapping) for value in values):
            heading = f"schedule.{name}" if name != "schedule" else name
            self.fault(where, f"These are several, each under [[{heading}]] in double brackets.")
            return
        yield from enumerate(values, 1)

    def table(self, data: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
        """One table; an empty one where there is none."""
        value = data.get(name, {})
        if not isinstance(value, Mapping):
            self.fault(where, f"{name!r} is a table, as in {{ altered = true }}.")
            return {}
        return value

    def names(self, data: Mapping[str, Any], name: str, where: str = "") -> tuple[str, ...]:
        """A list of texts."""
        values = data.get(name, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.fault(where or name, f'{name!r} is a list of texts, as in ["Vista"].')
            return ()
        return tuple(values)

    def maybe(self, data: Mapping[str, Any], name: str, where: str) -> bool | None:
        """True, false, or None for what is not said."""
        return self.yes_no(data, name, where) if name in data else None
