"""Which way a texture runs over a surface: what a normal map needs."""

import numpy as np

from pet_app.builder.geometry.mesh import Part
from pet_app.builder.geometry.track import cross, unit


def tangents(part: Part) -> np.ndarray:
    """float64 (n, 4): the unit way of growing u, square to the normal, and glTF's handedness.

    The fourth number is 1 where normal x tangent is the way of shrinking v, for a normal map's
    green stands for up in the picture, and -1 where it is the other way.
    """
    i, j, k = part.faces.T
    first, second = part.vertices[j] - part.vertices[i], part.vertices[k] - part.vertices[i]
    (bu, bv), (cu, cv) = (part.uv[j] - part.uv[i]).T, (part.uv[k] - part.uv[i]).T
    area = bu * cv - cu * bv
    # weighted by the area they cover in the picture; faces that cover none say nothing
    along = (first * cv[:, None] - second * bv[:, None]) * np.sign(area)[:, None]
    count = len(part.vertices)
    corners = part.faces.T.reshape(-1)
    ways = np.stack(
        [np.bincount(corners, np.tile(axis, 3), minlength=count) for axis in along.T], axis=1
    )
    hands = np.bincount(corners, np.tile(area, 3), minlength=count)
    normals = part.normals.astype(float)
    ways -= normals * np.einsum("ij,ij->i", ways, normals)[:, None]
    lost = np.einsum("ij,ij->i", ways, ways) < 1e-12
    if lost.any():
        ways[lost] = _square(normals[lost])
    return np.concatenate([unit(ways), np.where(hands > 0, -1.0, 1.0)[:, None]], axis=1)


def _square(normals: np.ndarray) -> np.ndarray:
    """Some way square to each normal."""
    least = np.abs(normals).argmin(axis=1)
    return cross(normals, np.eye(3)[least])
