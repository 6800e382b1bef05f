"""The roller buckle: a frame of round bar, a tongue that goes through a hole, and its roller."""

from functools import cache

import numpy as np

from pet_app.builder.geometry.hardware.scale import ROLLER, Shape, bar_gap_mm
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.geometry.solid import bar, lathe, rod

LYING = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
ACROSS = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])


@cache
def pin_buckle(
    width_mm: int, span_mm: float, bar_mm: float, thickness_mm: float
) -> tuple[Shape, ...]:
    """Its heel bar, round which the strap is folded, lies at the negative end.

    The free end comes from the roller at the positive end and crosses the tongue in the middle.
    """
    radius = bar_mm / 2
    half, reach = width_mm / 2 + 1.0 + radius, span_mm / 2
    high = thickness_mm + bar_gap_mm(width_mm, "pin_buckle") / 2
    frame = bar(_frame(half, reach, bar_mm, high), radius, sides=12).turned(LYING)
    inner, outer, end = radius + 0.05, ROLLER * radius, width_mm / 2 - 0.2
    soft = 0.25 * radius
    around = [(inner, -end), (outer - soft, -end), (outer, soft - end)]
    around += [(outer, end - soft), (outer - soft, end), (inner, end)]
    roller = lathe(np.array(around), sides=18, closed=True)
    roller = roller.turned(ACROSS).moved(along=reach, out=high)
    pin = 0.72 * radius
    over = outer + pin + 0.05
    knots = np.array(
        [(-reach, 0.0), (0.0, 0.5 * thickness_mm), (reach, over), (reach + 1.6 * radius, over)]
    )
    x = np.linspace(knots[0, 0], knots[-1, 0], 16)
    curve = np.polynomial.Polynomial.fit(knots[:, 0], knots[:, 1], 3)
    path = np.stack([x, 0 * x, high + curve(x)], axis=1)
    slim = pin * np.interp(x, [-reach, 0.3 * reach, knots[-1, 0]], [1.25, 1.0, 0.7])
    tongue = rod(path, slim, sides=10, first=(0.0, 1.0, 0.0))
    return (
        Shape("", Slot.METAL, frame),
        Shape("roller", Slot.METAL, roller),
        Shape("tongue", Slot.METAL, tongue),
    )


def _frame(half: float, reach: float, bar_mm: float, high: float) -> np.ndarray:
    """The frame's path in the plane x = 0: heel on the left, corners rounded."""
    corner = 1.5 * bar_mm
    points = []
    for x, y, start in (
        (reach - corner, half - corner, 0.0),
        (-reach + corner, half - corner, np.pi / 2),
        (-reach + corner, -half + corner, np.pi),
        (reach - corner, -half + corner, 1.5 * np.pi),
    ):
        turn = start + np.linspace(0.0, np.pi / 2, 7)
        points.append(np.stack([x + corner * np.cos(turn), y + corner * np.sin(turn)], axis=1))
    flat = np.concatenate(points)
    return np.stack([np.full(len(flat), high), flat[:, 0], flat[:, 1]], axis=1)
