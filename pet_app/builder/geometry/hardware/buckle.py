"""A closed buckle of any style."""

from functools import cache

from pet_app.builder.geometry.hardware.milled import metal_release
from pet_app.builder.geometry.hardware.pin import pin_buckle
from pet_app.builder.geometry.hardware.release import breakaway, side_release
from pet_app.builder.geometry.hardware.scale import Shape
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.library import Hardware

RELEASE = {
    "side_release_buckle": (Slot.PLASTIC, side_release),
    "breakaway_buckle": (Slot.PLASTIC, breakaway),
    "metal_buckle": (Slot.METAL, metal_release),
}


@cache
def buckle(piece: str, part: Hardware, thickness_mm: float) -> tuple[Shape, ...]:
    """A closed buckle by its row: the bar that the sewn end goes round is at the negative end."""
    if piece == "pin_buckle":
        return pin_buckle(part.width_mm, part.span_mm, part.bar_mm, thickness_mm)
    slot, drawn = RELEASE[piece]
    return (Shape("", slot, drawn(part.width_mm, part.span_mm, thickness_mm)),)
