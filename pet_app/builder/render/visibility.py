"""What the camera sees: eight samples in a pixel, merged into fragments.

A fragment is the part of one surface that shows in one pixel. Light and shade are worked out once
for each fragment and not for each sample, so edges are smooth at little more than the price of one
sample. (Carpenter's A-buffer, 1984, with a rasteriser's samples for masks.)
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render import room
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.lanes import OFFSETS, SAMPLES, where
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
    NORMAL,
    PART,
    TILE,
    by_tile,
    draw_tile,
    set_up,
)
from pet_app.builder.render.scene import Scene
from pet_app.core.errors import Invalid

ALL = 2**SAMPLES - 1
"""A pixel's samples as bits."""

SAME_SURFACE = 0.92
"""The cosine between two faces' normals above which they share a fragment."""

SAME_DEPTH = 0.01
"""How far apart in depth they may lie, as a share of the depth."""

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


@dataclass(frozen=True, eq=False)
class Fragments:
    """All fragments of a picture in the order of their pixels.

    pixel, face: int32 (k,). bary: float32 (k, 2), the weights of the face's second and third
    corner, perspective correct. share: float32 (k,), how much of the pixel it covers. at: float32
    (k, 2), where in the picture. first: int32 (size² + 1,), where each pixel's fragments begin.
    """

    pixel: np.ndarray
    face: np.ndarray
    bary: np.ndarray
    share: np.ndarray
    at: np.ndarray
    first: np.ndarray


def fragments(scene: Scene, screen: np.ndarray, size: int) -> Fragments:
    """Find what shows in a square of `size` pixels; `screen` is what `View.project` gave.

    Raises Invalid where the mesh is finer than a picture of this size has room for.
    """
    faces, tiles = len(scene.faces), -(-size // TILE)
    number = room.of("number", (faces,), np.int32)
    plane = room.of("plane", (faces, COLUMNS), np.float32)
    box = room.of("box", (faces, 4), np.int16)
    count = set_up(screen, scene.faces, scene.face_normals, scene.parts, size, number, plane, box)
    starts = room.of("starts", (tiles * tiles + 1,), np.int32)
    order = room.of("order", (4 * faces,), np.int32)
    entries = by_tile(box, count, tiles, starts, order)
    if entries > len(order):
        order = room.of("order", (entries,), np.int32)
        by_tile(box, count, tiles, starts, order)
    samples = room.of("samples", (tiles, TILE, TILE, 2, SAMPLES), np.float32)
    most = min(size * size * PER_PIXEL, MOST_FRAGMENTS)
    pixel, owner = room.of("pixel", (most,), np.int32), room.of("owner", (most,), np.int32)
    at, share = room.of("at", (most, 2), np.float32), room.of("share", (most,), np.float32)
    first = np.empty(size * size + 1, np.int32)
    count = _draw(
        *(plane, box, starts, order, samples, MIDDLES, CHOSEN, size),
        *(pixel, owner, share, at, first),
    )
    if count > most:
        raise Invalid("The model is finer than a picture of this size can show.")
    face, bary = np.empty(count, np.int32), np.empty((count, 2), np.float32)
    _weigh(plane, box, number, owner, at, face, bary)
    return Fragments(
        pixel[:count].copy(), face, bary, share[:count].copy(), at[:count].copy(), first
    )


@compiled
def _draw(
    plane, box, starts, order, samples, middles, chosen, size, pixel, owner, share, at, first
):
    """Draw one row of tiles after the other and gather its pixels; returns the fragments' count.

    That is more than there is room for when the room is full.
    """
    tiles = len(samples)
    nothing = np.float32(0)
    flat = samples.reshape(-1)
    count = 0
    for band in range(tiles):
        top = band * TILE
        for column in range(tiles):
            tile = band * tiles + column
            if starts[tile] < starts[tile + 1]:
                own = samples[column]
                own[:] = 0
                draw_tile(
                    *(plane, box, order, starts[tile], starts[tile + 1]),
                    *(column * TILE, top, own),
                )
        for row in range(min(TILE, size - top)):
            if count + size * SAMPLES > len(pixel):
                return len(pixel) + 1
            y = top + row
            for column in range(tiles):
                tile, left = band * tiles + column, column * TILE
                drawn = starts[tile] < starts[tile + 1]
                for within in range(min(TILE, size - left)):
                    x = left + within
                    first[y * size + x] = count
                    if not drawn:
                        continue
                    near = np.uint64(((column * TILE + row) * TILE + within) * 2 * SAMPLES)
                    name = near + np.uint64(SAMPLES)
                    left_over = ALL ^ where(flat, name, nothing)  # pyright: ignore[reportCallIssue]
                    while left_over:
                        ours = _surface(flat, near, name, left_over, plane, chosen)
                        left_over ^= ours
                        best = np.uint64(chosen[ours, NEAREST])
                        pixel[count], owner[count] = y * size + x, int(flat[name + best]) - 1
                        share[count] = middles[ours, 2]
                        at[count, 0] = np.float32(x) + middles[ours, 0]
                        at[count, 1] = np.float32(y) + middles[ours, 1]
                        count += 1
    first[size * size] = count
    return count


@streaming
def _surface(flat, near, name, among, plane, chosen):
    """Which of the samples `among` show the smooth surface that the first of them shows."""
    first = np.uint64(chosen[among, FIRST])
    mine, depth = flat[name + first], flat[near + first]
    ours = among & where(flat, name, mine)  # pyright: ignore[reportCallIssue]
    others = among ^ ours
    while others:
        sample = np.uint64(chosen[others, FIRST])
        name_there = flat[name + sample]
        theirs = others & where(flat, name, name_there)  # pyright: ignore[reportCallIssue]
        others ^= theirs
        apart = abs(flat[near + sample] - depth)
        if apart <= np.float32(SAME_DEPTH) * depth and _alike(
            plane, int(mine) - 1, int(name_there) - 1
        ):
            ours |= theirs
    return ours


@streaming
def _alike(plane, one, other):
    """Whether two faces belong to one smooth surface."""
    cosine = np.float32(0)
    for axis in range(NORMAL, NORMAL + 3):
        cosine += plane[one, axis] * plane[other, axis]
    return plane[one, PART] == plane[other, PART] and cosine > np.float32(SAME_SURFACE)


@streaming
def _weigh(plane, box, number, owner, at, face, bary):
    """The perspective-correct weights of each fragment's face, kept within the face."""
    nothing, one = np.float32(0), np.float32(1)
    for fragment in range(len(face)):
        mine = np.uint64(owner[fragment])
        own = plane[mine]
        x = at[fragment, 0] - np.float32(box[mine, 0] & -TILE)
        y = at[fragment, 1] - np.float32(box[mine, 2] & -TILE)
        b = max(own[B0] + own[BX] * x + own[BY] * y, nothing)
        c = max(own[C0] + own[CX] * x + own[CY] * y, nothing)
        within = one / max(b + c, one)
        b, c = b * within, c * within
        depth = one / ((one - b - c) * own[AZ] + b * own[BZ] + c * own[CZ])
        face[fragment] = number[mine]
        bary[fragment, 0], bary[fragment, 1] = b * own[BZ] * depth, c * own[CZ] * depth


@compiled
def weights(screen, corners, x, y, inside):
    """The perspective-correct weights of a face's second and third corner at a place on it.

    `inside` keeps them within the face; without it they go on beyond its edges.
    """
    a, b, c = corners
    ax, ay, az = screen[a]
    bx, by, bz = screen[b]
    cx, cy, cz = screen[c]
    scale = np.float32(1) / ((bx - ax) * (cy - ay) - (cx - ax) * (by - ay))
    wb = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) * scale
    wc = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) * scale
    if inside:
        wb, wc = max(wb, np.float32(0)), max(wc, np.float32(0))
        if wb + wc > 1:
            total = wb + wc
            wb, wc = wb / total, wc / total
    wa = np.float32(1) - wb - wc
    total = wa * az + wb * bz + wc * cz
    return wb * bz / total, wc * cz / total
