"""Ears: hanging, pricked, folded over or laid back."""

import numpy as np

from pet_app.builder.body.face import Face
from pet_app.builder.body.solid import Egg, Growth, Limb, turned


def ear(drawn: Face) -> Growth:
    """The right ear, of the kind that the build has."""
    brow, top, wide, unit = drawn.brow, drawn.top, drawn.wide, drawn.unit
    size = drawn.shape["ear_size"] * unit
    kind, place = drawn.shape.ear, drawn.place
    if kind == "drop":
        root = place(0.36 * brow, 0.62 * top, 0.42 * wide)
        hang = root + size * np.array([0.05, -0.20, 0.075])
        return Growth(
            "ear",
            (
                (Limb([root, root + size * np.array([0.02, -0.03, 0.05])], [0.06 * size] * 2), 0.0),
                (
                    Egg(
                        hang + np.array([0, 0.04 * size, 0]),
                        size * np.array([0.125, 0.20, 0.05]),
                        turned(-8, 8, 10),
                    ),
                    0.07 * size,
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
    axes = turned(0.0, -62.0, 0.0)
    facing = axes[2]
    broad = drawn.shape["ear_width"] * size
    point = tip + 0.045 * (tip - root) / 0.38
    blade = Limb(
        [root, tip, point],
        [broad, 0.075 * size, 0.05 * size],
        0.5,
        0.02 * size,
        axes=axes,
    )
    lift = 0.085 * size * facing
    hollow = Limb(
        [root + 0.22 * (tip - root) + lift, root + 0.80 * (tip - root) + lift],
        [0.62 * broad, 0.03 * size],
        0.5,
        axes=axes,
    )
    return Growth("ear", ((blade, 0.0), (hollow, -0.02 * size)), 0.04 * unit)
