"""Noise taken out of the light of points, by the points beside them.

Each point has looked in few directions of its own; with those beside it on the same smooth surface
it has looked nearly everywhere, as interleaved samples are evened out (Keller and Heidrich 2001).
"""

import numpy as np

from pet_app.builder.render import room
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.lattice import FIRST, ROWS, lattice
from pet_app.builder.render.scene import Scene

BESIDE = 8
"""Points beside a point, at most."""

ALIKE = 0.9
"""The least cosine between the normals of points that speak for each other."""

TURNS = 2
"""How often the mean is taken: once more for what the eye still sees as grain."""

OWN = np.float32(2)
"""How much a point counts where each beside it counts 1."""

DEEP, DIM = 4, np.float32(0.3)
"""How many points deep what is buried hears of light; what lies deeper and is seen all the same,
through a gap, is as dim as such a part of the mean."""

HEARSAY = np.float32(0.02)
"""How much what is buried then counts."""

COLUMNS = 8
"""The columns of `Reached.light`."""


def evened(
    scene: Scene, wanted: np.ndarray, row: np.ndarray, values: np.ndarray, told: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Values, float32 (wanted, COLUMNS), and told, float32 (wanted,), with those beside each.

    wanted: int32, which points they are of. row: int32 (points,), the row of each, -1 for all
    others. told: how much a point counts, 0 for what is buried, as are its values: it takes after
    its neighbours. The arrays given are worked in.
    """
    beside = scene.known(_beside)
    found, heard = room.of("evened", values.shape, np.float32), np.empty_like(told)
    for _ in range(TURNS):
        _mean(beside, wanted, row, values, told, found, heard)
        values, found = found, values
        told, heard = heard, told
    return values, told


def _beside(scene: Scene) -> np.ndarray:
    points = lattice(scene)
    beside = np.full((len(points.places), BESIDE), -1, np.int32)
    _link(points.layout, points.rows, points.points, points.places, beside)
    return beside


@compiled
def _link(layout, rows, entries, places, beside):
    for face in range(len(layout)):
        first = layout[face, FIRST]
        for row in range(layout[face, ROWS] + 1):
            begins, ends = rows[first + row], rows[first + row + 1]
            for entry in range(begins, ends - 1):
                _join(entries[entry], entries[entry + 1], places, beside)
            if row == 0:
                continue
            above = rows[first + row - 1]
            near, far = begins - above - 1, max(ends - begins - 1, 1)
            for entry in range(begins, ends):
                over = above + int((entry - begins) * near / far + 0.5)
                _join(entries[entry], entries[over], places, beside)


@compiled
def _join(one, other, places, beside):
    if one == other:
        return
    a, b = places[one], places[other]
    if a[3] * b[3] + a[4] * b[4] + a[5] * b[5] < ALIKE:
        return
    _enter(one, other, beside)
    _enter(other, one, beside)


@compiled
def _enter(one, other, beside):
    for slot in range(BESIDE):
        if beside[one, slot] == other:
            return
        if beside[one, slot] < 0:
            beside[one, slot] = other
            return


@streaming
def _mean(beside, wanted, row, values, told, found, heard):
    one, all_told = np.float32(1), np.float32(0)
    total, mean = np.empty(COLUMNS, np.float32), np.zeros(COLUMNS, np.float32)
    buried, count = np.empty(len(wanted), np.int32), 0
    for place in range(len(wanted)):
        whole, tell = OWN, OWN * told[place]
        for column in range(COLUMNS):
            total[column] = OWN * values[place, column]
        for slot in range(BESIDE):
            other = beside[wanted[place], slot]
            if other < 0:
                break
            there = row[other]
            if there >= 0:
                whole += one
                tell += told[there]
                for column in range(COLUMNS):
                    total[column] += values[there, column]
        for column in range(COLUMNS):
            found[place, column] = total[column] / whole
            mean[column] += found[place, column]
        heard[place] = tell / whole
        all_told += heard[place]
        if heard[place] == 0:
            buried[count] = place
            count += 1
    # What is buried and has only such beside it takes after those a little farther off, or is dim;
    # it counts for what lies between it and others as good as nothing.
    for turn in range(DEEP + 1):
        for place in buried[:count]:
            if heard[place] > 0:
                continue
            for slot in range(BESIDE):
                other = beside[wanted[place], slot]
                there = row[other] if other >= 0 else -1
                if there >= 0 and heard[there] > 0:
                    scale = HEARSAY / heard[there]
                    for column in range(COLUMNS):
                        found[place, column] = scale * found[there, column]
                    heard[place] = HEARSAY
                    break
            if turn == DEEP and heard[place] == 0:
                for column in range(COLUMNS):
                    found[place, column] = HEARSAY * DIM * mean[column] / max(all_told, one)
                heard[place] = HEARSAY
