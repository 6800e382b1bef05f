"""Where rays go: two-dimensional points that fill a square evenly, shared out among neighbours.

Sixteen neighbours (a square of four by four) get the sixteen parts of one set, so that each sends
only a few rays and together, after smoothing, they have seen everything.
"""

from functools import cache

import numpy as np

SHARES = 16
"""How many neighbours share one set."""


@cache
def points(rays: int) -> np.ndarray:
    """float32 (SHARES, rays, 2) in [0, 1): the first two dimensions of Sobol's sequence.

    `rays` is a power of two, so that each neighbour's own rays are spread evenly too.
    """
    count = SHARES * rays
    index = np.arange(count, dtype=np.uint32)
    first, second = np.zeros(count, np.uint32), np.zeros(count, np.uint32)
    step, direction = np.uint32(1 << 31), np.uint32(1 << 31)
    for bit in range(count.bit_length()):
        chosen = (index >> np.uint32(bit)) & np.uint32(1)
        first ^= chosen * step
        second ^= chosen * direction
        step >>= np.uint32(1)
        direction ^= direction >> np.uint32(1)
    unit = np.stack([first, second], axis=1) / np.float64(1 << 32) + 0.5 / count
    order = np.array([0, 10, 2, 8, 13, 7, 15, 5, 3, 9, 1, 11, 14, 4, 12, 6])
    return unit.reshape(SHARES, rays, 2)[order].astype(np.float32)
