"""The fields of a postal address as a form shows them, whatever country they are of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

FILLED_BY_BROWSERS = {
    "name": "name",
    "company_name": "organization",
    "street_address": "street-address",
    "postal_code": "postal-code",
    "city": "address-level2",
    "country_area": "address-level1",
    "city_area": "address-level3",
}
WIDE = frozenset({"name", "company_name", "street_address"})
USUAL_COUNTRY = "US"
REGION = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})\b", re.IGNORECASE)


class Line(Protocol):
    """What a country asks for; `options` are (kept, shown) pairs, empty where anything goes."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def options(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def example(self) -> str: ...


@dataclass(frozen=True)
class Field:
    """One field of the form. `options` are (value, name) pairs; empty where anything goes.

    `complete` and `keyboard` are what a browser fills in there and which keyboard a phone shows.
    """

    name: str
    label: str
    value: str
    help: str = ""
    complete: str = "off"
    keyboard: str = "text"
    wide: bool = False
    options: list[list[str]] = field(default_factory=list)


def field_of(line: Line, value: str) -> Field:
    """The field of one line, holding this value as far as it can."""
    options: list[list[str]] = []
    if line.options:
        # What was typed for another country is no choice of this one.
        value = next((kept for kept, name in line.options if value in (kept, name)), "")
        options = [["", "Choose…"], *([kept, name] for kept, name in line.options)]
    return Field(
        line.name,
        line.label if line.required else f"{line.label} (optional)",
        value,
        f"Such as {line.example}" if line.example else "",
        FILLED_BY_BROWSERS.get(line.name, "off"),
        "numeric" if line.example.isdigit() else "text",
        line.name in WIDE,
        options,
    )


def country_of(languages: str, known: Iterable[str]) -> str:
    """Where the languages a browser asks for are spoken, if that is one of the `known`."""
    wanted = frozenset(known)
    regions = (region.upper() for region in REGION.findall(languages))
    return next((region for region in regions if region in wanted), USUAL_COUNTRY)
