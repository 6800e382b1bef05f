"""Noise taken out of traced light, by neighbours that show the same.

The edge-avoiding à-trous wavelet (Dammertz and others 2010): a small kernel run again and again,
each time with its taps further apart. A neighbour counts as far as it mirrors the same directions,
so that polished metal keeps its edges and rough metal loses its noise.
"""

import numpy as np

from pet_app.builder.render import room
from pet_app.builder.render.compiled import compiled

STRIDES, BROAD_STRIDES = (1, 3), (1, 2, 4, 8)
"""How many pixels lie between the taps of each run, on small surfaces and on broad ones."""

WIDTH = 2.5
"""Directions further apart than so many of the lobe's alpha do not speak for each other."""

APART_MM = 1.0
"""Nor do places that lie so far above each other's plane."""

WAY, ALPHA = 0, 3
"""Columns of the guide: the mirrored direction, and GGX's alpha."""


def smooth(
    found: np.ndarray,
    guide: np.ndarray,
    which: np.ndarray,
    slot: np.ndarray,
    pixel: np.ndarray,
    places: np.ndarray,
    size: int,
    broad: bool,
) -> np.ndarray:
    """Even out rows of `found`, float32 (m, columns), those of the fragments `which`."""
    at = room.of("smooth.at", (size * size,), np.int32)
    at[:] = -1
    at[pixel[which]] = np.arange(len(which), dtype=np.int32)
    for stride in BROAD_STRIDES if broad else STRIDES:
        after = np.empty_like(found)
        _pass(stride, found, guide, which, slot, pixel, places, size, at, after)
        found = after
    return found


@compiled
def _pass(stride, found, guide, which, slot, pixel, places, size, at, after):
    columns = found.shape[1]
    for place in range(len(which)):
        fragment = which[place]
        own, mine, out = guide[place], found[place], after[place]
        column, row = pixel[fragment] % size, pixel[fragment] // size
        px, py, pz, nx, ny, nz = places[fragment]
        closeness = np.float32(1 / (WIDTH * own[ALPHA]) ** 2)
        whole = np.float32(4)
        for channel in range(columns):
            out[channel] = whole * mine[channel]
        for down in range(-1, 2):
            for right in range(-1, 2):
                x, y = column + right * stride, row + down * stride
                if x < 0 or y < 0 or x >= size or y >= size or (down == 0 and right == 0):
                    continue
                other = at[y * size + x]
                if other < 0 or slot[which[other]] != slot[fragment]:
                    continue
                its = guide[other]
                a, b, c = its[0] - own[0], its[1] - own[1], its[2] - own[2]
                near = 1 - (a * a + b * b + c * c) * closeness
                if near <= 0:
                    continue
                there = places[which[other]]
                off = (there[0] - px) * nx + (there[1] - py) * ny + (there[2] - pz) * nz
                if abs(off) > APART_MM:
                    continue
                share = near * near * np.float32((2 - abs(down)) * (2 - abs(right)))
                whole += share
                for channel in range(columns):
                    out[channel] += share * found[other, channel]
        for channel in range(columns):
            out[channel] /= whole
