"""Lines along the middle of back and chest, from the neck strap to the girth strap."""

import numpy as np

from pet_app.builder.body import Body
from pet_app.builder.curve import Curve

RAYS = 48
REAR_RAYS = 13


def midline(body: Body, first: np.ndarray, crossing: np.ndarray, behind_mm: float) -> Curve:
    """A tape in the sagittal plane from `first` at the neck over `crossing`, where the girth strap
    holds it down, to so far behind that; (3,) mm.

    It touches the body and bridges its hollows. Its points are even.
    """
    above = crossing[1] > 0
    centre = np.array([0.5 * first[0], 0.0, 0.0])
    start, end = (np.arctan2(*(point - centre)[[1, 0]]) for point in (first, crossing))
    end += 2 * np.pi * ((end < start) & above)
    turn = np.linspace(start, end, RAYS)
    ways = np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1)
    beyond = np.zeros((REAR_RAYS, 3))
    beyond[:, 0] = np.linspace(crossing[0], crossing[0] - behind_mm, REAR_RAYS)
    starts = np.concatenate([np.broadcast_to(centre, ways.shape), beyond])
    upright = np.broadcast_to([0.0, 1.0 if above else -1.0, 0.0], beyond.shape)
    ways = np.concatenate([ways, upright])
    line = starts + body.exits(starts, ways)[:, None] * ways
    parts = [taut(part, left=above) for part in (line[:RAYS], line[RAYS:])]
    line = np.concatenate([parts[0], parts[1][1:]])
    arc = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    even = np.linspace(0.0, arc[-1], 3 * RAYS)
    points = np.stack([np.interp(even, arc, axis) for axis in line.T], axis=1)
    ahead = np.gradient(points, axis=0)
    # A tape bends with a radius: corners where it meets the body again are eased.
    ahead = _eased(ahead)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    side = 1.0 if above else -1.0
    normals = side * np.stack([ahead[:, 1], -ahead[:, 0], 0 * ahead[:, 0]], axis=1)
    return Curve(points, normals)


def taut(line: np.ndarray, *, left: bool) -> np.ndarray:
    """The points of a line (n, 3) in the sagittal plane that a tape drawn tight over it meets.

    `left` says that it runs counter-clockwise round what it lies on.
    """
    side = 1.0 if left else -1.0
    kept = line
    while len(kept) > 2:
        step = np.diff(kept[:, :2], axis=0)
        turn = side * (step[:-1, 0] * step[1:, 1] - step[:-1, 1] * step[1:, 0])
        over = np.concatenate([[True], turn > -1e-9, [True]])
        if over.all():
            break
        kept = kept[over]
    return kept


def heights(arc: np.ndarray, bands: list[tuple[float, float, float]], ramp_mm: float) -> np.ndarray:
    """Heights (n,) in mm: each band (middle, half its length, height) is level, the rest at 0.

    Between, the strap comes down over `ramp_mm`, or as far as there is room.
    """
    height = np.zeros_like(arc)
    for middle, half, high in bands:
        share = np.clip((np.abs(arc - middle) - half) / ramp_mm, 0.0, 1.0)
        height = np.maximum(height, high * (1 - share**2 * (3 - 2 * share)))
    return height


def _eased(values: np.ndarray) -> np.ndarray:
    padded = np.pad(values, ((2, 2), (0, 0)), mode="edge")
    return np.lib.stride_tricks.sliding_window_view(padded, 5, axis=0).mean(axis=-1)
