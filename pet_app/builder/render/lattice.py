"""A lattice of points over all faces of a piece, where the light that reaches it is known.

Faces differ in size by thousands, and light changes over millimetres. So every face is divided by
itself: rows of points run from the corner opposite its shortest side. Points of neighbours that
fall together are one.
"""

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from pet_app.builder.render.closeness import crowded
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.numbering import numbered
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.threads import side_by_side

ALONG, CLOSE = 146, 262
"""Points along the longest side of the piece, and where something is close to a face."""

REACH = 1.7
"""What is nearer than so many steps is close."""

TOGETHER = 2
"""Points fall together that are nearer than about this part of a step."""

TURNS = 2.4
"""Normals are told apart by their coordinates, rounded after this factor: about 40 degrees."""

SPARE = 0.25
"""A side may be so much longer than whole steps."""

MOST_STEPS = 1000

MOST_ENTRIES = 2_000_000
"""Where long thin faces would have more, all steps are longer."""

LEAST = 500
"""Faces that one thread takes at least."""

APEX, ROWS, ACROSS, FIRST = range(4)
"""Columns of `Lattice.layout`."""


@dataclass(frozen=True, eq=False)
class Lattice:
    """Points on a piece.

    layout: int32 (faces, 4). APEX is the corner from which rows begin, ROWS and ACROSS are how many
    steps there are from it and along the last row, FIRST is where the face's rows begin in `rows`:
    int32, the entry at which each row begins, and then where the face ends. points: int32
    (entries,), which point stands there. places: float32 (n, 6), each point's place in mm and its
    normal. face: int32 (n,), one that it lies on. step_mm: how far points are apart where nothing
    is close. middle: (3,) of the piece, in mm.
    """

    layout: np.ndarray
    rows: np.ndarray
    points: np.ndarray
    places: np.ndarray
    face: np.ndarray
    step_mm: float
    middle: np.ndarray


def lattice(scene: Scene) -> Lattice:
    """A scene's lattice, laid when it is first asked for."""
    return scene.known(_laid)


@compiled
def turned(apex, b, c):
    """The weights of a face's second and third corner, counted from its apex."""
    a = np.float32(1) - b - c
    first = b if apex == 0 else c if apex == 1 else a
    second = c if apex == 0 else a if apex == 1 else b
    return first, second


@compiled
def nearest(layout, rows, entries, face, b, c):
    """What `entries` have at the place nearest to one on a face, by its second and third weight."""
    own = layout[face]
    b, c = turned(own[APEX], b, c)
    down = min(max(b + c, 0), 1)
    along = min(max(c / max(down, 1e-9), 0), 1)
    row = own[FIRST] + int(down * own[ROWS] + 0.5)
    return entries[rows[row] + int(along * (rows[row + 1] - rows[row] - 1) + 0.5)]


def _laid(scene: Scene) -> Lattice:
    low, high = scene.low, scene.high
    step = float((high - low).max()) / ALONG
    layout = np.empty((len(scene.faces), 4), np.int32)
    close = crowded(scene, REACH * step)
    steps = np.where(close, step * ALONG / CLOSE, step)
    count, most = _divide(scene.vertices, scene.faces, steps, layout)
    while most > MOST_ENTRIES and layout[:, ROWS].max() > 1:
        steps *= 2
        count, most = _divide(scene.vertices, scene.faces, steps, layout)
    rows = np.empty(count, np.int32)
    entries = _count(layout, rows)
    stand, own = np.empty((entries, 6), np.float32), np.empty(entries, np.int32)
    keys = np.empty(entries, np.int64)

    def place(first: int, last: int) -> None:
        _place(
            *(scene.vertices, scene.normals, scene.faces, scene.face_normals, scene.parts, close),
            *(low, TOGETHER / steps, layout, rows, first, last, stand, own, keys),
        )

    side_by_side(len(layout), LEAST, place)
    points, origin = numbered(keys)
    return Lattice(layout, rows, points, stand[origin], own[origin], step, (low + high) / 2)


@compiled
def _divide(vertices, faces, steps, layout):
    """Choose each face's rows; returns how many there are with one more for each face, and how many
    entries they have at most."""
    count = most = 0
    sides = np.empty(3)
    for face in range(len(faces)):
        for corner in range(3):
            # The side opposite to the corner.
            one, other = faces[face, (corner + 1) % 3], faces[face, (corner + 2) % 3]
            total = 0.0
            for axis in range(3):
                off = vertices[one, axis] - vertices[other, axis]
                total += off * off
            sides[corner] = sqrt(total)
        apex = int(sides.argmin())
        layout[face, APEX] = apex
        layout[face, ROWS] = min(max(ceil(sides.max() / steps[face] - SPARE), 1), MOST_STEPS)
        layout[face, ACROSS] = min(max(ceil(sides[apex] / steps[face] - SPARE), 1), MOST_STEPS)
        layout[face, FIRST] = count
        count += layout[face, ROWS] + 2
        most += (layout[face, ROWS] + 1) * (layout[face, ACROSS] + 4) // 2
    return count, most


@compiled
def _count(layout, rows):
    """Where each row begins; returns how many entries there are."""
    count = 0
    for face in range(len(layout)):
        steps, across, first = layout[face, ROWS], layout[face, ACROSS], layout[face, FIRST]
        for row in range(steps + 1):
            rows[first + row] = count
            count += (row * across + steps - 1) // steps + 1
        rows[first + steps + 1] = count
    return count


@compiled
def _place(
    vertices,
    normals,
    faces,
    face_normals,
    parts,
    close,
    low,
    fineness,
    layout,
    rows,
    first_face,
    last_face,
    stand,
    face_of,
    keys,
):
    """Where each entry stands, the normal there, and its face; entries of one key fall together."""
    for face in range(first_face, last_face):
        apex, count_rows, _, first = layout[face]
        i, j, k = faces[face, apex], faces[face, (apex + 1) % 3], faces[face, (apex + 2) % 3]
        turn = np.int64(parts[face] + 1) * 2 + close[face]
        for axis in range(3):
            turn = turn * 5 + np.int64(round(face_normals[face, axis] * TURNS)) + 2
        for row in range(count_rows + 1):
            down = np.float32(row / count_rows)
            begins, ends = rows[first + row], rows[first + row + 1]
            for entry in range(begins, ends):
                c = down * np.float32((entry - begins) / max(ends - begins - 1, 1))
                a, b = np.float32(1) - down, down - c
                own, key, length = stand[entry], turn, np.float32(0)
                for axis in range(3):
                    own[axis] = (
                        a * vertices[i, axis] + b * vertices[j, axis] + c * vertices[k, axis]
                    )
                    key = key * 1024 + np.int64((own[axis] - low[axis]) * fineness[face] + 0.5)
                    own[3 + axis] = (
                        a * normals[i, axis] + b * normals[j, axis] + c * normals[k, axis]
                    )
                    length += own[3 + axis] * own[3 + axis]
                keys[entry], face_of[entry] = key, face
                for axis in range(3):
                    if length > np.float32(1e-12):
                        own[3 + axis] /= np.float32(sqrt(length))
                    else:
                        own[3 + axis] = face_normals[face, axis]
