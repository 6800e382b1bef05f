"""The workshop's numbers: materials, hardware, fit and making, read once from `data/`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pet_app.builder.rules import Finish, Kind, Lining, Material, Pattern
from pet_app.core.errors import Invalid
from pet_app.core.ink import FONTS

TAPE_MARGIN = 0.05
"""Between a reflective tape and the edge of its webbing, in widths."""

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Webbing:
    """A strap material: thickness in mm, strength in newtons, cost in cents a metre at 25 mm.

    `is_sewn` is False for what is riveted; `source` is empty where the strength is assumed.
    """

    material: Material
    name: str
    sku: str
    thickness_mm: float
    strength_n_per_mm: float
    cost_cents_per_m_25mm: int
    patterns: tuple[Pattern, ...]
    no_pattern: str
    is_sewn: bool
    source: str


@dataclass(frozen=True)
class Sheet:
    """What lies under or on webbing in strips: a lining, or reflective tape."""

    name: str
    sku: str
    thickness_mm: float
    cost_cents_per_m_25mm: int


@dataclass(frozen=True)
class Hardware:
    """One piece of hardware for one webbing width: lengths in mm, breaking strength in newtons.

    `is_finished` says whether it takes the chosen finish; `source` is empty where its strength is
    assumed.
    """

    name: str
    sku: str
    width_mm: int
    strength_n: float
    cost_cents: int
    span_mm: float
    bar_mm: float
    high_mm: float = 0.0
    is_finished: bool = False
    source: str = ""


@dataclass(frozen=True)
class Ease:
    """How much longer than the measurement a loop is."""

    share: float
    min_mm: float
    max_mm: float
    rule: str
    source: str = ""
    is_assumed: bool = True

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
def fonts() -> tuple[Path, ...]:
    """The fonts of texts on gear: letters of other scripts than our own type has."""
    return tuple(FONTS / f"{row['file']}.ttf" for row in table("lettering")["fonts"])


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
        is_sewn=row.get("sewn", True),
        source=row.get("source", ""),
    )


@cache
def sheet(lining: Lining) -> Sheet:
    """What a lining is made of; KeyError for none."""
    return _sheet(table("materials")["lining"][lining.value])


@cache
def tape() -> Sheet:
    """The reflective tape."""
    return _sheet(table("materials")["reflective_tape"])


def _sheet(row: dict[str, Any]) -> Sheet:
    return Sheet(row["name"], row["sku"], row["thickness_mm"], row["cost_cents_per_m_25mm"])


@dataclass(frozen=True)
class Thread:
    """Sewing thread: breaking strength of one thread in newtons."""

    name: str
    sku: str
    strength_n: float
    cost_cents_per_m: int


@cache
def thread(width_mm: int) -> Thread:
    """The thread that sews webbing of this width; the finest for flat pieces."""
    rows = sorted(table("materials")["thread"].values(), key=lambda row: row["up_to_width_mm"])
    row = next(row for row in rows if width_mm <= row["up_to_width_mm"])
    return Thread(row["name"], row["sku"], row["strength_n"], row["cost_cents_per_m"])


def lining_width_mm(width_mm: int) -> int:
    """How wide the lining under webbing of this width is."""
    return width_mm + 2 * table("making")["lining"]["beyond_edge_mm"]


def tape_width_mm(width_mm: int) -> int:
    """How wide each of the two reflective tapes on webbing of this width is."""
    sizes = table("making")["tape"]["width_mm"]
    return max(
        tape for web, tape in ((int(key), size) for key, size in sizes.items()) if web <= width_mm
    )


def tape_edge_mm(width_mm: int) -> float:
    """How much of webbing of this width a tape takes at either edge, and what is left beside it."""
    return tape_width_mm(width_mm) + TAPE_MARGIN * width_mm


@cache
def hardware(piece: str, width_mm: int) -> Hardware:
    """`piece` is a table of `data/hardware.toml`, `width_mm` one of its sizes.

    Raises Invalid at `width_mm` for a size it is not stocked in.
    """
    row = table("hardware")[piece]
    if str(width_mm) not in row["sizes"]:
        sentence = f"We stock no {row['name'].lower()} for {width_mm} mm webbing."
        raise Invalid(sentence, {"width_mm": sentence})
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
        is_finished=row.get("finished", False),
        source=size.get("source", ""),
    )


def stocked(piece: str, width_mm: int) -> bool:
    """Whether there is such a piece for webbing of this width."""
    return str(width_mm) in table("hardware")[piece]["sizes"]


def finish_surcharge_cents(finish: Finish) -> int:
    return table("hardware")["finish_surcharge_cents"][finish.value]


@cache
def ease(loop: str) -> Ease:
    """`loop` is `collar`, `martingale`, `neck` or `girth`."""
    row = table("fit")["ease"][loop]
    return Ease(
        row["share"],
        row["min_mm"],
        row["max_mm"],
        row["rule"],
        row.get("source", ""),
        row.get("assumption", False),
    )


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


def look(kind: Kind) -> frozenset[str]:
    """The fields of `Look` that mean something for a kind of gear."""
    return frozenset(table("making")["look"][kind.value])


def allowance_mm(name: str, width_mm: int) -> tuple[int, str]:
    """The length added for a `seam`, `fold`, `ring_fold`, `tail` or `hem`, and why."""
    row = table("making")["allowance"][name]
    return round(row["widths"] * width_mm + row["mm"]), row["why"]
