"""Cloth laid on an animal: points tied to each other by the lengths of the flat cloth, pulled down
by their weight and kept out of the body."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pet_app.builder.body import Body
from pet_app.builder.geometry.room import Room

STEPS = 40
HEAVY = 0.003
"""How far the weight moves a point in the first step, as a share of how far the cloth hangs; less
and less until none is left, and the ties alone have the last word."""

LIGHT_STEPS = 10

HELD = 0.15
"""How strongly a point stays where it is in a step, beside ties that hold with 1."""

LOOK = 2
"""Every so many steps the animal is asked for; in between it is taken for flat."""

CARRIED = 0.9
"""Of the way a point went in a step it goes on in the next."""

SLANTING = 0.5
"""How strongly the ties across the cells hold; those along threads hold with 1."""

YIELDING = 0.85
"""Of what cloth is pushed together it lets happen: it lies in small folds then."""

STIFF = 0.6
"""How strongly cloth is kept from folding."""

CLEAR_MM = 0.7
"""Between the coat and the middle of the cloth."""


NUDGE_MM = 0.3
CORNERS = np.array([[1.0, -1, -1], [-1, -1, 1], [-1, 1, -1], [1, 1, 1]])
"""Four ways in which the distance is asked for its slope."""


@dataclass(frozen=True, eq=False)
class Ties:
    """Which points of a grid of cloth are tied, and what the ties ask of them.

    `first` and `second` (n,) number the points of a tie; the last `bends` of them only push. At
    every point meet the ties `at` (points, most), which draw it with `pull`, 0 where there are
    fewer. `solve` takes what draws the points to where they come to rest, for x and y, and
    `solve_z` for z, whose first column is held too.
    """

    first: np.ndarray
    second: np.ndarray
    bends: int
    at: np.ndarray
    pull: np.ndarray
    solve: np.ndarray
    solve_z: np.ndarray


@lru_cache(maxsize=4)
def ties(columns: int, rows: int, held_from: int) -> Ties:
    """Of a grid whose last column is held, and its first row from column `held_from` on."""
    number = np.arange(columns * rows).reshape(columns, rows)
    sets = (
        (number[:-1], number[1:], 1.0),
        (number[:, :-1], number[:, 1:], 1.0),
        (number[:-1, :-1], number[1:, 1:], SLANTING),
        (number[:-1, 1:], number[1:, :-1], SLANTING),
        (number[:-2], number[2:], STIFF),
        (number[:, :-2], number[:, 2:], STIFF),
    )
    first = np.concatenate([one.reshape(-1) for one, _, _ in sets])
    second = np.concatenate([one.reshape(-1) for _, one, _ in sets])
    strong = np.concatenate([np.full(one.size, strength) for one, _, strength in sets])
    held = np.zeros((columns, rows), bool)
    held[held_from:, 0] = held[-1] = True
    held_z = held.copy()
    held_z[0] = True
    count = columns * rows
    meeting = [np.flatnonzero((first == point) | (second == point)) for point in range(count)]
    most = max(len(found) for found in meeting)
    at, pull = np.zeros((count, most), int), np.zeros((count, most))
    whole = HELD * np.eye(count)
    for point, found in enumerate(meeting):
        at[point, : len(found)] = found
        pull[point, : len(found)] = np.where(second[found] == point, 1, -1) * strong[found]
        whole[point, point] += strong[found].sum()
    np.subtract.at(whole, (first, second), strong)
    np.subtract.at(whole, (second, first), strong)
    bends = sets[4][0].size + sets[5][0].size
    solve = [_solved(whole, ~one.reshape(-1)) for one in (held, held_z)]
    return Ties(first, second, bends, at, pull, *solve)


def _solved(whole: np.ndarray, free: np.ndarray) -> np.ndarray:
    """What takes the pulls on free points, and the places of held ones, to the places of all."""
    inverse = np.linalg.inv(whole[np.ix_(free, free)])
    solve = np.eye(len(whole))
    solve[np.ix_(free, free)] = inverse
    solve[np.ix_(free, ~free)] = -inverse @ whole[np.ix_(free, ~free)]
    return solve


def settled(start: np.ndarray, flat: np.ndarray, held_from: int, animal: Body) -> np.ndarray:
    """Half a cloth, float64 (columns, rows, 3), after it has come to rest on the animal's right.

    `flat` (columns, rows, 2) is the same cloth before. The first column lies in the animal's
    middle, z = 0; the last one is held, and the first row from column `held_from` on.
    """
    tied = ties(*start.shape[:2], held_from)
    plan = flat.reshape(-1, 2)
    rest = _length(plan[tied.second] - plan[tied.first])
    room = Room.round(start, animal)
    points = start.reshape(-1, 3).copy()
    before = points
    hangs = float(np.abs(flat[0, :, 1]).max())
    free = np.ones(start.shape[:2])
    free[held_from:, 0] = free[-1] = 0.0
    free = free.reshape(-1)
    middle = np.arange(start.shape[1])
    away, out, looked = np.zeros(len(points)), np.zeros_like(points), points
    for step in range(STEPS):
        heavy = HEAVY * hangs * max(1 - step / (STEPS - LIGHT_STEPS), 0.0)
        moved = points + CARRIED * (points - before)
        moved[:, 1] -= heavy
        moved = np.where(free[:, None] > 0, moved, points)
        before = points
        way = points[tied.second] - points[tied.first]
        share = rest / (_length(way) + 1e-9)
        share[-tied.bends :] = np.maximum(share[-tied.bends :], 1.0)
        share[: -tied.bends] -= YIELDING * np.maximum(share[: -tied.bends] - 1, 0.0)
        way *= share[:, None]
        drawn = np.einsum("ijk,ij->ik", way[tied.at], tied.pull) + HELD * moved
        drawn = np.where(free[:, None] > 0, drawn, points)
        across = drawn[:, 2].copy()
        across[middle] = 0.0
        points = np.concatenate([tied.solve @ drawn[:, :2], (tied.solve_z @ across)[:, None]], 1)
        if step % LOOK == 0:
            away, out = room.at(points)
        else:
            away = away + np.einsum("ij,ij->i", points - looked, out)
        looked = points.copy()
        points += out * (np.clip(CLEAR_MM - away, 0.0, 0.1 * hangs) * free)[:, None]
        points[:, 2] = np.maximum(points[:, 2], 0.0)
        points[middle, 2] = 0.0
    return points.reshape(start.shape)


def kept_out(points: np.ndarray, animal: Body) -> np.ndarray:
    """The points (columns, rows, 3) with those that have sunk into the animal on it."""
    every = points.reshape(-1, 3).copy()
    inside = CLEAR_MM - animal.depth_whole(every)
    sunk = np.flatnonzero(inside > 0)
    for _ in range(2):
        if len(sunk):
            every[sunk] += way_out(animal, every[sunk]) * np.minimum(inside[sunk], 15.0)[:, None]
            inside[sunk] = np.maximum(CLEAR_MM - animal.depth_whole(every[sunk]), 0.0)
    return every.reshape(points.shape)


def way_out(animal: Body, points: np.ndarray) -> np.ndarray:
    """Unit vectors (n, 3) out of the whole animal, legs and head as well, at points near it."""
    around = (points[:, None] + NUDGE_MM * CORNERS).reshape(-1, 3)
    found = animal.figure.distance(around, 2 * NUDGE_MM)
    slopes = found.reshape(-1, 4) @ CORNERS
    return slopes / (np.linalg.norm(slopes, axis=1, keepdims=True) + 1e-12)


def _length(way: np.ndarray) -> np.ndarray:
    return np.sqrt(np.einsum("...i,...i->...", way, way))
