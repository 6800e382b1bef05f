"""Plane sections of a solid and the tape round them."""

from collections.abc import Callable

import numpy as np

Distance = Callable[[np.ndarray], np.ndarray]

MARCH = 10
"""Steps along a ray in which its way out is sought before it is drawn close."""

CLOSING = 4
"""Steps in which it is drawn close: to some hundredths of a millimetre."""


def exits(
    distance: Distance,
    starts: np.ndarray,
    ways: np.ndarray,
    reach_mm: float,
    closing: int = CLOSING,
) -> np.ndarray:
    """How far (n,) mm along unit `ways` (n, 3) from `starts` (n, 3) inside a solid it first ends.

    Raises ValueError when a start lies outside, or nothing ends within reach.
    """
    steps = np.linspace(0.0, reach_mm, MARCH + 1)
    walked = starts[:, None] + steps[:, None] * ways[:, None]
    found = distance(walked.reshape(-1, 3)).reshape(len(starts), -1)
    outside = found > 0
    if outside[:, 0].any() or not outside.any(axis=1).all():
        raise ValueError("A ray has to start inside the body and to leave it.")
    first = np.argmax(outside, axis=1)
    rows = np.arange(len(starts))
    low, high = steps[first - 1], steps[first]
    below, above = found[rows, first - 1], found[rows, first]
    for _ in range(closing):
        middle = low - below * (high - low) / (above - below)
        here = distance(starts + middle[:, None] * ways)
        out = here > 0
        # Where the same end moves twice, halving the other's value keeps the steps from stalling.
        below, above = np.where(out, below / 2, here), np.where(out, here, above / 2)
        low, high = np.where(out, low, middle), np.where(out, middle, high)
    return low - below * (high - low) / (above - below)


def tapes(
    distance: Distance, centres: np.ndarray, ups: np.ndarray, reach_mm: float, rays: int = 49
) -> np.ndarray:
    """Tape lengths (m,) mm round m sections across the sagittal plane, bridging hollows.

    `centres` (m, 3) lie inside, in the sagittal plane; `ups` (m, 3) are unit vectors in it.
    """
    turn = np.linspace(0.0, np.pi, rays)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    right = np.array([0.0, 0.0, 1.0])
    ways = circle[:, :1] * ups[:, None] + circle[:, 1:] * right
    starts = np.broadcast_to(centres[:, None], ways.shape)
    away = exits(distance, starts.reshape(-1, 3), ways.reshape(-1, 3), reach_mm)
    flat = away.reshape(len(centres), -1, 1) * circle
    # Cauchy: the perimeter of a convex outline is its widths added up over all directions.
    widest = (flat @ circle.T).max(axis=1)
    inner = widest.sum(axis=1) - (widest[:, 0] + widest[:, -1]) / 2
    return 2 * inner * turn[1]


def hull(flat: np.ndarray) -> np.ndarray:
    """The indices, in order, of those points (n, 2) of a star-shaped outline that a tape meets."""
    kept = np.arange(len(flat))
    while len(kept) > 3:
        points = flat[kept]
        ahead = np.roll(points, -1, axis=0) - points
        behind = points - np.roll(points, 1, axis=0)
        turn = behind[:, 0] * ahead[:, 1] - behind[:, 1] * ahead[:, 0]
        convex = turn > -1e-9
        if convex.all():
            break
        kept = kept[convex]
    return kept
