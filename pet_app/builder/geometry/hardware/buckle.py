"""A closed buckle of any style."""

from functools import cache

from pet_app.builder.geometry.hardware.pin import pin_buckle
from pet_app.builder.geometry.hardware.release import female_buckle, male_buckle
from pet_app.builder.geometry.hardware.scale import Shape
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.geometry.solid import together
from pet_app.builder.library import Hardware


@cache
def buckle(piece: str, part: Hardware, thickness_mm: float) -> tuple[Shape, ...]:
    """A closed buckle by its row: the bar that the sewn end goes round is at the negative end."""
    if piece == "pin_buckle":
        return pin_buckle(part.width_mm, part.span_mm, part.bar_mm, thickness_mm)
    halves = [
        female_buckle(part.width_mm, part.span_mm, thickness_mm),
        male_buckle(part.width_mm, part.span_mm, thickness_mm),
    ]
    slot = Slot.METAL if piece == "metal_buckle" else Slot.PLASTIC
    return (Shape("", slot, together(halves)),)
