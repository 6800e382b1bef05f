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


def noise(period_mm: float, waves: int, seed: int, extent_mm: float) -> np.ndarray:
    """Smooth periodic noise of mean 0 and deviation 1, with features of about `period_mm`."""
    count = SIZE * OVERSAMPLING if extent_mm == TILE_MM else SIZE
    dice = np.random.default_rng(seed)
    u, v = grid(1.0, count)
    highest = extent_mm / period_mm
    total = np.zeros((count, count))
    for _ in range(waves):
        angle, phase = dice.uniform(0, 2 * np.pi, 2)
        pitch = highest * dice.uniform(0.5, 1.0)
        along, across = round(pitch * np.cos(angle)), round(pitch * np.sin(angle))
        total += np.cos(2 * np.pi * (along * u + across * v) + phase)
    total -= total.mean()
    return total / total.std()


def streaks(long_mm: float, thin_mm: float, seed: int) -> np.ndarray:
    """Smooth periodic noise drawn out along u."""
    dice = np.random.default_rng(seed)
    u, v = grid(1.0, SIZE)
    total = np.zeros((SIZE, SIZE))
    for _ in range(60):
        along = round(WEAVE_MM / long_mm * dice.uniform(-1.0, 1.0))
        across = round(WEAVE_MM / thin_mm * dice.uniform(0.35, 1.0))
        total += np.cos(2 * np.pi * (along * u + across * v) + dice.uniform(0, 2 * np.pi))
    return (total - total.mean()) / total.std()
