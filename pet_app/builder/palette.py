"""The colours gear comes in."""

from dataclasses import dataclass
from functools import cache

from pet_app.builder.library import table
from pet_app.builder.rules import Material


@dataclass(frozen=True)
class Colour:
    """A stocked colour; `hex` is sRGB like `#1f4a3d`."""

    key: str
    name: str
    hex: str
    leather: bool
    biothane: bool

    @property
    def rgb(self) -> tuple[int, int, int]:
        """sRGB components from 0 to 255."""
        return (int(self.hex[1:3], 16), int(self.hex[3:5], 16), int(self.hex[5:7], 16))

    def comes_in(self, material: Material) -> bool:
        if material is Material.LEATHER:
            return self.leather
        return self.biothane or material is not Material.BIOTHANE


@cache
def colours() -> dict[str, Colour]:
    """Every colour by its key, in the order they are shown."""
    rows = table("palette")["colours"]
    return {key: Colour(key=key, **row) for key, row in rows.items()}


def colour(key: str) -> Colour:
    """The colour of that key; KeyError when there is none."""
    return colours()[key]


def nearest(wanted: Colour, material: Material) -> Colour:
    """The stocked colour of a material that looks most like the one wanted."""
    return min(
        (other for other in colours().values() if other.comes_in(material)),
        key=lambda other: sum((a - b) ** 2 for a, b in zip(wanted.rgb, other.rgb, strict=True)),
    )
