"""The lines of a file of licences from elsewhere, each checked by itself and against the others."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pet_app.licensing import tag
from pet_app.licensing.csv_cells import is_formula
from pet_app.licensing.facts import EMAIL, ISO_DAY, PHONE, SEXES
from pet_app.licensing.rules import Species, Town

LONGEST_CELL = 200
LEGACY_NUMBER = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
LONGEST_NUMBER = 20

COLUMNS: dict[str, tuple[str, bool]] = {
    "number": ("the licence's number with you: letters, digits, hyphens", True),
    "holder_name": ("who keeps the pet", True),
    "street_address": ("", False),
    "city": ("", False),
    "country_area": ("the state or province, in its short form", False),
    "postal_code": ("", False),
    "country": ("two letters, such as US", False),
    "phone": ("", False),
    "email": ("", False),
    "pet_name": ("what the pet is called", True),
    "species": ("dog or cat", True),
    "altered": ("yes or no: spayed or neutered", True),
    "sex": ("female or male", False),
    "born": ("a day, as in 2022-03-01", False),
    "breed": ("", False),
    "colours": ("", False),
    "microchip": ("9 to 15 digits or letters", False),
    "term": ("for how long, by the name your rules have for it", True),
    "begins": ("the first day, as in 2026-01-31", True),
    "ends": ("the last day; empty for a licence for life", False),
    "rabies_until": ("the last day of the vaccination", False),
    "tag_code": ("a code of ours, where the pet wears such a tag", False),
}
"""What a file has: what stands in each column, and whether every line has to have it."""

ADDRESS = ("street_address", "city", "country_area", "postal_code", "country")
DAYS = ("born", "begins", "ends", "rabies_until")
YES = {"yes": True, "y": True, "true": True, "1": True}
NO = {"no": False, "n": False, "false": False, "0": False}

NEEDED = "This has to be filled in."
TOO_LONG = f"Use at most {LONGEST_CELL} characters."
FORMULA = "This begins like a formula. We take in nothing that a spreadsheet would run."
CONTROL = "This holds a character that cannot be shown."
NO_PHONE = "Write the number with digits, as in +1 614 555 0101."
DAY = "Write the day as year-month-day, as in 2026-01-31."
SAME_NUMBER = "This number is on line {line} already."
SAME_TAG = "This tag code is on line {line} already."


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line; the header is line 1, `column` is empty for all of it."""

    line: int
    column: str
    words: str


@dataclass(frozen=True)
class Legacy:
    """One licence that can be taken in, as it stands on a line."""

    number: str
    tag_code: str
    species: str
    altered: bool
    term: str
    begins: date
    ends: date | None
    rabies_until: date | None
    holder: dict[str, Any] = field(repr=False)
    animal: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Row:
    """One line of data: what it holds, or what is wrong with it."""

    line: int
    legacy: Legacy | None
    faults: tuple[Fault, ...] = ()


def town_number(where: Town, number: str) -> str:
    """A town's own number as we keep it, so that two towns can have the same one."""
    return f"{where.id.split('-', 2)[-1].upper()[:19]}-{number.upper()}"


class Checker:
    """Checks lines, and remembers what no two of them may share."""

    def __init__(self, where: Town) -> None:
        self.where = where
        self.terms = {term.id for schedule in where.schedules for term in schedule.terms}
        self.for_life = {
            term.id for schedule in where.schedules for term in schedule.terms if term.for_life
        }
        self.numbers: dict[str, int] = {}
        self.tags: dict[str, int] = {}

    def check(self, line: int, told: dict[str, str]) -> Row:
        wrong = {name: words for name, cell in told.items() if (words := _cell(name, cell))}
        for name, (_, needed) in COLUMNS.items():
            if needed and not told.get(name):
                wrong.setdefault(name, NEEDED)
        days = self._days(told, wrong)
        self._values(told, wrong)
        self._period(told, days, wrong)
        code = self._once(line, told, wrong)
        if wrong:
            return Row(line, None, tuple(Fault(line, *fault) for fault in wrong.items()))
        begins = days["begins"]
        assert begins is not None
        return Row(line, _legacy(self.where, told, days, begins, code))

    def _days(self, told: dict[str, str], wrong: dict[str, str]) -> dict[str, date | None]:
        days: dict[str, date | None] = {}
        for name in DAYS:
            text = told.get(name, "")
            try:
                if text and not ISO_DAY.fullmatch(text):
                    raise ValueError(text)
                days[name] = date.fromisoformat(text) if text else None
            except ValueError:
                days[name] = None
                wrong.setdefault(name, DAY)
        return days

    def _values(self, told: dict[str, str], wrong: dict[str, str]) -> None:
        species = told.get("species", "").casefold()
        if species and species not in {one.value for one in self.where.species}:
            known = " or ".join(one.value for one in self.where.species)
            wrong.setdefault("species", f"Write {known}.")
        if told.get("altered") and told["altered"].casefold() not in YES | NO:
            wrong.setdefault("altered", "Write yes or no.")
        if told.get("sex") and told["sex"].casefold() not in SEXES:
            wrong.setdefault("sex", "Write female or male, or leave it empty.")
        if told.get("term") and told["term"] not in self.terms:
            known = ", ".join(sorted(self.terms))
            wrong.setdefault("term", f"Your terms are: {known}.")
        if told.get("email") and not EMAIL.fullmatch(told["email"]):
            wrong.setdefault("email", "This is no e-mail address.")
        if told.get("microchip") and not re.fullmatch(r"[0-9A-Za-z]{9,15}", told["microchip"]):
            wrong.setdefault("microchip", "A microchip has 9 to 15 digits or letters.")

    def _period(
        self, told: dict[str, str], days: dict[str, date | None], wrong: dict[str, str]
    ) -> None:
        begins, ends, born = days["begins"], days["ends"], days["born"]
        if begins and ends and ends < begins:
            wrong.setdefault("ends", "This is before it begins.")
        if not told.get("ends") and told.get("term") in self.terms - self.for_life:
            wrong.setdefault("ends", "Only a licence for life has no end.")
        if born and begins and born > begins:
            wrong.setdefault("born", "This is after the licence begins.")

    def _once(self, line: int, told: dict[str, str], wrong: dict[str, str]) -> str:
        number = told.get("number", "").upper()
        if number and not (LEGACY_NUMBER.fullmatch(number) and len(number) <= LONGEST_NUMBER):
            most = f"Use letters, digits and single hyphens, at most {LONGEST_NUMBER}."
            wrong.setdefault("number", most)
        elif number and (first := self.numbers.setdefault(number, line)) != line:
            wrong["number"] = SAME_NUMBER.format(line=first)
        code = tag.read_code(told.get("tag_code", ""))
        if told.get("tag_code") and not code:
            wrong.setdefault("tag_code", "This is no code of ours. Leave it empty if unsure.")
        elif code and (first := self.tags.setdefault(code, line)) != line:
            wrong["tag_code"] = SAME_TAG.format(line=first)
        return code


def _legacy(
    where: Town, told: dict[str, str], days: dict[str, date | None], begins: date, code: str
) -> Legacy:
    altered = (YES | NO)[told["altered"].casefold()]
    animal = {
        "name": told["pet_name"],
        "species": told["species"].casefold(),
        "altered": "yes" if altered else "no",
        "sex": told.get("sex", "").casefold(),
        **{name: told.get(name, "") for name in ("born", "breed", "colours", "microchip")},
    }
    address = {name: told[name] for name in ADDRESS if told.get(name)}
    holder = {
        "name": told["holder_name"],
        "phone": told.get("phone", ""),
        "email": told.get("email", ""),
        "address": address,
    }
    return Legacy(
        number=town_number(where, told["number"]),
        tag_code=code,
        species=Species(animal["species"]).value,
        altered=altered,
        term=told["term"],
        begins=begins,
        ends=days["ends"],
        rabies_until=days["rabies_until"],
        holder=holder,
        animal=animal,
    )


def _cell(name: str, cell: str) -> str:
    """What is wrong with a cell whatever it says; empty for nothing."""
    if len(cell) > LONGEST_CELL:
        return TOO_LONG
    if any((ord(sign) < 32 and sign not in "\n\r") or 127 <= ord(sign) < 160 for sign in cell):
        return CONTROL
    if name == "phone" and cell:
        return (
            "" if PHONE.fullmatch(cell) else "Write the number with digits, as in +1 614 555 0101."
        )
    return FORMULA if is_formula(cell) else ""
