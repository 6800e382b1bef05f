"""Noise taken out of traced light, by neighbours that show the same.

The edge-avoiding à-trous wavelet (Dammertz and others 2010): a small kernel run again and again,
each time with its taps further apart. A neighbour counts as far as it mirrors the same directions,
so that polished metal keeps its edges and rough metal loses its noise. Small surfaces go fragment
by fragment, broad ones as an image (`broad`).
"""

import numpy as np

from pet_app.builder.render import room
from pet_app.builder.render.apart import MOST_APART, TINY
from pet_app.builder.render.broad import ALPHA, APART_MM, MIDST, ONE, as_image
from pet_app.builder.render.compiled import compiled

STRIDES = (1, 3)
"""How many pixels lie between the taps of each run."""

WIDTH, FURTHER = 2.5, np.float32(4)
"""Directions further apart than so many of the lobe's alpha do not speak for each other, unless
they change so fast that the second, see `apart.FURTHER`, lets them."""


def smooth(
    found: np.ndarray,
    guide: np.ndarray,
    expected: np.ndarray,
    which: np.ndarray,
    slot: np.ndarray,
    pixel: np.ndarray,
    places: np.ndarray,
    size: int,
    broad: bool,
) -> np.ndarray:
    """Even out rows of `found`, float32 (m, columns), those of the fragments `which`.

    expected: float32 (3, k): what fragments would mirror of the studio if nothing were in the way.
    """
    if broad:
        return as_image(found, guide, expected, which, slot, pixel, places, size)
    # Whatever is left over in it: who is named at a pixel is asked whether it lies there.
    at = room.of("smooth.at", (size * size,), np.int32)
    at[pixel[which]] = np.arange(len(which), dtype=np.int32)
    closeness = np.empty(len(which), np.float32)
    _loosen(guide, which, slot, pixel, size, at, closeness)
    for stride in STRIDES:
        after = np.empty_like(found)
        _pass(stride, found, guide, closeness, which, slot, pixel, places, size, at, after)
        found = after
    return found


@compiled
def _loosen(guide, which, slot, pixel, size, at, closeness):
    """One over the square of how far apart directions may be that speak for each other."""
    for place in range(len(which)):
        fragment, own = which[place], guide[place]
        column, row = pixel[fragment] % size, pixel[fragment] // size
        least = second = MOST_APART
        for y in range(max(row - 1, 0), min(row + 2, size)):
            for x in range(max(column - 1, 0), min(column + 2, size)):
                other = at[y * size + x]
                if other < 0 or other >= len(which) or other == place:
                    continue
                there = which[other]
                if pixel[there] != y * size + x or slot[there] != slot[fragment]:
                    continue
                its = guide[other]
                a, b, c = its[0] - own[0], its[1] - own[1], its[2] - own[2]
                off = a * a + b * b + c * c
                second = min(second, max(off, least))
                least = min(least, off)
        loose = ONE / max(FURTHER * second, TINY)
        closeness[place] = min(1 / (WIDTH * own[ALPHA]) ** 2, loose)


@compiled
def _pass(stride, found, guide, closeness, which, slot, pixel, places, size, at, after):
    columns = found.shape[1]
    for place in range(len(which)):
        fragment = which[place]
        own, mine, out = guide[place], found[place], after[place]
        column, row = pixel[fragment] % size, pixel[fragment] // size
        px, py, pz, nx, ny, nz = places[fragment]
        whole = MIDST
        for channel in range(columns):
            out[channel] = whole * mine[channel]
        for down in range(-1, 2):
            for right in range(-1, 2):
                x, y = column + right * stride, row + down * stride
                if x < 0 or y < 0 or x >= size or y >= size or (down == 0 and right == 0):
                    continue
                other = at[y * size + x]
                if other < 0 or other >= len(which):
                    continue
                there = which[other]
                if pixel[there] != y * size + x or slot[there] != slot[fragment]:
                    continue
                its = guide[other]
                a, b, c = its[0] - own[0], its[1] - own[1], its[2] - own[2]
                near = ONE - (a * a + b * b + c * c) * closeness[place]
                if near <= 0:
                    continue
                off = (places[there, 0] - px) * nx + (places[there, 1] - py) * ny
                off += (places[there, 2] - pz) * nz
                if abs(off) > APART_MM:
                    continue
                share = near * near * np.float32((2 - abs(down)) * (2 - abs(right)))
                whole += share
                for channel in range(columns):
                    out[channel] += share * found[other, channel]
        for channel in range(columns):
            out[channel] /= whole
