"""How each part of a piece takes the light, shared by the browser's viewer and the renderer.

A surface is glTF's physically based one, and so Blender's Principled one: under a point of it,

- the base colour is the colour, mixed with the accent by the pattern's mask, times the tile's
  shade;
- the normal is (-relief times the slope along, -relief times the slope across, 1), made a unit;
- GGX has alpha = roughness squared, roughness being the surface's times the tile's, held between
  `LEAST_ROUGHNESS` and 1;
- a metal reflects its base colour; all else returns `specular` head-on, as glass of `ior` does;
- over all but metal lies a sheen of weight `fuzz` and roughness `SHEEN_ROUGHNESS`, tinted as the
  unshaded colour is when mixed with white by `SHEEN_WHITE`; what it returns is taken from the
  layers below (KHR_materials_sheen with the colour fuzz times tint; Blender's microfibre sheen).
"""

from dataclasses import dataclass
from typing import Any

from PIL import ImageColor

from pet_app.builder import library, palette
from pet_app.builder.design import Look, Options
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.rules import Pattern

THREAD_LIFT = 0.32
"""How far a thread's colour lies between the strap's and white, or black on a light strap."""

LETTER_LIFT = 0.72
"""The same for letters, where neither thread nor accent sets them off: they have to be read."""

LIGHT = 0.62
"""Straps brighter than this, from 0 to 1, take a darker thread."""

APART = 0.16
"""Two colours at least this far apart, from 0 to 1, can be told from each other."""

INKS = ((246, 243, 236), (26, 27, 29))
"""What a text on a pattern is put on in, where no thread chosen can be read."""

MATCH = "match"

LEAST_ROUGHNESS = 0.055
"""A mirror smoother than this sparkles where its lamps are small."""

SHEEN_ROUGHNESS = 0.5
"""How widely fibres that stand off a surface scatter what meets them."""

SHEEN_WHITE = 0.25
"""How far their colour lies between the surface's own and white."""


@dataclass(frozen=True)
class Surface:
    """One surface: sRGB colours from 0 to 255, glTF roughness and metalness, head-on reflectance.

    `accent` is what the pattern mixes in; `weave` and `relief` name the surface tile and the
    strength of its slopes; `fuzz` is the weight of the sheen.
    """

    colour: tuple[int, int, int]
    accent: tuple[int, int, int]
    roughness: float
    metallic: bool = False
    specular: float = 0.04
    fuzz: float = 0.0
    weave: str = "smooth"
    relief: float = 0.0

    @property
    def ior(self) -> float:
        """The refractive index whose head-on reflectance `specular` is (Fresnel)."""
        root = self.specular**0.5
        return (1 + root) / (1 - root)


def surface(slot: Slot, look: Look, options: Options | None = None) -> Surface:
    """The surface that the parts of a slot have in this look.

    `options` say what it is lined with and how its text is put on; as usual when left out.
    """
    rows = library.table("surfaces")
    options = options or Options()
    if slot is Slot.WEBBING:
        colour = palette.colour(look.colour).rgb
        return Surface(colour, palette.colour(look.accent).rgb, **rows["webbing"][look.material])
    row: dict[str, Any] = dict(_row(rows, slot, look, options))
    if slot is Slot.THREAD:
        own = thread_rgb(look)
    elif slot is Slot.LETTERS:
        own = letters_rgb(look)
    else:
        own = ImageColor.getrgb(row.pop("hex"))[:3]
    return Surface(own, own, **{"metallic": slot is Slot.METAL, **row})


def thread_rgb(look: Look) -> tuple[int, int, int]:
    """The colour of the seams: the thread chosen, or the strap's own a shade off."""
    if look.thread != MATCH:
        return palette.colour(look.thread).rgb
    return _set_off(palette.colour(look.colour).rgb, THREAD_LIFT)


def letters_rgb(look: Look) -> tuple[int, int, int]:
    """The colour of a text, to be read on its strap.

    The thread chosen, or the accent on a plain strap, where they can be told from what lies under
    them; else the strap's own colour set far off, or on a pattern the paler or darker ink.
    """
    ground, accent = palette.colour(look.colour).rgb, palette.colour(look.accent).rgb
    under = [ground] if look.pattern is Pattern.PLAIN else [ground, accent]
    if look.thread != MATCH and _all_apart(palette.colour(look.thread).rgb, under):
        return palette.colour(look.thread).rgb
    if look.pattern is not Pattern.PLAIN:
        return max(INKS, key=lambda ink: min(_far(ink, other) for other in under))
    return accent if _all_apart(accent, under) else _set_off(ground, LETTER_LIFT)


def _row(rows: dict[str, Any], slot: Slot, look: Look, options: Options) -> dict[str, Any]:
    if slot is Slot.METAL:
        return rows["metal"][look.finish]
    if slot is Slot.LINING:
        return rows["lining"][options.lining]
    if slot is Slot.LETTERS:
        return rows["letters"][options.method]
    if slot is Slot.ENGRAVING:
        return rows["engraving"][look.finish]
    return rows["other"][slot]


def _brightness(colour: tuple[int, int, int]) -> float:
    red, green, blue = colour
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def _all_apart(colour: tuple[int, int, int], others: list[tuple[int, int, int]]) -> bool:
    return all(
        _far(colour, other) > APART and abs(_brightness(colour) - _brightness(other)) > APART / 2
        for other in others
    )


def _far(first: tuple[int, int, int], second: tuple[int, int, int]) -> float:
    """How far apart two colours are, from 0 to the root of 3."""
    return sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5 / 255


def _set_off(colour: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    """A colour on its way to white, or to black where it is light already."""
    goal = 0 if _brightness(colour) > LIGHT else 255
    red, green, blue = (round(part + (goal - part) * share) for part in colour)
    return red, green, blue
