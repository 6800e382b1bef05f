"""Where every fragment lies, and which way its surface looks there."""

from math import sqrt

import numpy as np

from pet_app.builder.render.compiled import compiled

ZERO, ONE, TINY = np.float32(0), np.float32(1), np.float32(1e-12)


@compiled
def spots(vertices, normals, faces, face, bary, found):
    """Each fragment's place in mm and its unit normal, into float32 (k, 6)."""
    for fragment in range(len(face)):
        i, j, k = faces[face[fragment]]
        b, c = bary[fragment]
        a = ONE - b - c
        for axis in range(3):
            found[fragment, axis] = (
                a * vertices[i, axis] + b * vertices[j, axis] + c * vertices[k, axis]
            )
        x = a * normals[i, 0] + b * normals[j, 0] + c * normals[k, 0]
        y = a * normals[i, 1] + b * normals[j, 1] + c * normals[k, 1]
        z = a * normals[i, 2] + b * normals[j, 2] + c * normals[k, 2]
        length = sqrt(x * x + y * y + z * z)
        if length < TINY:
            x, y, z, length = ZERO, ONE, ZERO, ONE
        found[fragment, 3], found[fragment, 4], found[fragment, 5] = (
            x / length,
            y / length,
            z / length,
        )
