"""The floor: how much light reaches it round the piece, and how much the piece throws on it.

What the floor sees of the piece is traced once (`sight.py`); lamps set up anew only weigh it again.
"""

from functools import cache, lru_cache

import numpy as np

from pet_app.builder.render import sampling
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.ground import ACROSS, Floor
from pet_app.builder.render.light import LUMINANCE, Light, radiance
from pet_app.builder.render.patches import again, patches, thrown
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.sight import COARSE, WAYS, Grid, Sight, sight, ways

RIM = 0.4
"""The share of the map's margin round the piece in which shadow runs out."""

MOST_AGAIN = 0.9
"""Even a white piece loses some light each time."""

FINE = 256
"""Directions for each of a place's ways at which its light is looked at."""


def floor(scene: Scene, light: Light) -> Floor:
    """Weigh what the floor sees by the light that comes from there."""
    seen = sight(scene)
    fade = _fade(scene, seen.place)
    table, whole = _by_byte(light)
    values = np.empty((ACROSS, ACROSS), np.float32)
    # What casts shadows there is far off, so they are soft.
    far = seen.coarse.smooth(_values(seen.coarse, table))
    _enlarge(far, seen.coarse.known, values)
    values += seen.share * (_values(seen.fine, table) - values)
    values = 1 - (1 - values) * fade
    known = patches(scene, seen.place)
    once = thrown(known, light, values)
    bounce = _thrown(seen, once, whole) * fade
    twice = again(known, light, once, bounce[0] + bounce[1])
    more = _thrown(seen, twice, whole).sum(axis=0) * fade
    more /= np.maximum(bounce.sum(axis=0), np.float32(1e-4))
    more = np.minimum(more, np.float32(MOST_AGAIN))
    return Floor(values, bounce, more, np.stack([once, twice], axis=1), seen.place)


def _thrown(seen: Sight, back: np.ndarray, whole: float) -> np.ndarray:
    """float32 (2, ACROSS, ACROSS), see `Floor.bounce`; whole: irradiance over π on open floor."""
    found = np.zeros((2, COARSE, COARSE), np.float32)
    bounce = np.empty((2, ACROSS, ACROSS), np.float32)
    _gather(seen.first, seen.met, back / np.float32(WAYS * whole), seen.body, found)
    for own, part in zip(found, bounce, strict=True):
        _enlarge(seen.coarse.evened(own), seen.coarse.known, part)
    return bounce


def _values(grid: Grid, table: np.ndarray) -> np.ndarray:
    values = np.empty(grid.free.shape, np.float32)
    _look_up(grid.free, table, values)
    return grid.evened(values)


@cache
def _around() -> tuple[np.ndarray, np.ndarray]:
    """Many directions, float32 (n, 3), and the nearest of all ways to each, int64 (n,)."""
    few = np.moveaxis(ways(), 1, 2).reshape(-1, 3)
    many = np.moveaxis(sampling.lobes(FINE)[:, [0, 2, 1]], 1, 2).reshape(-1, 3)
    return many, np.argmax(many @ few.T, axis=1)


@lru_cache(maxsize=16)
def _by_byte(light: Light) -> tuple[np.ndarray, float]:
    """The share of light that comes along a byte's free ways, and the light on the open floor.

    The first is float32 (SHARES, 2, 256), the second irradiance over π. A way stands for all
    directions that are nearer to it than to any other.
    """
    many, nearest = _around()
    shining = np.empty(len(many), np.float32)
    _shine(many, light.lamps, light.sky, LUMINANCE, shining)
    weights = np.bincount(nearest, shining, sampling.SHARES * WAYS).reshape(sampling.SHARES, 2, 8)
    weights /= weights.sum(axis=(1, 2), keepdims=True)
    bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little")
    return (weights @ bits.T).astype(np.float32), float(shining.mean())


def _fade(scene: Scene, place: np.ndarray) -> np.ndarray:
    """Lets the shadow run out towards the rim, but not beneath the piece: no edge shows."""
    sides = []
    for axis, start, scale in ((0, place[0], place[2]), (2, place[1], place[3])):
        margin = (scene.vertices[:-1, axis].min() - start) * scale
        inwards = np.minimum(np.arange(ACROSS), np.arange(ACROSS)[::-1]) / (RIM * margin)
        inwards = np.minimum(inwards, 1)
        sides.append(inwards * inwards * (3 - 2 * inwards))
    return (sides[1][:, None] * sides[0]).astype(np.float32)


@compiled
def _shine(ways, lamps, sky, luminance, shining):
    for way in range(len(ways)):
        red, green, blue = radiance(lamps, sky, ways[way, 0], ways[way, 1], ways[way, 2])
        shining[way] = luminance[0] * red + luminance[1] * green + luminance[2] * blue


@compiled
def _look_up(free, table, values):
    for row in range(len(free)):
        for column in range(len(free)):
            own, bits = (row % 4) * 4 + column % 4, free[row, column]
            values[row, column] = table[own, 0, bits & 255] + table[own, 1, bits >> 8]


@compiled
def _gather(first, met, back, body, found):
    """What is thrown along the ways that are not free, by the body and by all others."""
    starts, count = first.reshape(-1), first.size
    by_body, by_others = found[0].reshape(-1), found[1].reshape(-1)
    for place in range(count):
        end = starts[place + 1] if place + 1 < count else len(met)
        for hit in range(starts[place], end):
            patch = met[hit]
            if body[patch]:
                by_body[place] += back[patch]
            else:
                by_others[place] += back[patch]


@compiled
def _enlarge(coarse, known, fine):
    """Straight lines between places of the coarse grid; those that know nothing ask all round."""
    last = len(coarse) - 1
    for row in range(last + 1):
        for column in range(last + 1):
            if known[row, column] == 0:
                total = count = np.float32(0)
                for down in range(max(row - 1, 0), min(row + 1, last) + 1):
                    for right in range(max(column - 1, 0), min(column + 1, last) + 1):
                        if known[down, right] > 0:
                            total += coarse[down, right]
                            count += 1
                coarse[row, column] = total / max(count, np.float32(1))
    for row in range(2 * last + 2):
        own = row // 2
        near = min(max(own + 2 * (row % 2) - 1, 0), last)
        line = np.float32(0.75) * coarse[own] + np.float32(0.25) * coarse[near]
        for column in range(last + 1):
            left, right = line[max(column - 1, 0)], line[min(column + 1, last)]
            fine[row, 2 * column] = np.float32(0.75) * line[column] + np.float32(0.25) * left
            fine[row, 2 * column + 1] = np.float32(0.75) * line[column] + np.float32(0.25) * right
