"""Every number the builder reckons with, and who says so, for the workshop to look over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pet_app.builder import library

FILES = (
    "materials",
    "hardware",
    "making",
    "fit",
    "builds",
    "offers",
    "palette",
    "sizes",
    "surfaces",
    "lettering",
    "leash",
    "collar",
    "martingale",
    "tag",
    "bandana",
    "workshop",
)
UNITS = {
    "_mm": "mm",
    "_mm2": "mm²",
    "_n": "N",
    "_n_per_mm": "N/mm",
    "_g": "g",
    "_kg": "kg",
    "_deg": "°",
    "_cents": "cents",
    "_weeks": "weeks",
    "_cents_per_m": "cents/m",
    "_cents_per_m2": "cents/m²",
    "_cents_per_m_25mm": "cents/m at 25 mm",
    "_cents_per_minute": "cents/min",
    "_minutes": "min",
}
SAID = ("source", "assumption")
NO_CHOICE = ("fonts",)
"""What is a property of a file we have and no choice of the workshop's."""


@dataclass(frozen=True)
class Number:
    """One number of `data/<file>.toml` at `path` (`girth.share`).

    `source` is what the data says of where it comes from, `is_assumed` whether it, or part of it,
    is our own guess. Both hold for a table and what lies in it.
    """

    file: str
    path: str
    value: float
    unit: str
    source: str
    is_assumed: bool


@cache
def numbers() -> tuple[Number, ...]:
    """All of them, file by file in the order they are written."""
    return tuple(number for file in FILES for number in _of(file))


def _of(file: str) -> Iterator[Number]:
    yield from _within(file, "", library.table(file), "", False)


def _within(file: str, path: str, value: Any, source: str, is_assumed: bool) -> Iterator[Number]:
    if isinstance(value, Mapping):
        if any(name in value for name in SAID):
            source, is_assumed = value.get("source", ""), value.get("assumption", False)
        for name, inner in value.items():
            if name not in (*SAID, *NO_CHOICE):
                yield from _within(file, f"{path}.{name}".lstrip("."), inner, source, is_assumed)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _within(file, f"{path}[{place}]", inner, source, is_assumed)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        guessed = is_assumed or "assumed" in source
        yield Number(file, path, float(value), _unit(path), source, guessed)


def _unit(path: str) -> str:
    """From the ending of the innermost name that has one: `strength_n`, `limits.girth_mm[0]`."""
    for name in reversed(path.replace("[", ".").replace("]", "").split(".")):
        endings = [ending for ending in UNITS if f"_{name}".endswith(ending)]
        if endings:
            return UNITS[max(endings, key=len)]
    return ""
