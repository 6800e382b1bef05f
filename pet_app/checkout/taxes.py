"""Which taxes apply where, since when and by whose word: from `data/taxes.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pet_app.checkout.rules.pricing import Rate

DATA = Path(__file__).parent / "data" / "taxes.toml"


@dataclass(frozen=True)
class Tax:
    """One tax of a place. `percent` is as it is written; `source` names where it stands, of which
    date, and its address."""

    name: str
    percent: str
    on_shipping: bool
    since: date
    until: date | None
    source: str

    @property
    def rate(self) -> Rate:
        return Rate(Decimal(self.percent), self.on_shipping)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text("utf-8"))


@cache
def every_tax() -> dict[tuple[str, str], tuple[Tax, ...]]:
    """All taxes of the table by country and area, those of the past and the future included."""
    sources = {
        key: f"{row['title']} ({row['dated']}), {row['url']}"
        for key, row in _table()["source"].items()
    }
    found: dict[tuple[str, str], list[Tax]] = {}
    for row in _table()["tax"]:
        tax = Tax(
            row["name"],
            row["percent"],
            row["on_shipping"],
            row["since"],
            row.get("until"),
            sources[row["source"]],
        )
        for area in row["areas"]:
            found.setdefault((row["country"], area), []).append(tax)
    return {place: tuple(taxes) for place, taxes in found.items()}


def taxes_of(country: str, area: str, on: date) -> tuple[Tax, ...] | None:
    """The taxes of a place on a day; none of them may be more than nothing.

    None for a place, or a day, the table does not know: what is not known is not guessed.
    """
    found = tuple(
        tax
        for tax in every_tax().get((country, area), ())
        if tax.since <= on and (tax.until is None or on < tax.until)
    )
    return found or None
