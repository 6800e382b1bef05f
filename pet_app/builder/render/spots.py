"""Where every fragment lies, and which way its surface looks there."""

from math import sqrt

import numpy as np

from pet_app.builder.render import room
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.gather import BLOCK, CORNER, corners_at
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.visibility import Fragments

ONE, TINY = np.float32(1), np.float32(1e-12)


def spots(scene: Scene, seen: Fragments) -> np.ndarray:
    """float32 (k, 6): each fragment's place in mm and its unit normal."""
    found = np.empty((len(seen.face), 6), np.float32)
    corners = room.of("corners", (len(scene.normals), CORNER), np.float32)
    between = room.of("between", (BLOCK, CORNER), np.float32)
    _spots(
        *(scene.vertices, scene.normals, scene.faces, seen.face, seen.bary),
        *(corners, between.reshape(-1), found.reshape(-1)),
    )
    return found


@compiled
def _spots(vertices, normals, faces, face, bary, corners, between, found):
    for point in range(len(normals)):
        for axis in range(3):
            corners[point, axis] = vertices[point, axis]
            corners[point, 3 + axis] = normals[point, axis]
    flat = corners.reshape(-1)
    for start in range(0, len(face), BLOCK):
        count = min(BLOCK, len(face) - start)
        for place in range(count):
            fragment = np.uint64(start + place)
            mine = np.uint64(face[fragment])
            b, c = bary[fragment, 0], bary[fragment, 1]
            corners_at(  # pyright: ignore[reportCallIssue]  the compiler gives the first
                flat,
                (np.uint64(faces[mine, 0]), np.uint64(faces[mine, 1]), np.uint64(faces[mine, 2])),
                (ONE - b - c, b, c),
                between,
                np.uint64(place * CORNER),
            )
        _lay(between, count, found[6 * start : 6 * (start + count)])


@streaming
def _lay(between, count, found):
    """Places as they are, normals at their full length; what has none looks up."""
    for place in range(count):
        x, y, z = (
            between[CORNER * place + 3],
            between[CORNER * place + 4],
            between[CORNER * place + 5],
        )
        square = x * x + y * y + z * z
        y = y if square > TINY else ONE
        scale = ONE / sqrt(square if square > TINY else ONE)
        found[6 * place] = between[CORNER * place]
        found[6 * place + 1] = between[CORNER * place + 1]
        found[6 * place + 2] = between[CORNER * place + 2]
        found[6 * place + 3], found[6 * place + 4] = x * scale, y * scale
        found[6 * place + 5] = z * scale
