"""Flat shapes filled with triangles: what letters and plates are raised from."""

from collections.abc import Sequence
from dataclasses import dataclass

import mapbox_earcut
import numpy as np

from pet_app.builder.lettering.clipped import within
from pet_app.builder.lettering.written import Shape

GRID = 1e4
"""Points are rounded to this share of a millimetre, so that equal ones are known to be."""

FLAT_MM = 2e-4
"""A triangle is flat when it is no higher."""

APART = 40
"""Cuts keep so many steps of the grid from points: a model in metres tells no nearer ones apart."""

Region = tuple[np.ndarray, ...]
"""An outline, counter-clockwise, and the holes in it, clockwise; float64 (n, 2) mm."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """Points float64 (n, 2), triangles int32 (m, 3) counter-clockwise, and the edges int32 (k, 2)
    round them, which have the sheet on their left."""

    points: np.ndarray
    triangles: np.ndarray
    edges: np.ndarray

    def outward(self) -> np.ndarray:
        """float64 (n, 2): at points on an edge the way out, smooth; zero elsewhere."""
        start, end = self.points[self.edges[:, 0]], self.points[self.edges[:, 1]]
        way = end - start
        side = np.stack([way[:, 1], -way[:, 0]], axis=1)
        side /= np.linalg.norm(side, axis=1, keepdims=True)
        out = np.zeros_like(self.points)
        np.add.at(out, self.edges[:, 0], side)
        np.add.at(out, self.edges[:, 1], side)
        length = np.linalg.norm(out, axis=1, keepdims=True)
        lost = (length[:, 0] < 1e-6) & (np.bincount(self.edges[:, 0], minlength=len(out)) > 0)
        out[lost] = [0.0, 1.0]
        length[lost] = 1.0
        return out / np.where(length > 0, length, 1.0)

    @property
    def area_mm2(self) -> float:
        first, second, third = (self.points[self.triangles[:, i]] for i in range(3))
        return float(cross(second - first, third - first).sum() / 2)


def filled(
    regions: Sequence[Region], cuts: np.ndarray | None = None, pitch_mm: float = 0.0
) -> Sheet:
    """Regions that do not overlap, as one sheet.

    `cuts` (x in mm, ascending, see `clear`) are upright lines on both sides of which no triangle
    may lie: a sheet cut so can be bent round a strap. With `pitch_mm` it is cut into squares of
    that size instead, and can be bent any way.
    """
    pieces: list[np.ndarray] = []
    triangles: list[np.ndarray] = []
    count = 0
    regions = [tuple(_grid(ring) for ring in region) for region in regions]
    if pitch_mm:
        regions = _lying(_sliced(_lying(_sliced(regions, pitch_mm)), pitch_mm))
    elif cuts is not None and len(cuts):
        regions = _cut(regions, np.rint(cuts * GRID).astype(np.int64))
    for region in regions:
        corners = np.concatenate(region) / GRID
        ends = np.cumsum([len(ring) for ring in region]).astype(np.uint32)
        found = mapbox_earcut.triangulate_float64(corners, ends).reshape(-1, 3)
        pieces.append(np.concatenate(region))
        triangles.append(found.astype(np.int64) + count)
        count += len(corners)
    every, names = np.unique(np.concatenate(pieces), axis=0, return_inverse=True)
    points = every / GRID
    faces = names.reshape(-1)[np.concatenate(triangles)]
    faces = _flipped(points, faces)
    return Sheet(points, faces.astype(np.int32), _edges(faces))


def _flipped(points: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """Triangles, counter-clockwise, none of them flat: one with three corners in a line gives its
    middle corner to the triangle behind."""
    first, second, third = (points[faces[:, i]] for i in range(3))
    turning = cross(second - first, third - first)
    faces = np.where(turning[:, None] >= 0, faces, faces[:, ::-1])
    corners = points[faces]
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=1), axis=2)
    flat = np.flatnonzero(np.abs(turning) <= FLAT_MM * sides.max(axis=1))
    if not len(flat):
        return faces
    rows = faces.tolist()
    owner = {(row[i], row[i - 2]): place for place, row in enumerate(rows) for i in range(3)}
    for place in flat.tolist():
        row = rows[place]
        longest = int(sides[place].argmax())
        start, end, middle = row[longest], row[longest - 2], row[longest - 1]
        behind = owner.get((end, start))
        if behind is None or behind == place:
            continue
        other = next(corner for corner in rows[behind] if corner not in (start, end))
        rows[place], rows[behind] = [start, other, middle], [other, end, middle]
        for new in (place, behind):
            owner.update({(rows[new][i], rows[new][i - 2]): new for i in range(3)})
    return np.array(rows)


def clear(shapes: Sequence[Shape], cuts: np.ndarray) -> np.ndarray:
    """Cuts moved off the points of letters: one that only touched a line would be known to one side
    of it alone."""
    rings = [_grid(ring) for shape in shapes for ring in shape.rings]
    return _clear(rings, np.rint(cuts * GRID).astype(np.int64)) / GRID if rings else cuts


def _clear(rings: Sequence[np.ndarray], cuts: np.ndarray) -> np.ndarray:
    start = np.concatenate(rings)
    end = np.concatenate([np.roll(ring, -1, axis=0) for ring in rings])
    moved: list[int] = []
    for cut in cuts.tolist():
        place = cut
        while not _is_clear(place, start, end):
            place += APART
        moved.append(place)
    return np.array(moved, np.int64)


def _is_clear(cut: int, start: np.ndarray, end: np.ndarray) -> bool:
    """Whether a line is clear of all points, and cuts no two edges in one."""
    if np.abs(start[:, 0] - cut).min() < APART:
        return False
    crossed = (start[:, 0] < cut) != (end[:, 0] < cut)
    first, last = start[crossed], end[crossed]
    share = (cut - first[:, 0]) / (last[:, 0] - first[:, 0])
    # An edge between two strips is there twice.
    height = np.unique(first[:, 1] + share * (last[:, 1] - first[:, 1]))
    return len(height) < 2 or float(np.diff(height).min()) >= APART


def on_grid(ring: np.ndarray) -> np.ndarray:
    """A ring exactly as `filled` will have it."""
    return np.rint(ring * GRID) / GRID


def cross(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]


def regions_of(shapes: Sequence[Shape]) -> list[Region]:
    """The ink of letters."""
    return [shape.rings for shape in shapes]


def around(
    outline: np.ndarray, holes: Sequence[np.ndarray], shapes: Sequence[Shape]
) -> list[Region]:
    """What a plate keeps when letters are cut into it: itself without them, and the islands in
    letters such as an o. `outline` is counter-clockwise, `holes` clockwise."""
    owners = [(None, outline, tuple(holes))]
    for shape in shapes:
        owners += [(shape, hole[::-1], ()) for hole in shape.holes]
    kept: dict[int, list[np.ndarray]] = {place: [] for place in range(len(owners))}
    for shape in shapes:
        inside = [
            place
            for place, (owner, ring, _) in enumerate(owners)
            if owner is not shape and _inside(shape.outline[0], ring)
        ]
        kept[min(inside, key=lambda place: _area(owners[place][1]))].append(shape.outline[::-1])
    return [(ring, *rest, *kept[place]) for place, (_, ring, rest) in enumerate(owners)]


def _inside(point: np.ndarray, ring: np.ndarray) -> bool:
    after = np.roll(ring, -1, axis=0)
    crossing = (ring[:, 1] > point[1]) != (after[:, 1] > point[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        at = ring[:, 0] + (point[1] - ring[:, 1]) / (after[:, 1] - ring[:, 1]) * (
            after[:, 0] - ring[:, 0]
        )
    return bool(np.count_nonzero(crossing & (at > point[0])) % 2)


def _area(ring: np.ndarray) -> float:
    return abs(float(cross(ring, np.roll(ring, -1, axis=0)).sum()))


def _grid(ring: np.ndarray) -> np.ndarray:
    """A ring in whole steps of the grid, no point twice in a row."""
    whole = np.rint(ring * GRID).astype(np.int64)
    return whole[np.any(whole != np.roll(whole, 1, axis=0), axis=1)]


def _sliced(regions: Sequence[Region], pitch_mm: float) -> list[Region]:
    """Regions, in steps of the grid, cut upright every `pitch_mm`."""
    rings = [ring for region in regions for ring in region]
    every = np.concatenate([ring[:, 0] for ring in rings])
    pitch = round(pitch_mm * GRID)
    return _cut(regions, _clear(rings, np.arange(every.min() + pitch // 2, every.max(), pitch)))


def _lying(regions: Sequence[Region]) -> list[Region]:
    """Regions with x and y exchanged, their outlines still counter-clockwise."""
    return [tuple(ring[::-1, ::-1] for ring in region) for region in regions]


def _cut(regions: Sequence[Region], cuts: np.ndarray) -> list[Region]:
    """Regions cut along upright lines into strips."""
    strips: list[Region] = []
    for region in regions:
        pierced = [_pierced(ring, cuts) for ring in region]
        every = np.concatenate(pierced)
        known = set(map(tuple, every.tolist()))
        low, high = every.min(axis=0) - 10, every.max(axis=0) + 10
        lines = cuts[(cuts > low[0]) & (cuts < high[0])]
        for left, right in zip([low[0], *lines], [*lines, high[0]], strict=True):
            found = within(pierced, (int(left), int(low[1])), (int(right), int(high[1])))
            strips += [tuple(_known(ring, every, known) for ring in strip) for strip in found]
    return strips


def _known(ring: np.ndarray, points: np.ndarray, known: set[tuple[int, int]]) -> np.ndarray:
    """A strip's ring with each of its points at the known one that it is, to a step or two."""
    lost = [place for place, point in enumerate(ring.tolist()) if tuple(point) not in known]
    if not lost:
        return ring
    away = np.abs(ring[lost][:, None] - points[None]).max(axis=2)
    ring[lost] = points[away.argmin(axis=1)]
    return ring[np.any(ring != np.roll(ring, 1, axis=0), axis=1)]


def _pierced(ring: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    """A ring with a point wherever a line cuts it."""
    after = np.roll(ring, -1, axis=0)
    first = np.searchsorted(cuts, np.minimum(ring[:, 0], after[:, 0]), side="right")
    last = np.searchsorted(cuts, np.maximum(ring[:, 0], after[:, 0]), side="left")
    points: list[np.ndarray] = []
    done = 0
    for place in np.flatnonzero(last > first):
        start, end = ring[place], after[place]
        crossed = cuts[first[place] : last[place]]
        left, right = (start, end) if start[0] < end[0] else (end, start)
        # From left to right whichever way the ring runs: both sides must round alike.
        share = (crossed - left[0]) / (right[0] - left[0])
        height = np.rint(left[1] + share * (right[1] - left[1])).astype(np.int64)
        found = np.stack([crossed, height], axis=1)
        points += [ring[done : place + 1], found if left is start else found[::-1]]
        done = place + 1
    points.append(ring[done:])
    return np.concatenate(points)


def _edges(faces: np.ndarray) -> np.ndarray:
    """Directed edges of triangles that no other triangle has the other way round."""
    edges = faces[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    size = int(faces.max()) + 1
    keys, back = edges[:, 0] * size + edges[:, 1], edges[:, 1] * size + edges[:, 0]
    return edges[~np.isin(keys, back)].astype(np.int32)
