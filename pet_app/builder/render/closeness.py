"""Faces that have something close above them: there light changes within millimetres."""

from math import ceil, sqrt

import numpy as np

from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.scene import Scene

BUCKETS = 1 << 16

RISE = 0.2
"""The sine of the height above a face's own plane from which something counts."""

MOST, MOST_SAMPLES = 64, 1_000_000
"""Samples along a side of a face, and in all beside one for each face."""

LOOKED_AT = 32
"""Samples in one cell with which others are compared."""


def crowded(scene: Scene, reach_mm: float) -> np.ndarray:
    """bool (faces,): whether something that faces it rises above a face within about `reach_mm`."""
    apart = reach_mm
    nowhere = np.empty((0, 3)), np.empty(0, np.int32)
    count = _sampled(scene.vertices, scene.faces, apart, *nowhere)
    while count > MOST_SAMPLES + len(scene.faces):
        apart *= 2
        count = _sampled(scene.vertices, scene.faces, apart, *nowhere)
    spots, face = np.empty((count, 3)), np.empty(count, np.int32)
    _sampled(scene.vertices, scene.faces, apart, spots, face)
    found = np.zeros(len(scene.faces), np.bool_)
    starts, order = np.zeros(BUCKETS + 1, np.int32), np.empty(count, np.int32)
    _compare(spots, face, scene.face_normals, reach_mm, starts, order, found)
    return found


@compiled
def _sampled(vertices, faces, spacing, spots, face_of):
    """Middles of equal parts of each face; returns how many, and fills what there is room for."""
    count = 0
    sides = np.empty(3)
    for face in range(len(faces)):
        for corner in range(3):
            total = 0.0
            for axis in range(3):
                off = vertices[faces[face, corner], axis]
                off -= vertices[faces[face, (corner + 1) % 3], axis]
                total += off * off
            sides[corner] = sqrt(total)
        # A thin face is cut along its length alone.
        shortest = int(sides.argmin())
        rows = min(ceil(sides.max() / spacing), MOST)
        across = min(ceil(sides[shortest] / spacing), MOST)
        i = faces[face, (shortest + 2) % 3]
        j, k = faces[face, shortest], faces[face, (shortest + 1) % 3]
        for row in range(rows):
            down = sqrt((row + 0.5) / rows)
            for column in range(across):
                if count < len(spots):
                    c = down * (column + 0.5) / across
                    for axis in range(3):
                        spots[count, axis] = (
                            (1 - down) * vertices[i, axis]
                            + (down - c) * vertices[j, axis]
                            + c * vertices[k, axis]
                        )
                    face_of[count] = face
                count += 1
    return count


@compiled
def _bucket(x, y, z):
    mixed = np.uint64(x) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= np.uint64(y) * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= np.uint64(z) * np.uint64(0x165667B19E3779F9)
    return int((mixed ^ (mixed >> np.uint64(29))) & np.uint64(BUCKETS - 1))


@compiled
def _compare(spots, face_of, normals, reach, starts, order, found):
    """Sort samples into a hash of cells, then compare each with those in the cells round it."""
    buckets = np.empty(len(spots), np.int32)
    cells = np.floor(spots / reach).astype(np.int64)
    for spot in range(len(spots)):
        buckets[spot] = _bucket(cells[spot, 0], cells[spot, 1], cells[spot, 2])
        starts[buckets[spot] + 1] += 1
    for bucket in range(BUCKETS):
        starts[bucket + 1] += starts[bucket]
    filled = starts[:-1].copy()
    for spot in range(len(spots)):
        order[filled[buckets[spot]]] = spot
        filled[buckets[spot]] += 1
    for spot in range(len(spots)):
        face = face_of[spot]
        if found[face]:
            continue
        nx, ny, nz = normals[face]
        i = int(np.floor(spots[spot, 0] / reach - 0.5))
        j = int(np.floor(spots[spot, 1] / reach - 0.5))
        k = int(np.floor(spots[spot, 2] / reach - 0.5))
        for corner in range(8):
            bucket = _bucket(i + (corner & 1), j + (corner >> 1 & 1), k + (corner >> 2))
            for place in range(starts[bucket], min(starts[bucket + 1], starts[bucket] + LOOKED_AT)):
                other = order[place]
                x = spots[other, 0] - spots[spot, 0]
                y = spots[other, 1] - spots[spot, 1]
                z = spots[other, 2] - spots[spot, 2]
                square = x * x + y * y + z * z
                if square > reach * reach:
                    continue
                its = normals[face_of[other]]
                rise = x * nx + y * ny + z * nz
                if rise > RISE * sqrt(square) and x * its[0] + y * its[1] + z * its[2] < 0:
                    found[face] = True
                    break
            if found[face]:
                break
