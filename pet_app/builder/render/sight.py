"""What the floor sees of the piece, whatever the light.

Two grids of places look up from the floor, each along its own few directions. A coarse grid lies
over all of the map and knows what is met and how near it is; sixteen neighbours together have
looked everywhere. A fine one lies where something is near, for there shadows have edges: each place
looks along four times as many ways, so that four neighbours do.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from pet_app.builder.render import embree, sampling
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.embree import intersect16
from pet_app.builder.render.grid import LEAST, Grid, grid, over_four
from pet_app.builder.render.ground import ACROSS, COARSE, place_of
from pet_app.builder.render.lattice import lattice, nearest
from pet_app.builder.render.mirrors import ONWARD, follow, mirror
from pet_app.builder.render.packet import FACE, FAR, FAR_MM, MESH, U, V, aim_all
from pet_app.builder.render.patches import patches
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.threads import side_by_side

WAYS = embree.PACKET
"""Directions seen from each place of the coarse grid: one bit each, one packet."""

TOUCHING_MM, DOWN = 0.2, -0.9
"""A ray of the fine grid begins beneath the piece, and does not count, when what it meets is no
higher and looks down."""

PACKETS = 4
MANY = PACKETS * WAYS
"""Directions seen from each place of the fine grid."""

NEAR = 7.0
"""What is nearer than so many steps of the coarse grid has its shadow traced on the fine one."""

LIFT_MM, BENEATH_MM = 0.05, 0.3
"""Rays start so far below the floor. A place that sees nothing but what is as near as the second
lies beneath the piece."""


FEWEST = 256
"""Places that are worth a thread."""


@dataclass(frozen=True, eq=False)
class Sight:
    """What the floor sees of the piece, on both grids.

    share: float32 (ACROSS, ACROSS), how much the fine one counts. near: int32 (n,), the fine one's
    places that look up. ends: int32 (COARSE²,), where the
    hits of a place on the coarse grid end; busy: int32 (b,), the places that have any. met: int32
    (hits,), the patch met along each way that is not free. named: int32 (hits,), what that would
    mirror; slant: uint8 (hits,), how; see `mirrors`. place: see `place_of`.
    """

    coarse: Grid
    fine: Grid
    share: np.ndarray
    near: np.ndarray
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


@cache
def many_ways() -> tuple[np.ndarray, np.ndarray]:
    """The same directions as `ways`, dealt out to the fine grid's places.

    float32 (4, 3, MANY), each packet's side by side; and where each lies among `ways`,
    int64 (4, MANY).
    """
    parts = np.argsort(sampling.ORDER)[:, None] * WAYS + np.arange(WAYS)
    dealt = parts.reshape(-1, MANY)
    flat = np.moveaxis(ways(), 1, 2).reshape(-1, 3)
    turns = np.arctan2(flat[dealt, 0], flat[dealt, 2])
    dealt = np.take_along_axis(dealt, np.argsort(turns, axis=1), axis=1)
    return np.ascontiguousarray(np.moveaxis(flat[dealt], 2, 1)), dealt


@cache
def _within() -> np.ndarray:
    """float32 (MANY, 2): where in its texel each ray begins, from its middle: edges are smooth."""
    return sampling.points(MANY)[0] - np.float32(0.5)


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
    coarse = grid(scene, place, free, told, four=True)
    free, told = np.zeros((ACROSS, ACROSS), np.uint64), np.zeros((ACROSS, ACROSS), np.float32)
    traced = np.zeros(free.shape, np.uint8)
    _widen(near, traced)
    looking = np.flatnonzero(traced).astype(np.int32)

    def look_near(first: int, last: int) -> None:
        _trace_near(
            *(*scene.tree.tools(), looking[first:last], place, many_ways()[0], _within()),
            *(scene.face_normals, free, told),
        )

    side_by_side(len(looking), FEWEST, look_near)
    fine = grid(scene, place, free, told, four=False)
    share = over_four(traced.astype(np.float32), np.ones((2, ACROSS, ACROSS), np.uint8))
    share = np.where(fine.known > 0, np.clip(2 * share - 1, 0, 1), np.float32(0))
    busy = np.flatnonzero(hits).astype(np.int32)
    ends = np.cumsum(hits, dtype=np.int32)
    return Sight(coarse, fine, share, looking, ends, busy, met, named, slant, place)


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
def _trace_near(handle, packet, numbers, valid, looking, place, ways, within, normals, free, told):
    """told: the share of a place's rays that do not begin beneath the piece."""
    y = place[4] - LIFT_MM
    for own in looking:
        row, column = own // ACROSS, own % ACROSS
        x, z = place[0] + (column + 0.5) / place[2], place[1] + (row + 0.5) / place[3]
        lobes = ways[(row % 2) * 2 + column % 2]
        bits, count = np.uint64(0), 0
        for turn in range(PACKETS):
            first = turn * WAYS
            aim_all(packet, numbers, x, y, z, lobes[:, first : first + WAYS])
            for ray in range(WAYS):
                packet[0, ray] += within[first + ray, 0] / np.float32(place[2])
                packet[2, ray] += within[first + ray, 1] / np.float32(place[3])
            intersect16(valid.ctypes.data, handle, packet.ctypes.data, 0)
            for ray in range(WAYS):
                if numbers[MESH, ray] == -1:
                    bits |= np.uint64(1) << np.uint64(first + ray)
                    count += 1
                else:
                    height, there = packet[FAR, ray] * packet[5, ray], numbers[FACE, ray]
                    count += height > TOUCHING_MM or normals[there, 1] > DOWN
        free[row, column], told[row, column] = bits, count / MANY
