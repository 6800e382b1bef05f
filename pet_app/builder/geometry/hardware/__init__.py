"""The parts library: hardware in millimetres, each piece in its own frame.

Local axes are along the strap, across it and out of the body; the origin lies on the inner face of
the webbing that the piece sits on, in the piece's middle. Sizes scale with the webbing, as real
hardware's do.
"""

from pet_app.builder.geometry.hardware.buckle import buckle
from pet_app.builder.geometry.hardware.rings import d_ring, o_ring, split_ring
from pet_app.builder.geometry.hardware.rivet import name_plate, rivet
from pet_app.builder.geometry.hardware.scale import (
    BAR_MM,
    NOMINAL_MM,
    SLIDER_MM,
    Shape,
    bar_gap_mm,
)
from pet_app.builder.geometry.hardware.seams import lines, stitches
from pet_app.builder.geometry.hardware.slider import keeper, slider
from pet_app.builder.geometry.hardware.snap import snap_hook

__all__ = [
    "BAR_MM",
    "NOMINAL_MM",
    "SLIDER_MM",
    "Shape",
    "bar_gap_mm",
    "buckle",
    "d_ring",
    "keeper",
    "lines",
    "name_plate",
    "o_ring",
    "rivet",
    "slider",
    "snap_hook",
    "split_ring",
    "stitches",
]
