"""Side-release buckles: two halves that click together, of acetal or aluminium."""

from functools import cache

import numpy as np

from pet_app.builder.geometry.hardware.scale import NOMINAL_MM, bar_gap_mm
from pet_app.builder.geometry.solid import Outline, Solid, plate, rectangle, together


@cache
def female_buckle(width_mm: int, span_mm: float, thickness_mm: float) -> Solid:
    """The half of a side-release buckle that the prongs go into; its bar is at the negative end."""
    k = width_mm / NOMINAL_MM
    half, waist = width_mm / 2 + 3.6 * k, width_mm / 2 - 0.8 * k
    mouth, shoulder = _mouth_mm(span_mm), _shoulder_mm(width_mm, span_mm, thickness_mm)
    low, high = 0.3, thickness_mm + 5.6 * k
    shell = Outline(
        (
            (mouth, -waist),
            (mouth, waist),
            (mouth - 10.5 * k, waist),
            (mouth - 12.5 * k, half),
            (-shoulder, half - 0.8 * k),
            (-shoulder, -half + 0.8 * k),
            (mouth - 12.5 * k, -half),
            (mouth - 10.5 * k, -waist),
        ),
        2.0 * k,
    )
    badge = rectangle(
        (3.5 * k - shoulder, 4.0 * k - waist), (mouth - 4.0 * k, waist - 4.0 * k), 3.0 * k
    )
    return together(
        [
            plate(shell, low, high, 1.5 * k),
            plate(badge, high - 0.4 * k, high + 0.45 * k, 0.4 * k, rounds=1),
            _frame(width_mm, span_mm, thickness_mm),
        ]
    )


@cache
def male_buckle(width_mm: int, span_mm: float, thickness_mm: float) -> Solid:
    """The half with the prongs; its bar is at the positive end."""
    k = width_mm / NOMINAL_MM
    half = width_mm / 2 + 3.6 * k
    mouth, shoulder = _mouth_mm(span_mm), _shoulder_mm(width_mm, span_mm, thickness_mm)
    low, high = 0.5, thickness_mm + 5.0 * k
    block = rectangle((mouth + 0.5 * k, 0.5 * k - half), (shoulder, half - 0.5 * k), 2.0 * k)
    prong = Outline(
        (
            (mouth - 11.4 * k, half - 3.7 * k),
            (mouth + 2.5 * k, half - 3.7 * k),
            (mouth + 2.5 * k, half - 0.8 * k),
            (mouth - 6.0 * k, half + 1.7 * k),
            (mouth - 11.0 * k, half + 0.4 * k),
        ),
        2.6 * k,
    )
    arm = plate(prong, low + 0.6 * k, high - 0.4 * k, 1.1 * k)
    ridges = [
        plate(
            rectangle((x, 6.0 * k - half), (x + 1.1 * k, half - 6.0 * k), 0.5 * k, steps=2),
            high - 0.3 * k,
            high + 0.4 * k,
            0.3 * k,
            rounds=1,
        )
        for x in (mouth + 2.6 * k, mouth + 4.8 * k)
    ]
    waist = width_mm / 2 - 2.2 * k
    tongue = rectangle((mouth - 5.0 * k, -waist), (mouth + 3.0 * k, waist), 1.0 * k, steps=1)
    inside = plate(tongue, low + 0.8 * k, high - 1.6 * k, 0.4 * k, rounds=1)
    frame = _frame(width_mm, span_mm, thickness_mm).turned(np.diag([-1.0, 1.0, 1.0]))
    mirrored = arm.turned(np.diag([1.0, -1.0, 1.0]))
    block_and_tongue = [plate(block, low, high, 1.4 * k), inside]
    return together([*block_and_tongue, arm, mirrored, *ridges, frame])


def _mouth_mm(span_mm: float) -> float:
    """Where the two halves of a closed buckle meet."""
    return 0.14 * span_mm


def _shoulder_mm(width_mm: int, span_mm: float, thickness_mm: float) -> float:
    """Where a half's body ends and the slot for the webbing begins."""
    return span_mm / 2 - thickness_mm - 0.7 * width_mm / NOMINAL_MM


def _frame(width_mm: int, span_mm: float, thickness_mm: float) -> Solid:
    """The bar at a female half's end and the rails that hold it."""
    k = width_mm / NOMINAL_MM
    half, outer = width_mm / 2 + 0.7, width_mm / 2 + 3.4 * k
    near, end = _shoulder_mm(width_mm, span_mm, thickness_mm), span_mm / 2 + 2.2 * k
    outline = rectangle((-end, -outer), (2.0 * k - near, outer), 2.4 * k)
    hole = rectangle((-span_mm / 2 - 0.2 * k, -half), (-near, half), 0.8 * k, steps=2)
    low = thickness_mm + 0.05
    return plate(outline, low, low + bar_gap_mm(width_mm) - 0.1, 0.7 * k, [hole])
