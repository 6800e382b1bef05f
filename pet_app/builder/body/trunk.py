"""Torso and neck as one solid: what straps lie on."""

from dataclasses import dataclass, replace

import numpy as np

from pet_app.builder.body.loft import Loft, Outline, joined
from pet_app.builder.body.proportion import Proportions

SUBMERGED = 0.4
"""How far the neck reaches into the torso, as a share of the chest's depth."""

MOST_TUCK = 0.42
"""No belly is drawn up further than this share of the chest's depth."""

BEND_LEAN_DEG = 5.0
"""How much further than across the neck the plane round its base leans back."""

LEAN_DEG = (38.0, 56.0)


@dataclass(frozen=True)
class Scale:
    """What is solved for: depth of the chest, of the neck at the collar and length behind, mm.

    `fullness` is how far from usual the animal's weight is; `head_mm` how much further than usual
    the head is from the chest, so that a collar lies clear of it.
    """

    depth_mm: float
    neck_mm: float
    rear_mm: float
    fullness: float
    head_mm: float = 0.0


class Trunk:
    """Torso and neck of one scale; lengths in mm in the frame of the body.

    `tall` is how much longer than usual for the chest the legs are: who is long for its girth is
    lean, and stands higher too.
    """

    def __init__(self, shape: Proportions, scale: Scale) -> None:
        self.shape, self.scale = shape, scale
        depth = scale.depth_mm
        self.torso = _torso(shape, scale)
        length = scale.rear_mm / depth / shape["length"]
        self.tall = float(np.clip(length**0.6, 0.75, 1.4))
        self.slope = np.radians(shape["neck_slope"])
        self.ahead = np.array([np.cos(self.slope), np.sin(self.slope), 0.0])
        usual = shape["neck_length"] * depth
        self.neck_mm = usual + scale.head_mm
        half = 0.57 * scale.neck_mm
        reach = shape["forechest"] * depth - 2 * half * np.sin(self.slope)
        top = np.array([np.clip(reach, 0.10 * depth, 0.42 * depth), 0.5 * depth, 0.0])
        self.root = top + half * np.array([np.sin(self.slope), -np.cos(self.slope), 0.0])
        self.collar_way = 0.52 * usual
        self.neck = _neck(shape, scale, self.root, self.slope, usual)
        self.grown_mm = 0.17 * depth

    def scaled(self, **changes: float) -> "Trunk":
        """The same build in another scale."""
        return Trunk(self.shape, replace(self.scale, **changes))

    def distance(self, points: np.ndarray) -> np.ndarray:
        """Signed distance (n,) in mm from torso and neck of points (n, 3)."""
        return joined(self.torso.distance(points), self.neck.distance(points), self.grown_mm)

    def axis(self, way: float | np.ndarray) -> np.ndarray:
        """The point (…, 3) on the neck's axis so many mm from its root, less than 0 inside."""
        return self.root + np.asarray(way, float)[..., None] * self.ahead

    def lean(self, way: float | np.ndarray) -> np.ndarray:
        """How far the plane across the neck at this way leans back, in radians."""
        low, high = np.radians(LEAN_DEG)
        base = np.clip(self.slope + np.radians(BEND_LEAN_DEG), low, high)
        share = np.clip((self.collar_way - np.asarray(way, float)) / self.collar_way, 0.0, 1.5)
        return self.slope + share * (base - self.slope)


def _torso(shape: Proportions, scale: Scale) -> Loft:
    depth, rear, full = scale.depth_mm, scale.rear_mm, scale.fullness
    wide = shape["chest_width"] / 2
    tuck = min(shape["tuck"] * (1 - 0.8 * full), MOST_TUCK)
    loin = 1 + 0.22 * full
    drop, arch, front = shape["rump_drop"], shape["arch"], shape["forechest"]
    taper = shape["chest_taper"]
    behind = np.array([-1.0, -0.82, -0.6, -0.32])
    ahead = np.array([0.0, 0.26, 0.50]) * front / 0.72
    top = [0.44 - drop, 0.5 - drop, 0.495 + arch, 0.495, 0.5, 0.5, 0.34]
    belly = [0.6 * tuck + 0.14, tuck, 0.72 * tuck, 0.2 * tuck, 0.0, 0.005, 0.16]
    ribs = [0.64, 0.80 * loin, 0.84 * loin, 1.04 + 0.1 * full, 1.0, 0.90, 0.64]
    return Loft(
        (0.0, 0.0),
        0.0,
        Outline(
            np.concatenate([behind * rear, ahead * depth]),
            depth * np.array(top),
            depth * (np.array(belly) - 0.5),
            depth * wide * np.array(ribs),
            np.array([0.0, 0.05, 0.0, 0.3 * taper, taper, -0.05, -0.15]),
        ),
        (0.20 * depth, 0.22 * depth * front / 0.72),
    )


def _neck(shape: Proportions, scale: Scale, root: np.ndarray, slope: float, length: float) -> Loft:
    half = scale.neck_mm / 2
    sunk = SUBMERGED * scale.depth_mm
    end = shape["neck_taper"]
    deep = half * np.array([0.70, 1.10, 1.0, 1.0, end])
    return Loft(
        (float(root[0]), float(root[1])),
        float(slope),
        Outline(
            np.array([-sunk, 0.0, 0.42 * length, 0.62 * length, length + scale.head_mm]),
            deep,
            -deep,
            shape["neck_width"] * deep * np.array([0.9, 1.0, 1.0, 1.0, 1.0]),
            np.array([0.0, 0.0, 0.0, 0.0, 0.0]),
        ),
        (0.3 * half, 0.7 * half),
    )
