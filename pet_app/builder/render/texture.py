"""Tiles looked up under a pixel, and the directions they lie in."""

from math import floor, sqrt

import numpy as np

from pet_app.builder import tiles
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.material import LEVELS

SHARPNESS = np.float32(0.7)
"""Texture levels are chosen this much finer than the pixel: eight samples a pixel bear it."""

MOST_TAPS = 4
MOST_STEP_MM = np.float32(100.0)

ONE, HALF = np.float32(1), np.float32(0.5)
ROOT_TWO = np.float32(sqrt(2))

TANGENT, INVERSE, INVERSE_U, INVERSE_V = 0, 3, 6, 9
COLUMNS = 12


@compiled
def laid(vertices, uv, screen, corners, own):
    """How a face's texture lies, float32 (COLUMNS,).

    The direction along the strap, and over the picture the slopes of 1/depth, u/depth and v/depth,
    which are straight there; each with its value at the picture's corner.
    """
    i, j, k = corners
    bu, bv = uv[j, 0] - uv[i, 0], uv[j, 1] - uv[i, 1]
    cu, cv = uv[k, 0] - uv[i, 0], uv[k, 1] - uv[i, 1]
    side = ONE if bu * cv - cu * bv > 0 else -ONE
    for axis in range(3):
        own[TANGENT + axis] = side * (
            cv * (vertices[j, axis] - vertices[i, axis])
            - bv * (vertices[k, axis] - vertices[i, axis])
        )
    ax, ay, az = screen[i]
    bx, by, bz = screen[j, 0] - ax, screen[j, 1] - ay, screen[j, 2]
    cx, cy, cz = screen[k, 0] - ax, screen[k, 1] - ay, screen[k, 2]
    scale = ONE / (bx * cy - cx * by)
    for place in range(3):
        if place == 0:
            first, second, third = az, bz, cz
        else:
            first = az * uv[i, place - 1]
            second, third = bz * uv[j, place - 1], cz * uv[k, place - 1]
        right = ((second - first) * cy - (third - first) * by) * scale
        down = ((third - first) * bx - (second - first) * cx) * scale
        own[INVERSE + 3 * place] = right
        own[INVERSE + 3 * place + 1] = down
        own[INVERSE + 3 * place + 2] = first - ax * right - ay * down
    return side


@compiled
def footprint(own, x, y, u, v):
    """How many mm of strap a pixel covers: (u, v) per pixel right, (u, v) per pixel down."""
    depth = ONE / (own[INVERSE] * x + own[INVERSE + 1] * y + own[INVERSE + 2])
    return (
        _bounded((own[INVERSE_U] - u * own[INVERSE]) * depth),
        _bounded((own[INVERSE_V] - v * own[INVERSE]) * depth),
        _bounded((own[INVERSE_U + 1] - u * own[INVERSE + 1]) * depth),
        _bounded((own[INVERSE_V + 1] - v * own[INVERSE + 1]) * depth),
    )


@compiled
def _bounded(step):
    """A step of some mm a pixel: seen edge-on, a face runs to its horizon and beyond."""
    return step if abs(step) < MOST_STEP_MM else MOST_STEP_MM


@compiled
def taps(under):
    """How to average over a footprint: the way along it in mm, how many taps, and their size in mm.

    The longer side is covered by several taps, the shorter one by the choice of level.
    """
    right = sqrt(under[0] * under[0] + under[1] * under[1])
    down = sqrt(under[2] * under[2] + under[3] * under[3])
    if right >= down:
        long_u, long_v, longer, shorter = under[0], under[1], right, down
    else:
        long_u, long_v, longer, shorter = under[2], under[3], down, right
    shorter = max(shorter, longer / np.float32(MOST_TAPS), np.float32(1e-6))
    count = min(MOST_TAPS, int(longer / shorter + np.float32(0.99)))
    return long_u, long_v, count, shorter * SHARPNESS


@compiled
def fetch(pyramid, starts, u, v, way, extent, found):
    """All channels of a tile averaged over a footprint.

    u, v in mm; way: what `taps` gave; extent: the tile's size in mm.
    """
    long_u, long_v, count, wide = way
    texels = wide * np.float32(tiles.SIZE) / extent
    level = 0
    while texels > ROOT_TWO and level < LEVELS - 1:
        texels *= HALF
        level += 1
    start, size = starts[level], 1 << (LEVELS - 1 - level)
    scale = np.float32(size) / extent
    share = ONE / np.float32(count)
    found[:] = 0
    for tap in range(count):
        along = (np.float32(tap) + HALF) * share - HALF
        x, y = (u + along * long_u) * scale - HALF, (v + along * long_v) * scale - HALF
        i, j = floor(x), floor(y)
        a, b = x - np.float32(i), y - np.float32(j)
        left, right = i & (size - 1), (i + 1) & (size - 1)
        near, far = start + (j & (size - 1)) * size, start + ((j + 1) & (size - 1)) * size
        low = b * share
        high = share - low
        for channel in range(len(found)):
            first = pyramid[near + left, channel]
            last = pyramid[far + left, channel]
            first += a * (pyramid[near + right, channel] - first)
            last += a * (pyramid[far + right, channel] - last)
            found[channel] += high * first + low * last
