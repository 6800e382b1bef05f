"""Side-release buckles of acetal: two halves that click together."""

from functools import cache

from pet_app.builder.geometry.hardware.scale import NOMINAL_MM, bar_gap_mm
from pet_app.builder.geometry.solid import Outline, Solid, plate, rectangle, together


@cache
def side_release(width_mm: int, span_mm: float, thickness_mm: float) -> Solid:
    """A closed buckle: the half with the window at the negative end, the prongs' at the other."""
    return together(
        [_female(width_mm, span_mm, thickness_mm), _male(width_mm, span_mm, thickness_mm)]
    )


@cache
def breakaway(width_mm: int, span_mm: float, thickness_mm: float) -> Solid:
    """A closed buckle that opens by pull alone: rounder, its short prongs hidden in the shell."""
    k = width_mm / NOMINAL_MM
    half, mouth = width_mm / 2 + 3.2 * k, 0.0
    shoulder = shoulder_mm(width_mm, span_mm, thickness_mm)
    low, high = 0.3, thickness_mm + 5.0 * k
    shell = Outline(
        (
            (mouth, -0.62 * half),
            (mouth, 0.62 * half),
            (mouth - 4.5 * k, half),
            (-shoulder, half - 0.8 * k),
            (-shoulder, -half + 0.8 * k),
            (mouth - 4.5 * k, -half),
        ),
        4.2 * k,
        steps=5,
    )
    cover = plate(shell, low, high, 3.0 * k, rounds=4, rise_mm=1.7 * k)
    cap = cover.mirrored(0).moved(along=0.5 * k)
    arrow = Outline(
        (
            (-11.0 * k, -3.2 * k),
            (-5.2 * k, -3.2 * k),
            (-5.2 * k, -5.6 * k),
            (-1.8 * k, 0.0),
            (-5.2 * k, 5.6 * k),
            (-5.2 * k, 3.2 * k),
            (-11.0 * k, 3.2 * k),
        ),
        0.7 * k,
        steps=2,
    )
    mark = plate(arrow, high - 0.4 * k, high + 0.35 * k, 0.3 * k, rounds=1).moved(along=-1.5 * k)
    prong = rectangle((-4.0 * k, 0.34 * half), (4.0 * k, 0.58 * half), 1.0 * k)
    arm = plate(prong, low + 1.0 * k, high - 1.2 * k, 0.5 * k, rounds=1)
    frames = [frame(width_mm, span_mm, thickness_mm)]
    frames += [frames[0].mirrored(0)]
    return together([cover, cap, mark, arm, arm.mirrored(1), *frames])


def _female(width_mm: int, span_mm: float, thickness_mm: float) -> Solid:
    """The half that the prongs go into; its bar is at the negative end."""
    k = width_mm / NOMINAL_MM
    half, waist = width_mm / 2 + 3.6 * k, width_mm / 2 - 0.8 * k
    mouth, shoulder = _mouth_mm(span_mm), shoulder_mm(width_mm, span_mm, thickness_mm)
    low, high = 0.3, thickness_mm + 5.8 * k
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
        2.2 * k,
    )
    left, right = 4.6 * k - shoulder, mouth - 4.2 * k
    badge = rectangle((left, 6.4 * k - waist), (right, waist - 6.4 * k), 2.6 * k)
    return together(
        [
            plate(shell, low, high, 2.8 * k, rounds=3, rise_mm=1.7 * k),
            plate(badge, high - 0.4 * k, high + 0.4 * k, 0.7 * k, rounds=1, rise_mm=0.4 * k),
            frame(width_mm, span_mm, thickness_mm),
        ]
    )


def _male(width_mm: int, span_mm: float, thickness_mm: float) -> Solid:
    """The half with the prongs; its bar is at the positive end."""
    k = width_mm / NOMINAL_MM
    half = width_mm / 2 + 3.6 * k
    mouth, shoulder = _mouth_mm(span_mm), shoulder_mm(width_mm, span_mm, thickness_mm)
    low, high = 0.5, thickness_mm + 5.2 * k
    block = rectangle((mouth + 0.5 * k, 0.5 * k - half), (shoulder, half - 0.5 * k), 2.4 * k)
    prong = Outline(
        (
            (mouth - 11.2 * k, half - 3.7 * k),
            (mouth + 2.5 * k, half - 3.7 * k),
            (mouth + 2.5 * k, half - 0.8 * k),
            (mouth - 6.0 * k, half + 1.7 * k),
            (mouth - 10.8 * k, half + 0.4 * k),
        ),
        2.6 * k,
    )
    arm = plate(prong, low + 0.6 * k, high - 0.3 * k, 1.5 * k, rounds=2, rise_mm=1.1 * k)
    ridges = [
        plate(
            rectangle((x, 6.5 * k - half), (x + 1.2 * k, half - 6.5 * k), 0.55 * k, steps=2),
            high - 0.3 * k,
            high + 0.45 * k,
            0.4 * k,
            rounds=1,
        )
        for x in (mouth + 2.4 * k, mouth + 4.6 * k, mouth + 6.8 * k)
    ]
    waist = width_mm / 2 - 2.2 * k
    tongue = rectangle((mouth - 5.0 * k, -waist), (mouth + 3.0 * k, waist), 1.0 * k, steps=1)
    inside = plate(tongue, low + 0.8 * k, high - 1.6 * k, 0.4 * k, rounds=1)
    return together(
        [
            plate(block, low, high, 2.4 * k, rounds=3, rise_mm=1.5 * k),
            inside,
            arm,
            arm.mirrored(1),
            *ridges,
            frame(width_mm, span_mm, thickness_mm).mirrored(0),
        ]
    )


def _mouth_mm(span_mm: float) -> float:
    """Where the two halves of a closed buckle meet."""
    return 0.14 * span_mm


def shoulder_mm(width_mm: int, span_mm: float, thickness_mm: float) -> float:
    """Where a half's body ends and the slot for the webbing begins."""
    return span_mm / 2 - thickness_mm - 0.7 * width_mm / NOMINAL_MM


def frame(
    width_mm: int, span_mm: float, thickness_mm: float, square: float = 1.0, wall: float = 1.0
) -> Solid:
    """The bar at a half's negative end and the rails that hold it.

    `square` is how much of its rounding the corners keep, `wall` how strong the rails are.
    """
    k = width_mm / NOMINAL_MM
    half, outer = width_mm / 2 + 0.7, width_mm / 2 + 0.7 + 2.7 * k * wall
    near, end = shoulder_mm(width_mm, span_mm, thickness_mm), span_mm / 2 + 2.2 * k
    outline = rectangle((-end, -outer), (2.0 * k - near, outer), 2.6 * k * square)
    hole = rectangle((-span_mm / 2 - 0.2 * k, -half), (-near, half), 0.8 * k, steps=2)
    low = thickness_mm + 0.05
    return plate(outline, low, low + bar_gap_mm(width_mm) - 0.1, 0.8 * k, [hole])
