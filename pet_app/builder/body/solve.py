"""The scale at which the tapes round and along the body are what the owner measured."""

import numpy as np

from pet_app.builder.body.proportion import Proportions, fullness
from pet_app.builder.body.section import exits, tapes
from pet_app.builder.body.trunk import Scale, Trunk
from pet_app.builder.design import Measurements

ROUNDS = 5
CLOSE_MM = 0.02

BASE_OVER_NECK = 1.07
"""How much longer than the collar's the tape round the base of the neck is."""

BACK_STEPS = 25
TAIL_BEHIND = 0.03
"""The tail leaves the croup this share of the chest's depth behind the last station."""


def solved(measured: Measurements, shape: Proportions) -> tuple[Trunk, float, float]:
    """The trunk that measures this, and the ways of its collar and neck base along the neck."""
    wide = shape["chest_width"]
    depth = 2 * measured.girth_mm / np.pi / (1 + wide)
    neck = 2 * measured.neck_mm / np.pi / (1 + shape["neck_width"])
    scale = Scale(depth, neck, 0.9 * measured.back_mm, fullness(measured))
    trunk = Trunk(shape, scale)
    base = 0.0
    for _ in range(ROUNDS):
        centres = np.stack([np.zeros(3), trunk.axis(trunk.collar_way)])
        ups = np.stack([np.array([0.0, 1.0, 0.0]), up(trunk, trunk.collar_way)])
        girth, collar = tapes(trunk.distance, centres, ups, reach_mm(trunk))
        base = base_way(trunk, BASE_OVER_NECK * measured.neck_mm)
        along = back_mm(trunk, base)
        errors = (measured.girth_mm - girth, measured.neck_mm - collar, measured.back_mm - along)
        if max(map(abs, errors)) < CLOSE_MM:
            break
        scale = trunk.scale.with_(
            depth_mm=trunk.scale.depth_mm * measured.girth_mm / girth,
            neck_mm=trunk.scale.neck_mm * measured.neck_mm / collar,
            rear_mm=trunk.scale.rear_mm + errors[2],
        )
        trunk = Trunk(shape, scale)
    return trunk, trunk.collar_way, base


def up(trunk: Trunk, way: float | np.ndarray) -> np.ndarray:
    """The unit vectors (…, 3) from the lowest to the highest point of sections of the neck."""
    lean = trunk.lean(way)
    return np.stack([-np.sin(lean), np.cos(lean), 0 * lean], axis=-1)


def reach_mm(trunk: Trunk) -> float:
    """No section reaches further from its middle."""
    return 1.4 * max(trunk.scale.depth_mm, trunk.scale.neck_mm)


def base_way(trunk: Trunk, tape_mm: float) -> float:
    """Where along the neck, from the collar inwards, the tape first is so long."""
    ways = np.linspace(trunk.collar_way, trunk.collar_way - 0.75 * trunk.scale.depth_mm, 10)
    found = tapes(trunk.distance, trunk.axis(ways), up(trunk, ways), reach_mm(trunk), 33)
    longer = found > tape_mm
    last = int(np.argmax(longer)) if longer.any() else len(ways) - 1
    last = max(last, 1)
    low, high = found[last - 1], found[last]
    share = np.clip((tape_mm - low) / max(high - low, 1e-6), 0.0, 1.0)
    return float(ways[last - 1] + share * (ways[last] - ways[last - 1]))


def top_of(trunk: Trunk, way: float) -> np.ndarray:
    """The highest point (3,) of the section of the neck at this way."""
    start, above = trunk.axis(way)[None], up(trunk, way)[None]
    return start[0] + exits(trunk.distance, start, above, reach_mm(trunk)) * above[0]


def tail_x(trunk: Trunk) -> float:
    return -trunk.scale.rear_mm - TAIL_BEHIND * trunk.scale.depth_mm


def topline(trunk: Trunk, x: np.ndarray) -> np.ndarray:
    """The points (n, 3) on the back at these x."""
    return _line(trunk, x, 1.0)


def underline(trunk: Trunk, x: np.ndarray) -> np.ndarray:
    """The points (n, 3) under the belly and chest at these x."""
    return _line(trunk, x, -1.0)


def _line(trunk: Trunk, x: np.ndarray, side: float) -> np.ndarray:
    starts = np.stack([x, 0 * x, 0 * x], axis=1)
    ways = np.broadcast_to([0.0, side, 0.0], starts.shape)
    away = exits(trunk.distance, starts, ways, reach_mm(trunk))
    return starts + away[:, None] * ways


def back_mm(trunk: Trunk, base: float) -> float:
    """The tape along the back from the base of the neck to the base of the tail."""
    first = top_of(trunk, base)
    line = topline(trunk, np.linspace(first[0], tail_x(trunk), BACK_STEPS)[1:])
    return bridged(np.concatenate([first[None], line]))


def bridged(line: np.ndarray) -> float:
    """The length in mm of a tape drawn tight over a line (n, 3) along the back."""
    kept = np.arange(len(line))
    while len(kept) > 2:
        step = np.diff(line[kept, :2], axis=0)
        turn = step[:-1, 0] * step[1:, 1] - step[:-1, 1] * step[1:, 0]
        over = np.concatenate([[True], turn > -1e-9, [True]])
        if over.all():
            break
        kept = kept[over]
    return float(np.linalg.norm(np.diff(line[kept], axis=0), axis=1).sum())
