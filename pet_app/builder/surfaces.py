"""How each part of a piece takes the light, shared by the browser's viewer and the renderer."""

from dataclasses import dataclass

from PIL import ImageColor

from pet_app.builder import library, palette
from pet_app.builder.design import Look
from pet_app.builder.geometry.mesh import Slot

THREAD_LIFT = 0.22
"""How far a thread's colour lies between the strap's and white: it has to show on its strap."""


@dataclass(frozen=True)
class Surface:
    """One surface: sRGB colours from 0 to 255, glTF roughness and metalness, head-on reflectance.

    `accent` is what the pattern mixes in; `weave` and `relief` name the surface tile and its
    strength.
    """

    colour: tuple[int, int, int]
    accent: tuple[int, int, int]
    roughness: float
    metallic: bool = False
    specular: float = 0.04
    fuzz: float = 0.0
    weave: str = "smooth"
    relief: float = 0.0


def surface(slot: Slot, look: Look) -> Surface:
    """The surface that the parts of a slot have in this look."""
    rows = library.table("surfaces")
    colour = palette.colour(look.colour).rgb
    if slot is Slot.WEBBING:
        return Surface(colour, palette.colour(look.accent).rgb, **rows["webbing"][look.material])
    row = dict(rows["metal"][look.finish] if slot is Slot.METAL else rows["other"][slot])
    if slot in (Slot.THREAD, Slot.LETTERS):
        own = _towards_white(colour, THREAD_LIFT)
    else:
        own = ImageColor.getrgb(row.pop("hex"))[:3]
    return Surface(own, own, metallic=slot is Slot.METAL, **row)


def _towards_white(colour: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    red, green, blue = (round(part + (255 - part) * share) for part in colour)
    return red, green, blue
