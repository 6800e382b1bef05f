"""The head: skull, muzzle and ears, and where eyes and nose sit."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.body.ear import ear
from pet_app.builder.body.face import Face, face
from pet_app.builder.body.loft import Loft, Outline
from pet_app.builder.body.solid import Egg, Growth
from pet_app.builder.body.trunk import Trunk

SHORT = 0.3
"""Muzzles shorter than this share of the head are set onto a round skull."""


@dataclass(frozen=True, eq=False)
class Head:
    """`skull` is symmetric; `growths` are for the right side. Eyes and nose are near the surface.

    Nothing of the skull reaches beyond the box from `low` to `high`, (3,) mm each.
    """

    face: Face
    skull: Loft
    growths: tuple[Growth, ...]
    eye: Egg
    nose: Egg
    round_mm: float
    low: np.ndarray
    high: np.ndarray


def head(trunk: Trunk) -> Head:
    shape, drawn = trunk.shape, face(trunk)
    short = shape["muzzle"] < SHORT
    growths = (
        Growth("cheek", ((_cheek(drawn), 0.0),), 0.10 * drawn.unit),
        _muzzle(drawn) if short else _lip(drawn),
        ear(drawn),
    )
    eye = Egg(
        drawn.place(
            0.90 * drawn.brow, shape["eye_height"] * drawn.top, shape["eye_aside"] * drawn.wide
        ),
        np.full(3, shape["eye"] * drawn.unit),
    )
    size = shape["nose"] * (0.13 * drawn.muzzle_wide + 0.035 * drawn.unit)
    nose = Egg(
        drawn.place(drawn.length, drawn.bridge - 0.26 * drawn.muzzle_deep, 0.0),
        size * np.array([0.75, 0.7, 1.0]),
        drawn.axes,
    )
    reach = np.array([drawn.length, 2 * drawn.top + drawn.wide, drawn.wide])
    middle = drawn.place(drawn.length / 2, 0.0, 0.0)
    return Head(
        drawn,
        _round(drawn) if short else _long(drawn),
        growths,
        eye,
        nose,
        0.11 * drawn.unit,
        middle - reach,
        middle + reach,
    )


def _long(drawn: Face) -> Loft:
    """Skull and muzzle in one, with the stop between them."""
    brow, snout, length, top, wide = drawn.brow, drawn.snout, drawn.length, drawn.top, drawn.wide
    bridge, broad = drawn.bridge, drawn.muzzle_wide
    chin = bridge - drawn.muzzle_deep
    tip = min(0.30 * drawn.muzzle_deep, 0.35 * snout)
    stop = brow + 0.06 * snout
    front = length - 0.6 * snout + 0.5 * tip
    upper = [0.72 * top, top, 0.88 * top, bridge + 0.1 * top, bridge, 0.94 * bridge]
    lower = [-0.62 * top, -0.92 * top, -0.80 * top, 1.1 * chin, chin, 0.92 * chin + 0.08 * bridge]
    across = [0.70 * wide, wide, 0.86 * wide, (wide + broad) / 2, 1.04 * broad, 0.86 * broad]
    return Loft(
        (float(drawn.origin[0]), float(drawn.origin[1])),
        drawn.pitch,
        Outline(
            np.array([0.0, 0.5 * brow, 0.82 * brow, stop, front, length - tip]),
            np.array(upper),
            np.array(lower),
            np.array(across) / 2,
            np.array([0.0, 0.0, 0.0, -0.05, -0.12, -0.05]),
        ),
        (0.5 * top + 0.15 * wide, tip + 0.04 * snout),
    )


def _round(drawn: Face) -> Loft:
    """A skull that ends in a face of its own."""
    brow, top, wide = drawn.brow, drawn.top, drawn.wide
    return Loft(
        (float(drawn.origin[0]), float(drawn.origin[1])),
        drawn.pitch,
        Outline(
            brow * np.array([0.0, 0.45, 0.78]),
            top * np.array([0.74, 1.0, 0.84]),
            top * np.array([-0.62, -0.94, -0.86]),
            wide / 2 * np.array([0.74, 1.0, 0.92]),
            np.zeros(3),
        ),
        (0.5 * top + 0.15 * wide, 0.30 * brow),
    )


def _cheek(drawn: Face) -> Egg:
    return Egg(
        drawn.place(0.62 * drawn.brow, -0.30 * drawn.top, 0.30 * drawn.wide),
        np.array([0.30 * drawn.brow, 0.42 * drawn.top, 0.20 * drawn.wide]),
        drawn.axes,
    )


def _lip(drawn: Face) -> Growth:
    """What hangs over the lower jaw of a long muzzle."""
    deep, broad, snout = drawn.muzzle_deep, drawn.muzzle_wide, drawn.snout
    droop = drawn.shape["lip"] * deep
    low = drawn.bridge - 0.62 * deep - 0.4 * droop
    pad = Egg(
        drawn.place(drawn.length - 0.55 * snout, low, 0.28 * broad),
        np.array([0.42 * snout, 0.26 * deep + 0.6 * droop, 0.24 * broad]),
        drawn.axes,
    )
    return Growth("lip", ((pad, 0.0),), 0.06 * drawn.unit)


def _muzzle(drawn: Face) -> Growth:
    """A short muzzle: its bridge, a pad on either side of the nose, and the chin below."""
    deep, broad, snout = drawn.muzzle_deep, drawn.muzzle_wide, drawn.snout
    middle = drawn.bridge - 0.5 * deep
    droop = drawn.shape["lip"] * deep
    bridge = Egg(
        drawn.place(drawn.length - 0.8 * snout, drawn.bridge - 0.40 * deep, 0.0),
        np.array([0.8 * snout, 0.40 * deep, 0.34 * broad]),
        drawn.axes,
    )
    pad = Egg(
        drawn.place(drawn.length - 0.85 * snout, middle - 0.08 * deep - 0.5 * droop, 0.25 * broad),
        np.array([0.80 * snout, 0.32 * deep + 0.6 * droop, 0.26 * broad]),
        drawn.axes,
    )
    chin = Egg(
        drawn.place(drawn.length - 0.95 * snout, middle - 0.36 * deep, 0.0),
        np.array([0.80 * snout, 0.22 * deep, 0.26 * broad]),
        drawn.axes,
    )
    small = 0.03 * drawn.unit
    return Growth("muzzle", ((bridge, 0.0), (pad, small), (chin, small)), 0.06 * drawn.unit)
