"""The simple body that gear is fitted to, as a surface: loin, ribs, shoulders and neck, no more."""

from itertools import pairwise

import numpy as np

from pet_app.builder.courses.ring import Ring, collar_ring, girth_ring, neck_ring
from pet_app.builder.design import Measurements
from pet_app.builder.geometry.solid import Solid, grid_faces
from pet_app.builder.geometry.track import cross, unit

AROUND = 96
BETWEEN = 12

LOIN_BEHIND_BACK = 0.5
LOIN_OVER_GIRTH = 0.86
"""Where the loin is, as a share of back length behind the girth, and how slim."""


def torso(measured: Measurements) -> Solid:
    """The body from loin to half-way up the neck: its rings measure what the owner measured.

    Closed at both ends, so that one can ask whether a point lies within.
    """
    girth = girth_ring(measured.girth_mm)
    loin_mm = LOIN_OVER_GIRTH * measured.girth_mm
    loin = Ring("girth", (-LOIN_BEHIND_BACK * measured.back_mm, girth.highest[1]), 0.0, loin_mm)
    base = neck_ring(measured, measured.girth_mm, measured.neck_mm)
    rings = (loin, girth, base, collar_ring(measured, measured.neck_mm))
    rows = [_points(rings[0])[None]]
    rows += [_loft(first, second) for first, second in pairwise(rings)]
    surface = np.concatenate(rows)
    ends = surface.mean(axis=1)[[0, -1]]
    first, last = (np.broadcast_to(end, surface[0].shape)[None] for end in ends)
    vertices = np.concatenate([first, surface, last]).reshape(-1, 3)
    faces = grid_faces(len(surface) + 2, AROUND + 1)
    edges = vertices[faces[:, 1:]] - vertices[faces[:, :1]]
    slopes = cross(edges[:, 0], edges[:, 1])
    solid = np.einsum("ij,ij->i", slopes, slopes) > 1e-12
    faces, slopes = faces[solid], slopes[solid]
    normals = np.full_like(vertices, 1e-9)  # the ends' seams belong to no face
    for corner in range(3):
        np.add.at(normals, faces[:, corner], slopes)
    return Solid(vertices, faces, unit(normals), vertices[:, [0, 2]])


def _points(ring: Ring) -> np.ndarray:
    curve = ring.curve()
    return curve.at(np.linspace(0.0, curve.length, AROUND + 1)).points


def _heads(ring: Ring) -> np.ndarray:
    """The way to the head along the body at each point of a ring."""
    curve = ring.curve()
    out = curve.at(np.linspace(0.0, curve.length, AROUND + 1)).normals
    return unit(ring.ahead - out * (out @ ring.ahead)[:, None])


def _loft(first: Ring, second: Ring) -> np.ndarray:
    """Rows of points from one ring to the next, smooth at both: (n, around, 3)."""
    start, end = _points(first), _points(second)
    pull = np.linalg.norm(end - start, axis=1, keepdims=True) / 3
    handles = (start, start + pull * _heads(first), end - pull * _heads(second), end)
    turn = np.linspace(0.0, 1.0, BETWEEN + 1)[1:, None, None]
    weights = ((1 - turn) ** 3, 3 * turn * (1 - turn) ** 2, 3 * turn**2 * (1 - turn), turn**3)
    return sum(
        (weight * handle[None] for weight, handle in zip(weights, handles, strict=True)),
        start=np.zeros(1),
    )
