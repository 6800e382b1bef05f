"""The floor: how much light reaches it round the piece, and how much the piece throws on it.

What the floor sees of the piece is traced once (`sight.py`); lamps set up anew only weigh it again.
"""

from functools import cache

import numpy as np

from pet_app.builder.render import sampling
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.grid import Grid
from pet_app.builder.render.ground import ACROSS, COARSE, Floor
from pet_app.builder.render.light import KEY, REST, Light, looked_up, shining
from pet_app.builder.render.patches import Patches, again, patches, thrown
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.sight import MANY, WAYS, Sight, many_ways, sight, ways

MOST_AGAIN = 0.9
"""Even a white piece loses some light each time."""

FINE = 96
"""Directions for each of a place's ways at which its light is looked at."""


def floor(scene: Scene, light: Light) -> Floor:
    """Weigh what the floor sees by the light that comes from there."""
    seen = sight(scene)
    coarse, fine = seen.coarse, seen.fine
    table, many, whole = _by_byte(light)
    # What casts shadows there is far off, so they are soft.
    values = np.empty(coarse.free.shape, np.float32)
    _look_up(coarse.free, table, values)
    far = coarse.smooth(coarse.evened(values))
    _fill(far, coarse.known, coarse.gaps)
    near, values = np.zeros(fine.free.shape, np.float32), np.empty(fine.free.shape, np.float32)
    _look_up_near(fine.free.reshape(-1), seen.near, many, near.reshape(-1))
    soft = np.empty_like(far)
    _blend(far, fine.evened(near), seen.share, fine.fade, values, soft)
    known = patches(scene)
    once = thrown(known, light, soft)
    bounce = _thrown(seen, known, once, whole)
    both = bounce[0] + bounce[1]
    twice = again(known, light, once * known.bright, both)
    more = _thrown(seen, known, twice, whole).sum(axis=0) / np.maximum(both, np.float32(1e-4))
    more = np.minimum(more, np.float32(MOST_AGAIN))
    return Floor(values, soft, bounce, more, np.stack([once, twice], axis=1), whole, seen.place)


def _thrown(seen: Sight, known: Patches, back: np.ndarray, whole: float) -> np.ndarray:
    """float32 (2, COARSE, COARSE), see `Floor.bounce`; whole: irradiance over π on open floor."""
    found = np.zeros((2, COARSE, COARSE), np.float32)
    back = back / np.float32(WAYS * whole)
    _gather(seen.ends, seen.busy, seen.met, back * known.body, back * known.others, found)
    settle(seen.coarse, found)
    return found


def settle(grid: Grid, parts: np.ndarray) -> None:
    """Even out what the coarse grid's places found, float32 (n, COARSE, COARSE), in place."""
    for part in parts:
        part[:] = grid.evened(part)
        _fill(part, grid.known, grid.gaps)
    parts *= grid.fade[0][:, None] * grid.fade[1]


@cache
def _around() -> tuple[np.ndarray, np.ndarray]:
    """Many directions, see `looked_up`, and the nearest of all ways to each, int64 (n,)."""
    few = np.moveaxis(ways(), 1, 2).reshape(-1, 3)
    many = np.moveaxis(sampling.lobes(FINE)[:, [0, 2, 1]], 1, 2).reshape(-1, 3)
    return looked_up(many), np.argmax(many @ few.T, axis=1)


def _by_byte(light: Light) -> tuple[np.ndarray, np.ndarray, float]:
    """The share of light that comes along a byte's free ways, and the light on the open floor.

    The first is float32 (SHARES, 2, 256) for `ways`, the second (4, 8, 256) for `many_ways`, the
    third irradiance over π. A way stands for all directions that are nearer to it than to any
    other.
    """
    many, nearest = _around()
    weights = np.zeros((sampling.SHARES, WAYS), np.float32)
    total = _add_up(shining(light.studio, light.turn_deg, many), nearest, weights)
    dealt = weights.reshape(-1)[many_ways()[1]]
    return _tabulated(weights), _tabulated(dealt), total / len(many)


def _tabulated(weights: np.ndarray) -> np.ndarray:
    """float32 (n, bytes, 256): sums of the shares that a byte's bits name, from (n, 8 * bytes)."""
    table = np.empty((len(weights), weights.shape[1] // 8, 256), np.float32)
    _tabulate(weights, table)
    return table


@compiled
def _add_up(shining, nearest, weights):
    flat, whole = weights.reshape(-1), 0.0
    for way in range(len(nearest)):
        light = shining[way, REST] + shining[way, KEY]
        flat[nearest[way]] += light
        whole += light
    return whole


@compiled
def _tabulate(weights, table):
    for own in range(len(weights)):
        total = weights[own].sum()
        for byte in range(table.shape[1]):
            row = table[own, byte]
            row[0] = 0
            for bit in range(8):
                weight = weights[own, 8 * byte + bit] / total
                for below in range(1 << bit):
                    row[(1 << bit) + below] = row[below] + weight


@compiled
def _look_up(free, table, values):
    for row in range(len(free)):
        for column in range(len(free)):
            own, bits = (row % 4) * 4 + column % 4, free[row, column]
            values[row, column] = table[own, 0, bits & 255] + table[own, 1, bits >> 8]


@compiled
def _look_up_near(free, near, table, values):
    eight, byte = np.uint64(8), np.uint64(255)
    for place in near:
        bits, own = free[place], (place // ACROSS % 2) * 2 + place % 2
        total = np.float32(0)
        for part in range(MANY // 8):
            total += table[own, part, bits & byte]
            bits >>= eight
        values[place] = total


@compiled
def _gather(ends, busy, met, body, others, found):
    """What is thrown along the ways that are not free, by the body and by all others."""
    by_body, by_others = found[0].reshape(-1), found[1].reshape(-1)
    first = 0
    for place in busy:
        own = other = np.float32(0)
        for hit in range(first, ends[place]):
            patch = np.uint64(met[hit])
            own += body[patch]
            other += others[patch]
        by_body[place], by_others[place] = own, other
        first = ends[place]


@compiled
def _fill(coarse, known, gaps):
    """Places that know nothing ask all round."""
    last = len(coarse) - 1
    for row, column in gaps:
        total = count = np.float32(0)
        for down in range(max(row - 1, 0), min(row + 1, last) + 1):
            for right in range(max(column - 1, 0), min(column + 1, last) + 1):
                if known[down, right] > 0:
                    total += coarse[down, right]
                    count += 1
        coarse[row, column] = total / max(count, np.float32(1))


@streaming
def _blend(coarse, fine, share, fade, values, soft):
    """Straight lines between places of the coarse grid, and the fine one where that is known."""
    last, whole = len(coarse) - 1, np.float32(1)
    most, rest = np.float32(0.75), np.float32(0.25)
    line = np.empty(len(fine), np.float32)
    for row in range(len(fine)):
        own = row // 2
        near = min(max(own + 2 * (row % 2) - 1, 0), last)
        for column in range(last + 1):
            left, right = max(column - 1, 0), min(column + 1, last)
            here = most * coarse[own, column] + rest * coarse[near, column]
            line[2 * column] = most * here + rest * (
                most * coarse[own, left] + rest * coarse[near, left]
            )
            line[2 * column + 1] = most * here + rest * (
                most * coarse[own, right] + rest * coarse[near, right]
            )
        for column in range(len(fine)):
            value = line[column] + share[row, column] * (fine[row, column] - line[column])
            values[row, column] = whole - (whole - value) * fade[0, row] * fade[1, column]
    for row in range(last + 1):
        for column in range(last + 1):
            soft[row, column] = rest * (
                values[2 * row, 2 * column]
                + values[2 * row, 2 * column + 1]
                + values[2 * row + 1, 2 * column]
                + values[2 * row + 1, 2 * column + 1]
            )
