"""The aluminium side-release buckle: milled blocks with cut edges and sprung keys at its sides."""

from functools import cache

from pet_app.builder.geometry.hardware.release import frame, shoulder_mm
from pet_app.builder.geometry.hardware.scale import NOMINAL_MM
from pet_app.builder.geometry.solid import Outline, Solid, plate, rectangle, together


@cache
def metal_release(width_mm: int, span_mm: float, thickness_mm: float) -> Solid:
    """A closed buckle: its body at the negative end, the half that comes out at the other."""
    k = width_mm / NOMINAL_MM
    half = width_mm / 2 + 3.4 * k
    shoulder = shoulder_mm(width_mm, span_mm, thickness_mm)
    low, high, mouth = 0.3, thickness_mm + 5.4 * k, 0.1 * span_mm
    notch, deep = mouth - 10.5 * k, 2.3 * k
    body = Outline(
        (
            (mouth, -half + 0.6 * k),
            (mouth, half - 0.6 * k),
            (mouth - 2.6 * k, half),
            (mouth - 2.6 * k, half - deep),
            (notch, half - deep),
            (notch, half),
            (-shoulder, half),
            (-shoulder, -half),
            (notch, -half),
            (notch, -half + deep),
            (mouth - 2.6 * k, -half + deep),
            (mouth - 2.6 * k, -half),
        ),
        0.5 * k,
        steps=2,
    )
    cut = {"rounds": 1, "bevel_mm": 0.9 * k}
    key = rectangle((notch + 0.3 * k, half - 3.4 * k), (mouth - 2.9 * k, half + 0.9 * k), 0.9 * k)
    keys = plate(key, low + 1.0 * k, high - 1.0 * k, 0.45 * k, rounds=2)
    ribs = [
        plate(
            rectangle((x, half + 0.2 * k), (x + 0.8 * k, half + 1.35 * k), 0.3 * k, steps=1),
            low + 1.4 * k,
            high - 1.4 * k,
            0.2 * k,
            rounds=1,
        )
        for x in (notch + 1.7 * k, notch + 3.3 * k, notch + 4.9 * k)
    ]
    block = rectangle((mouth + 0.5 * k, -half + 0.4 * k), (shoulder, half - 0.4 * k), 1.0 * k, 2)
    left, right = 4.0 * k - shoulder, mouth - 5.0 * k
    panel = rectangle((left, 7.0 * k - half), (right, half - 7.0 * k), 0.9 * k, steps=2)
    hold = rectangle((mouth - 2.0 * k, 6.0 * k - half), (mouth + 2.0 * k, half - 6.0 * k), 0.5 * k)
    rails = frame(width_mm, span_mm, thickness_mm, square=0.5, wall=0.95)
    sides = together([keys, *ribs])
    return together(
        [
            plate(body, low, high, **cut),
            plate(panel, high - 0.3 * k, high + 0.35 * k, 0.35 * k, rounds=1),
            plate(block, low, high - 0.3 * k, **cut),
            plate(hold, low + 0.8 * k, high - 1.4 * k, 0.3 * k, rounds=1),
            sides,
            sides.mirrored(1),
            rails,
            rails.mirrored(0),
        ]
    )
