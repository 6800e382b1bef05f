"""Noise taken out of the light of points, by the points beside them.

Each point has looked in few directions of its own; with those beside it on the same smooth surface
it has looked nearly everywhere, as interleaved samples are evened out (Keller and Heidrich 2001).
"""

import numpy as np

from pet_app.builder.render import room
from pet_app.builder.render.compiled import compiled, inlined, streaming
from pet_app.builder.render.gather import corners_at, fetch
from pet_app.builder.render.lattice import FIRST, ROWS, lattice
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.weighing import COLUMNS, FREE

BESIDE = 8
"""Points beside a point, at most."""

ALIKE = 0.9
"""The least cosine between the normals of points that speak for each other."""

TURNS = 2
"""How often the mean is taken: once more for what the eye still sees as grain, which in a small
picture is nothing."""

OWN = np.float32(2)
"""How much a point counts where each beside it counts 1."""

DEEP, DIM = 4, np.float32(0.3)
"""How many points deep what is buried hears of light; what lies deeper and is seen all the same,
through a gap, is as dim as such a part of the mean."""

AHEAD = 48
"""So many points before its turn what is beside a point is brought near."""

DARK, AGAIN = np.float32(0.15), 8
"""What gets less than such a share of the ambient light is dark: its light comes along so few rays
that among its like the mean is taken so often again. Where light and dark meet it is not."""

HEARSAY = np.float32(0.02)
"""How much what is buried then counts."""


def evened(
    scene: Scene,
    wanted: np.ndarray,
    row: np.ndarray,
    values: np.ndarray,
    told: np.ndarray,
    small: bool,
) -> tuple[np.ndarray, np.ndarray]:
    """Values, float32 (points + 1, COLUMNS), and told, float32 (points + 1,), with those beside.

    wanted: int32, which points the first rows are of; the last row is 0. row: int32 (points + 1,),
    the row of each, the last for all that are not wanted. told: how much a point counts, 0 for what
    is buried, as are its values: it takes after its neighbours. The arrays given are worked in.
    """
    beside = scene.known(_beside)
    near = room.of("evened.near", (len(wanted), BESIDE), np.int32)
    share = room.of("evened.share", (len(wanted),), np.float32)
    _find(beside, wanted, row, near, share)
    found = room.of("evened.found", values.shape, np.float32)
    heard = room.of("evened.heard", told.shape, np.float32)
    buried = room.of("evened.buried", (len(wanted),), np.int32)
    for _ in range(1 if small else TURNS):
        found[-1], heard[-1] = 0, 0
        count = _mean(near, share, values, told, found, heard, buried)
        _hear(near, buried[:count], found, heard, len(wanted))
        values, found = found, values
        told, heard = heard, told
    _calm(near, share, values, told, buried)
    return values, told


def _beside(scene: Scene) -> np.ndarray:
    """int32 (points, BESIDE): the points beside each, then one beyond the last."""
    points = lattice(scene)
    beside = np.full((len(points.places), BESIDE), -1, np.int32)
    _link(points.layout, points.rows, points.points, points.places, beside)
    beside[beside < 0] = len(points.places)
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
def _find(beside, wanted, row, near, share):
    """The rows of what is beside each point, and one over how much all of them count."""
    flat, none, one = beside.reshape(-1), np.int32(len(row) - 1), np.float32(1)
    for place in range(np.uint64(len(wanted))):
        later = np.uint64(wanted[np.uint64(min(np.int64(place) + AHEAD, len(wanted) - 1))])
        fetch(flat, later * np.uint64(BESIDE))  # pyright: ignore[reportCallIssue]
        point, count = np.uint64(wanted[place]), np.int32(0)
        for slot in range(np.uint64(BESIDE)):
            there = row[np.uint64(beside[point, slot])]
            near[place, slot] = there
            count += np.int32(there != none)
        share[place] = one / (OWN + np.float32(count))


@inlined
def _together(others, part, rows, told, place, into):
    """Lay the mean of a point and those beside it down; returns how much that counts."""
    a, b, c = np.uint64(others[0]), np.uint64(others[1]), np.uint64(others[2])
    d, e, f = np.uint64(others[3]), np.uint64(others[4]), np.uint64(others[5])
    g, h = np.uint64(others[6]), np.uint64(others[7])
    corners_at(  # pyright: ignore[reportCallIssue]  the compiler gives the first
        *(rows, (place, a, b, c, d, e, f, g, h)),
        (OWN * part, part, part, part, part, part, part, part, part),
        *(into, place * np.uint64(COLUMNS)),
    )
    tell = told[a] + told[b] + told[c] + told[d] + told[e] + told[f] + told[g] + told[h]
    return part * (OWN * told[place] + tell)


@streaming
def _mean(near, share, values, told, found, heard, buried):
    """Returns how many are buried and have only such beside them, which are listed."""
    rows, into, count = values.reshape(-1), found.reshape(-1), np.uint64(0)
    for place in range(np.uint64(len(near))):
        heard[place] = _together(near[place], share[place], rows, told, place, into)
        buried[count] = place
        count += np.uint64(heard[place] == 0)
    return count


@compiled
def _hear(near, buried, found, heard, count):
    """What is buried and has only such beside it takes after those a little farther off, or is dim;
    it counts for what lies between it and others as good as nothing."""
    left = len(buried)
    for _ in range(DEEP + 1):
        for place in buried:
            if heard[place] > 0:
                continue
            for there in near[place]:
                if heard[there] > 0:
                    scale = HEARSAY / heard[there]
                    for column in range(COLUMNS):
                        found[place, column] = scale * found[there, column]
                    heard[place] = HEARSAY
                    left -= 1
                    break
    if left == 0:
        return
    mean, told = _average(found[:count], heard[:count])
    for place in buried:
        if heard[place] == 0:
            for column in range(COLUMNS):
                found[place, column] = HEARSAY * DIM * mean[column] / max(told, np.float32(1))
            heard[place] = HEARSAY


@streaming
def _calm(near, share, values, told, deep):
    """Take the mean of what is dark, with all that is beside it, again and again."""
    rows, count = values.reshape(-1), np.uint64(0)
    for place in range(np.uint64(len(near))):
        dark = values[place, FREE] < DARK * told[place]
        if dark:
            for slot in range(np.uint64(BESIDE)):
                there = np.uint64(near[place, slot])
                dark &= values[there, FREE] <= DARK * told[there]
        deep[count] = place
        count += np.uint64(dark)
    for turn in range(np.uint64(AGAIN) * count):
        place = np.uint64(deep[turn % count])
        told[place] = _together(near[place], share[place], rows, told, place, rows)


@streaming
def _average(found, heard):
    mean, told = np.zeros(COLUMNS, np.float32), np.float32(0)
    for place in range(len(found)):
        for column in range(COLUMNS):
            mean[column] += found[place, column]
        told += heard[place]
    return mean, told
