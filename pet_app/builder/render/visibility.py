"""What the camera sees: eight samples in a pixel, merged into fragments.

A fragment is the part of one surface that shows in one pixel. Light and shade are worked out once
for each fragment and not for each sample, so edges are smooth at little more than the price of one
sample. (Carpenter's A-buffer, 1984, with a rasteriser's samples for masks.)
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render import room
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.gather import BLOCK, LANES, columns_of_16
from pet_app.builder.render.lanes import (
    AFTER,
    OFFSETS,
    SAMPLES,
    TILE_ROOM,
    alike,
    lowest,
    samples_of,
    where,
)
from pet_app.builder.render.raster import (
    AZ,
    B0,
    BX,
    BY,
    BZ,
    C0,
    COLUMNS,
    CX,
    CY,
    CZ,
    LEFT,
    NUMBER,
    TILE,
    TOP,
    by_tile,
    draw_tile,
    set_up,
)
from pet_app.builder.render.scene import Scene
from pet_app.core.errors import Invalid

ALL = 2**SAMPLES - 1
"""A pixel's samples as bits."""

PER_PIXEL = 4
MOST_FRAGMENTS = 6_000_000
"""Room for fragments: a picture of real things has less than one to a pixel."""


def _groups() -> tuple[np.ndarray, np.ndarray]:
    """Of every set of samples: float32 (sets, 3), its middle and its share of the pixel; and
    uint8 (sets, 2), its first sample and the one nearest to its middle."""
    middles = np.zeros((ALL + 1, 3), np.float32)
    samples = np.zeros((ALL + 1, 2), np.uint8)
    for group in range(1, ALL + 1):
        members = [sample for sample in range(SAMPLES) if group >> sample & 1]
        middle = OFFSETS[members].mean(axis=0)
        middles[group] = (*middle, len(members) / SAMPLES)
        off = ((OFFSETS[members] - middle) ** 2).sum(axis=1)
        samples[group] = members[0], members[int(off.argmin())]
    return middles, samples


MIDDLES, CHOSEN = _groups()
FIRST, NEAREST = 0, 1
ACROSS, DOWN = COLUMNS * BLOCK, (COLUMNS + 1) * BLOCK


@dataclass(frozen=True, eq=False)
class Fragments:
    """All fragments of a picture, tile by tile, those of one pixel next to each other.

    pixel, face: int32 (k,). bary: float32 (k, 2), the weights of the face's second and third
    corner, perspective correct. share: float32 (k,), how much of the pixel it covers.
    """

    pixel: np.ndarray
    face: np.ndarray
    bary: np.ndarray
    share: np.ndarray


def fragments(scene: Scene, screen: np.ndarray, size: int) -> Fragments:
    """Find what shows in a square of `size` pixels; `screen` is what `View.project` gave.

    Raises Invalid where the mesh is finer than a picture of this size has room for.
    """
    faces, tiles = len(scene.faces), -(-size // TILE)
    plane = room.of("plane", (faces, COLUMNS), np.float32)
    box = room.of("box", (faces, 4), np.int16)
    facing = room.of("facing", (faces + 1,), np.uint32)
    count = set_up(
        *(screen, scene.faces, scene.face_normals, scene.parts, size, plane, box, facing)
    )
    starts = room.of("starts", (tiles * tiles + 1,), np.int32)
    order = room.of("order", (4 * faces,), np.int32)
    entries = by_tile(box, count, tiles, starts, order)
    if entries > len(order):
        order = room.of("order", (entries,), np.int32)
        by_tile(box, count, tiles, starts, order)
    samples = room.of("samples", (TILE_ROOM,), np.float32)
    most = min(size * size * PER_PIXEL + TILE * TILE * SAMPLES, MOST_FRAGMENTS)
    place, group = room.of("place", (most, 2), np.int16), room.of("group", (most,), np.uint8)
    name = room.of("name", (most,), np.float32)
    count = _draw(*(plane, facing, starts, order, samples, CHOSEN, size, place, group, name))
    if count > most:
        raise Invalid("The model is finer than a picture of this size can show.")
    seen = Fragments(
        pixel=np.empty(count, np.int32),
        face=np.empty(count, np.int32),
        bary=np.empty((count, 2), np.float32),
        share=np.empty(count, np.float32),
    )
    _weigh(
        *(plane.reshape(-1), place, group, name, MIDDLES, size),
        *(seen.pixel, seen.face, seen.bary.reshape(-1), seen.share),
    )
    return seen


@compiled
def _draw(plane, facing, starts, order, samples, chosen, size, place, group, name):
    """Draw one tile after the other and gather its pixels; returns the fragments' count.

    That is more than there is room for when the room is full.
    """
    tiles = -(-size // TILE)
    nothing, one = np.float32(0), np.uint64(1)
    count, busiest = 0, 0
    for tile in range(tiles * tiles):
        busiest = max(busiest, starts[tile + 1] - starts[tile])
    touching = np.empty(busiest, np.uint64)
    for tile in range(tiles * tiles):
        if starts[tile] == starts[tile + 1]:
            continue
        if count + TILE * TILE * SAMPLES > len(name):
            return len(name) + 1
        left, top = tile % tiles * TILE, tile // tiles * TILE
        samples[:] = nothing
        pixels = draw_tile(
            *(plane, facing, order[starts[tile] : starts[tile + 1]], left, top, touching, samples)
        )
        while pixels:
            pixel = lowest(pixels)  # pyright: ignore[reportCallIssue]  the compiler gives the first
            pixels &= pixels - one
            x, y = left + np.int32(pixel) % TILE, top + np.int32(pixel) // TILE
            if x >= size or y >= size:
                continue
            near = samples_of(pixel)
            names = near + AFTER
            left_over = ALL ^ where(samples, names, nothing)  # pyright: ignore[reportCallIssue]
            while left_over:
                ours = _surface(samples, near, left_over, chosen)
                place[count, 0], place[count, 1] = x, y
                group[count] = ours
                name[count] = samples[names + np.uint64(chosen[ours, NEAREST])]
                count += 1
                left_over ^= ours
    return count


@streaming
def _surface(samples, near, among, chosen):
    """Which of the samples `among` show the smooth surface that the first of them shows."""
    first = near + np.uint64(chosen[among, FIRST])
    return among & alike(samples, near, first)  # pyright: ignore[reportCallIssue]


@compiled
def _weigh(plane, place, group, name, middles, size, pixel, face, bary, share):
    """Fill in all that `Fragments` holds, block by block; what has two columns is flat."""
    rows, starts = np.zeros((COLUMNS + 2) * BLOCK, np.float32), np.zeros(BLOCK, np.int32)
    for first in range(0, len(face), BLOCK):
        count = min(BLOCK, len(face) - first)
        for each in range(count):
            fragment = np.uint64(first + each)
            starts[each] = (np.int32(name[fragment]) - 1) * COLUMNS
            x, y, ours = place[fragment, 0], place[fragment, 1], np.uint64(group[fragment])
            pixel[fragment], share[fragment] = y * size + x, middles[ours, 2]
            rows[ACROSS + each] = np.float32(x) + middles[ours, 0]
            rows[DOWN + each] = np.float32(y) + middles[ours, 1]
        for each in range(0, count, LANES):
            columns_of_16(  # pyright: ignore[reportCallIssue]  the compiler gives the first
                *(plane, starts, np.uint64(each), rows, np.uint64(each))
            )
        for each in range(count):
            face[first + each] = np.int32(rows[NUMBER * BLOCK + each])
        _weigh_block(rows)
        _lay_down(rows, ACROSS, bary[2 * first : 2 * (first + count)])


@streaming
def _weigh_block(rows):
    """Instead of each fragment's place in the picture, the perspective-correct weights of its face
    where that is nearest to the place."""
    nothing, one = np.float32(0), np.float32(1)
    for each in range(BLOCK):
        x = rows[ACROSS + each] - rows[LEFT * BLOCK + each]
        y = rows[DOWN + each] - rows[TOP * BLOCK + each]
        bx, by = rows[BX * BLOCK + each], rows[BY * BLOCK + each]
        cx, cy = rows[CX * BLOCK + each], rows[CY * BLOCK + each]
        b = rows[B0 * BLOCK + each] + bx * x + by * y
        c = rows[C0 * BLOCK + each] + cx * x + cy * y
        # Straight back over each side in turn: a pixel beside a sliver, weights are those of its
        # far end, or of none.
        bb, bc, cc = bx * bx + by * by, bx * cx + by * cy, cx * cx + cy * cy
        beyond = min(b, nothing)
        b, c = b - beyond, c - beyond * bc / bb
        beyond = min(c, nothing)
        b, c = b - beyond * bc / cc, c - beyond
        beyond = min(one - b - c, nothing)
        aa = bb + bc + bc + cc
        b, c = b + beyond * (bb + bc) / aa, c + beyond * (bc + cc) / aa
        # What is beyond two sides is nearest to a corner.
        b, c = max(b, nothing), max(c, nothing)
        within = one / max(b + c, one)
        b, c = b * within, c * within
        far_b, far_c = b * rows[BZ * BLOCK + each], c * rows[CZ * BLOCK + each]
        depth = one / ((one - b - c) * rows[AZ * BLOCK + each] + far_b + far_c)
        rows[ACROSS + each], rows[DOWN + each] = far_b * depth, far_c * depth


@streaming
def _lay_down(rows, first, pairs):
    """Two rows from element `first` on, as pairs of numbers."""
    for each in range(len(pairs) // 2):
        pairs[2 * each], pairs[2 * each + 1] = rows[first + each], rows[first + BLOCK + each]
