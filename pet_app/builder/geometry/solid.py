"""Closed surfaces without a name yet: swept straps, round bars and bevelled plates."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import mapbox_earcut
import numpy as np

from pet_app.builder.geometry.track import Frames, Track, unit


@dataclass(frozen=True, eq=False)
class Solid:
    """A closed surface: the arrays of `mesh.Part`."""

    vertices: np.ndarray
    faces: np.ndarray
    normals: np.ndarray
    uv: np.ndarray

    def laid(self, track: Track, place_mm: float) -> "Solid":
        """Bent round a track, its own frame being along, across and out at the place."""
        vertices, normals = track.bend(place_mm, self.vertices, self.normals)
        return Solid(vertices, self.faces, normals, self.uv)

    def moved(self, along: float = 0.0, across: float = 0.0, out: float = 0.0) -> "Solid":
        shift = np.array([along, across, out])
        return Solid(self.vertices + shift, self.faces, self.normals, self.uv)

    def turned(self, matrix: np.ndarray) -> "Solid":
        """Turned (or, with negative determinant, mirrored) by a 3x3 matrix without scale."""
        faces = self.faces if np.linalg.det(matrix) > 0 else self.faces[:, ::-1]
        return Solid(self.vertices @ matrix.T, faces, self.normals @ matrix.T, self.uv)


def together(solids: Sequence[Solid]) -> Solid:
    """Several solids as one."""
    firsts = np.cumsum([0, *(len(solid.vertices) for solid in solids[:-1])])
    return Solid(
        np.concatenate([solid.vertices for solid in solids]),
        np.concatenate([solid.faces + first for solid, first in zip(solids, firsts, strict=True)]),
        np.concatenate([solid.normals for solid in solids]),
        np.concatenate([solid.uv for solid in solids]),
    )


def strap(frames: Frames, width_mm: float, thickness_mm: float, closed: bool = False) -> Solid:
    """Webbing with rounded edges swept along frames that follow the middle of its inner face.

    A closed strap repeats its first frame as its last. u runs along, from 0; v across: 0 in the
    middle of the outer face, growing to both sides up to the edges and shrinking again on the inner
    face, so that a pattern shows through and meets itself without a seam.
    """
    profile, normals, v = _webbing_profile(width_mm, thickness_mm)
    rows, columns = len(frames.point), len(profile)
    across, out = frames.across[:, None], frames.out[:, None]
    side, high = profile[None, :, :1], profile[None, :, 1:]
    lean = frames.cup[:, None, None] * side
    vertices = frames.point[:, None] + across * side + out * (high - lean * side / 2)
    turned = normals[None, :, :1] * (across - out * lean) + normals[None, :, 1:] * (
        out + across * lean
    )
    vertices, turned = vertices.reshape(-1, 3), unit(turned).reshape(-1, 3)
    middle = frames.point + frames.out * thickness_mm / 2
    u = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(middle, axis=0), axis=1))])
    uv = np.stack([np.repeat(u, columns), np.tile(v, rows)], axis=1)
    sides = Solid(vertices, grid_faces(rows, columns), turned, uv)
    if closed:
        return sides
    first = _cap(vertices[: columns - 1], v, u[0])
    last = _cap(vertices[-columns:-1], v, u[-1])
    return together(
        [sides, Solid(first.vertices, first.faces[:, ::-1], -first.normals, first.uv), last]
    )


def bar(path: np.ndarray, radius_mm: float, sides: int = 10) -> Solid:
    """A round bar bent along a closed path in the plane x = 0, float64 (n, 3)."""
    ahead = np.roll(path, -1, axis=0) - np.roll(path, 1, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    flat = np.broadcast_to([1.0, 0.0, 0.0], path.shape)
    outward = np.cross(flat, ahead)
    turn = np.linspace(0.0, 2 * np.pi, sides + 1)
    normals = (
        flat[:, None] * np.cos(turn)[None, :, None] + outward[:, None] * np.sin(turn)[None, :, None]
    )
    vertices = path[:, None] + radius_mm * normals
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    rows = len(path)
    uv = np.stack([np.repeat(way, sides + 1), np.tile(turn * radius_mm, rows)], axis=1)
    around = grid_faces(rows + 1, sides + 1)[:, ::-1] % (rows * (sides + 1))
    return Solid(vertices.reshape(-1, 3), around, normals.reshape(-1, 3), uv)


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
) -> Solid:
    """A plate from `low_mm` to `high_mm`, its edges rounded.

    `rounds` is how many steps the upper edge's rounding has; the lower one, which lies on the
    strap, has one.
    """
    above = np.linspace(0.0, np.pi / 2, rounds + 1)
    below = above[[0, -1]]
    heights = np.concatenate(
        [low_mm + bevel_mm * (1 - np.cos(below)), high_mm - bevel_mm * (1 - np.cos(above[::-1]))]
    )
    lean = np.concatenate([-np.cos(below), np.cos(above[::-1])])
    inset = bevel_mm * (1 - np.sin(np.concatenate([below, above[::-1]])))
    solids: list[Solid] = []
    caps: list[np.ndarray] = []
    for shape, sign in ((outline, 1), *((hole, -1) for hole in holes)):
        rings = np.stack([shape.ring(sign * depth)[::sign] for depth in inset])
        solids.append(_wall(rings, heights, lean))
        caps.append(rings[0])
    corners = np.concatenate(caps)
    ends = np.cumsum([len(ring) for ring in caps]).astype(np.uint32)
    triangles = mapbox_earcut.triangulate_float64(corners, ends).reshape(-1, 3).astype(np.int32)
    first, second, third = (corners[triangles[:, i]] for i in range(3))
    turning = _cross(second - first, third - first)
    triangles = np.where(turning[:, None] > 0, triangles, triangles[:, ::-1])
    for height, up in ((low_mm, -1), (high_mm, 1)):
        vertices = np.concatenate([corners, np.full((len(corners), 1), height)], axis=1)
        normals = np.broadcast_to([0.0, 0.0, float(up)], vertices.shape)
        solids.append(Solid(vertices, triangles[:, ::up], normals, corners))
    return together(solids)


def _wall(rings: np.ndarray, heights: np.ndarray, lean: np.ndarray) -> Solid:
    """The rounded side of a plate: its outline, (rows, columns, 2), and lean by height."""
    rings = np.concatenate([rings, rings[:, :1]], axis=1)
    rows, columns = rings.shape[:2]
    widest = rings[rows // 2, :-1]
    edges = unit(np.roll(widest, -1, axis=0) - widest)
    normal = unit(edges + np.roll(edges, 1, axis=0)) @ np.array([[0.0, -1.0], [1.0, 0.0]])
    normal = np.concatenate([normal, normal[:1]])
    tall = np.broadcast_to(heights[:, None, None], (rows, columns, 1))
    vertices = np.concatenate([rings, tall], axis=2)
    level = np.sqrt(1 - lean**2)[:, None, None]
    normals = np.concatenate(
        [normal[None] * level, np.broadcast_to(lean[:, None, None], (rows, columns, 1))], axis=2
    )
    steps = np.linalg.norm(np.diff(rings[rows // 2], axis=0), axis=1)
    way = np.concatenate([[0.0], np.cumsum(steps)])
    uv = np.stack([np.tile(way, rows), np.repeat(heights, columns)], axis=1)
    return Solid(vertices.reshape(-1, 3), grid_faces(rows, columns), normals.reshape(-1, 3), uv)


def _cross(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]


@cache
def _webbing_profile(
    width_mm: float, thickness_mm: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The outline of webbing: points and normals (across, out), and v; from seam round to seam."""
    radius = 0.42 * thickness_mm
    wide, high = width_mm / 2 - radius, thickness_mm - radius
    turn = np.array([0.0, 1.0]) * np.pi / 2
    points, normals = [(0.0, 0.0)], [(0.0, -1.0)]
    for centre, start in (
        ((wide, radius), -np.pi / 2),
        ((wide, high), 0.0),
        ((-wide, high), np.pi / 2),
        ((-wide, radius), np.pi),
    ):
        if start == np.pi / 2:
            points.append((0.0, thickness_mm))
            normals.append((0.0, 1.0))
        for angle in start + turn:
            normals.append((np.cos(angle), np.sin(angle)))
            points.append((centre[0] + radius * np.cos(angle), centre[1] + radius * np.sin(angle)))
    points.append((0.0, 0.0))
    normals.append((0.0, -1.0))
    profile = np.array(points)
    steps = np.linalg.norm(np.diff(profile, axis=0), axis=1)
    v = np.concatenate([[0.0], np.cumsum(steps)])
    v = v[-1] / 2 - v
    edge = v[0] / 2
    return profile, np.array(normals), np.where(np.abs(v) > edge, np.sign(v) * 2 * edge - v, v)


def _cap(outline: np.ndarray, v: np.ndarray, u: float) -> Solid:
    """The cut end of a strap, facing the way that sees its outline counter-clockwise."""
    count = len(outline)
    fan = np.stack([np.zeros(count - 2, int), np.arange(1, count - 1), np.arange(2, count)], axis=1)
    middle = count // 2
    normal = np.cross(outline[middle // 2] - outline[0], outline[middle] - outline[0])
    normal /= np.linalg.norm(normal)
    uv = np.stack([np.full(count, u), v[:-1]], axis=1)
    return Solid(outline, fan.astype(np.int32), np.broadcast_to(normal, outline.shape), uv)


@cache
def grid_faces(rows: int, columns: int) -> np.ndarray:
    """Two triangles for every cell of a grid of vertices, int32 (m, 3)."""
    corner = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)[None]).reshape(-1)
    right, below = corner + 1, corner + columns
    return np.concatenate(
        [np.stack([corner, right, below], axis=1), np.stack([right, below + 1, below], axis=1)]
    ).astype(np.int32)
