"""Tiles looked up under a pixel, and the directions they lie in."""

from math import sqrt

import numpy as np

from pet_app.builder import tiles
from pet_app.builder.render.compiled import compiled, inlined, streaming
from pet_app.builder.render.gather import BLOCK, TAPS
from pet_app.builder.render.material import LEVELS

SHARPNESS = 0.577
"""Texels are so much finer than the pixel that, drawn out between their neighbours, they blur as
much as a square pixel does."""

FINER = 1.26
"""Texels this much finer than a tap are fine enough: the next level's would be too coarse."""

MOST_STEP_MM = np.float32(100.0)

ZERO, HALF, ONE, TWO, FOUR = (np.float32(value) for value in (0, 0.5, 1, 2, 4))
WHOLE, EDGE = np.float32(tiles.SIZE), np.float32(FINER * FINER)

WEAVE_TILE, PATTERN_TILE = np.float32(1 / tiles.WEAVE_MM), np.float32(1 / tiles.TILE_MM)
"""Tiles to the mm."""

SHARP = np.float32((SHARPNESS * tiles.SIZE) ** 2)
FEWER = np.float32(1 / TAPS**2)
SHARE = np.float32(1 / TAPS)
AVERAGE = np.float32(1 / TAPS / 255)

TANGENT, SIDE, U, V, NEARNESS, OVER_U, OVER_V = 0, 3, 4, 7, 10, 12, 14
COLUMNS = 16

AT_U, AT_V, RIGHT_U, RIGHT_V, DOWN_U, DOWN_V, LONG_U, LONG_V, ACROSS, STRIDE = range(
    0, 10 * BLOCK, BLOCK
)
"""Rows of `under`: place in mm; mm per pixel right and down; the longer axis; the shorter one's
square; texels from line to line."""

UNDER = 10


@compiled
def laid(vertices, uv, screen, i, j, k, own):
    """How a face's texture lies, float32 (COLUMNS,): all there is to know, in one line of cache.

    The direction along the strap, and -1 where the texture is mirrored; u and v at the first corner
    and on to the other two; how 1/depth, u/depth and v/depth, which are straight over the picture,
    grow to the right and down.
    """
    bu, bv = uv[j, 0] - uv[i, 0], uv[j, 1] - uv[i, 1]
    cu, cv = uv[k, 0] - uv[i, 0], uv[k, 1] - uv[i, 1]
    own[U], own[U + 1], own[U + 2] = uv[i, 0], bu, cu
    own[V], own[V + 1], own[V + 2] = uv[i, 1], bv, cv
    side = ONE if bu * cv - cu * bv > 0 else -ONE
    own[SIDE] = side
    for axis in range(3):
        own[TANGENT + axis] = side * (
            cv * (vertices[j, axis] - vertices[i, axis])
            - bv * (vertices[k, axis] - vertices[i, axis])
        )
    ax, ay, az = screen[i, 0], screen[i, 1], screen[i, 2]
    bx, by, bz = screen[j, 0] - ax, screen[j, 1] - ay, screen[j, 2]
    cx, cy, cz = screen[k, 0] - ax, screen[k, 1] - ay, screen[k, 2]
    scale = ONE / (bx * cy - cx * by)
    for place in range(3):
        first, second, third = az, bz, cz
        if place > 0:
            first *= uv[i, place - 1]
            second *= uv[j, place - 1]
            third *= uv[k, place - 1]
        own[NEARNESS + 2 * place] = ((second - first) * cy - (third - first) * by) * scale
        own[NEARNESS + 2 * place + 1] = ((third - first) * bx - (second - first) * cx) * scale


@compiled
def lay(vertices, uv, screen, faces, face, layouts):
    """Find `laid` for all faces that are seen, in their own order: neighbours share corners."""
    seen = np.zeros(len(faces), np.uint8)
    for fragment in range(len(face)):
        seen[np.uint64(face[fragment])] = 1
    for mine in range(len(faces)):
        if seen[mine]:
            laid(
                *(vertices, uv, screen, faces[mine, 0], faces[mine, 1], faces[mine, 2]),
                layouts[mine],
            )


@streaming
def lie(layouts, under, b, c, depth):
    """Where on the strap the fragments of a block lie, and how far it is there from pixel to pixel.

    layouts: the columns of `laid`, a row of the block to each. b, c: the weights of the face's
    second and third corner.
    """
    for place in range(BLOCK):
        u = layouts[U * BLOCK + place] + b[place] * layouts[(U + 1) * BLOCK + place]
        v = layouts[V * BLOCK + place] + b[place] * layouts[(V + 1) * BLOCK + place]
        u += c[place] * layouts[(U + 2) * BLOCK + place]
        v += c[place] * layouts[(V + 2) * BLOCK + place]
        right, down = layouts[NEARNESS * BLOCK + place], layouts[(NEARNESS + 1) * BLOCK + place]
        far = depth[place]
        under[AT_U + place], under[AT_V + place] = u, v
        under[RIGHT_U + place] = (layouts[OVER_U * BLOCK + place] - u * right) * far
        under[RIGHT_V + place] = (layouts[OVER_V * BLOCK + place] - v * right) * far
        under[DOWN_U + place] = (layouts[(OVER_U + 1) * BLOCK + place] - u * down) * far
        under[DOWN_V + place] = (layouts[(OVER_V + 1) * BLOCK + place] - v * down) * far


@streaming
def footprints(under):
    """The ellipse on the strap that each pixel of a block is (Heckbert, 1989).

    Several taps lie along its longer axis; they are as wide as the shorter one, which the choice of
    level covers.
    """
    for place in range(BLOCK):
        right_u, right_v = _bounded(under[RIGHT_U + place]), _bounded(under[RIGHT_V + place])
        down_u, down_v = _bounded(under[DOWN_U + place]), _bounded(under[DOWN_V + place])
        uu = right_u * right_u + down_u * down_u
        uv = right_u * right_v + down_u * down_v
        vv = right_v * right_v + down_v * down_v
        half = (uu - vv) * HALF
        apart = sqrt(half * half + uv * uv)
        longer = (uu + vv) * HALF + apart
        # The taps are drawn apart by as much as the ellipse is longer than a circle.
        along = sqrt(max(apart + half, ZERO))
        aside = sqrt(max(apart - half, ZERO))
        under[LONG_U + place] = along
        under[LONG_V + place] = aside if uv >= 0 else -aside
        under[ACROSS + place] = max(longer - apart - apart, (apart + apart) * FEWER) * SHARP


@inlined
def _bounded(step):
    """A step of some mm a pixel: seen edge-on, a face runs to its horizon and beyond."""
    return step if abs(step) < MOST_STEP_MM else MOST_STEP_MM


@streaming
def aimed(under, per_mm, spots, parts):
    """Which texels of a tile the taps of a block lie between.

    spots: int32 rows, one for each tap: the texel before it. parts: float32 rows, two for each: how
    far it lies to the next texel, and to the next line.
    """
    for place in range(BLOCK):
        # The level whose texels are about as wide as a tap.
        across = under[ACROSS + place] * per_mm * per_mm
        side, start, edge = WHOLE, ZERO, EDGE
        for _ in range(LEVELS - 1):
            coarser = across > edge
            start += (side + TWO) * (side + TWO) if coarser else ZERO
            side *= HALF if coarser else ONE
            edge *= FOUR
        line = side + TWO
        under[STRIDE + place] = line
        u, v = under[AT_U + place] * per_mm, under[AT_V + place] * per_mm
        long_u, long_v = under[LONG_U + place] * per_mm, under[LONG_V + place] * per_mm
        for tap in range(TAPS):
            step = (np.float32(tap) + HALF) * SHARE - HALF
            x = _within(u + step * long_u) * side + HALF
            y = _within(v + step * long_v) * side + HALF
            column, row = np.float32(np.int32(x)), np.float32(np.int32(y))
            parts[2 * tap * BLOCK + place] = x - column
            parts[(2 * tap + 1) * BLOCK + place] = y - row
            spots[tap * BLOCK + place] = np.int32(start + row * line + column)


@inlined
def _within(place):
    """A place among repeated tiles as a place on one, from 0 to 1."""
    place -= np.float32(np.int32(place))
    return place + ONE if place < 0 else place


@streaming
def masks(pattern, spots, parts, texels, found):
    """The pattern's mask averaged over the footprints of a block; texels: uint32, to work in."""
    for place in range(TAPS * BLOCK):
        texels[place] = pattern[np.uint64(spots[place])]
    for place in range(BLOCK):
        total = ZERO
        for tap in range(TAPS):
            around = texels[tap * BLOCK + place]
            a, b = parts[2 * tap * BLOCK + place], parts[(2 * tap + 1) * BLOCK + place]
            here, right = _byte(around, 0), _byte(around, 8)
            down, both = _byte(around, 16), _byte(around, 24)
            here += a * (right - here)
            total += here + b * (down + a * (both - down) - here)
        found[place] = total * AVERAGE


@inlined
def _byte(texels, first):
    return np.float32(np.int32(texels >> np.uint32(first) & np.uint32(255)))
