"""Where we send to, how, and for how much: zones and weights from `data/shipping.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "shipping.toml"


@dataclass(frozen=True)
class Method:
    """A way to send a parcel of some weight. `cents` is its price before anything makes it free;
    `free_from_cents` is what the goods have to cost for that, None where they never do."""

    key: str
    label: str
    days: tuple[int, int]
    cents: int
    free_from_cents: int | None
    free_by_code: bool

    @property
    def days_said(self) -> str:
        first, last = self.days
        return f"{first} to {last} working days"


@dataclass(frozen=True)
class Zone:
    """A part of the world with its methods; `rates` of each are (up to grams, cents), rising."""

    key: str
    name: str
    methods: tuple[dict[str, Any], ...]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text("utf-8"))


def zone_of(country: str, area: str) -> Zone | None:
    """The zone of a place; None for where we do not send to. `area` is a state or province."""
    for row in _table()["zone"]:
        if row["country"] == country and (not row["areas"] or area in row["areas"]):
            return Zone(row["key"], row["name"], tuple(row["method"]))
    return None


def zones() -> tuple[Zone, ...]:
    """Everywhere we send to, in the order of the table."""
    return tuple(Zone(row["key"], row["name"], tuple(row["method"])) for row in _table()["zone"])


def parcel_g(goods_g: int) -> int:
    """What a parcel weighs with its box."""
    return goods_g + _table()["parcel"]["packing_g"]


def methods(zone: Zone, goods_g: int) -> tuple[Method, ...]:
    """The ways to send goods of that weight there, the cheapest first; none for what is too heavy.

    The box is added here.
    """
    weight = parcel_g(goods_g)
    found: list[Method] = []
    for row in zone.methods:
        cents = next((price for most, price in row["rates"] if weight <= most), None)
        if cents is not None:
            found.append(
                Method(
                    row["key"],
                    row["label"],
                    (row["days"][0], row["days"][1]),
                    cents,
                    row.get("free_from_cents"),
                    row.get("free_by_code", False),
                )
            )
    return tuple(sorted(found, key=lambda method: method.cents))


def countries() -> tuple[str, ...]:
    """The two-letter codes of the countries we send to, in the order of the table."""
    return tuple(dict.fromkeys(row["country"] for row in _table()["zone"]))
