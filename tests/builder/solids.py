"""What is wrong with a closed surface, for tests of geometry."""

import numpy as np

from pet_app.builder.geometry.solid import Solid

SAME_MM = 1e-5


def faults(solid: Solid, facing: float = 1.0) -> list[str]:
    """Everything wrong with it, in words.

    `facing` is the least share of faces that look the way their corners' normals do.
    """
    wrong = []
    corners = solid.vertices[solid.faces]
    slopes = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    doubled = np.linalg.norm(slopes, axis=1)
    if doubled.min() < 1e-6:
        wrong.append(f"{(doubled < 1e-6).sum()} faces without area")
    if not np.allclose(np.linalg.norm(solid.normals, axis=1), 1, atol=1e-5):
        wrong.append("normals are not one long")
    looks = np.einsum("ij,ij->i", slopes, solid.normals[solid.faces].mean(axis=1)) > 0
    if looks.mean() < facing:
        wrong.append(f"only {looks.mean():.3f} of the faces look outward")
    if np.einsum("ij,ij->i", corners[:, 0], slopes).sum() <= 0:
        wrong.append("it is inside out")
    _, places = np.unique(np.rint(solid.vertices / SAME_MM), axis=0, return_inverse=True)
    faces = places.reshape(-1)[solid.faces].astype(np.int64)
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    there = edges @ [1 << 32, 1]
    back = edges[:, ::-1] @ [1 << 32, 1]
    if not np.array_equal(np.sort(there), np.sort(back)):
        wrong.append("it is not closed")
    return wrong
