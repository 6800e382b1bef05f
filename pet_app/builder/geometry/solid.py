"""A closed surface without a name yet, and the ways to make one: swept straps, bars and bevelled plates."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import mapbox_earcut
import numpy as np

from pet_app.builder.geometry.track import Frames, Track


@dataclass(frozen=True, eq=False)
class Solid:
    """vertices (n, 3) mm, faces (m, 3) counter-clockwise from outside, normals (n, 3), uv (n, 2) mm."""

    vertices: np.ndarray
    faces: np.ndarray
    normals: np.ndarray
    uv: np.ndarray

    def laid(self, track: Track, place_mm: float) -> "Solid":
        """Bent round a track, its own frame being along, across and out at the place."""
        return Solid(
            track.lay(place_mm, self.vertices),
            self.faces,
            track.turn(place_mm, self.vertices, self.normals),
            self.uv,
        )

    def moved(self, along: float = 0.0, across: float = 0.0, out: float = 0.0) -> "Solid":
        return Solid(self.vertices + [along, across, out], self.faces, self.normals, self.uv)

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

    A closed strap repeats its first frame as its last. u runs along, from 0; v across: 0 in the middle of
    the outer face, growing to both sides round the edges to a seam in the middle of the inner face.
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
    turned /= np.linalg.norm(turned, axis=2, keepdims=True)
    vertices, turned = vertices.reshape(-1, 3), turned.reshape(-1, 3)
    middle = frames.point + frames.out * thickness_mm / 2
    u = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(middle, axis=0), axis=1))])
    uv = np.stack([np.repeat(u, columns), np.tile(v, rows)], axis=1)
    sides = Solid(vertices, _grid_faces(rows, columns), turned, uv)
    if closed:
        return sides
    first = _cap(vertices[: columns - 1], v, u[0])
    last = _cap(vertices[-columns:-1], v, u[-1])
    return together(
        [sides, Solid(first.vertices, first.faces[:, ::-1], -first.normals, first.uv), last]
    )


def bar(path: np.ndarray, radius_mm: float, sides: int = 10) -> Solid:
    """A round bar bent along a closed path in the plane x = 0, float64 (n, 3), last point not repeated."""
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
    around = _grid_faces(rows + 1, sides + 1)[:, ::-1] % (rows * (sides + 1))
    return Solid(vertices.reshape(-1, 3), around, normals.reshape(-1, 3), uv)


def plate(
    outline: np.ndarray,
    low_mm: float,
    high_mm: float,
    bevel_mm: float,
    holes: Sequence[np.ndarray] = (),
) -> Solid:
    """A plate of an outline (n, 2), counter-clockwise, from `low_mm` to `high_mm`, its edges rounded.

    Holes run clockwise. Corners of outline and holes should be rounded, for the bevel to be even.
    """
    turn = np.array([0.0, 0.5, 1.0]) * np.pi / 2
    rise = bevel_mm * (1 - np.cos(turn))
    heights = np.concatenate([low_mm + rise, high_mm - rise[::-1]])
    lean = np.concatenate([-np.cos(turn), np.cos(turn[::-1])])
    inset = bevel_mm * (1 - np.sin(np.concatenate([turn, turn[::-1]])))
    solids = []
    caps: list[np.ndarray] = []
    for ring in (outline, *holes):
        side = _outward(ring)
        solids.append(_wall(ring, side, heights, lean, inset))
        caps.append(ring - side[0] * bevel_mm)
    corners = np.concatenate(caps)
    ends = np.cumsum([len(ring) for ring in caps]).astype(np.uint32)
    triangles = mapbox_earcut.triangulate_float64(corners, ends).reshape(-1, 3).astype(np.int32)
    first, second, third = (corners[triangles[:, i]] for i in range(3))
    area = (second - first)[:, 0] * (third - first)[:, 1] - (second - first)[:, 1] * (
        third - first
    )[:, 0]
    triangles = np.where(area[:, None] > 0, triangles, triangles[:, ::-1])
    for height, up in ((low_mm, -1.0), (high_mm, 1.0)):
        vertices = np.concatenate([corners, np.full((len(corners), 1), height)], axis=1)
        normals = np.broadcast_to([0.0, 0.0, up], vertices.shape)
        solids.append(Solid(vertices, triangles[:, :: int(up)], normals, corners))
    return together(solids)


def rounded(points: Sequence[tuple[float, float]], radius_mm: float, steps: int = 4) -> np.ndarray:
    """A polygon, counter-clockwise, with its corners rounded: float64 (n, 2)."""
    corners = np.array(points)
    result = []
    for before, corner, after in zip(
        np.roll(corners, 1, axis=0), corners, np.roll(corners, -1, axis=0), strict=True
    ):
        back, ahead = before - corner, after - corner
        reach = min(radius_mm, 0.48 * np.linalg.norm(back), 0.48 * np.linalg.norm(ahead))
        start = corner + back / np.linalg.norm(back) * reach
        end = corner + ahead / np.linalg.norm(ahead) * reach
        for share in np.linspace(0.0, 1.0, steps + 1):
            result.append(
                (1 - share) ** 2 * start + 2 * share * (1 - share) * corner + share**2 * end
            )
    return np.array(result)


def _wall(
    ring: np.ndarray,
    side: tuple[np.ndarray, np.ndarray],
    heights: np.ndarray,
    lean: np.ndarray,
    inset: np.ndarray,
) -> Solid:
    """The rounded side of a plate: rows of the outline, drawn in and leaning at the edges."""
    mitre, normal = (np.concatenate([values, values[:1]]) for values in side)
    loop = np.concatenate([ring, ring[:1]])
    rows, columns = len(heights), len(loop)
    flat = loop[None] - mitre[None] * inset[:, None, None]
    vertices = np.concatenate(
        [flat, np.broadcast_to(heights[:, None, None], (rows, columns, 1))], axis=2
    )
    level = np.sqrt(1 - lean**2)
    normals = np.concatenate(
        [
            normal[None] * level[:, None, None],
            np.broadcast_to(lean[:, None, None], (rows, columns, 1)),
        ],
        axis=2,
    )
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(loop, axis=0), axis=1))])
    uv = np.stack([np.tile(way, rows), np.repeat(heights, columns)], axis=1)
    faces = _grid_faces(rows, columns)
    return Solid(vertices.reshape(-1, 3), faces, normals.reshape(-1, 3), uv)


def _outward(ring: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At each corner of an outline: the mitre to inset by, and the unit normal, both pointing out."""
    edges = np.roll(ring, -1, axis=0) - ring
    edges /= np.linalg.norm(edges, axis=1, keepdims=True)
    after = np.stack([edges[:, 1], -edges[:, 0]], axis=1)
    before = np.roll(after, 1, axis=0)
    normal = before + after
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    slack = np.maximum(np.sum(normal * after, axis=1, keepdims=True), 0.5)
    return normal / slack, normal


@cache
def _webbing_profile(
    width_mm: float, thickness_mm: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The outline of webbing: points and normals (across, out), and v; from seam round to seam."""
    radius = 0.42 * thickness_mm
    wide, high = width_mm / 2 - radius, thickness_mm - radius
    turn = np.array([0.0, 0.5, 1.0]) * np.pi / 2
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
    return profile, np.array(normals), v[-1] / 2 - v


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
def _grid_faces(rows: int, columns: int) -> np.ndarray:
    """Two triangles for every cell of a grid of vertices, int32 (m, 3)."""
    corner = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)[None]).reshape(-1)
    right, below = corner + 1, corner + columns
    return np.concatenate(
        [np.stack([corner, right, below], axis=1), np.stack([right, below + 1, below], axis=1)]
    ).astype(np.int32)
