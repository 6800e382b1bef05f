"""Bodies of round section: bars bent along a path, tapered rods, and what a lathe turns."""

from itertools import pairwise

import numpy as np

from pet_app.builder.geometry.solid.surface import Solid, together, wrapped_faces
from pet_app.builder.geometry.track import cross, unit

CREASE_COSINE = 0.8
"""A turned profile that bends more sharply than this keeps its edge."""


def bar(path: np.ndarray, radius_mm: float, sides: int = 10) -> Solid:
    """A round bar bent along a closed path in the plane x = 0, float64 (n, 3)."""
    ahead = unit(np.roll(path, -1, axis=0) - np.roll(path, 1, axis=0))
    flat = np.broadcast_to([1.0, 0.0, 0.0], path.shape)
    outward = np.cross(flat, ahead)
    turn = np.arange(sides) * 2 * np.pi / sides
    normals = (
        flat[:, None] * np.cos(turn)[None, :, None] + outward[:, None] * np.sin(turn)[None, :, None]
    )
    vertices = path[:, None] + radius_mm * normals
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    rows = len(path)
    uv = np.stack([np.repeat(way, sides), np.tile(turn * radius_mm, rows)], axis=1)
    around = wrapped_faces(rows + 1, sides)[:, ::-1] % (rows * sides)
    return Solid(vertices.reshape(-1, 3), around, normals.reshape(-1, 3), uv)


def rod(
    path: np.ndarray,
    radius_mm: float | np.ndarray,
    sides: int = 10,
    first: tuple[float, float, float] = (0.0, 0.0, 1.0),
    flat: float = 1.0,
) -> Solid:
    """A round bar along an open path, float64 (n, 3), with rounded ends; its radius may change.

    `first` is a way that is not along the path, from which the section is drawn; `flat` squeezes
    the section along it.
    """
    radius = np.broadcast_to(np.asarray(radius_mm, float), len(path)).copy()
    ahead = unit(np.gradient(path, axis=0))
    bulge = np.linspace(0.0, np.pi / 2, 4)[1:]
    start = path[0] - np.outer(radius[0] * np.sin(bulge), ahead[0])[::-1]
    end = path[-1] + np.outer(radius[-1] * np.sin(bulge), ahead[-1])
    swell = np.cos(bulge)
    swell[-1] = 0.0
    points = np.concatenate([start, path, end])
    wide = np.concatenate([radius[0] * swell[::-1], radius, radius[-1] * swell])
    ways = np.concatenate([np.tile(ahead[0], (3, 1)), ahead, np.tile(ahead[-1], (3, 1))])
    lean = np.concatenate([-np.sin(bulge)[::-1], _slope(path, radius), np.sin(bulge)])
    side = _carried(ways, np.array(first))
    other = cross(ways, side)
    turn = np.arange(sides) * 2 * np.pi / sides
    cos, sin = np.cos(turn)[None, :, None], np.sin(turn)[None, :, None]
    level = np.sqrt(1 - lean**2)[:, None, None]
    vertices = points[:, None] + wide[:, None, None] * (
        flat * side[:, None] * cos + other[:, None] * sin
    )
    normals = (side[:, None] * cos / flat + other[:, None] * sin) * level + ways[:, None] * lean[
        :, None, None
    ]
    arc = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    uv = np.stack([np.repeat(arc, sides), np.tile(turn * radius.max(), len(points))], axis=1)
    faces = wrapped_faces(len(points), sides)
    return _without_flat(Solid(vertices.reshape(-1, 3), faces, unit(normals).reshape(-1, 3), uv))


def lathe(profile: np.ndarray, sides: int = 20, closed: bool = False) -> Solid:
    """A body turned about its out axis from a profile of radius and height, float64 (n, 2).

    The profile runs so that the body lies on its left: from the foot outside up to the top. It
    starts and ends on the axis, or is `closed` and never touches it.
    """
    points = np.concatenate([profile, profile[:1]]) if closed else profile
    edges = unit(np.diff(points, axis=0))
    slopes = np.stack([edges[:, 1], -edges[:, 0]], axis=1)
    solids: list[Solid] = []
    sharp = np.einsum("ij,ij->i", edges[:-1], edges[1:]) < CREASE_COSINE
    cuts = [0, *(np.flatnonzero(sharp) + 1), len(edges)]
    turn = np.arange(sides) * 2 * np.pi / sides
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    for start, end in pairwise(cuts):
        rows = points[start : end + 1]
        leaning = np.concatenate(
            [slopes[start : start + 1], slopes[start : end - 1] + slopes[start + 1 : end],
             slopes[end - 1 : end]]
        )  # fmt: skip
        if start == 0 and rows[0, 0] == 0 and end - start > 1:
            leaning[0] = [0.0, -1.0]
        if end == len(edges) and rows[-1, 0] == 0 and end - start > 1:
            leaning[-1] = [0.0, 1.0]
        leaning = unit(leaning)
        vertices = _spun(rows, ring)
        normals = _spun(leaning, ring)
        uv = np.stack(
            [np.tile(turn * points[:, 0].max(), len(rows)), np.repeat(rows[:, 1], sides)],
            axis=1,
        )
        faces = wrapped_faces(len(rows), sides)
        solids.append(Solid(vertices, faces, normals, uv))
    return _without_flat(together(solids))


def _spun(rows: np.ndarray, ring: np.ndarray) -> np.ndarray:
    """Rows of radius and height (n, 2) put round a ring of directions (m, 2): (n * m, 3)."""
    level = rows[:, None, :1] * ring[None]
    height = np.broadcast_to(rows[:, None, 1:], (*level.shape[:2], 1))
    return np.concatenate([level, height], axis=2).reshape(-1, 3)


def _without_flat(solid: Solid) -> Solid:
    """The solid without the faces that have shrunk to a line where it comes to a point."""
    corners = solid.vertices[solid.faces]
    slopes = cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    kept = np.einsum("ij,ij->i", slopes, slopes) > 1e-16
    return Solid(solid.vertices, solid.faces[kept], solid.normals, solid.uv)


def _slope(path: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """The sine of how far a tapered rod's wall leans towards its end."""
    arc = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    return -np.sin(np.arctan(np.gradient(radius, arc)))


def _carried(ways: np.ndarray, first: np.ndarray) -> np.ndarray:
    """A way square to the path, carried along it without twisting."""
    sides = np.empty_like(ways)
    side = first
    for place, way in enumerate(ways):
        side = side - way * (way @ side)
        side = side / np.linalg.norm(side)
        sides[place] = side
    return sides
