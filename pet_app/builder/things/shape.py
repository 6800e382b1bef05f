"""Surfaces of things: skins over grids of points, turned, swept and cut bodies.

A thing is drawn with x to the right, y away from the viewer and z up; `standing` turns it into the
frame of the meshes.
"""

from collections.abc import Sequence

import numpy as np

from pet_app.builder.geometry.solid import Solid, rectangle, together
from pet_app.builder.geometry.solid.plate import filled
from pet_app.builder.geometry.solid.surface import grid_faces
from pet_app.builder.geometry.track import cross, unit

SIDES = 96
"""Columns of a turned body: its outline shows no corners at 800 pixels."""

STEPS = 6
"""Steps in a rounded corner."""

UPRIGHT = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])
"""Turns what is drawn z up into the frame of the meshes, where y is up."""

Corner = tuple[float, float] | tuple[float, float, float]


def line(*corners: Corner) -> np.ndarray:
    """A polyline through corners (x, y, radius) whose corners are rounded, float64 (n, 2)."""
    places = np.array([corner[:2] for corner in corners], float)
    radii = [corner[2] if len(corner) == 3 else 0.0 for corner in corners]
    inner = (
        _rounded(places[at - 1], places[at], places[at + 1], radii[at])
        for at in range(1, len(places) - 1)
    )
    return np.concatenate([places[:1], *inner, places[-1:]])


def _rounded(before: np.ndarray, at: np.ndarray, after: np.ndarray, radius: float) -> np.ndarray:
    """A corner cut by an arc, or by as much of one as its shorter side leaves room for."""
    back, ahead = before - at, after - at
    lengths = float(np.linalg.norm(back)), float(np.linalg.norm(ahead))
    back, ahead = back / lengths[0], ahead / lengths[1]
    half = float(np.arccos(np.clip(back @ ahead, -1.0, 1.0))) / 2
    if radius <= 0 or half > np.pi / 2 - 1e-3:
        return at[None]
    reach = min(radius / np.tan(half), 0.49 * min(lengths))
    radius = float(reach * np.tan(half))
    middle = at + unit(back + ahead) * (radius / np.sin(half))
    start, end = at + back * reach - middle, at + ahead * reach - middle
    sweep = float(np.arccos(np.clip(start @ end / radius**2, -1.0, 1.0)))
    share = np.linspace(0.0, 1.0, max(2, round(STEPS * sweep / (np.pi / 2)) + 1))[:, None]
    return middle + (np.sin((1 - share) * sweep) * start + np.sin(share * sweep) * end) / np.sin(
        sweep
    )


def along(points: Sequence[Sequence[float]] | np.ndarray, count: int = 64) -> np.ndarray:
    """A smooth curve through points (n, d), by Catmull and Rom, as `count` of its own."""
    knots = np.asarray(points, float)
    padded = np.concatenate([[2 * knots[0] - knots[1]], knots, [2 * knots[-1] - knots[-2]]])
    place = np.linspace(0.0, len(knots) - 1, count)
    which = np.minimum(place.astype(int), len(knots) - 2)
    t = (place - which)[:, None]
    a, b, c, d = (padded[which + shift] for shift in range(4))
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def skin(points: np.ndarray, *, around: bool = True, over: bool = False) -> Solid:
    """The surface over a grid of points (rows, columns, 3), seen from where columns turn to rows.

    `around` closes it behind its last column, `over` behind its last row. A row whose points all
    lie in one place is a pole. u runs along the columns, v along the rows, in millimetres.
    """
    if around:
        points = np.concatenate([points, points[:, :1]], axis=1)
    if over:
        points = np.concatenate([points, points[:1]])
    rows, columns = points.shape[:2]
    vertices = points.reshape(-1, 3)
    faces = grid_faces(rows, columns)
    corners = vertices[faces]
    slopes = cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    kept = np.einsum("ij,ij->i", slopes, slopes) > 1e-16
    normals = np.zeros_like(vertices)
    for corner in range(3):
        np.add.at(normals, faces[kept, corner], slopes[kept])
    grid = normals.reshape(rows, columns, 3)
    if around:
        grid[:, 0] = grid[:, -1] = grid[:, 0] + grid[:, -1]
    if over:
        grid[0] = grid[-1] = grid[0] + grid[-1]
    for row in (0, -1):
        if np.ptp(points[row], axis=0).max() < 1e-9:
            grid[row] = grid[row].sum(axis=0)
    normals = grid.reshape(-1, 3) + np.array([0.0, 0.0, 1e-12])
    return Solid(vertices, faces[kept], unit(normals), _unrolled(points))


def _unrolled(points: np.ndarray) -> np.ndarray:
    """float64 (n, 2): how far each point lies along its row, and its row along the columns."""
    widest = np.linalg.norm(np.diff(points, axis=1), axis=2)
    u = np.concatenate([[0.0], np.cumsum(widest[widest.sum(axis=1).argmax()])])
    v = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=2).max(1))])
    return np.stack([np.tile(u, len(v)), np.repeat(v, len(u))], axis=1)


def turned(
    profile: np.ndarray, sides: int = SIDES, oval: tuple[float, float] = (1.0, 1.0)
) -> Solid:
    """A body turned about z from a profile of radius and height, float64 (n, 2).

    The profile runs from the foot outside up and starts and ends on the axis, or is a closed one
    that comes back to its first point. Creases are its rounded corners.
    """
    if profile[0, 0] > 0 and np.allclose(profile[0], profile[-1]):
        return skin(spun(profile[:-1], sides, oval), around=True, over=True)
    return skin(spun(profile, sides, oval), around=True)


def spun(
    profile: np.ndarray, sides: int = SIDES, oval: tuple[float, float] = (1.0, 1.0)
) -> np.ndarray:
    """The grid of a turned body's points, to be bent before it gets its skin: (rows, sides, 3)."""
    turn = np.arange(sides) * 2 * np.pi / sides
    level = profile[:, None, :1] * np.stack([oval[0] * np.cos(turn), oval[1] * np.sin(turn)], 1)
    height = np.broadcast_to(profile[:, None, 1:], (*level.shape[:2], 1))
    return np.concatenate([level, height], axis=2)


def faced(solid: Solid, steep: float = 0.75) -> Solid:
    """The same with its level faces unrolled flat, for a grain that runs straight across them."""
    uv = np.where(np.abs(solid.normals[:, 2:]) > steep, solid.vertices[:, :2], solid.uv)
    return Solid(solid.vertices, solid.faces, solid.normals, uv)


def tube(
    path: np.ndarray,
    radius: float | np.ndarray,
    sides: int = 12,
    *,
    closed: bool = False,
    first: tuple[float, float, float] = (0.0, 0.0, 1.0),
    flat: float = 1.0,
) -> Solid:
    """A round bar along a path (n, 3), its ends rounded off, or closed to a ring.

    `first` is a way not along the path from which its section is drawn; `flat` squeezes it there.
    """
    radius = np.broadcast_to(np.asarray(radius, float), len(path))
    if closed:
        ahead = unit(np.roll(path, -1, axis=0) - np.roll(path, 1, axis=0))
        points, wide = path, radius
    else:
        ahead = unit(np.gradient(path, axis=0))
        bulge = np.linspace(0.0, np.pi / 2, 5)[1:]
        start = path[0] - np.outer(radius[0] * np.sin(bulge), ahead[0])[::-1]
        end = path[-1] + np.outer(radius[-1] * np.sin(bulge), ahead[-1])
        points = np.concatenate([start, path, end])
        swell = np.cos(bulge)
        swell[-1] = 0.0
        wide = np.concatenate([radius[0] * swell[::-1], radius, radius[-1] * swell])
        ahead = np.concatenate([np.tile(ahead[0], (4, 1)), ahead, np.tile(ahead[-1], (4, 1))])
    side = _carried(ahead, np.array(first), closed)
    other = cross(ahead, side)
    turn = np.arange(sides) * 2 * np.pi / sides
    ring = flat * side[:, None] * np.cos(turn)[:, None] + other[:, None] * np.sin(turn)[:, None]
    solid = skin(points[:, None] + wide[:, None, None] * ring, around=True, over=closed)
    return Solid(solid.vertices, solid.faces, solid.normals, solid.uv[:, ::-1])


def _carried(ahead: np.ndarray, first: np.ndarray, closed: bool) -> np.ndarray:
    """A way square to the path, carried along without twisting; spread out to meet itself."""
    sides = np.empty_like(ahead)
    side = first
    for place, way in enumerate(ahead):
        side = side - way * (way @ side)
        side = side / np.linalg.norm(side)
        sides[place] = side
    if closed:
        last = side - ahead[0] * (ahead[0] @ side)
        other = np.cross(ahead[0], sides[0])
        off = np.arctan2(last @ other, last @ sides[0])
        turn = -off * np.arange(len(ahead)) / len(ahead)
        sides = sides * np.cos(turn)[:, None] + cross(ahead, sides) * np.sin(turn)[:, None]
    return sides


def band(path: np.ndarray, up: np.ndarray, wide: float, thick: float) -> Solid:
    """A flat strap along a path (n, 3), `up` (n, 3) being where its broad face looks."""
    ahead = unit(np.gradient(path, axis=0))
    out = unit(up - ahead * np.einsum("ij,ij->i", up, ahead)[:, None])
    across = cross(out, ahead)
    ring = rectangle((-wide / 2, 0.0), (wide / 2, thick), 0.45 * thick, 4).ring()
    points = path[:, None] + ring[:, :1] * across[:, None] + ring[:, 1:] * out[:, None]
    body = skin(points, around=True)
    body = Solid(body.vertices, body.faces, body.normals, body.uv[:, ::-1])
    return together([body, _cap(points[0], -ahead[0]), _cap(points[-1], ahead[-1])])


def hoop(path: np.ndarray, wide: float, thick: float) -> Solid:
    """A strap round a closed path (n, 3) in a plane x = const, counter-clockwise seen from +x."""
    ahead = unit(np.roll(path, -1, axis=0) - np.roll(path, 1, axis=0))
    out = np.cross(ahead, [1.0, 0.0, 0.0])
    ring = rectangle((-wide / 2, 0.0), (wide / 2, thick), 0.45 * thick, 4).ring()
    points = path[:, None] + ring[:, :1] * np.array([1.0, 0.0, 0.0]) + ring[:, 1:] * out[:, None]
    body = skin(points, around=True, over=True)
    return Solid(body.vertices, body.faces, body.normals, body.uv[:, ::-1])


def prism(ring: np.ndarray, low: float, high: float) -> Solid:
    """What an outline (n, 2), counter-clockwise, sweeps from one height to another; sharp edges."""
    levels = np.array([low, high])
    points = np.concatenate(
        [np.broadcast_to(ring[None], (2, *ring.shape)),
         np.broadcast_to(levels[:, None, None], (2, len(ring), 1))],
        axis=2,
    )  # fmt: skip
    up = np.array([0.0, 0.0, 1.0])
    return together([skin(points, around=True), _cap(points[0], -up), _cap(points[1], up)])


def slab(ring: np.ndarray, low: float, high: float, bevel: float) -> Solid:
    """A plate with a smooth outline (n, 2), counter-clockwise, both its edges rounded."""
    ahead = np.roll(ring, -1, axis=0) - np.roll(ring, 1, axis=0)
    outward = np.stack([ahead[:, 1], -ahead[:, 0]], axis=1)
    outward /= np.maximum(np.linalg.norm(outward, axis=1), 1e-9)[:, None]
    round_up = np.linspace(0.0, np.pi / 2, STEPS)
    drawn_in = bevel * (1 - np.sin(np.concatenate([round_up, round_up[::-1]])))
    rise = bevel * (1 - np.cos(round_up))
    levels = np.concatenate([low + rise, (high - rise)[::-1]])
    flat = ring[None] - drawn_in[:, None, None] * outward[None]
    points = np.concatenate(
        [flat, np.broadcast_to(levels[:, None, None], (*flat.shape[:2], 1))], axis=2
    )
    up = np.array([0.0, 0.0, 1.0])
    body = together([skin(points, around=True), _cap(points[0], -up), _cap(points[-1], up)])
    return Solid(body.vertices, body.faces, body.normals, body.vertices[:, :2])


def _cap(ring: np.ndarray, normal: np.ndarray) -> Solid:
    """A flat end over a ring of points (n, 3), looking along its normal."""
    aside = np.cross(normal, [0.0, 0.0, 1.0] if abs(normal[2]) < 0.9 else [1.0, 0.0, 0.0])
    aside /= np.linalg.norm(aside)
    flat = np.stack([ring @ aside, ring @ np.cross(normal, aside)], axis=1)
    faces = filled(flat, np.array([len(ring)], np.uint32))
    return Solid(ring, faces.astype(np.int32), np.tile(normal, (len(ring), 1)), flat)


def ball(radius: float, rows: int = 48, sides: int = SIDES) -> np.ndarray:
    """The grid of a ball's points round its own middle, (rows, sides, 3)."""
    tilt = np.linspace(-np.pi / 2, np.pi / 2, rows)
    profile = radius * np.stack([np.cos(tilt), np.sin(tilt)], axis=1)
    profile[[0, -1], 0] = 0.0
    return spun(profile, sides)


def pillow(
    wide: float, deep: float, high: float, square: float = 4.0, full: float = 2.4
) -> np.ndarray:
    """The grid of a cushion's points, its foot at 0; `square` is how boxy its outline is."""
    tilt = np.linspace(-np.pi / 2, np.pi / 2, 40)
    turn = np.arange(SIDES) * 2 * np.pi / SIDES
    level = np.abs(np.cos(tilt)) ** (2 / full)
    level[[0, -1]] = 0.0
    rise = np.sign(np.sin(tilt)) * np.abs(np.sin(tilt)) ** (2 / full)
    x, y = _super(np.cos(turn), square) * wide / 2, _super(np.sin(turn), square) * deep / 2
    z = np.broadcast_to(((rise + 1) * high / 2)[:, None], (len(tilt), SIDES))
    return np.stack([level[:, None] * x, level[:, None] * y, z], axis=2)


def _super(value: np.ndarray, power: float) -> np.ndarray:
    return np.sign(value) * np.abs(value) ** (2 / power)


def lumps(points: np.ndarray, size: float, seed: int, pitch: float) -> np.ndarray:
    """Points pushed about smoothly by up to about `size` mm, in waves of about `pitch` mm."""
    dice = np.random.default_rng(seed)
    moved = np.zeros_like(points)
    for _ in range(10):
        way = unit(dice.normal(size=3)) * 2 * np.pi / (pitch * dice.uniform(0.7, 1.6))
        wave = np.sin(points @ way + dice.uniform(0, 2 * np.pi))
        moved += wave[..., None] * unit(dice.normal(size=3))
    return points + moved * size / 3


def spin(degrees: float, axis: str = "z") -> np.ndarray:
    """A turn about x, y or z, counter-clockwise seen from its tip, for `Solid.turned`."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.eye(3)
    matrix[first, first] = matrix[second, second] = cos
    matrix[first, second], matrix[second, first] = -sin, sin
    return matrix


def lengths(path: np.ndarray) -> np.ndarray:
    """How far along its path each point lies."""
    return np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])


def standing(solid: Solid) -> Solid:
    """In the frame of the meshes."""
    return solid.turned(UPRIGHT)
