"""The scale at which the tapes round and along the body are what the owner measured."""

from dataclasses import replace
from functools import cache

import numpy as np

from pet_app.builder.body.head import head
from pet_app.builder.body.proportion import Proportions, fullness, proportions
from pet_app.builder.body.section import exits, tapes
from pet_app.builder.body.trunk import Scale, Trunk
from pet_app.builder.design import Measurements
from pet_app.builder.rules import Build

ROUNDS = 5
BACK_ROUNDS = 3
CLOSE_MM = 0.1

BASE_OVER_NECK = 1.07
"""How much longer than the collar's the tape round the base of the neck is."""

BACK_STEPS = 17
TAIL_BEFORE = 0.08
"""The tail leaves the croup this share of the chest's depth before the torso's last station."""

WIDEST_MM = 52.0
WIDEST_SHARE = 0.125
"""Half of the widest strap that fits an animal, as a share of the chest's depth."""

HEAD_ROUNDS = 3
CLEAR_ROUNDS = 0.95
"""So many of the head's rounding have to lie between it and a collar's edge."""


def solved(measured: Measurements, shape: Proportions) -> tuple[Trunk, float, float]:
    """The trunk that measures this, and the ways of its collar and neck base along the neck."""
    girth_share, neck_share = _shares(shape.build)
    scale = Scale(
        measured.girth_mm / girth_share, measured.neck_mm / neck_share, 0.0, fullness(measured)
    )
    trunk = Trunk(shape, replace(scale, rear_mm=0.8 * measured.back_mm))
    for _ in range(ROUNDS):
        girth, collar = _girth_and_collar(trunk)
        if max(abs(measured.girth_mm - girth), abs(measured.neck_mm - collar)) < CLOSE_MM:
            break
        trunk = trunk.scaled(
            depth_mm=trunk.scale.depth_mm * measured.girth_mm / girth,
            neck_mm=trunk.scale.neck_mm * measured.neck_mm / collar,
        )
    base = base_way(trunk, BASE_OVER_NECK * measured.neck_mm)
    for _ in range(BACK_ROUNDS):
        missing = measured.back_mm - back_mm(trunk, base)
        if abs(missing) < CLOSE_MM:
            break
        rear = max(trunk.scale.rear_mm + missing, 0.2 * trunk.scale.depth_mm)
        trunk = trunk.scaled(rear_mm=rear)
    return _head_clear(trunk), trunk.collar_way, base


@cache
def _shares(build: Build) -> tuple[float, float]:
    """Girth over the chest's depth and collar over the neck's: much the same at every size."""
    trunk = Trunk(proportions(build), Scale(100.0, 58.0, 190.0, 0.0))
    girth, collar = _girth_and_collar(trunk)
    return girth / trunk.scale.depth_mm, collar / trunk.scale.neck_mm


def _girth_and_collar(trunk: Trunk) -> np.ndarray:
    """The two tapes (2,) in mm."""
    centres = np.stack([np.zeros(3), trunk.axis(trunk.collar_way)])
    ups = np.stack([np.array([0.0, 1.0, 0.0]), up(trunk, trunk.collar_way)])
    return tapes(trunk.distance, centres, ups, reach_mm(trunk), 41)


def _head_clear(trunk: Trunk) -> Trunk:
    """The trunk with its head just so far out that the widest collar lies clear of it."""
    edge = trunk.collar_way + min(WIDEST_MM / 2, WIDEST_SHARE * trunk.scale.depth_mm)
    turn = np.linspace(0.0, np.pi, 17)
    above = up(trunk, trunk.collar_way)
    ways = np.cos(turn)[:, None] * above + np.sin(turn)[:, None] * np.array([0.0, 0.0, 1.0])
    starts = np.broadcast_to(trunk.axis(edge), ways.shape)
    loop = starts + exits(trunk.distance, starts, ways, reach_mm(trunk))[:, None] * ways
    for _ in range(HEAD_ROUNDS):
        found = head(trunk)
        free = float(found.skull.distance(loop).min()) - CLEAR_ROUNDS * found.round_mm
        least = -0.2 * trunk.neck_mm
        trunk = trunk.scaled(head_mm=trunk.scale.head_mm + max(-1.1 * free, least))
    return trunk


def up(trunk: Trunk, way: float | np.ndarray) -> np.ndarray:
    """The unit vectors (…, 3) from the lowest to the highest point of sections of the neck."""
    lean = trunk.lean(way)
    return np.stack([-np.sin(lean), np.cos(lean), 0 * lean], axis=-1)


def reach_mm(trunk: Trunk) -> float:
    """No section reaches further from its middle."""
    return 1.4 * max(trunk.scale.depth_mm, trunk.scale.neck_mm)


def base_way(trunk: Trunk, tape_mm: float) -> float:
    """Where along the neck, from the collar inwards, the tape first is so long."""
    ways = np.linspace(trunk.collar_way, trunk.collar_way - 0.75 * trunk.scale.depth_mm, 8)
    found = tapes(trunk.distance, trunk.axis(ways), up(trunk, ways), reach_mm(trunk), 25)
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
    return -trunk.scale.rear_mm + TAIL_BEFORE * trunk.scale.depth_mm


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
