"""Strands twisted round each other, straight, in rings, in knots and frayed."""

import numpy as np

from pet_app.builder.geometry.solid import Solid, together
from pet_app.builder.geometry.track import cross, unit
from pet_app.builder.things.shape import along, tube

STRANDS = 3
LAY = 3.4
"""How long one turn of a strand is, in thicknesses of the rope."""


def rope(path: np.ndarray, thick: float, *, closed: bool = False) -> Solid:
    """Three strands twisted along a path, float64 (n, 3), dense enough to bend round each other."""
    ahead = np.gradient(path, axis=0)
    if closed:
        ahead = np.roll(path, -1, axis=0) - np.roll(path, 1, axis=0)
    ahead = unit(ahead)
    side = unit(cross(ahead, np.broadcast_to([0.12, 0.31, 0.94], path.shape)))
    other = cross(ahead, side)
    steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    way = np.concatenate([[0.0], np.cumsum(steps)])
    whole = way[-1] + (np.linalg.norm(path[-1] - path[0]) if closed else 0.0)
    turns = max(round(whole / (LAY * thick)), 1) if closed else whole / (LAY * thick)
    strands = []
    for strand in range(STRANDS):
        turn = 2 * np.pi * (way / whole * turns + strand / STRANDS)
        off = 0.255 * thick * (side * np.cos(turn)[:, None] + other * np.sin(turn)[:, None])
        strands.append(tube(path + off, 0.27 * thick, 14, closed=closed))
    return together(strands)


def coil(radius: float, thick: float, tilt_deg: float, squeeze: float = 1.0) -> Solid:
    """A ring of rope round the x axis, tilted out of its plane."""
    turn = np.arange(120) * 2 * np.pi / 120
    lean = np.tan(np.radians(tilt_deg))
    path = np.stack(
        [lean * radius * np.cos(turn), squeeze * radius * np.cos(turn), radius * np.sin(turn)],
        axis=1,
    )
    return rope(path, thick, closed=True)


def knot(thick: float) -> Solid:
    """An overhand knot pulled tight round the x axis: three rings of rope that cross."""
    x = thick * np.linspace(-0.9, 0.9, 9)
    return together(
        [
            tube(np.stack([x, 0 * x, 0 * x], axis=1), 0.62 * thick),
            coil(0.98 * thick, 0.92 * thick, 24).moved(-0.3 * thick),
            coil(1.0 * thick, 0.92 * thick, -24).moved(0.34 * thick),
            coil(1.12 * thick, 0.86 * thick, 3, 0.98),
        ]
    )


def fray(thick: float, long: float, seed: int) -> Solid:
    """Loose yarns that spread from the origin along x."""
    dice = np.random.default_rng(seed)
    yarns = []
    for number in range(64):
        turn = number * 2.399963
        out = np.sqrt((number + 0.5) / 64)
        reach = long * dice.uniform(0.86, 1.08) * (1 - 0.12 * out)
        start = 0.42 * thick * out
        spread = 0.42 * thick * out * dice.uniform(1.3, 2.1)
        wave = dice.normal(0, 0.05 * thick, (4, 2))
        ring = np.array([np.cos(turn), np.sin(turn)])
        knots = [
            (reach * share, *(ring * (start + (spread - start) * share**0.7) + wave[place] * share))
            for place, share in enumerate((0.0, 0.35, 0.7, 1.0))
        ]
        yarns.append(tube(along(knots, 12), 0.075 * thick, 6))
    return together(yarns)
