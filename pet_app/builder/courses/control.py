"""The control loop of a martingale: a band round the bows of two rings and the bar of a third."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.curve import Curve

AIR_MM = 0.06
"""Between a bar and the strap round it."""

BULGE = 0.16
"""How far the band's free sides bow out at rest, as a share of their length."""

LEAN = 0.55
"""How far it leans towards the tail at rest, as a share of its height."""

LEAST_HIGH = 2.4
"""The leash's ring is at least so many of its bars above the others."""


ROUNDS = 8
"""The height is solved by repetition; it settles in four."""


@dataclass(frozen=True, eq=False)
class Control:
    """`curve` is the closed inner face, from the middle of what lies on the coat; the bar of the
    leash's ring is at `bar` (3,), across `across` (3,), its bow towards `out` (3,). The two rings
    can be drawn apart by `opens_mm` from where they are. `top_mm` is how far along the curve the
    bar is."""

    curve: Curve
    bar: np.ndarray
    across: np.ndarray
    out: np.ndarray
    opens_mm: float
    top_mm: float


def control(
    loop: Curve,
    turn_mm: float,
    height_mm: float,
    bars_mm: tuple[float, float],
    thickness_mm: float,
    opens_mm: float,
) -> Control:
    """The band over the highest place of a loop that lets its rings apart by `opens_mm`.

    It turns round wires that lie `turn_mm` to both sides of there and `height_mm` above the loop;
    `bars_mm` are how thick those are, and the bar of the leash's ring.
    """
    radii = np.array(bars_mm) / 2 + AIR_MM
    least = LEAST_HIGH * bars_mm[1]
    high, opened = (
        least,
        _opens(_laid(loop, turn_mm, height_mm, radii, least)[0], turn_mm, radii[0], thickness_mm),
    )
    # Each millimetre higher is about one more that both rings go apart together.
    step = max(opens_mm - opened, 0.0)
    for _ in range(ROUNDS):
        if step < 0.05:
            break
        before, high = opened, high + step
        found = _laid(loop, turn_mm, height_mm, radii, high)
        opened = _opens(found[0], turn_mm, radii[0], thickness_mm)
        step = max((opens_mm - opened) * step / (opened - before), least - high)
        if abs(step) < 0.05:
            break
    curve, bar, across, out, top = _laid(loop, turn_mm, height_mm, radii, high)
    return Control(curve, bar, across, out, _opens(curve, turn_mm, radii[0], thickness_mm), top)


def _opens(curve: Curve, turn_mm: float, radius: float, thickness_mm: float) -> float:
    """How much further apart the rings are when the band is drawn flat between them."""
    long = curve.squared().offset(thickness_mm / 2).length
    return 2 * ((long - 2 * np.pi * (radius + thickness_mm / 2)) / 4 - turn_mm)


def _laid(
    loop: Curve, turn_mm: float, height_mm: float, radii: np.ndarray, high_mm: float
) -> tuple[Curve, np.ndarray, np.ndarray, np.ndarray, float]:
    flat, top = _band(turn_mm, radii, high_mm)
    total = loop.length
    base = loop.at(flat[:, 0] % total)
    ahead = loop.at((flat[:, 0] + 0.5) % total).points - loop.at((flat[:, 0] - 0.5) % total).points
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    across = np.cross(base.normals, ahead)
    rise = np.maximum(flat[:, 1], 0.0)
    stiff = 3 * radii[0]
    lean = LEAN * rise**2 / (rise + stiff)
    leaning = LEAN * (rise**2 + 2 * rise * stiff) / (rise + stiff) ** 2
    points = base.points + base.normals * (height_mm + flat[:, 1])[:, None] - across * lean[:, None]
    steps = np.roll(points[:-1], -1, axis=0) - np.roll(points[:-1], 1, axis=0)
    along = np.concatenate([steps, steps[:1]])
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    out = np.cross(across + base.normals * leaning[:, None], along)
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    middle = int(top)
    inward = points[middle] - out[middle] * radii[1]
    arc = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    side = np.cross(out[middle], along[middle])
    return Curve(points, out), inward, side, out[middle], float(arc[middle])


def _band(turn_mm: float, radii: np.ndarray, high_mm: float) -> tuple[np.ndarray, int]:
    """The inner face in the plane of the loop: (n, 2) ways and heights above the two wires, once
    round from below, first towards the right; and which point is in the middle of the third bar."""
    small, top = radii
    # The free side touches both circles: it leans so that their difference fits.
    run = np.hypot(turn_mm, high_mm)
    slope = np.arctan2(high_mm, turn_mm) - np.arcsin(np.clip((small - top) / run, -0.9, 0.9))
    away = np.pi / 2 - slope  # the direction square to the side, from straight right
    turn = np.linspace(-np.pi / 2, away, 9)
    low = np.stack([turn_mm + small * np.cos(turn), small * np.sin(turn)], axis=1)
    over = np.linspace(away, np.pi / 2, 6)
    cap = np.stack([top * np.cos(over), high_mm + top * np.sin(over)], axis=1)
    share = np.linspace(0.0, 1.0, 12)[1:-1, None]
    side = low[-1] * (1 - share) + cap[0] * share
    long = float(np.linalg.norm(cap[0] - low[-1]))
    square = np.array([np.cos(away), np.sin(away)])
    side = side + square * BULGE * long * (4 * share * (1 - share)) ** 1.5
    base = np.stack([np.linspace(0.0, turn_mm, 5)[:-1], np.full(4, -small)], axis=1)
    right = np.concatenate([base, low, side, cap])
    left = right[-2::-1] * [-1.0, 1.0]
    return np.concatenate([right, left]), len(right) - 1
