"""Closed surfaces without a name yet: swept straps, round bars, turned bodies, plates."""

from pet_app.builder.geometry.solid.plate import Outline, plate, rectangle
from pet_app.builder.geometry.solid.round import bar, lathe, rod
from pet_app.builder.geometry.solid.surface import Solid, grid_faces, together
from pet_app.builder.geometry.solid.woven import Hole, padding, strap

__all__ = [
    "Hole",
    "Outline",
    "Solid",
    "bar",
    "grid_faces",
    "lathe",
    "padding",
    "plate",
    "rectangle",
    "rod",
    "strap",
    "together",
]
