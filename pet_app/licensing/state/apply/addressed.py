"""The owner's address as it is being typed: the fields of the town's own country."""

import asyncio
from dataclasses import replace

import reflex as rx

from pet_app.ui.postal import Field, field_of
from pet_app.user import service as users

SELDOM = frozenset({"name", "company_name"})
"""The name is the holder's, asked above; no pet is licensed to a company."""
LONGEST_LINE = 400


class Addressed(rx.State, mixin=True):
    """The lines of an address, in the country of the town: there one lives."""

    country: str = "US"
    fields: rx.Field[list[Field]] = rx.field(default_factory=list)
    drawn: int = 0

    _lines: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    async def _draw_address(self, town_id: str, kept: dict[str, str]) -> None:
        """The fields, filled with what is kept, and with the state the town is in."""
        self.country = town_id[:2].upper()
        here = kept.get("country", self.country) == self.country
        self._lines = {name: text for name, text in kept.items() if name != "country" and here}
        self._lines.setdefault("country_area", town_id.split("-")[1].upper())
        lines = await asyncio.to_thread(users.lines_of, self.country, self._lines)
        self.fields = [
            replace(field_of(line, self._lines.get(line.name, "")), help="")
            for line in lines
            if line.name not in SELDOM
        ]
        self.drawn += 1

    def _say_line(self, name: str, typed: str) -> bool:
        """Whether this says anything new."""
        typed = typed[:LONGEST_LINE].strip()
        known = any(field.name == name for field in self.fields)
        if not known or self._lines.get(name, "") == typed:
            return False
        self._lines = {**self._lines, name: typed}
        return True

    def _said(self) -> dict[str, str]:
        shown = {field.name: self._lines.get(field.name, "") for field in self.fields}
        return {"country": self.country, **shown}

    def _written(self) -> list[str]:
        """The lines as far as they are told, for showing."""
        return [text for field in self.fields if (text := self._lines.get(field.name, ""))]
