"""One body of a thing, and what a form returns."""

from collections.abc import Mapping
from dataclasses import dataclass

from pet_app.builder.geometry.solid import Solid


@dataclass(frozen=True, eq=False)
class Piece:
    """One closed body; `part` says which of the form's finishes it takes."""

    name: str
    part: str
    solid: Solid


Pieces = tuple[Piece, ...]
Mm = Mapping[str, float]
"""A form's measures by name, millimetres."""
