"""Legs and paws, given for the right side."""

import numpy as np

from pet_app.builder.body.proportion import Proportions
from pet_app.builder.body.solid import Egg, Growth, Limb
from pet_app.builder.body.trunk import Trunk

FINGERS_OVER_GIRTH = 0.075
"""How far the elbow lies before the middle of the girth strap, as a share of the girth."""


CHEST_STRIP = 0.178
"""Half of what lies free for a strap between the elbows, as a share of the chest's depth."""


def ground(trunk: Trunk) -> float:
    """The height in mm on which the paws stand."""
    return -(0.5 + trunk.shape["leg"] * trunk.tall) * trunk.scale.depth_mm


def legs(trunk: Trunk) -> tuple[Growth, ...]:
    return *_fore(trunk), *_hind(trunk)


def _fore(trunk: Trunk) -> tuple[Growth, Growth]:
    shape, depth = trunk.shape, trunk.scale.depth_mm
    bone, half = shape["bone"], shape["chest_width"] / 2
    floor = ground(trunk) / depth
    girth = np.pi * (1 + shape["chest_width"]) / 2
    elbow_x = max(FINGERS_OVER_GIRTH * girth + 0.105 * bone, 0.265 + 0.11 * bone)
    point_x = shape["forechest"] - 0.22
    out = max(shape["stance"] * half, CHEST_STRIP + 0.1 * bone)
    elbow_y = max(-0.44, floor + 0.30)
    wrist = floor + 0.26 * (elbow_y - floor) + 0.03
    arm = np.array(
        [
            [0.55 * elbow_x + 0.45 * point_x - 0.10, 0.14, 0.70 * half],
            [point_x - 0.04, -0.12, 0.78 * half],
            [elbow_x, elbow_y, out],
        ]
    )
    fore = np.array(
        [
            [elbow_x, elbow_y, out],
            [elbow_x + 0.02, elbow_y + 0.35 * (wrist - elbow_y), out + 0.01],
            [elbow_x + 0.03, wrist, out],
            [elbow_x + 0.06, floor + 0.085 * bone, out + 0.005],
        ]
    )
    foot = _paw(fore[-1] + np.array([0.05, 0, 0]), floor, bone, shape)
    shoulder = Growth(
        "shoulder",
        ((Limb(depth * arm, depth * np.array([0.12, 0.135, 0.11 * bone]), 0.62), 0.0),),
        0.11 * depth,
    )
    widths = depth * bone * np.array([0.110, 0.098, 0.078, 0.074])
    lower = Growth(
        "foreleg",
        (
            (Limb(depth * fore, widths, 0.92), 0.0),
            *((solid, share * depth) for solid, share in _scaled(foot, depth)),
        ),
        0.06 * depth,
    )
    return shoulder, lower


def _hind(trunk: Trunk) -> tuple[Growth, Growth]:
    shape, depth = trunk.shape, trunk.scale.depth_mm
    bone, half = shape["bone"], shape["chest_width"] / 2
    floor = ground(trunk) / depth
    rear = -trunk.scale.rear_mm / depth
    tall = 0.5 - floor
    reach = min(1.0, 0.35 + 0.5 * tall / 1.5)
    hip = np.array([rear + 0.13, 0.05, 0.52 * half])
    knee = np.array([rear + 0.13 + 0.19 * reach, floor + 0.52 * tall, 0.74 * half])
    hock = np.array([rear + 0.13 - 0.26 * reach, floor + 0.25 * tall, 0.62 * half])
    toe = np.array([hock[0] + 0.03, floor + 0.085 * bone, 0.64 * half])
    seat = np.array([rear - 0.07, 0.04, 0.42 * half])
    calf = 0.62 * knee + 0.38 * hock + [-0.02, 0.0, 0.0]
    width = 0.60 * np.sqrt(half / 0.37)
    thigh = Limb(depth * np.array([hip, knee]), depth * np.array([0.27, 0.165]), width)
    ham = Limb(depth * np.array([seat, calf]), depth * np.array([0.17, 0.092 * bone]), 1.2 * width)
    shank = Limb(
        depth * np.array([knee, calf, hock, toe]),
        depth * bone * np.array([0.12, 0.105, 0.068, 0.072]),
        0.85,
        0.02 * depth,
    )
    foot = _paw(toe + np.array([0.05, 0, 0]), floor, 0.95 * bone, shape)
    upper = Growth("thigh", ((thigh, 0.0), (ham, 0.14 * depth)), 0.15 * depth)
    lower = Growth(
        "hindleg",
        ((shank, 0.0), *((solid, share * depth) for solid, share in _scaled(foot, depth))),
        0.07 * depth,
    )
    return upper, lower


def _paw(
    over: np.ndarray, floor: float, bone: float, shape: Proportions
) -> list[tuple[str, np.ndarray, np.ndarray, float]]:
    """The pieces of a paw in depths of the chest: kind, places, radii and rounding."""
    size = bone * 1.1
    middle = np.array([over[0], floor + 0.058 * size, over[2]])
    pieces = [("egg", middle, size * np.array([0.10, 0.062, 0.082]), 0.04)]
    for forward, aside, radius in (
        (0.088, -0.026, 0.036),
        (0.088, 0.026, 0.036),
        (0.060, -0.066, 0.032),
        (0.060, 0.066, 0.032),
    ):
        tip = middle + size * np.array([forward, 0.0, aside])
        tip[1] = floor + 1.05 * radius * size
        heel = middle + size * np.array([0.2 * forward, 0.02, 0.75 * aside])
        pieces.append(("toe", np.array([heel, tip]), size * np.array([0.036, radius]), 0.012))
    return pieces


def _scaled(
    pieces: list[tuple[str, np.ndarray, np.ndarray, float]], depth: float
) -> list[tuple[Limb | Egg, float]]:
    found: list[tuple[Limb | Egg, float]] = []
    for kind, places, radii, share in pieces:
        if kind == "egg":
            found.append((Egg(depth * places, depth * radii), share))
        else:
            found.append((Limb(depth * places, depth * radii), share))
    return found
