"""Where rays go: two-dimensional points that fill a square evenly, shared out among neighbours.

Sixteen neighbours (a square of four by four) get the sixteen parts of one set, so that each sends
only a few rays and together, after smoothing, they have seen everything: interleaved sampling
(Keller and Heidrich 2001).
"""

from functools import cache

import numpy as np

SHARES = 16
"""How many neighbours share one set."""

ORDER = np.array([0, 10, 2, 8, 13, 7, 15, 5, 3, 9, 1, 11, 14, 4, 12, 6])
"""Which part each neighbour gets: those side by side get parts that lie far apart."""

PLASTIC = 1.32471795724474602596
"""Solves x³ = x + 1; it does for two dimensions what the golden ratio does for one."""


@cache
def points(rays: int) -> np.ndarray:
    """float32 (SHARES, rays, 2) in [0, 1): Roberts' R2 sequence (2018), for any number of rays."""
    index = np.arange(SHARES * rays)[:, None]
    unit = (0.5 + index / np.array([PLASTIC, PLASTIC**2])) % 1.0
    return unit.reshape(SHARES, rays, 2)[ORDER].astype(np.float32)


@cache
def lobes(rays: int) -> np.ndarray:
    """float32 (SHARES, 3, rays): directions round the z axis, as likely as their cosine."""
    first, second = np.moveaxis(points(rays).astype(np.float64), -1, 0)
    reach, turn = np.sqrt(first), 2 * np.pi * second
    parts = [reach * np.cos(turn), reach * np.sin(turn), np.sqrt(1 - first)]
    return np.ascontiguousarray(np.stack(parts, axis=1), np.float32)
