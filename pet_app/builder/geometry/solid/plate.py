"""Flat bodies with rounded edges, cut by an outline."""

from collections.abc import Sequence
from dataclasses import dataclass

import mapbox_earcut
import numpy as np

from pet_app.builder.geometry.solid.surface import Solid, together, wrapped_faces
from pet_app.builder.geometry.track import unit


@dataclass(frozen=True)
class Outline:
    """A polygon, counter-clockwise, whose corners are rounded by a radius in some steps."""

    corners: tuple[tuple[float, float], ...]
    radius_mm: float
    steps: int = 3

    def ring(self, inset_mm: float = 0.0) -> np.ndarray:
        """The outline drawn in by some millimetres: float64 (n, 2), n the same for all."""
        corners = np.array(self.corners)
        edges = unit(np.roll(corners, -1, axis=0) - corners)
        before = np.roll(edges, 1, axis=0)
        sine = _cross(before, edges)
        corners = corners + inset_mm * (edges - before) / sine[:, None]
        reach = max(self.radius_mm - inset_mm, 0.3 * self.radius_mm)
        ways = np.roll(corners, -1, axis=0) - corners
        lengths = np.linalg.norm(ways, axis=1)
        ahead = ways * np.minimum(reach / lengths, 0.48)[:, None]
        back = -np.roll(ways * np.minimum(reach / lengths, 0.48)[:, None], 1, axis=0)
        share = np.linspace(0.0, 1.0, self.steps + 1)[None, :, None]
        start, end = (corners + back)[:, None], (corners + ahead)[:, None]
        middle = corners[:, None]
        rounded = (1 - share) ** 2 * start + 2 * share * (1 - share) * middle + share**2 * end
        return rounded.reshape(-1, 2)


def rectangle(
    low: tuple[float, float], high: tuple[float, float], radius_mm: float, steps: int = 3
) -> Outline:
    """An upright rectangle between two corners."""
    (left, bottom), (right, top) = low, high
    return Outline(((left, bottom), (right, bottom), (right, top), (left, top)), radius_mm, steps)


def plate(
    outline: Outline,
    low_mm: float,
    high_mm: float,
    bevel_mm: float,
    holes: Sequence[Outline] = (),
    rounds: int = 2,
    rise_mm: float | None = None,
) -> Solid:
    """A plate from `low_mm` to `high_mm`, its edges rounded.

    `rounds` is how many steps the upper edge's rounding has; the lower one, which lies on the
    strap, has one. `rise_mm` is how high the upper rounding is where it is not as high as wide.
    """
    rise = bevel_mm if rise_mm is None else rise_mm
    above = np.linspace(0.0, np.pi / 2, rounds + 1)
    below = above[[0, -1]]
    foot = min(bevel_mm, rise, 0.6 * (high_mm - low_mm - rise))
    turn = np.concatenate([below, above[::-1]])
    level = np.concatenate([[True, True], np.zeros(rounds + 1, bool)])
    height = np.where(
        level, low_mm + foot * (1 - np.cos(turn)), high_mm - rise * (1 - np.cos(turn))
    )
    inset = np.where(level, foot, bevel_mm) * (1 - np.sin(turn))
    tilt = np.stack([np.sin(turn) * np.where(level, 1, rise), np.cos(turn) * bevel_mm], axis=1)
    tilt[:2] = np.stack([np.sin(below), -np.cos(below)], axis=1)
    tilt = unit(tilt)
    walls: list[Solid] = []
    caps: list[tuple[np.ndarray, np.ndarray]] = []
    for shape, sign in ((outline, 1), *((hole, -1) for hole in holes)):
        rings = np.stack([shape.ring(sign * depth)[::sign] for depth in inset])
        walls.append(_wall(rings, height, tilt))
        caps.append((rings[0], rings[-1]))
    whole = together(walls)
    counts = [len(first) for first, _ in caps]
    ends = np.cumsum(counts).astype(np.uint32)
    starts = np.cumsum([0, *(len(height) * count for count in counts[:-1])])
    faces = [whole.faces]
    for which, row in ((0, 0), (1, len(height) - 1)):
        triangles = filled(np.concatenate([cap[which] for cap in caps]), ends)
        # the rounding ends square to the cap, so that the two can share their corners
        places = np.concatenate(
            [start + row * n + np.arange(n) for start, n in zip(starts, counts, strict=True)]
        )
        faces.append(places[triangles if which else triangles[:, ::-1]])
    return Solid(whole.vertices, np.concatenate(faces), whole.normals, whole.uv)


def filled(corners: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Triangles, counter-clockwise, between an outline and its holes; `ends` as earcut has them."""
    triangles = mapbox_earcut.triangulate_float64(corners, ends).reshape(-1, 3).astype(np.int32)
    first, second, third = (corners[triangles[:, i]] for i in range(3))
    turning = _cross(second - first, third - first)
    return np.where(turning[:, None] > 0, triangles, triangles[:, ::-1])


def _wall(rings: np.ndarray, heights: np.ndarray, tilt: np.ndarray) -> Solid:
    """The rounded side of a plate: its outline, (rows, columns, 2), and how it leans by height."""
    rows, columns = rings.shape[:2]
    edges = unit(np.roll(rings[1], -1, axis=0) - rings[1])
    normal = unit(edges + np.roll(edges, 1, axis=0)) @ np.array([[0.0, -1.0], [1.0, 0.0]])
    tall = np.broadcast_to(heights[:, None, None], (rows, columns, 1))
    vertices = np.concatenate([rings, tall], axis=2).reshape(-1, 3)
    level, lean = tilt[:, 0, None, None], tilt[:, 1, None, None]
    normals = np.concatenate(
        [normal[None] * level, np.broadcast_to(lean, (rows, columns, 1))], axis=2
    )
    return Solid(vertices, wrapped_faces(rows, columns), normals.reshape(-1, 3), vertices[:, :2])


def _cross(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
