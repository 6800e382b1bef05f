"""The numbers the builder reckons with, looked through by staff."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from pet_app.builder.numbers import FILES, UNITS, Number, numbers
from pet_app.core.security import Permission
from pet_app.ui.session import Session

LONGEST_SEARCH = 60
MOST_SHOWN = 400
"""A page longer than this is read by nobody, and a word typed makes it shorter."""


@dataclass(frozen=True)
class NumberRow:
    """One number in words; `source` is empty for a guess of ours."""

    what: str
    where: str
    value: str
    source: str
    is_assumed: bool


class Numbers(Session):
    """What of the numbers is shown."""

    needs: ClassVar[Permission | None] = Permission.WORKSHOP

    rows: rx.Field[list[NumberRow]] = rx.field(default_factory=list)
    listed: bool = False
    file: str = FILES[0]
    search: str = ""
    only_sourced: bool = False
    said: str = ""

    @rx.event
    def open(self) -> None:
        """Show what was last looked at."""
        self._list()

    @rx.event
    def turn_to(self, file: str) -> None:
        """Show one file; all of them for an empty name."""
        self.file = file if file in FILES else ""
        self._list()

    @rx.event
    def find(self, typed: str) -> None:
        """Show those with these words in their name or source."""
        self.search = typed[:LONGEST_SEARCH]
        self._list()

    @rx.event
    def sourced(self, only: bool) -> None:
        """Show only numbers that somebody else stands for, or all."""
        self.only_sourced = only
        self._list()

    def _list(self) -> None:
        found = [number for number in numbers() if self._wanted(number)]
        self.rows = [row(number) for number in found[:MOST_SHOWN]]
        assumed = sum(number.is_assumed for number in found)
        plural = "" if len(found) == 1 else "s"
        self.said = f"{len(found)} number{plural}, {assumed} of them assumed"
        if len(found) > MOST_SHOWN:
            self.said += f"; the first {MOST_SHOWN} are shown"
        self.listed = True

    def _wanted(self, number: Number) -> bool:
        if self.file and number.file != self.file:
            return False
        if self.only_sourced and not number.source:
            return False
        text = f"{number.file} {spoken(number.path)} {number.path} {number.source}".lower()
        return all(word in text for word in self.search.lower().split())


def row(number: Number) -> NumberRow:
    """A number in words."""
    what = spoken(number.path)
    return NumberRow(
        what=what[:1].upper() + what[1:],
        where=f"{number.file}.toml: {number.path}",
        value=f"{number.value:g} {number.unit}".strip(),
        source=number.source,
        is_assumed=number.is_assumed,
    )


def spoken(path: str) -> str:
    """`side_release_buckle.sizes.25.strength_n` as `side release buckle, 25, strength`."""
    parts = [_bare(part) for part in path.replace("[", ".").replace("]", "").split(".")]
    return ", ".join(part for part in parts if part != "sizes")


def _bare(part: str) -> str:
    """One name without the ending that says its unit."""
    ending = max((end for end in UNITS if part.endswith(end)), key=len, default="")
    words = part.removesuffix(ending).replace("_", " ")
    return str(int(words) + 1) if words.isdigit() and len(words) == 1 else words
