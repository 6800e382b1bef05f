"""The tail: a bow from the croup, as each build carries it."""

import numpy as np

from pet_app.builder.body.solid import Growth, Limb
from pet_app.builder.body.trunk import Trunk

NODES = 12


def tail(trunk: Trunk, base: np.ndarray) -> Growth:
    """The tail that leaves the back behind `base` (3,)."""
    shape, depth = trunk.shape, trunk.scale.depth_mm
    length, thick = shape["tail_length"] * depth, shape["tail_thick"] * depth
    share = np.linspace(0.0, 1.0, NODES)
    way = np.radians(180 - shape["tail_root"] - shape["tail_curl"] * share)
    steps = length / (NODES - 1) * np.stack([np.cos(way), np.sin(way), 0 * way], axis=1)
    first = base + np.array([-1.45 * thick, -1.0 * thick, 0.0])
    nodes = first + np.concatenate([np.zeros((1, 3)), np.cumsum(steps[:-1], axis=0)])
    radii = thick * np.interp(share, [0.0, 0.15, 0.7, 1.0], [1.0, 0.92, 0.72, 0.42])
    return Growth("tail", ((Limb(nodes, radii, round_mm=0.1 * thick), 0.0),), 0.9 * thick)
