"""Faces that have something close above them: there light changes within millimetres."""

from math import ceil, sqrt

import numpy as np

from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.threads import side_by_side

RISE = np.float32(0.2)
"""The sine of the height above a face's own plane from which something counts."""

MOST, MOST_SAMPLES = 64, 1_000_000
"""Samples along a side of a face, and in all beside one for each face."""

LOOKED_AT = 32
"""Samples in one cell with which others are compared."""

MOST_CELLS = 96
"""Cells along the longest side of the piece."""

LEAST = 500
"""Faces that one thread takes at least."""

CORNER, ROWS, ACROSS = range(3)
"""How a face is cut: at which corner its shortest side begins, into how many rows and columns."""


def crowded(scene: Scene, reach_mm: float) -> np.ndarray:
    """bool (faces,): whether something that faces it rises above a face within about `reach_mm`."""
    vertices, faces = scene.vertices, scene.faces
    cuts, starts = np.empty((len(faces), 3), np.int32), np.zeros(len(faces) + 1, np.int32)
    apart = reach_mm
    while (count := _cut(vertices, faces, apart, cuts, starts)) > MOST_SAMPLES + len(faces):
        apart *= 2
    low, high = scene.low, scene.high
    scale = np.float32(1 / max(reach_mm, float((high - low).max()) / MOST_CELLS))
    # One more on either side: those beside a cell are looked up unasked.
    across = ((high - low) * scale).astype(np.int32) + 3
    spots, cells = np.empty((3, count), np.float32), np.empty(count, np.int32)
    found = np.zeros(len(faces), np.bool_)

    def sample(first: int, last: int) -> None:
        _sample(
            *(vertices, faces, cuts, starts, first, last, low, scale, across, spots, cells),
        )

    def compare(first: int, last: int) -> None:
        _compare(
            *(spots, starts, first, last, scene.face_normals, low, scale, across),
            *(np.float32(reach_mm), begins, kept, found),
        )

    side_by_side(len(faces), LEAST, sample)
    begins, kept = np.zeros(int(across.prod()) + 1, np.int32), np.empty((6, count), np.float32)
    _sort(spots, cells, starts, scene.face_normals, begins, kept)
    side_by_side(len(faces), LEAST, compare)
    return found


@compiled
def _cut(vertices, faces, spacing, cuts, starts):
    """Choose how each face is cut, a thin one along its length alone; returns how many samples."""
    sides = np.empty(3)
    for face in range(len(faces)):
        for corner in range(3):
            total = 0.0
            for axis in range(3):
                off = vertices[faces[face, corner], axis]
                off -= vertices[faces[face, (corner + 1) % 3], axis]
                total += off * off
            sides[corner] = sqrt(total)
        shortest = int(sides.argmin())
        rows = min(ceil(sides.max() / spacing), MOST)
        across = min(ceil(sides[shortest] / spacing), MOST)
        cuts[face, CORNER], cuts[face, ROWS], cuts[face, ACROSS] = shortest, rows, across
        starts[face + 1] = starts[face] + rows * across
    return starts[len(faces)]


@compiled
def _sample(vertices, faces, cuts, starts, first, last, low, scale, across, spots, cells):
    """The middles of equal parts of each face, and the cells they lie in."""
    for face in range(first, last):
        corner, rows, columns = cuts[face]
        i = faces[face, (corner + 2) % 3]
        j, k = faces[face, corner], faces[face, (corner + 1) % 3]
        spot = starts[face]
        for row in range(rows):
            down = np.float32(sqrt((row + 0.5) / rows))
            for column in range(columns):
                c = down * np.float32((column + 0.5) / columns)
                cell = 0
                for axis in range(3):
                    at = (np.float32(1) - down) * vertices[i, axis]
                    at += (down - c) * vertices[j, axis] + c * vertices[k, axis]
                    spots[axis, spot] = at
                    cell = cell * across[axis] + int((at - low[axis]) * scale) + 1
                cells[spot] = cell
                spot += 1


@compiled
def _sort(spots, cells, starts, normals, begins, kept):
    """Sort samples by their cells, each with its face's normal; no cell keeps more than the first
    LOOKED_AT."""
    for cell in cells:
        begins[cell + 1] += 1
    for cell in range(len(begins) - 1):
        begins[cell + 1] = begins[cell] + min(begins[cell + 1], LOOKED_AT)
    ends = begins[:-1].copy()
    for face in range(len(normals)):
        for spot in range(starts[face], starts[face + 1]):
            place = ends[cells[spot]]
            if place < begins[cells[spot] + 1]:
                ends[cells[spot]] += 1
                for axis in range(3):
                    kept[axis, place] = spots[axis, spot]
                    kept[3 + axis, place] = normals[face, axis]


@compiled
def _compare(spots, starts, first, last, normals, low, scale, across, reach, begins, kept, found):
    """Compare samples with those in the eight cells nearest to each."""
    half, none = np.float32(0.5), np.float32(0)
    for face in range(first, last):
        nx, ny, nz = normals[face]
        for spot in range(starts[face], starts[face + 1]):
            px, py, pz = spots[0, spot], spots[1, spot], spots[2, spot]
            i = int((px - low[0]) * scale + half)
            j = int((py - low[1]) * scale + half)
            k = int((pz - low[2]) * scale + half)
            met = 0
            for line in range(4):
                cell = ((i + (line >> 1)) * across[1] + j + (line & 1)) * across[2] + k
                for other in range(begins[cell], begins[cell + 2]):
                    x, y, z = kept[0, other] - px, kept[1, other] - py, kept[2, other] - pz
                    square = x * x + y * y + z * z
                    rise = x * nx + y * ny + z * nz
                    back = x * kept[3, other] + y * kept[4, other] + z * kept[5, other]
                    met |= (
                        (square <= reach * reach)
                        & (rise > none)
                        & (rise * rise > RISE * RISE * square)
                        & (back < none)
                    )
                if met:
                    break
            if met:
                found[face] = True
                break
