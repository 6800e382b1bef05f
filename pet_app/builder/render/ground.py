"""The floor's map: where it lies, what it holds and how it is looked up."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.scene import Scene

ACROSS = 224
"""Texels along each side of the map."""

COARSE = ACROSS // 2
"""Texels along each side of what varies slowly."""

REACH = 0.75
"""How far the map goes beyond the piece, in heights of the piece."""


@dataclass(frozen=True, eq=False)
class Floor:
    """The floor's map, rows along z; all shares are of the light that reaches the open floor.

    values: float32 (ACROSS, ACROSS), the share that comes past the piece, 1 at the rim. soft:
    float32 (COARSE, COARSE), the same. bounce: float32 (2, COARSE, COARSE), the share that the
    first slot's surfaces would throw there if they were white, and what all others would. again:
    float32 (COARSE, COARSE), how much of that light a white piece would throw there a second time.
    thrown: float32 (patches, 2), what reaches the piece's patches: `patches.thrown` and
    `patches.again`. power: irradiance over π on the open floor. place: see `place_of`.
    """

    values: np.ndarray
    soft: np.ndarray
    bounce: np.ndarray
    again: np.ndarray
    thrown: np.ndarray
    power: float
    place: np.ndarray


def place_of(scene: Scene) -> np.ndarray:
    """float64 (5,): the map's lowest x and z, texels per mm along x and z, the floor's height."""
    low, high = scene.low, scene.high
    reach = REACH * float(high[1] - low[1]) + 0.12 * float((high - low).max()) + 5
    start, end = low[[0, 2]] - reach, high[[0, 2]] + reach
    return np.array([*start, *(ACROSS / (end - start)), scene.floor_mm], np.float64)


@compiled
def texel_at(place, px, py, pz, dx, dy, dz):
    """Where a ray going down meets the floor's coarse map; -1 beyond it."""
    distance = (place[4] - py) / dy
    column = (px + distance * dx - place[0]) * place[2] * COARSE / ACROSS
    row = (pz + distance * dz - place[1]) * place[3] * COARSE / ACROSS
    if column < 0 or row < 0 or column >= COARSE or row >= COARSE:
        return -1
    return int(row) * COARSE + int(column)


@compiled
def floor_at(values, place, x, z, outside):
    """A map of either size at a place on the floor."""
    scale, last = len(values) / ACROSS, len(values) - 1
    column = (x - place[0]) * place[2] * scale - 0.5
    row = (z - place[1]) * place[3] * scale - 0.5
    if column < 0 or row < 0 or column >= last or row >= last:
        return np.float32(outside)
    i, j = int(column), int(row)
    a, b = np.float32(column - i), np.float32(row - j)
    near = values[j, i] + a * (values[j, i + 1] - values[j, i])
    far = values[j + 1, i] + a * (values[j + 1, i + 1] - values[j + 1, i])
    return near + b * (far - near)


@compiled
def floor_light(values, place, px, py, pz, dx, dy, dz):
    """The share of light where a ray going down meets the floor; 1 where no shadow falls."""
    distance = (place[4] - py) / dy
    return floor_at(values, place, px + distance * dx, pz + distance * dz, 1)


@compiled
def thrown_there(bounce, place, px, py, pz, dx, dy, dz):
    """What is thrown where a ray going down meets the floor."""
    distance = (place[4] - py) / dy
    return floor_at(bounce, place, px + distance * dx, pz + distance * dz, 0)
