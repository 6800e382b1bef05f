"""Cloth laid on an animal: points tied to each other by the lengths of the flat cloth, pulled down
by their weight and kept out of the body."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.body import Body

STEPS = 46
FALL = 0.02
"""How far the weight moves a point in the first step, as a share of how far the cloth hangs; less
and less until the last."""

CLEAR_MM = 0.7
"""Between the coat and the middle of the cloth."""

STIFF = 0.5
"""How much of a fold a step takes out of the cloth where it is not gathered."""


NUDGE_MM = 0.3
CORNERS = np.array([[1.0, -1, -1], [-1, -1, 1], [-1, 1, -1], [1, 1, 1]])
"""Four ways in which the distance is asked for its slope."""


@dataclass(frozen=True, eq=False)
class Flatness:
    """The rest lengths of a grid of cloth: to the next column, the next row, both diagonals, and
    to the column and row after the next."""

    along: np.ndarray
    down: np.ndarray
    falling: np.ndarray
    rising: np.ndarray
    far_along: np.ndarray
    far_down: np.ndarray


def flatness(flat: np.ndarray) -> Flatness:
    """Of a flat grid, float64 (columns, rows, 2) mm."""
    return Flatness(
        _length(flat[1:] - flat[:-1]),
        _length(flat[:, 1:] - flat[:, :-1]),
        _length(flat[1:, 1:] - flat[:-1, :-1]),
        _length(flat[1:, :-1] - flat[:-1, 1:]),
        _length(flat[2:] - flat[:-2]),
        _length(flat[:, 2:] - flat[:, :-2]),
    )


def settled(
    start: np.ndarray, rest: Flatness, free: np.ndarray, gathered: np.ndarray, animal: Body
) -> np.ndarray:
    """Half a cloth, float64 (columns, rows, 3), after it has come to rest on the animal's right.

    Its first column lies in the animal's middle, z = 0. `free` (columns, rows) is 0 where a point
    is held and 1 elsewhere; `gathered` (columns,) 1 where the cloth may stay in folds.
    """
    points, before = start.copy(), start.copy()
    fall = FALL * float(rest.down[0].sum())
    normals = np.zeros_like(points)
    soft = STIFF * (1 - gathered)
    for step in range(STEPS):
        share = 1 - step / (STEPS - 8)
        moved = points + (points - before) * 0.82
        before = points
        points = np.where(free[..., None] > 0, moved, points)
        points[..., 1] -= fall * max(share, 0.0) * free
        for _ in range(2):
            _tie(points, rest, free)
        _unfold(points, rest, free, soft)
        points[0, :, 2] = 0.0
        if step % 2 == 0 or step > STEPS - 6:
            _keep_out(points, normals, free, animal, step % 6 == 0 or step > STEPS - 4)
    return points


def _tie(points: np.ndarray, rest: Flatness, free: np.ndarray) -> None:
    """Draw every point towards the lengths of the flat cloth, a set of ties at a time."""
    for first in (0, 1):
        columns = slice(first, None, 2)
        _pull(points[:-1][columns], points[1:][columns], rest.along[columns],
              free[:-1][columns], free[1:][columns])  # fmt: skip
        _pull(points[:, :-1][:, columns], points[:, 1:][:, columns], rest.down[:, columns],
              free[:, :-1][:, columns], free[:, 1:][:, columns])  # fmt: skip
        _pull(points[:-1, :-1][columns], points[1:, 1:][columns], rest.falling[columns],
              free[:-1, :-1][columns], free[1:, 1:][columns], 0.7)  # fmt: skip
        _pull(points[:-1, 1:][columns], points[1:, :-1][columns], rest.rising[columns],
              free[:-1, 1:][columns], free[1:, :-1][columns], 0.7)  # fmt: skip


def _pull(
    first: np.ndarray,
    second: np.ndarray,
    rest: np.ndarray,
    first_free: np.ndarray,
    second_free: np.ndarray,
    share: float = 1.0,
) -> None:
    """Move pairs of points, in place, so that they are `rest` apart."""
    way = second - first
    length = np.sqrt(np.einsum("...i,...i->...", way, way)) + 1e-9
    pull = share * (1 - rest / length) / np.maximum(first_free + second_free, 1.0)
    first += way * (pull * first_free)[..., None]
    second -= way * (pull * second_free)[..., None]


def _unfold(points: np.ndarray, rest: Flatness, free: np.ndarray, soft: np.ndarray) -> None:
    """Push apart what a fold has brought nearer than the flat cloth has it."""
    _push(points[:-2], points[2:], rest.far_along, soft[1:-1, None], free[:-2], free[2:])
    _push(points[:, :-2], points[:, 2:], rest.far_down, soft[:, None], free[:, :-2], free[:, 2:])


def _push(
    first: np.ndarray,
    second: np.ndarray,
    rest: np.ndarray,
    share: np.ndarray,
    first_free: np.ndarray,
    second_free: np.ndarray,
) -> None:
    """Move pairs of points, in place, that are nearer than `rest` a share of the way apart."""
    way = second - first
    length = np.sqrt(np.einsum("...i,...i->...", way, way)) + 1e-9
    shift = way * (share * np.minimum(1 - rest / length, 0.0) / 2)[..., None]
    first += shift * first_free[..., None]
    second -= shift * second_free[..., None]


def _keep_out(
    points: np.ndarray, normals: np.ndarray, free: np.ndarray, animal: Body, look: bool
) -> None:
    """Move points that have sunk into the coat out again; `look` asks anew where out is."""
    every = points.reshape(-1, 3)
    inside = CLEAR_MM - animal.depth_whole(every)
    if look:
        near = inside > -8.0
        if near.any():
            normals.reshape(-1, 3)[near] = way_out(animal, every[near])
    push = np.clip(inside, 0.0, 12.0).reshape(free.shape) * free
    points += normals * push[..., None]


def kept_out(points: np.ndarray, animal: Body) -> np.ndarray:
    """The points (columns, rows, 3) with those that have sunk into the animal on it."""
    every = points.reshape(-1, 3).copy()
    sunk = np.flatnonzero(animal.depth_whole(every) < CLEAR_MM)
    for _ in range(2):
        if len(sunk):
            inside = np.maximum(CLEAR_MM - animal.depth_whole(every[sunk]), 0.0)
            every[sunk] += way_out(animal, every[sunk]) * np.minimum(inside, 15.0)[:, None]
    return every.reshape(points.shape)


def way_out(animal: Body, points: np.ndarray) -> np.ndarray:
    """Unit vectors (n, 3) out of the whole animal, legs and head as well, at points near it."""
    found = animal.depth_whole((points[:, None] + NUDGE_MM * CORNERS).reshape(-1, 3))
    slopes = found.reshape(-1, 4) @ CORNERS
    return slopes / (np.linalg.norm(slopes, axis=1, keepdims=True) + 1e-12)


def _length(way: np.ndarray) -> np.ndarray:
    return np.sqrt(np.einsum("...i,...i->...", way, way))
