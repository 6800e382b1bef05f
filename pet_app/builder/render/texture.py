"""Tiles looked up under a pixel, and the directions they lie in."""

from math import floor, log2, sqrt

from pet_app.builder import tiles
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.material import LEVELS
from pet_app.builder.render.vector import dot, unit
from pet_app.builder.render.visibility import weights

SHARPNESS = 0.7
"""Texture levels are chosen this much finer than the pixel: eight samples a pixel bear it."""

MOST_TAPS = 4
MOST_STEP_MM = 100.0


@compiled
def footprint(uv, screen, corners, x, y):
    """How many mm of strap a pixel covers: (u, v) per pixel right, (u, v) per pixel down."""
    b0, c0 = weights(screen, corners, x, y, False)
    b1, c1 = weights(screen, corners, x + 0.5, y, False)
    b2, c2 = weights(screen, corners, x, y + 0.5, False)
    i, j, k = corners
    bu, bv = uv[j, 0] - uv[i, 0], uv[j, 1] - uv[i, 1]
    cu, cv = uv[k, 0] - uv[i, 0], uv[k, 1] - uv[i, 1]
    return (
        _bounded(2 * ((b1 - b0) * bu + (c1 - c0) * cu)),
        _bounded(2 * ((b1 - b0) * bv + (c1 - c0) * cv)),
        _bounded(2 * ((b2 - b0) * bu + (c2 - c0) * cu)),
        _bounded(2 * ((b2 - b0) * bv + (c2 - c0) * cv)),
    )


@compiled
def _bounded(step):
    """A step of some mm a pixel: seen edge-on, a face runs to its horizon and beyond."""
    return step if abs(step) < MOST_STEP_MM else MOST_STEP_MM


@compiled
def filtered(pyramid, starts, u, v, under, extent, found):
    """All channels of a tile averaged over a pixel's footprint, with several taps along its length.

    u, v in mm; under: what `footprint` gave; extent: the tile's size in mm.
    """
    right, down = sqrt(under[0] ** 2 + under[1] ** 2), sqrt(under[2] ** 2 + under[3] ** 2)
    if right >= down:
        long_u, long_v, longer, shorter = under[0], under[1], right, down
    else:
        long_u, long_v, longer, shorter = under[2], under[3], down, right
    shorter = max(shorter, longer / MOST_TAPS, 1e-6)
    taps = min(MOST_TAPS, int(longer / shorter + 0.99))
    level = int(log2(max(shorter * SHARPNESS * tiles.SIZE / extent, 1e-6)) + 0.5)
    level = min(max(level, 0), LEVELS - 1)
    found[:] = 0
    for tap in range(taps):
        along = (tap + 0.5) / taps - 0.5
        _gather(
            *(pyramid, starts[level], 1 << (LEVELS - 1 - level)),
            *((u + along * long_u) / extent, (v + along * long_v) / extent, 1 / taps, found),
        )


@compiled
def _gather(pyramid, start, size, u, v, share, found):
    """Add a share of the tile at (u, v), in tiles, between the four nearest texels of one level."""
    x, y = u * size - 0.5, v * size - 0.5
    i, j = floor(x), floor(y)
    a, b = x - i, y - j
    left, right = i & (size - 1), (i + 1) & (size - 1)
    near, far = start + (j & (size - 1)) * size, start + ((j + 1) & (size - 1)) * size
    for channel in range(len(found)):
        top = (1 - a) * pyramid[near + left, channel] + a * pyramid[near + right, channel]
        low = (1 - a) * pyramid[far + left, channel] + a * pyramid[far + right, channel]
        found[channel] += share * ((1 - b) * top + b * low)


@compiled
def tangent(vertices, uv, corners, nx, ny, nz):
    """Unit vectors along the strap and across it, at right angles to the normal."""
    i, j, k = corners
    bu, bv = uv[j, 0] - uv[i, 0], uv[j, 1] - uv[i, 1]
    cu, cv = uv[k, 0] - uv[i, 0], uv[k, 1] - uv[i, 1]
    area = bu * cv - cu * bv
    if abs(area) < 1e-9:
        return (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)
    tx = (cv * (vertices[j, 0] - vertices[i, 0]) - bv * (vertices[k, 0] - vertices[i, 0])) / area
    ty = (cv * (vertices[j, 1] - vertices[i, 1]) - bv * (vertices[k, 1] - vertices[i, 1])) / area
    tz = (cv * (vertices[j, 2] - vertices[i, 2]) - bv * (vertices[k, 2] - vertices[i, 2])) / area
    off = dot(tx, ty, tz, nx, ny, nz)
    tx, ty, tz = unit(tx - off * nx, ty - off * ny, tz - off * nz)
    side = 1.0 if area > 0 else -1.0
    return (
        (tx, ty, tz),
        (
            side * (ny * tz - nz * ty),
            side * (nz * tx - nx * tz),
            side * (nx * ty - ny * tx),
        ),
    )
