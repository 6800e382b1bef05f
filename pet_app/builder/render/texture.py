"""Tiles looked up under a pixel, and the directions they lie in."""

from math import sqrt

import numpy as np

from pet_app.builder import tiles
from pet_app.builder.render.compiled import compiled, inlined
from pet_app.builder.render.material import ACROSS, ALONG, LEVELS, ROUGH, SHADE, STEEPNESS

SHARPNESS = np.float32(0.577)
"""Texels are so much finer than the pixel that, drawn out between their neighbours, they blur as
much as a square pixel does."""

MOST_TAPS = 6
MOST_STEP_MM = np.float32(100.0)

ZERO, HALF, ONE, TINY = np.float32(0), np.float32(0.5), np.float32(1), np.float32(1e-12)

TILE_MM, WEAVE_MM = np.float32(tiles.TILE_MM), np.float32(tiles.WEAVE_MM)

TANGENT, INVERSE, INVERSE_U, INVERSE_V, SIDE = 0, 3, 6, 9, 12
COLUMNS = 13


@compiled
def laid(vertices, uv, screen, i, j, k, own):
    """How a face's texture lies, float32 (COLUMNS,).

    The direction along the strap, and over the picture the slopes of 1/depth, u/depth and v/depth,
    which are straight there, each with its value at the picture's corner; and 1, or -1 where the
    texture is mirrored.
    """
    bu, bv = uv[j, 0] - uv[i, 0], uv[j, 1] - uv[i, 1]
    cu, cv = uv[k, 0] - uv[i, 0], uv[k, 1] - uv[i, 1]
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


@inlined
def footprint(own, x, y, u, v):
    """How many mm of strap a pixel covers: (u, v) per pixel right, (u, v) per pixel down."""
    depth = ONE / (own[INVERSE] * x + own[INVERSE + 1] * y + own[INVERSE + 2])
    return (
        _bounded((own[INVERSE_U] - u * own[INVERSE]) * depth),
        _bounded((own[INVERSE_V] - v * own[INVERSE]) * depth),
        _bounded((own[INVERSE_U + 1] - u * own[INVERSE + 1]) * depth),
        _bounded((own[INVERSE_V + 1] - v * own[INVERSE + 1]) * depth),
    )


@inlined
def _bounded(step):
    """A step of some mm a pixel: seen edge-on, a face runs to its horizon and beyond."""
    return step if abs(step) < MOST_STEP_MM else MOST_STEP_MM


@inlined
def taps(under):
    """How to average over a footprint: the way along it in mm, how many taps, and their size in mm.

    On the strap a pixel is an ellipse (Heckbert, 1989): its longer axis is covered by several taps,
    the shorter one by the choice of level.
    """
    uu = under[0] * under[0] + under[2] * under[2]
    uv = under[0] * under[1] + under[2] * under[3]
    vv = under[1] * under[1] + under[3] * under[3]
    half = (uu - vv) * HALF
    apart = sqrt(half * half + uv * uv)
    longer = (uu + vv) * HALF + apart
    shorter = sqrt(max(longer - apart - apart, TINY))
    longer = sqrt(max(longer, TINY))
    count = min(MOST_TAPS, int(longer / shorter + np.float32(0.7)))
    # The longer axis lies at half the angle whose cosine and sine are half / apart and uv / apart.
    cosine = half / max(apart, TINY)
    long_u = sqrt(max(HALF + HALF * cosine, ZERO))
    long_v = sqrt(max(HALF - HALF * cosine, ZERO))
    if uv < 0:
        long_v = -long_v
    wide = max(shorter, longer / np.float32(count))
    return long_u * longer, long_v * longer, count, wide * SHARPNESS


@inlined
def _level(wide, extent):
    """The level whose texels are about as wide as a tap."""
    texels = wide * np.float32(tiles.SIZE) / extent
    level = 0
    for step in range(LEVELS - 1):
        level += texels > np.float32(1.26 * 2.0**step)
    return level


@inlined
def _corners(u, v, scale, last, start):
    """The four texels round a place on a level, and how far it lies from the first of them."""
    x, y = u * scale - HALF, v * scale - HALF
    i, j = int(x), int(y)
    # Towards zero it went; `floor` would be a call.
    i -= x < np.float32(i)
    j -= y < np.float32(j)
    a, b = x - np.float32(i), y - np.float32(j)
    left, right = np.uint64(i & last), np.uint64((i + 1) & last)
    near, far = np.uint64(j & last), np.uint64((j + 1) & last)
    near, far = near * np.uint64(last + 1) + start, far * np.uint64(last + 1) + start
    return near + left, near + right, far + left, far + right, a, b


@inlined
def fetch_mask(pattern, starts, u, v, way):
    """The pattern's mask averaged over a footprint; u, v in mm, way: what `taps` gave."""
    long_u, long_v, count, wide = way
    level = _level(wide, TILE_MM)
    last, start = (1 << (LEVELS - 1 - level)) - 1, np.uint64(starts[level])
    scale, share = np.float32(last + 1) / TILE_MM, ONE / np.float32(count)
    found = np.float32(0)
    for tap in range(count):
        at = (np.float32(tap) + HALF) * share - HALF
        i, j, k, m, a, b = _corners(u + at * long_u, v + at * long_v, scale, last, start)
        first = pattern[i, 0] + a * (pattern[j, 0] - pattern[i, 0])
        found += first + b * (pattern[k, 0] + a * (pattern[m, 0] - pattern[k, 0]) - first)
    return found * share


@inlined
def fetch_weave(weaves, own, starts, u, v, way):
    """A weave's five channels averaged over a footprint."""
    long_u, long_v, count, wide = way
    level = _level(wide, WEAVE_MM)
    last, start = (1 << (LEVELS - 1 - level)) - 1, np.uint64(starts[level])
    scale, share = np.float32(last + 1) / WEAVE_MM, ONE / np.float32(count)
    along = across = steepness = shade = rough = np.float32(0)
    for tap in range(count):
        at = (np.float32(tap) + HALF) * share - HALF
        i, j, k, m, a, b = _corners(u + at * long_u, v + at * long_v, scale, last, start)
        wd = a * b
        wb, wc = a - wd, b - wd
        wa = ONE - a - wc
        along += _mixed(weaves, own, ALONG, i, j, k, m, wa, wb, wc, wd)
        across += _mixed(weaves, own, ACROSS, i, j, k, m, wa, wb, wc, wd)
        steepness += _mixed(weaves, own, STEEPNESS, i, j, k, m, wa, wb, wc, wd)
        shade += _mixed(weaves, own, SHADE, i, j, k, m, wa, wb, wc, wd)
        rough += _mixed(weaves, own, ROUGH, i, j, k, m, wa, wb, wc, wd)
    return along * share, across * share, steepness * share, shade * share, rough * share


@inlined
def _mixed(weaves, own, channel, i, j, k, m, wa, wb, wc, wd):
    return (
        wa * weaves[own, i, channel]
        + wb * weaves[own, j, channel]
        + wc * weaves[own, k, channel]
        + wd * weaves[own, m, channel]
    )
