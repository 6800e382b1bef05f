"""The head: skull, muzzle and ears, and where eyes and nose sit."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pet_app.builder.body.loft import Loft, Outline
from pet_app.builder.body.solid import Egg, Growth, Limb, turned
from pet_app.builder.body.trunk import Trunk

Place = Callable[[float, float, float], np.ndarray]
"""The point so far along, above and to the right in the frame of the head."""

USUAL_DEPTH_OVER_NECK = 1.70
"""How much deeper a chest is than the neck when both are as usual for each other."""


@dataclass(frozen=True, eq=False)
class Head:
    """`skull` is symmetric; `growths` are for the right side. Eyes and nose are (centre, radii)."""

    skull: Loft
    growths: tuple[Growth, ...]
    eye: Egg
    nose: Egg
    round_mm: float
    low: np.ndarray
    high: np.ndarray


def unit_mm(trunk: Trunk) -> float:
    """What lengths of the head are shares of: chest and neck both have a say."""
    usual = USUAL_DEPTH_OVER_NECK * trunk.scale.neck_mm
    return float(np.sqrt(trunk.scale.depth_mm * usual))


def head(trunk: Trunk) -> Head:
    shape, unit = trunk.shape, unit_mm(trunk)
    length = shape["head"] * unit
    pitch = np.radians(shape["pitch"])
    ahead = np.array([np.cos(pitch), np.sin(pitch), 0.0])
    up = np.array([-np.sin(pitch), np.cos(pitch), 0.0])
    high, wide = shape["skull_height"] * unit, shape["skull_width"] * unit
    snout = shape["muzzle"] * length
    muzzle_wide, muzzle_deep = shape["muzzle_width"] * unit, shape["muzzle_depth"] * unit
    stop = shape["stop"] * unit
    back = 0.30 * (length - snout)
    centre = trunk.axis(trunk.neck_mm) + 0.13 * unit * ahead - 0.01 * unit * up
    origin = centre - back * ahead
    top = high / 2
    brow = length - snout
    bridge = 0.62 * top - stop
    chin = bridge - muzzle_deep
    tip = min(0.30 * muzzle_deep, 0.35 * snout)
    skull = Loft(
        (float(origin[0]), float(origin[1])),
        float(pitch),
        Outline(
            np.array(
                [
                    0.0,
                    0.5 * brow,
                    0.82 * brow,
                    brow + 0.06 * snout,
                    length - 0.6 * snout + 0.5 * tip,
                    length - tip,
                ]
            ),
            np.array([0.72 * top, top, 0.88 * top, bridge + 0.1 * top, bridge, 0.94 * bridge]),
            np.array(
                [
                    -0.62 * top,
                    -0.92 * top,
                    -0.80 * top,
                    1.1 * chin,
                    chin,
                    0.92 * chin + 0.08 * bridge,
                ]
            ),
            np.array(
                [
                    0.70 * wide,
                    wide,
                    0.86 * wide,
                    0.5 * wide + 0.5 * muzzle_wide,
                    1.04 * muzzle_wide,
                    0.86 * muzzle_wide,
                ]
            )
            / 2,
            np.array([0.0, 0.0, 0.0, -0.05, -0.12, -0.05]),
        ),
        (0.5 * top + 0.15 * wide, tip + 0.04 * snout),
    )

    def place(along: float, above: float, right: float) -> np.ndarray:
        return origin + along * ahead + above * up + np.array([0.0, 0.0, right])

    axes = turned(float(np.degrees(pitch)))
    cheek = Egg(
        place(0.62 * brow, -0.30 * top, 0.30 * wide),
        np.array([0.30 * brow, 0.42 * top, 0.20 * wide]),
        axes,
    )
    growths = (
        Growth("cheek", ((cheek, 0.0),), 0.10 * unit),
        _ear(trunk, place, unit, brow, top, wide),
    )
    eye_r = shape["eye"] * unit
    eye = Egg(
        place(0.90 * brow, 0.42 * top, 0.285 * wide),
        np.full(3, eye_r),
    )
    nose_w = shape["nose"] * (0.13 * muzzle_wide + 0.035 * unit)
    nose = Egg(
        place(length, bridge - 0.26 * muzzle_deep, 0.0),
        np.array([0.75 * nose_w, 0.7 * nose_w, nose_w]),
        axes,
    )
    reach = np.array([length, high + wide, wide])
    middle = place(length / 2, 0, 0)
    return Head(skull, growths, eye, nose, 0.11 * unit, middle - reach, middle + reach)


def _ear(trunk: Trunk, place: Place, unit: float, brow: float, top: float, wide: float) -> Growth:
    size = trunk.shape["ear_size"] * unit
    kind = trunk.shape.ear
    if kind == "drop":
        root = place(0.36 * brow, 0.62 * top, 0.42 * wide)
        hang = root + size * np.array([0.05, -0.20, 0.075])
        return Growth(
            "ear",
            (
                (Limb([root, root + size * np.array([0.02, -0.03, 0.05])], [0.05 * size] * 2), 0.0),
                (
                    Egg(
                        hang + np.array([0, 0.04 * size, 0]),
                        size * np.array([0.125, 0.20, 0.042]),
                        turned(-8, 8, 10),
                    ),
                    0.05 * size,
                ),
            ),
            0.05 * unit,
        )
    if kind == "button":
        root = place(0.40 * brow, 0.80 * top, 0.36 * wide)
        peak = root + size * np.array([0.02, 0.10, 0.05])
        tip = peak + size * np.array([0.10, -0.15, 0.055])
        return Growth(
            "ear",
            (
                (Limb([root, peak], [0.085 * size, 0.045 * size], 0.6), 0.0),
                (Limb([peak, tip], [0.085 * size, 0.03 * size], 0.45), 0.05 * size),
            ),
            0.05 * unit,
        )
    if kind == "rose":
        root = place(0.34 * brow, 0.66 * top, 0.40 * wide)
        bend = root + size * np.array([-0.09, 0.03, 0.05])
        tip = bend + size * np.array([-0.10, -0.10, 0.035])
        return Growth(
            "ear",
            (
                (
                    Limb(
                        [root, bend, tip],
                        [0.07 * size, 0.065 * size, 0.025 * size],
                        0.6,
                        0.04 * size,
                    ),
                    0.0,
                ),
            ),
            0.04 * unit,
        )
    root = place(0.40 * brow, 0.62 * top, 0.34 * wide)
    tip = root + size * np.array([-0.03, 0.37, 0.10])
    axes = turned(0.0, 62.0, 0.0)
    facing = axes[2]
    blade = Limb([root, tip], [trunk.shape["ear_width"] * size, 0.055 * size], 0.5, axes=axes)
    lift = 0.085 * size * facing
    hollow = Limb(
        [root + 0.22 * (tip - root) + lift, root + 0.80 * (tip - root) + lift],
        [0.62 * trunk.shape["ear_width"] * size, 0.03 * size],
        0.5,
        axes=axes,
    )
    return Growth("ear", ((blade, 0.0), (hollow, -0.02 * size)), 0.04 * unit)
