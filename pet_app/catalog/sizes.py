"""The size chart: where a measurement falls, for those who want to know before they measure."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pet_app.catalog.rules import Kind

CHART = Path(__file__).with_name("sizes.json")
MM_PER_INCH = 25.4
WORN = (Kind.HARNESS, Kind.COLLAR, Kind.MARTINGALE, Kind.BANDANA)


@dataclass(frozen=True)
class Size:
    """A standard size and the measurements it is for, from and to, in millimetres."""

    name: str
    neck_mm: tuple[int, int]
    girth_mm: tuple[int, int]

    def measured(self, kind: Kind) -> tuple[tuple[str, tuple[int, int]], ...]:
        """What is measured for a kind of gear, by name; nothing for what is worn by no body."""
        if kind not in WORN:
            return ()
        neck = ("Neck", self.neck_mm)
        return (neck, ("Girth", self.girth_mm)) if kind is Kind.HARNESS else (neck,)


@cache
def chart() -> tuple[Size, ...]:
    """Every standard size, smallest first."""
    rows = json.loads(CHART.read_text())["rows"]
    return tuple(Size(row["size"], tuple(row["neck_mm"]), tuple(row["girth_mm"])) for row in rows)


def size_for(kind: Kind, neck_mm: int, girth_mm: int) -> Size | None:
    """The size somebody of these measurements takes; None when they are smaller or larger than any,
    or the kind is worn by no body.

    Who falls between two, or takes one by the neck and another by the girth, takes the larger:
    straps can be drawn in.
    """
    taken = [size for size in chart() if size.measured(kind)]
    by = {"Neck": neck_mm, "Girth": girth_mm}
    if not taken or any(by[name] < span[0] for name, span in taken[0].measured(kind)):
        return None
    fits = (size for size in taken if all(by[n] <= span[1] for n, span in size.measured(kind)))
    return next(fits, None)


def in_both_units(span_mm: tuple[int, int]) -> tuple[str, str]:
    """A span as `42–50 cm` and as `16.5–19.7 in`."""
    low, high = span_mm
    inches = f"{low / MM_PER_INCH:.1f}–{high / MM_PER_INCH:.1f} in"
    return f"{low // 10}–{high // 10} cm", inches
