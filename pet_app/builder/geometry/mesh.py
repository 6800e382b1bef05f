"""The mesh format that geometry writes and viewer, renderer and workshop read.

Lengths are millimetres, in a right-handed frame: +x towards the animal's nose, +y up, +z to its
right side. The origin lies on the axis of the torso where the girth strap sits. GLB export turns
millimetres into metres.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np


class Slot(StrEnum):
    """Which material a part takes; also the name of the material in the GLB."""

    WEBBING = "webbing"  # takes the design's material, colour and pattern; UV u along, v across, mm
    LINING = "lining"  # padding under the webbing
    THREAD = "thread"  # stitches
    METAL = "metal"  # takes the hardware finish
    PLASTIC = "plastic"  # buckles and adjusters of black acetal
    REFLECTIVE = "reflective"  # tape that throws light back
    LETTERS = "letters"  # embroidered or printed text, in the thread's or accent's colour
    ENGRAVING = "engraving"  # the floor of what is cut into metal
    COAT = "coat"  # the animal's body, when the piece is shown on it


@dataclass(frozen=True, eq=False)
class Part:
    """One closed body of one material.

    vertices: float64 (n, 3) mm. faces: int32 (m, 3), counter-clockwise seen from outside.
    normals: float32 (n, 3), unit length. uv: float32 (n, 2) mm, u along the strap, v across it;
    seams are split vertices, so a part is watertight after merging coincident positions.
    `name` is unique in a model (`neck_strap`, `girth_buckle_frame`, `back_d_ring`); `sku` names the
    hardware or strap it is one of in the bill of materials, empty for what is not counted
    (stitches). `slot` is a `Slot`, or of a simple thing the name of its part.
    """

    name: str
    slot: str
    vertices: np.ndarray
    faces: np.ndarray
    normals: np.ndarray
    uv: np.ndarray
    sku: str = ""


@dataclass(frozen=True, eq=False)
class Model:
    """All parts of one piece of gear. `key` is the geometry key of the design it was built from."""

    key: str
    parts: tuple[Part, ...]

    @property
    def bounds(self) -> np.ndarray:
        """float64 (2, 3) mm: the lowest and highest corner over all parts."""
        low = np.min([part.vertices.min(axis=0) for part in self.parts], axis=0)
        high = np.max([part.vertices.max(axis=0) for part in self.parts], axis=0)
        return np.stack([low, high])
