"""What the floor sees of the piece, whatever the light.

Two grids of places look up from the floor, each along its own few directions; sixteen neighbours
together have looked everywhere. A coarse grid lies over all of the map and knows what is met and
how near it is. A fine one lies where something is near, for there shadows have edges.
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render import embree, sampling
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.embree import intersect16, occluded16
from pet_app.builder.render.ground import ACROSS, COARSE, place_of
from pet_app.builder.render.lattice import lattice, nearest
from pet_app.builder.render.mirrors import ONWARD, follow, mirror
from pet_app.builder.render.packet import FACE, FAR, FAR_MM, MESH, U, V, aim_all
from pet_app.builder.render.patches import patches
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.threads import side_by_side

WAYS = embree.PACKET
"""Directions seen from each place: one bit each, one packet."""

RIM = 0.4
"""The share of the map's margin round the piece in which shadow runs out."""

NEAR = 7.0
"""What is nearer than so many steps of the coarse grid has its shadow traced on the fine one."""

LIFT_MM, BENEATH_MM = 0.05, 0.3
"""Rays start so far below the floor. A place that sees nothing but what is as near as the second
lies beneath the piece."""

LEAST = 8
"""Rows that one thread takes at least."""

CLEAR_MM = 0.3
"""Places stand apart when something is between them at this height."""

SIDE, NEXT = np.float32(0.125), np.float32(0.25)
"""Shares of the second and of the first neighbour in averages: those that together look
everywhere count alike."""


@dataclass(frozen=True, eq=False)
class Grid:
    """What n × n places see, rows along z.

    free: uint16 (n, n), a bit for each free way. joined: uint8 (2, n, n), whether nothing stands
    between a place and the next one along z, and along x. known: float32 (n, n), 1 over the share
    of a place's neighbours that can tell, 0 where none can. wider: the same for those that have
    such neighbours. gaps: int32 (g, 2), row and column of places that know nothing. fade: float32
    (2, n), lets shadow run out along rows and columns, but not beneath the piece: no edge shows.
    """

    free: np.ndarray
    joined: np.ndarray
    known: np.ndarray
    wider: np.ndarray
    gaps: np.ndarray
    fade: np.ndarray

    def evened(self, values: np.ndarray) -> np.ndarray:
        """Averages over neighbours that see each other; values are 0 where there are none."""
        return _spread(values, self.joined) * self.known

    def smooth(self, values: np.ndarray) -> np.ndarray:
        """Averages of what `evened` gave."""
        return _spread(values, self.joined) * self.wider


@dataclass(frozen=True, eq=False)
class Sight:
    """What the floor sees of the piece, on both grids.

    share: float32 (ACROSS, ACROSS), how much the fine one counts. ends: int32 (COARSE²,), where the
    hits of a place on the coarse grid end; busy: int32 (b,), the places that have any. met: int32
    (hits,), the patch met along each way that is not free. named: int32 (hits,), what that would
    mirror; slant: uint8 (hits,), how; see `mirrors`. place: see `place_of`.
    """

    coarse: Grid
    fine: Grid
    share: np.ndarray
    ends: np.ndarray
    busy: np.ndarray
    met: np.ndarray
    named: np.ndarray
    slant: np.ndarray
    place: np.ndarray


def sight(scene: Scene) -> Sight:
    """What the floor sees of the piece, traced when it is first asked for."""
    return scene.known(_traced)


def ways() -> np.ndarray:
    """float32 (SHARES, 3, WAYS): directions above the floor, as likely as their cosine."""
    return np.ascontiguousarray(sampling.lobes(WAYS)[:, [0, 2, 1]])


def _traced(scene: Scene) -> Sight:
    place = place_of(scene)
    known, points = patches(scene), lattice(scene)
    free, told = np.zeros((COARSE, COARSE), np.uint16), np.zeros((COARSE, COARSE), np.float32)
    hits, near = np.zeros(free.size, np.int32), np.zeros(free.shape, np.bool_)

    def look(first: int, last: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        most = (last - first) * COARSE * WAYS
        met, onward = np.empty(most, np.int32), np.empty((most, ONWARD), np.float32)
        told_of = (points.layout, points.rows, known.entries)
        count = _trace(
            *(*scene.tree.tools(), first, last, place, ways(), *told_of, scene.face_normals),
            *(free, told, near, hits, met, onward),
        )
        named, slant = np.empty(count, np.int32), np.empty(count, np.uint8)
        follow(scene.tree.tools(), onward[:count], place, told_of, named, slant)
        return met[:count], named, slant

    seen = side_by_side(COARSE, LEAST, look)
    met, named, slant = (np.concatenate(part) for part in zip(*seen, strict=True))
    coarse = _grid(scene, place, free, told)
    free, told = np.zeros((ACROSS, ACROSS), np.uint16), np.zeros((ACROSS, ACROSS), np.float32)
    traced = np.zeros(free.shape, np.uint8)
    _widen(near, traced)

    def look_near(first: int, last: int) -> None:
        _trace_near(*scene.tree.tools(), first, last, place, ways(), traced, free, told)

    side_by_side(ACROSS, LEAST, look_near)
    fine = _grid(scene, place, free, told)
    share = _spread(traced.astype(np.float32), np.ones((2, ACROSS, ACROSS), np.uint8))
    share = np.where(fine.known > 0, np.clip(2 * share - 1, 0, 1), np.float32(0))
    busy = np.flatnonzero(hits).astype(np.int32)
    ends = np.cumsum(hits, dtype=np.int32)
    return Sight(coarse, fine, share, ends, busy, met, named, slant, place)


def _grid(scene: Scene, place: np.ndarray, free: np.ndarray, told: np.ndarray) -> Grid:
    """told: float32 (n, n), 1 for places that can tell what they see."""
    joined = np.empty((2, *free.shape), np.uint8)

    def look_along(first: int, last: int) -> None:
        _join(*scene.tree.tools(), first, last, place, joined)

    side_by_side(len(free), LEAST, look_along)
    share = _spread(told, joined)
    known = np.where(share > 0, 1 / np.maximum(share, np.float32(1e-6)), np.float32(0))
    wider = 1 / np.maximum(_spread((known > 0).astype(np.float32), joined), np.float32(1e-6))
    gaps = np.argwhere(known == 0).astype(np.int32)
    return Grid(free, joined, known, wider, gaps, _fade(scene, place, len(free)))


def _fade(scene: Scene, place: np.ndarray, count: int) -> np.ndarray:
    sides = []
    texels = np.arange(count) * (ACROSS / count)
    for axis, start, scale in ((2, place[1], place[3]), (0, place[0], place[2])):
        margin = (scene.vertices[:-1, axis].min() - start) * scale
        inwards = np.minimum(np.minimum(texels, texels[::-1]) / (RIM * margin), 1)
        sides.append(inwards * inwards * (3 - 2 * inwards))
    return np.array(sides, np.float32)


@compiled
def _trace(
    handle,
    packet,
    numbers,
    valid,
    first_row,
    last_row,
    place,
    ways,
    layout,
    rows,
    entries,
    normals,
    free,
    told,
    near,
    hits,
    met,
    onward,
):
    """Returns how many ways of these rows are not free."""
    y = place[4] - LIFT_MM
    wide, deep = place[2] * COARSE / ACROSS, place[3] * COARSE / ACROSS
    reach = NEAR / min(wide, deep)
    count = 0
    for row in range(first_row, last_row):
        for column in range(COARSE):
            x, z = place[0] + (column + 0.5) / wide, place[1] + (row + 0.5) / deep
            aim_all(packet, numbers, x, y, z, ways[(row % 4) * 4 + column % 4])
            intersect16(valid.ctypes.data, handle, packet.ctypes.data, 0)
            bits, closest = np.uint16(0), np.float32(FAR_MM)
            first = count
            for ray in range(WAYS):
                closest = min(closest, packet[FAR, ray])
                if numbers[MESH, ray] == -1:
                    bits |= np.uint16(1) << np.uint16(ray)
                else:
                    b, c = packet[U, ray], packet[V, ray]
                    face = numbers[FACE, ray]
                    met[count] = nearest(layout, rows, entries, face, b, c)
                    mirror(packet, ray, normals[face], onward[count])
                    count += 1
            free[row, column] = bits
            if bits == 0 and closest < BENEATH_MM:
                count = first
            else:
                told[row, column] = 1
            hits[row * COARSE + column] = count - first
            near[row, column] = bits != 0 and closest < reach
    return count


@compiled
def _widen(near, traced):
    """Which places of the fine grid lie within one of the coarse one's that are near, or beside."""
    for row in range(ACROSS):
        top, low = max(row // 2 - 1, 0), min(row // 2 + 2, COARSE)
        for column in range(ACROSS):
            left, right = max(column // 2 - 1, 0), min(column // 2 + 2, COARSE)
            for i in range(top, low):
                for j in range(left, right):
                    traced[row, column] |= near[i, j]


@compiled
def _trace_near(
    handle, packet, numbers, valid, first_row, last_row, place, ways, traced, free, told
):
    y = place[4] - LIFT_MM
    for row in range(first_row, last_row):
        for column in range(ACROSS):
            if not traced[row, column]:
                continue
            x, z = place[0] + (column + 0.5) / place[2], place[1] + (row + 0.5) / place[3]
            lobe = ways[(row % 4) * 4 + column % 4]
            aim_all(packet, numbers, x, y, z, lobe)
            occluded16(valid.ctypes.data, handle, packet.ctypes.data, 0)
            bits = np.uint16(0)
            for ray in range(WAYS):
                if packet[FAR, ray] >= 0:
                    bits |= np.uint16(1) << np.uint16(ray)
            free[row, column] = bits
            closest = np.float32(FAR_MM)
            if bits == 0:
                aim_all(packet, numbers, x, y, z, lobe)
                intersect16(valid.ctypes.data, handle, packet.ctypes.data, 0)
                for ray in range(WAYS):
                    closest = min(closest, packet[FAR, ray])
            told[row, column] = closest > BENEATH_MM


@compiled
def _join(handle, packet, numbers, valid, first_row, last_row, place, joined):
    """Look from each place along the floor to the next ones."""
    count, half = joined.shape[1], WAYS // 2
    wide, deep = place[2] * count / ACROSS, place[3] * count / ACROSS
    for ray in range(WAYS):
        packet[1, ray], packet[4 if ray % 2 else 6, ray] = place[4] + CLEAR_MM, 1
    for row in range(first_row, last_row):
        for column in range(0, count, half):
            for ray in range(WAYS):
                packet[0, ray] = place[0] + (column + ray // 2 + 0.5) / wide
                packet[2, ray] = place[1] + (row + 0.5) / deep
                packet[FAR, ray] = 1 / wide if ray % 2 else 1 / deep
            occluded16(valid.ctypes.data, handle, packet.ctypes.data, 0)
            for ray in range(WAYS):
                beyond = (row if ray % 2 == 0 else column + ray // 2) == count - 1
                joined[ray % 2, row, column + ray // 2] = packet[FAR, ray] >= 0 and not beyond


@streaming
def _spread(values, joined):
    """A symmetric kernel run along both axes, only as far as nothing stands in between."""
    both, last, none = np.empty_like(values), len(values) - 1, np.float32(0)
    below, beside = joined[0], joined[1]
    # Nothing lies beyond the two ends of a row.
    down, links = np.zeros(last + 5, np.float32), np.zeros(last + 5, np.float32)
    for row in range(last + 1):
        a, b, c, d = min(row + 1, last), min(row + 2, last), max(row - 1, 0), max(row - 2, 0)
        for column in range(last + 1):
            one = np.float32(below[row, column])
            two = one * np.float32(below[a, column])
            back = np.float32(below[c, column]) if row > 0 else none
            further = back * np.float32(below[d, column]) if row > 1 else none
            near = values[row, column] + one * values[a, column] + back * values[c, column]
            down[2 + column] = NEXT * near + SIDE * (
                two * values[b, column] + further * values[d, column]
            )
            links[2 + column] = beside[row, column]
        for column in range(last + 1):
            back, one = links[1 + column], links[2 + column]
            near = down[2 + column] + back * down[1 + column] + one * down[3 + column]
            both[row, column] = NEXT * near + SIDE * (
                links[column] * back * down[column] + one * links[3 + column] * down[4 + column]
            )
    return both
