"""The workshop's numbers: materials, hardware, fit and making, read once from `data/`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pet_app.builder.rules import Finish, Kind, Material, Pattern

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Webbing:
    """A strap material: thickness in mm, strength in newtons, cost in cents a metre at 25 mm."""

    material: Material
    name: str
    sku: str
    thickness_mm: float
    strength_n_per_mm: float
    cost_cents_per_m_25mm: int
    patterns: tuple[Pattern, ...]
    no_pattern: str


@dataclass(frozen=True)
class Hardware:
    """One piece of hardware for one webbing width: lengths in mm, breaking strength in newtons."""

    name: str
    sku: str
    width_mm: int
    strength_n: float
    cost_cents: int
    span_mm: float
    bar_mm: float
    high_mm: float = 0.0


@dataclass(frozen=True)
class Ease:
    """How much longer than the measurement a loop is."""

    share: float
    min_mm: float
    max_mm: float
    rule: str

    def of(self, measurement_mm: int) -> int:
        """The ease in whole millimetres."""
        return round(min(max(self.share * measurement_mm, self.min_mm), self.max_mm))


@dataclass(frozen=True)
class Section:
    """The shape of the body where a loop lies; see `data/fit.toml`."""

    depth_over_width: float
    taper: float
    flare_deg: float


@cache
def table(name: str) -> dict[str, Any]:
    """The whole of one data file (`materials`, `hardware`, `palette`, `fit`, `making`)."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text())


@cache
def webbing(material: Material) -> Webbing:
    row = table("materials")[material.value]
    return Webbing(
        material=material,
        name=row["name"],
        sku=row["sku"],
        thickness_mm=row["thickness_mm"],
        strength_n_per_mm=row["strength_n_per_mm"],
        cost_cents_per_m_25mm=row["cost_cents_per_m_25mm"],
        patterns=tuple(Pattern(name) for name in row["patterns"]),
        no_pattern=row.get("no_pattern", ""),
    )


@cache
def hardware(piece: str, width_mm: int) -> Hardware:
    """`piece` is a table of `data/hardware.toml`, `width_mm` one of its sizes."""
    row = table("hardware")[piece]
    size = row["sizes"][str(width_mm)]
    return Hardware(
        name=row["name"],
        sku=f"{row['sku']}-{width_mm}",
        width_mm=width_mm,
        strength_n=size["strength_n"],
        cost_cents=size["cost_cents"],
        span_mm=size.get("span_mm", 0.0),
        bar_mm=size.get("bar_mm", 0.0),
        high_mm=size.get("high_mm", 0.0),
    )


def finish_surcharge_cents(finish: Finish) -> int:
    return table("hardware")["finish_surcharge_cents"][finish.value]


@cache
def ease(loop: str) -> Ease:
    """`loop` is `collar`, `neck` or `girth`."""
    row = table("fit")["ease"][loop]
    return Ease(row["share"], row["min_mm"], row["max_mm"], row["rule"])


@cache
def section(loop: str) -> Section:
    row = table("fit")["section"][loop]
    return Section(row["depth_over_width"], row["taper"], row["flare_deg"])


def station(name: str) -> float:
    """Where straps sit on the body; see `data/fit.toml`."""
    return table("fit")["station"][name]


def plausible(name: str) -> float:
    return table("fit")["plausible"][name]


def limits(measurement: str) -> tuple[int, int]:
    """The smallest and largest value a measurement may have."""
    low, high = table("fit")["limits"][measurement]
    return low, high


def widths(kind: Kind) -> tuple[int, ...]:
    """The webbing widths a kind of gear is made in, narrowest first."""
    return tuple(table("making")["widths"].get(kind.value, ()))


def options(kind: Kind) -> frozenset[str]:
    """The fields of `Options` that a kind of gear has."""
    return frozenset(table("making")["options"][kind.value])


def allowance_mm(name: str, width_mm: int) -> tuple[int, str]:
    """The length added for a `seam`, `fold`, `ring_fold`, `tail` or `hem`, and why."""
    row = table("making")["allowance"][name]
    return round(row["widths"] * width_mm + row["mm"]), row["why"]
