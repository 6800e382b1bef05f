"""Soft light from all round as nine numbers: spherical harmonics (Ramamoorthi 2001)."""

from functools import cache
from math import cos, sin

import numpy as np

from pet_app.builder.render.compiled import compiled

SCATTERED = 40
"""Directions in which harmonics and what they are turned into must agree."""


def harmonics(directions: np.ndarray) -> np.ndarray:
    """float64 (n, 9): real spherical harmonics of bands 0 to 2, in the order of `irradiance`."""
    x, y, z = directions.T
    return np.stack(
        [
            0.282095 + 0 * x,
            *(0.488603 * y, 0.488603 * z, 0.488603 * x),
            *(1.092548 * x * y, 1.092548 * y * z, 0.315392 * (3 * z * z - 1)),
            *(1.092548 * x * z, 0.546274 * (x * x - y * y)),
        ],
        axis=1,
    )


def turned(ambient: np.ndarray, turn: float) -> np.ndarray:
    """Harmonics (9, channels) turned round the vertical axis, by radians."""
    directions, back = _scattered()
    x, y, z = directions.T
    before = np.stack([cos(turn) * x - sin(turn) * z, y, sin(turn) * x + cos(turn) * z], axis=1)
    return back @ (harmonics(before) @ ambient)


@cache
def _scattered() -> tuple[np.ndarray, np.ndarray]:
    """Directions on a spiral, and what makes harmonics again of their values there."""
    y = 1 - (np.arange(SCATTERED) + 0.5) * 2 / SCATTERED
    turn = np.arange(SCATTERED) * np.pi * (3 - 5**0.5)
    flat = np.sqrt(1 - y * y)
    directions = np.stack([flat * np.sin(turn), y, flat * np.cos(turn)], axis=1)
    return directions, np.linalg.pinv(harmonics(directions))


def packed(ambient: np.ndarray) -> np.ndarray:
    """float32 (9, channels): the factors of 1, y, z, x, xy, yz, 2z²-x²-y², xz and x²-y² in
    `irradiance`."""
    factors = np.array(
        [0.282095, *[0.488603] * 3, 1.092548, 1.092548, 0.315392, 1.092548, 0.546274]
    )
    return (ambient * factors[:, None]).astype(np.float32)


@compiled
def irradiance(ambient, x, y, z, channel):
    """What arrives on a surface with that normal, over π and without the key lamp."""
    value = (
        0.282095 * ambient[0, channel]
        + 0.488603 * (y * ambient[1, channel] + z * ambient[2, channel] + x * ambient[3, channel])
        + 1.092548
        * (x * y * ambient[4, channel] + y * z * ambient[5, channel] + x * z * ambient[7, channel])
        + 0.315392 * (3 * z * z - 1) * ambient[6, channel]
        + 0.546274 * (x * x - y * y) * ambient[8, channel]
    )
    return max(value, 0.0)
