"""How the library's drawings grow with the webbing, and the shapes a piece is handed on in."""

from dataclasses import dataclass

from pet_app.builder import library
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.geometry.solid import Solid

NOMINAL_MM = 25.0
"""The webbing width that the outlines are drawn for."""

BAR_MM = 2.4
"""Thickness of a buckle's bar at nominal size: it holds a turned-back strap's layers apart."""

SLIDER_MM = 2.6
"""Thickness of a slider, at nominal size."""

ROLLER = 1.45
"""How much wider the roller of a buckle is than the bar it turns on."""


@dataclass(frozen=True, eq=False)
class Shape:
    """One body of a piece of hardware; its `name` is empty for the piece's first one."""

    name: str
    slot: Slot
    solid: Solid


def bar_gap_mm(width_mm: int, piece: str = "") -> float:
    """The space between the two layers of a strap where it goes round a buckle's bar.

    A roller buckle's heel bar carries the tongue as well, so that its loop is wider.
    """
    if piece == "pin_buckle":
        return ROLLER * library.hardware(piece, width_mm).bar_mm + 0.4
    return BAR_MM * width_mm / NOMINAL_MM
