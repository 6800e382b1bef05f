"""The tail: a bow from the croup, as each build carries it."""

import numpy as np

from pet_app.builder.body.solid import Growth, Limb
from pet_app.builder.body.trunk import Trunk

NODES = 12

HIGH_DEG = 30.0
HIGH_SET, LOW_SET = np.array([-1.45, -1.0, 0.0]), np.array([-0.9, -1.45, 0.0])
"""Where a tail's root lies from the end of the back, in its thicknesses: behind it where it is
carried up by `HIGH_DEG` or more, and sunk into the croup where it hangs."""


def tail(trunk: Trunk, base: np.ndarray) -> Growth:
    """The tail that leaves the back behind `base` (3,)."""
    shape, depth = trunk.shape, trunk.scale.depth_mm
    length, thick = shape["tail_length"] * depth, shape["tail_thick"] * depth
    share = np.linspace(0.0, 1.0, NODES)
    way = np.radians(180 - shape["tail_root"] - shape["tail_curl"] * share)
    steps = length / (NODES - 1) * np.stack([np.cos(way), np.sin(way), 0 * way], axis=1)
    high = np.clip(shape["tail_root"] / HIGH_DEG, 0.0, 1.0)
    first = base + thick * (high * HIGH_SET + (1 - high) * LOW_SET)
    nodes = first + np.concatenate([np.zeros((1, 3)), np.cumsum(steps[:-1], axis=0)])
    radii = thick * np.interp(share, [0.0, 0.15, 0.7, 1.0], [1.0, 0.94, 0.78, 0.56])
    return Growth("tail", ((Limb(nodes, radii, round_mm=0.01 * thick), 0.0),), 0.9 * thick)
