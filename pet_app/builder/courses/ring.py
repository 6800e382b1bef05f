"""The simple body gear is fitted to: rings round torso and neck, placed from the measurements.

Lengths are millimetres in the frame of `geometry/mesh.py`: +x to the nose, +y up, +z to the right.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from pet_app.builder import library
from pet_app.builder.curve import Curve
from pet_app.builder.design import Measurements

SAMPLES = 1024


@dataclass(frozen=True)
class Ring:
    """A loop round the body in a plane across it.

    `slope` is how far the plane leans, in radians: at 0 it stands upright, at more its top leans
    back. `perimeter_mm` is the length of the loop along the body.
    """

    loop: str
    top: tuple[float, float]
    slope: float
    perimeter_mm: float

    @property
    def up(self) -> np.ndarray:
        """From the lowest point of the ring to the highest."""
        return np.array([-np.sin(self.slope), np.cos(self.slope), 0.0])

    @property
    def ahead(self) -> np.ndarray:
        """Across the plane of the ring, towards the head."""
        return np.array([np.cos(self.slope), np.sin(self.slope), 0.0])

    @property
    def depth_mm(self) -> float:
        """From the highest to the lowest point."""
        return depth_mm(self.loop, self.perimeter_mm)

    @property
    def highest(self) -> np.ndarray:
        return np.array([*self.top, 0.0])

    @property
    def lowest(self) -> np.ndarray:
        return self.highest - self.depth_mm * self.up

    @property
    def flare(self) -> float:
        """How far the body's surface turns away from the plane's own normal, in radians."""
        return np.radians(library.section(self.loop).flare_deg)

    def curve(self) -> Curve:
        """The loop from the top over the right side and round, evenly spaced and closed."""
        flat, normals = _unit_loop(self.loop)
        scale = self.perimeter_mm / _unit_perimeter(self.loop)
        centre = self.highest - self.depth_mm / 2 * self.up
        plane = np.stack([self.up, [0.0, 0.0, 1.0]])
        outward = np.cos(self.flare) * (normals @ plane) + np.sin(self.flare) * self.ahead
        return Curve(centre + scale * (flat @ plane), outward)

    def along(self, end: str) -> np.ndarray:
        """The way to the head along the body, at the `top` or `bottom` of the ring."""
        out = self.up if end == "top" else -self.up
        return np.cos(self.flare) * self.ahead - np.sin(self.flare) * out

    def outward(self, end: str) -> np.ndarray:
        """The outward normal of the body at the `top` or `bottom`."""
        out = self.up if end == "top" else -self.up
        return np.cos(self.flare) * out + np.sin(self.flare) * self.ahead


def girth_ring(perimeter_mm: float) -> Ring:
    """Behind the elbows, upright, its middle at the origin."""
    return Ring("girth", (0.0, depth_mm("girth", perimeter_mm) / 2), 0.0, perimeter_mm)


def neck_ring(measured: Measurements, girth_mm: float, perimeter_mm: float) -> Ring:
    """Round the base of the neck, from the withers to the breastbone, leaning as shoulders do.

    `girth_mm` is the girth ring it goes with.
    """
    depth = depth_mm("girth", girth_mm)
    top_y = (0.5 + library.station("withers_over_depth")) * depth
    drop = top_y - library.station("sternum_over_depth") * depth
    steepest = np.radians(library.station("neck_slope_min_deg"))
    flattest = np.radians(library.station("neck_slope_max_deg"))
    reach = min(drop / depth_mm("neck", perimeter_mm), 1.0)
    slope = float(np.clip(np.arccos(reach), steepest, flattest))
    top_x = library.station("withers_over_back") * measured.back_mm
    return Ring("neck", (top_x, top_y), slope, perimeter_mm)


def collar_ring(measured: Measurements, perimeter_mm: float) -> Ring:
    """Half-way up the neck, across it."""
    base = neck_ring(measured, measured.girth_mm, measured.neck_mm)
    slope = np.radians(library.station("collar_slope_deg"))
    rise = library.station("collar_up_neck_over_back") * measured.back_mm
    top = base.highest + rise * np.array([np.cos(slope), np.sin(slope), 0.0])
    return Ring("collar", (float(top[0]), float(top[1])), float(slope), perimeter_mm)


def depth_mm(loop: str, perimeter_mm: float) -> float:
    """How deep the body is where a loop of this length lies on it."""
    shape = library.section(loop)
    return 2 * shape.depth_over_width * perimeter_mm / _unit_perimeter(loop)


@cache
def _unit_loop(loop: str) -> tuple[np.ndarray, np.ndarray]:
    """The section's outline (up, right), half as wide as 1, evenly spaced; and its normals."""
    shape = library.section(loop)
    turn = np.linspace(0.0, 2 * np.pi, SAMPLES * 4 + 1)
    up = shape.depth_over_width * np.cos(turn)
    right = np.sin(turn) * (1 + shape.taper * np.cos(turn))
    steps = np.hypot(np.diff(up), np.diff(right))
    arc = np.concatenate([[0.0], np.cumsum(steps)])
    turn = np.interp(np.linspace(0.0, arc[-1], SAMPLES + 1), arc, turn)
    flat = np.stack(
        [
            shape.depth_over_width * np.cos(turn),
            np.sin(turn) * (1 + shape.taper * np.cos(turn)),
        ],
        axis=1,
    )
    forward = np.stack(
        [
            -shape.depth_over_width * np.sin(turn),
            np.cos(turn) + shape.taper * np.cos(2 * turn),
        ],
        axis=1,
    )
    forward /= np.linalg.norm(forward, axis=1, keepdims=True)
    normals = np.stack([forward[:, 1], -forward[:, 0]], axis=1)
    return flat, normals


@cache
def _unit_perimeter(loop: str) -> float:
    flat, _ = _unit_loop(loop)
    return float(np.linalg.norm(np.diff(flat, axis=0), axis=1).sum())
