"""The studios a piece can be pictured in: their lamps, what is round them, and the paper."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from pet_app.builder.library import table

RGB = tuple[float, float, float]

USUAL = "studio"
"""In what the catalogue is pictured, and everything that is not asked for otherwise."""


@dataclass(frozen=True)
class Softbox:
    """A lamp, `turn_deg` to the right of the camera and `height_deg` above the floor.

    `width` and `tall` are the full size on the plane that touches the unit sphere.
    """

    turn_deg: float
    height_deg: float
    width: float
    tall: float
    radiance: RGB


@dataclass(frozen=True)
class Studio:
    """All light there is. The key lamp throws the shadow and is sampled on its own."""

    key: Softbox
    others: tuple[Softbox, ...]
    zenith: RGB
    horizon: RGB
    floor: RGB


@dataclass(frozen=True)
class LightSet:
    """A studio on offer: what it is called, and the sRGB colour of the paper in it."""

    title: str
    studio: Studio
    paper: tuple[int, int, int]


@cache
def light_sets() -> dict[str, LightSet]:
    """Every studio on offer by its name, in the order they are shown."""
    rows = table("studios").items()
    return {name: _light_set(row) for name, row in rows if isinstance(row, dict)}


def _light_set(row: dict[str, Any]) -> LightSet:
    studio = Studio(
        key=_softbox(row["key"]),
        others=tuple(map(_softbox, row["others"])),
        zenith=tuple(row["zenith"]),
        horizon=tuple(row["horizon"]),
        floor=tuple(row["floor"]),
    )
    return LightSet(row["title"], studio, tuple(row["paper"]))


def _softbox(row: dict[str, Any]) -> Softbox:
    return Softbox(**{**row, "radiance": tuple(row["radiance"])})
