"""Texts on gear: what can be written, what will not be, and whether there is room for it."""

from pet_app.builder.lettering.clean import Fault, tidy
from pet_app.builder.lettering.lay import Laid, Room, box, lay
from pet_app.builder.lettering.rooms import fault, lay_on_strap, rivet_mm, strap_fault

__all__ = [
    "Fault",
    "Laid",
    "Room",
    "box",
    "fault",
    "lay",
    "lay_on_strap",
    "rivet_mm",
    "strap_fault",
    "tidy",
]
