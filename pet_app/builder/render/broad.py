"""Noise taken out of broad traced surfaces: as an image, whole rows at a time.

The runs of `smooth`, with neighbours that must be as bright, too, in those that reach far (SVGF,
Schied and others 2017). What they take of a relief's own light and shade comes back: over a few
pixels brightness follows what is expected without anything in the way along a line, as in the
guided filter (He and others 2013).
"""

import numpy as np

from pet_app.builder.render.apart import MOST_APART, nearest, nearness, widen
from pet_app.builder.render.compiled import compiled, streaming

STRIDES = (1, 2, 4, 8)
"""How many pixels lie between the taps of each run."""

RIM = max(STRIDES)
"""Empty pixels round an image, so that every tap finds one."""

WIDTH = 3.0
"""Directions further apart than so many of the lobe's alpha do not speak for each other."""

APART_MM = np.float32(1)
"""Nor do places that lie so far above each other's plane."""

ALPHA, GUIDE = 3, 4
"""The last column of the guide, after the mirrored direction: GGX's alpha."""

LIKE_FROM, UNLIKE, LEAST = 4, np.float32(1.5), np.float32(0.02)
"""In runs whose taps are that far apart what differs by more than noise does is an edge in what is
mirrored. Noise is what brightness varies by round about: of its variance the second, of brightness
at least the third."""

PLACE, EXPECTED, PLANES = 4, 10, 11
"""Planes that say who speaks for whom: as the guide, with the closeness asked for in place of
alpha; then as `Frame.places`. In the last lies what is expected."""

BRIGHT, SQUARE, FORESEEN, BOTH, ITS_SQUARE = -5, -4, -3, -2, -1
"""The last planes of what is evened: brightness and its square, what is expected, the product of
both, and its square."""

FAINT, LEAST_DETAIL, MOST_DETAIL = (np.float32(value) for value in (1e-3, 0.5, 2.0))
"""What is expected to vary by less than the root of the first brings little back; what it brings
changes brightness by a factor between the others."""

AWAY = np.float32(8)
"""Other slots are taken to mirror directions so far off, and empty pixels a hundred times further.
"""

ROUND = 2
"""How far from its pixel a fragment asks that does not stand for it."""

NONE, ONE, MIDST, TINY = (np.float32(value) for value in (0, 1, 4, 1e-6))


def as_image(
    found: np.ndarray,
    guide: np.ndarray,
    expected: np.ndarray,
    which: np.ndarray,
    slot: np.ndarray,
    pixel: np.ndarray,
    places: np.ndarray,
    size: int,
) -> np.ndarray:
    """Even out rows of `found`; see `smooth`."""
    rows, columns = np.divmod(pixel[which], size)
    top, left = int(rows.min()) - RIM, int(columns.min()) - RIM
    shape = int(rows.max()) - top + RIM + 1, int(columns.max()) - left + RIM + 1
    at = ((rows - top) * shape[1] + columns - left).astype(np.int32)
    planes = np.zeros((PLANES, *shape), np.float32)
    planes[0] = 100 * AWAY
    values, after = np.zeros((2, found.shape[1] - BRIGHT, *shape), np.float32)
    stands = np.empty(shape, np.int32)
    _lay_out(found, guide, expected, which, slot, places, at, planes, values, stands)
    _loosen(planes)
    for stride in STRIDES:
        _rows(stride, planes, values, after, stride >= LIKE_FROM)
        values, after = after, values
    slope = after[:1]
    _slopes(values, slope[0])
    _rows(STRIDES[-1], planes, slope, values[BOTH:ITS_SQUARE], False)
    _detail(planes[EXPECTED], values)
    evened = np.empty_like(found)
    _take(found, guide, which, slot, places, at, planes, values, stands, evened)
    return evened


@compiled
def _lay_out(found, guide, expected, which, slot, places, at, planes, values, stands):
    """Of several fragments of a pixel the last one stands for it."""
    flat, shown = planes.reshape(PLANES, -1), values.reshape(len(values), -1)
    names = stands.reshape(-1)
    for place in range(len(which)):
        fragment, spot = which[place], at[place]
        names[spot] = place
        flat[0, spot] = guide[place, 0] + AWAY * np.float32(slot[fragment])
        flat[1, spot], flat[2, spot] = guide[place, 1], guide[place, 2]
        flat[ALPHA, spot] = 1 / (WIDTH * guide[place, ALPHA]) ** 2
        for column in range(6):
            flat[PLACE + column, spot] = places[fragment, column]
        bright = NONE
        for column in range(found.shape[1]):
            shown[column, spot] = found[place, column]
            bright += found[place, column]
        told = expected[0, fragment] + expected[1, fragment] + expected[2, fragment]
        flat[EXPECTED, spot] = told
        shown[BRIGHT, spot], shown[SQUARE, spot] = bright, bright * bright
        shown[FORESEEN, spot], shown[BOTH, spot] = told, told * bright
        shown[ITS_SQUARE, spot] = told * told


@compiled
def _take(found, guide, which, slot, places, at, planes, values, stands, evened):
    """Fragments that do not stand for their pixel ask those round about, who have heard theirs."""
    across = planes.shape[2]
    flat, shown = planes.reshape(PLANES, -1), values.reshape(len(values), -1)
    names = stands.reshape(-1)
    for place in range(len(which)):
        spot, out = at[place], evened[place]
        if names[spot] == place:
            for column in range(len(out)):
                out[column] = shown[column, spot]
            continue
        fragment, whole = which[place], ONE
        out[:] = found[place]
        own = guide[place, 0] + AWAY * np.float32(slot[fragment])
        closeness = np.float32(1 / (WIDTH * guide[place, ALPHA]) ** 2)
        for down in range(-ROUND, ROUND + 1):
            for right in range(-ROUND, ROUND + 1):
                its = spot + down * across + right
                a, b = flat[0, its] - own, flat[1, its] - guide[place, 1]
                c = flat[2, its] - guide[place, 2]
                near = ONE - (a * a + b * b + c * c) * closeness
                if near <= 0:
                    continue
                off = NONE
                for axis in range(3):
                    off += (flat[PLACE + axis, its] - places[fragment, axis]) * places[
                        fragment, 3 + axis
                    ]
                if abs(off) > APART_MM:
                    continue
                share = near * near
                whole += share
                for column in range(len(out)):
                    out[column] += share * shown[column, its]
        for column in range(len(out)):
            out[column] /= whole


@streaming
def _rows(stride, planes, values, after, like):
    wide, end = planes.shape[2] - 2 * RIM, planes.shape[2] - RIM
    share, off = np.empty(wide, np.float32), np.empty(wide, np.float32)
    whole, scale = np.empty(wide, np.float32), np.empty(wide, np.float32)
    for row in range(RIM, planes.shape[1] - RIM):
        whole[:] = MIDST
        if like:
            _scales(values[BRIGHT, row, RIM:end], values[SQUARE, row, RIM:end], scale)
        for column in range(len(values)):
            _start(values[column, row, RIM:end], after[column, row, RIM:end])
        for down in range(-1, 2):
            for right in range(-1, 2):
                if down == 0 and right == 0:
                    continue
                line, first = row + down * stride, RIM + right * stride
                last = first + wide
                nearness(
                    *(planes[0, line, first:last], planes[0, row, RIM:end]),
                    *(planes[1, line, first:last], planes[1, row, RIM:end]),
                    *(planes[2, line, first:last], planes[2, row, RIM:end]),
                    *(planes[ALPHA, row, RIM:end], share),
                )
                _above(
                    *(
                        planes[4, line, first:last],
                        planes[4, row, RIM:end],
                        planes[7, row, RIM:end],
                    ),
                    *(
                        planes[5, line, first:last],
                        planes[5, row, RIM:end],
                        planes[8, row, RIM:end],
                    ),
                    *(
                        planes[6, line, first:last],
                        planes[6, row, RIM:end],
                        planes[9, row, RIM:end],
                    ),
                    off,
                )
                if like:
                    _alike(
                        values[BRIGHT, line, first:last], values[BRIGHT, row, RIM:end], scale, share
                    )
                _weigh(off, np.float32((2 - abs(down)) * (2 - abs(right))), share, whole)
                for column in range(len(values)):
                    _add(share, values[column, line, first:last], after[column, row, RIM:end])
        for column in range(len(values)):
            _divide(whole, after[column, row, RIM:end])


@streaming
def _loosen(planes):
    """Where directions change so fast that no neighbour would be heard, along a rim some are."""
    wide, end = planes.shape[2] - 2 * RIM, planes.shape[2] - RIM
    least, second = np.empty(wide, np.float32), np.empty(wide, np.float32)
    for row in range(RIM, planes.shape[1] - RIM):
        least[:] = second[:] = MOST_APART
        for down in range(-1, 2):
            for right in range(-1, 2):
                if down == 0 and right == 0:
                    continue
                first = RIM + right
                last = first + wide
                nearest(
                    *(planes[0, row + down, first:last], planes[0, row, RIM:end]),
                    *(planes[1, row + down, first:last], planes[1, row, RIM:end]),
                    *(planes[2, row + down, first:last], planes[2, row, RIM:end]),
                    *(least, second),
                )
        widen(second, planes[ALPHA, row, RIM:end])


@compiled
def _slopes(values, slope):
    """How brightness grows with what is expected."""
    for row in range(slope.shape[0]):
        for column in range(slope.shape[1]):
            told, bright = values[FORESEEN, row, column], values[BRIGHT, row, column]
            spread = max(values[ITS_SQUARE, row, column] - told * told, NONE) + FAINT
            slope[row, column] = (values[BOTH, row, column] - told * bright) / spread


@compiled
def _detail(expected, values):
    """Put back what relief shows; the slopes lie in the plane of products."""
    for row in range(expected.shape[0]):
        for column in range(expected.shape[1]):
            more = expected[row, column] - values[FORESEEN, row, column]
            more *= values[BOTH, row, column] / max(values[BRIGHT, row, column], FAINT)
            factor = min(max(ONE + more, LEAST_DETAIL), MOST_DETAIL)
            for plane in range(len(values) + BRIGHT):
                values[plane, row, column] *= factor


# Loops of their own, so that none names more rows than the compiler compares for overlap.


@streaming
def _start(mine, out):
    for place in range(len(out)):
        out[place] = MIDST * mine[place]


@streaming
def _scales(mean, square, scale):
    for place in range(len(scale)):
        spread = max(square[place] - mean[place] * mean[place], NONE)
        least = LEAST * mean[place]
        scale[place] = ONE / (UNLIKE * spread + least * least + TINY)


@streaming
def _alike(its, mine, scale, share):
    for place in range(len(share)):
        apart = its[place] - mine[place]
        share[place] *= max(ONE - apart * apart * scale[place], NONE)


@streaming
def _above(ax, bx, nx, ay, by, ny, az, bz, nz, off):
    for place in range(len(off)):
        x, y, z = ax[place] - bx[place], ay[place] - by[place], az[place] - bz[place]
        off[place] = x * nx[place] + y * ny[place] + z * nz[place]


@streaming
def _weigh(off, part, share, whole):
    for place in range(len(share)):
        near = share[place]
        share[place] = near * near * part if abs(off[place]) <= APART_MM else NONE
        whole[place] += share[place]


@streaming
def _add(share, its, out):
    for place in range(len(share)):
        out[place] += share[place] * its[place]


@streaming
def _divide(whole, out):
    for place in range(len(out)):
        out[place] /= whole[place]
