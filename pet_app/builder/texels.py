"""The grid of texels that tiles are drawn on, and noise that repeats with them."""

import numpy as np

TILE_MM = 48.0
"""What one pattern tile covers along and across the strap."""

WEAVE_MM = 12.0
"""What one surface tile covers along and across the strap."""

SIZE = 256
"""Texels along each side of a tile."""

OVERSAMPLING = 4


def grid(extent_mm: float, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Texel centres in mm: u as a row, v as a column."""
    at = (np.arange(count) + 0.5) * extent_mm / count
    return at[None, :], at[:, None]


def from_centre(x: np.ndarray, period: float) -> np.ndarray:
    """The distance to the nearest multiple of `period`, with its sign."""
    return (x + period / 2) % period - period / 2


def smoothstep(x: np.ndarray) -> np.ndarray:
    """0 below 0, 1 above 1, smooth between."""
    t = np.clip(x, 0, 1)
    return t * t * (3 - 2 * t)


def noise(period_mm: float, waves: int, seed: int, extent_mm: float) -> np.ndarray:
    """Smooth periodic noise of mean 0 and deviation 1, with features of about `period_mm`."""
    count = SIZE * OVERSAMPLING if extent_mm == TILE_MM else SIZE
    dice = np.random.default_rng(seed)
    highest = extent_mm / period_mm
    rolled = dice.uniform((0, 0, 0.5), (2 * np.pi, 2 * np.pi, 1.0), (waves, 3))
    angle, phase, pitch = rolled[:, 0], rolled[:, 1], highest * rolled[:, 2]
    return _sum(np.rint(pitch * np.cos(angle)), np.rint(pitch * np.sin(angle)), phase, count)


def streaks(long_mm: float, thin_mm: float, seed: int) -> np.ndarray:
    """Smooth periodic noise drawn out along u."""
    dice = np.random.default_rng(seed)
    rolled = dice.uniform((-1.0, 0.35, 0), (1.0, 1.0, 2 * np.pi), (60, 3))
    along, across = WEAVE_MM / long_mm * rolled[:, 0], WEAVE_MM / thin_mm * rolled[:, 1]
    return _sum(np.rint(along), np.rint(across), rolled[:, 2], SIZE)


def _sum(along: np.ndarray, across: np.ndarray, phase: np.ndarray, count: int) -> np.ndarray:
    """The waves that fit the tile so many times along and across, of mean 0 and deviation 1.

    cos(a + b) = cos a cos b - sin a sin b makes the sum two products of matrices.
    """
    u, v = grid(1.0, count)
    a, b = 2 * np.pi * v * across, 2 * np.pi * u.T * along + phase
    total = np.cos(a) @ np.cos(b).T - np.sin(a) @ np.sin(b).T
    total -= total.mean()
    return total / total.std()
