"""The roller buckle: a frame of round bar, a tongue that goes through a hole, and its roller."""

from functools import cache

import numpy as np

from pet_app.builder.geometry.hardware.scale import Shape
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.geometry.solid import bar, lathe, rod


@cache
def pin_buckle(
    width_mm: int, span_mm: float, bar_mm: float, thickness_mm: float
) -> tuple[Shape, ...]:
    """Its heel bar, round which the strap is folded, lies at the negative end."""
    radius = bar_mm / 2
    half, reach = width_mm / 2 + 0.8 + radius, span_mm / 2
    high = thickness_mm + radius + 0.1
    frame = bar(_frame(half, reach, bar_mm, high), radius, sides=12).turned(_LYING)
    around = np.array(
        [(radius + 0.05, -0.5), (1.45 * radius, -0.5), (1.45 * radius, 0.5), (radius + 0.05, 0.5)]
    )
    roller = lathe(around * [1.0, width_mm - 0.8], sides=16, closed=True)
    roller = roller.turned(_ACROSS).moved(along=reach, out=high)
    tip, pin = reach + 1.9 * radius, 0.75 * radius
    share = np.linspace(0.0, 1.0, 12)
    rise = 1.45 * radius + pin + 0.05
    path = np.stack(
        [-reach + share * (tip + reach), 0 * share, high + rise * np.sin(np.pi / 2 * share**0.8)],
        axis=1,
    )
    tongue = rod(path, pin * (1 - 0.25 * share), sides=10, first=(0.0, 1.0, 0.0))
    return (
        Shape("", Slot.METAL, frame),
        Shape("roller", Slot.METAL, roller),
        Shape("tongue", Slot.METAL, tongue),
    )


def _frame(half: float, reach: float, bar_mm: float, high: float) -> np.ndarray:
    """The frame's path in the plane x = 0: heel on the left, corners rounded."""
    corner = 1.4 * bar_mm
    points = []
    for x, y, start in (
        (reach - corner, half - corner, 0.0),
        (-reach + corner, half - corner, np.pi / 2),
        (-reach + corner, -half + corner, np.pi),
        (reach - corner, -half + corner, 1.5 * np.pi),
    ):
        turn = start + np.linspace(0.0, np.pi / 2, 6)
        points.append(np.stack([x + corner * np.cos(turn), y + corner * np.sin(turn)], axis=1))
    flat = np.concatenate(points)
    return np.stack([np.full(len(flat), high), flat[:, 0], flat[:, 1]], axis=1)


_LYING = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
_ACROSS = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
