"""Straps, padding and tape: a flat section swept along frames."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from pet_app.builder.geometry.solid.plate import filled
from pet_app.builder.geometry.solid.surface import Solid, grid_faces, together, wrapped_faces
from pet_app.builder.geometry.track import Frames, unit

HOLE_SIDES = 14
HOLE_ROOM = 1.45
"""Half the length and width of the patch round a hole, in its radii."""

THIN_MM = 0.8
"""Tape no thicker than this shows no roundness at its edges."""

BULGE = 1.3
"""How much higher padding stands beside its strap than under it."""


@dataclass(frozen=True)
class Hole:
    """A round hole through a strap, in the middle between frame `row` and the next one.

    Those two frames lie `HOLE_ROOM` radii before and behind its middle.
    """

    row: int
    radius_mm: float


@dataclass(frozen=True, eq=False)
class _Section:
    """The outline of what is swept: points and normals (across, out), and v.

    From the middle of the inner face once round. v is 0 in the middle of both faces and grows
    to the edges, so that a pattern shows through and meets itself without a seam.
    """

    points: np.ndarray
    normals: np.ndarray
    v: np.ndarray


def strap(
    frames: Frames,
    width_mm: float,
    thickness_mm: float,
    closed: bool = False,
    holes: Sequence[Hole] = (),
) -> Solid:
    """Webbing with rounded edges swept along frames that follow the middle of its inner face.

    A closed strap repeats its first frame as its last. u runs along, from 0; v across.
    """
    room = HOLE_ROOM * holes[0].radius_mm if holes else 0.0
    section = _webbing(width_mm, thickness_mm, room)
    return _swept(frames, section, thickness_mm, closed, holes)


def padding(
    frames: Frames, width_mm: float, thickness_mm: float, over_mm: float, closed: bool = False
) -> Solid:
    """Soft padding under a strap of width `over_mm`: pressed flat there, round beside it."""
    return _swept(frames, _padded(width_mm, thickness_mm, over_mm), thickness_mm, closed, ())


def _swept(
    frames: Frames, section: _Section, thickness_mm: float, closed: bool, holes: Sequence[Hole]
) -> Solid:
    rows, columns = len(frames.point), len(section.points)
    across, out = frames.across[:, None], frames.out[:, None]
    side, high = section.points[None, :, :1], section.points[None, :, 1:]
    lean = frames.cup[:, None, None] * side
    vertices = frames.point[:, None] + across * side + out * (high - lean * side / 2)
    turned = section.normals[None, :, :1] * (across - out * lean) + section.normals[None, :, 1:] * (
        out + across * lean
    )
    vertices, turned = vertices.reshape(-1, 3), unit(turned).reshape(-1, 3)
    middle = frames.point + frames.out * thickness_mm / 2
    steps = np.diff(middle, axis=0)
    u = np.concatenate([[0.0], np.cumsum(np.sqrt(np.einsum("ij,ij->i", steps, steps)))])
    uv = np.stack([np.repeat(u, columns), np.tile(section.v, rows)], axis=1)
    faces = wrapped_faces(rows, columns)
    solids = [Solid(vertices, faces, turned, uv)]
    if holes:
        opened = np.ones(len(faces), bool)
        cells = (rows - 1) * columns
        for hole in holes:
            for column in (0, columns // 2 - 1, columns // 2, columns - 1):
                cell = hole.row * columns + column
                opened[[cell, cell + cells]] = False
        solids = [Solid(vertices, faces[opened], turned, uv)]
        solids += [_pierced(solids[0], hole, columns) for hole in holes]
    if not closed:
        first = _cap(vertices[:columns], section, u[0])
        last = _cap(vertices[-columns:], section, u[-1])
        solids += [Solid(first.vertices, first.faces[:, ::-1], -first.normals, first.uv), last]
    return together(solids) if len(solids) > 1 else solids[0]


def _pierced(web: Solid, hole: Hole, columns: int) -> Solid:
    """The strap's two faces round a hole, and the hole's wall."""
    triangles, ring, share = _around_hole()
    near, far = hole.row * columns, (hole.row + 1) * columns
    half = columns // 2
    faces: list[Solid] = []
    rims: list[np.ndarray] = []
    for outer in (True, False):
        left, middle, right = (half - 1, half, half + 1) if outer else (1, 0, columns - 1)
        rim = [near + left, near + middle, near + right, far + right, far + middle, far + left]
        arrays: list[np.ndarray] = []
        for values in (web.vertices, web.normals, web.uv):
            inner = [np.where(ring[:, 1:] >= 0, values[row + left], values[row + right]) * abs(
                ring[:, 1:]
            ) + values[row + middle] * (1 - abs(ring[:, 1:])) for row in (near, far)]  # fmt: skip
            arrays.append(np.concatenate([values[rim], inner[0] * (1 - share) + inner[1] * share]))
        turned = triangles if outer else triangles[:, ::-1]
        faces.append(Solid(arrays[0], turned, unit(arrays[1]), arrays[2]))
        rims.append(arrays[0][6:])
    top, bottom = (np.concatenate([rim, rim[:1]]) for rim in rims)
    centre = (rims[0].mean(axis=0), rims[1].mean(axis=0))
    inward = np.concatenate([unit(centre[0] - top), unit(centre[1] - bottom)])
    uv = np.tile(faces[0].uv[6:][[*range(HOLE_SIDES), 0]], (2, 1))
    wall = Solid(np.concatenate([top, bottom]), grid_faces(2, HOLE_SIDES + 1), inward, uv)
    return together([*faces, wall])


@cache
def _around_hole() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Triangles between a patch's six corners and a hole's ring, and the ring in its shares."""
    turn = np.arange(HOLE_SIDES) * 2 * np.pi / HOLE_SIDES
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=1) / HOLE_ROOM
    # the middle corners lie in a little, for what lies on a straight edge would be left out
    patch = np.array([(-1, 1), (-0.99, 0), (-1, -1), (1, -1), (0.99, 0), (1, 1)])
    corners = np.concatenate([patch, ring])
    triangles = filled(corners, np.array([6, 6 + HOLE_SIDES], np.uint32))
    return triangles, ring, (ring[:, :1] + 1) / 2


@cache
def _webbing(width_mm: float, thickness_mm: float, room_mm: float) -> _Section:
    """Webbing with round edges; `room_mm` from its middle it has corners for a hole's patch."""
    radius = 0.48 * thickness_mm
    wide = width_mm / 2 - radius
    turn = np.radians([-90, -30, 30, 90] if thickness_mm > THIN_MM else [-60, 60])
    high = np.linspace(radius, thickness_mm - radius, len(turn)) + radius * np.sin(turn)
    edge = list(zip(wide + radius * np.cos(turn), high, strict=True))
    leaning = list(zip(np.cos(turn), np.sin(turn), strict=True))
    inside = [(room_mm, 0.0)] if room_mm else []
    outside = [(room_mm, thickness_mm)] if room_mm else []
    down, up = [(0.0, -1.0)] * len(inside), [(0.0, 1.0)] * len(outside)
    return _mirrored(
        [(0.0, 0.0), *inside, *edge, *outside, (0.0, thickness_mm)],
        [(0.0, -1.0), *down, *leaning, *up, (0.0, 1.0)],
    )


@cache
def _padded(width_mm: float, thickness_mm: float, over_mm: float) -> _Section:
    """A pad with a rolled edge that swells where no strap presses it."""
    radius = 0.5 * thickness_mm
    wide = width_mm / 2 - radius
    crest = min(over_mm / 2 + 0.45 * max(width_mm - over_mm, 0.0) / 2, wide)
    points = [(0.0, 0.0), (wide, 0.0)]
    points += [
        (wide + radius * np.cos(angle), radius + radius * np.sin(angle))
        for angle in np.radians([-25, 50])
    ]
    if crest < wide - 0.3:
        points += [(0.5 * (crest + wide), (1 + 0.75 * (BULGE - 1)) * thickness_mm)]
    points += [
        (crest, BULGE * thickness_mm),
        (min(over_mm / 2, crest - 0.4), thickness_mm),
        (0.0, thickness_mm),
    ]
    edges = unit(np.diff(points, axis=0))
    slopes = np.stack([edges[:, 1], -edges[:, 0]], axis=1)
    between = unit(slopes[:-1] + slopes[1:])
    return _mirrored(points, [(0.0, -1.0), *between.tolist(), (0.0, 1.0)])


def _mirrored(half: list[tuple[float, float]], leaning: list[tuple[float, float]]) -> _Section:
    """The section whose right half, from the inner face's middle to the outer one's, is given."""
    right, normals = np.array(half), np.array(leaning)
    left = right[::-1] * [-1.0, 1.0]
    steps = np.linalg.norm(np.diff(right, axis=0), axis=1)
    way = np.concatenate([[0.0], np.cumsum(steps)])
    v = np.minimum(way, way[-1] - way)
    return _Section(
        np.concatenate([right, left[1:-1]]),
        np.concatenate([normals, (normals[::-1] * [-1.0, 1.0])[1:-1]]),
        np.concatenate([v, -v[::-1][1:-1]]),
    )


def _cap(outline: np.ndarray, section: _Section, u: float) -> Solid:
    """The cut end of a strap, facing the way that sees its outline counter-clockwise."""
    count, middle = len(outline), len(outline) // 2
    edge = int(section.points[:, 0].argmax())
    right = [place for place in range(middle) if edge not in (place, place + 1)]
    fan = [(edge, place, place + 1) for place in right] + [(edge, middle, 0)]
    fan += [(count - edge, count - place - 1, (count - place) % count) for place in right]
    fan += [(count - edge, 0, middle)]
    normal = np.cross(outline[edge] - outline[0], outline[middle] - outline[0])
    normal /= np.linalg.norm(normal)
    uv = np.stack([np.full(count, u), section.v], axis=1)
    return Solid(outline, np.array(fan, np.int32), np.broadcast_to(normal, outline.shape), uv)
