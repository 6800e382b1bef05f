"""The ladder slider, and the keeper loop that holds a strap's free end."""

from functools import cache

import numpy as np

from pet_app.builder.geometry.hardware.scale import NOMINAL_MM, SLIDER_MM
from pet_app.builder.geometry.solid import Solid, plate, rectangle

ON_EDGE = np.array([[0.0, 0.0, -1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
"""Turns what was drawn out and across to stand along the strap."""


@cache
def slider(width_mm: int, span_mm: float) -> Solid:
    """A ladder of three bars; its origin lies in the middle of its thickness."""
    k = width_mm / NOMINAL_MM
    half, reach = width_mm / 2 + 0.6, span_mm / 2
    rail, rim, slot = 2.6 * k, 0.15 * span_mm, 0.26 * span_mm
    outline = rectangle((-reach, -half - rail), (reach, half + rail), 3.2 * k, steps=4)
    holes = [
        rectangle((x, -half), (x + slot, half), 1.2 * k, steps=2)
        for x in (-reach + rim, reach - rim - slot)
    ]
    return plate(outline, -SLIDER_MM / 2 * k, SLIDER_MM / 2 * k, 0.8 * k, holes)


@cache
def keeper(width_mm: int, span_mm: float, wall_mm: float, high_mm: float) -> Solid:
    """A flat loop round the layers of a strap, `high_mm` thick together; `span_mm` long."""
    half = width_mm / 2 + 0.7
    outer = rectangle(
        (-wall_mm, -half - wall_mm), (high_mm + wall_mm, half + wall_mm), 1.5 * wall_mm
    )
    hole = rectangle((-0.1, -half), (high_mm + 0.15, half), 0.6 * wall_mm, steps=2)
    ring = plate(outer, -span_mm / 2, span_mm / 2, 0.35 * wall_mm, [hole])
    return ring.turned(ON_EDGE)
