"""How far straps lie from the animal: measured between two files that know nothing of each other.

The animal's body is the mesh a customer's browser would load, built from measurements alone.
"""

import re
from dataclasses import dataclass
from math import pi

import numpy as np
import trimesh
from scipy.spatial import KDTree

from pet_app.builder.resolve import Resolved
from pet_app.builder.rules import Role

NEAREST = 16
"""So many of the nearest triangles are asked for a point's true distance."""

DEEPEST_MM = -0.3
"""No strap may press further into the coat: its flats between frames dip where they bridge."""

FACING = -0.8
"""Faces whose normal points this much against the body's belong to the inner side."""


@dataclass(frozen=True)
class Gap:
    """The least and the greatest distance in mm of a strap's inner side from the body."""

    strap: str
    least_mm: float
    most_mm: float
    bound_mm: float

    @property
    def is_kept(self) -> bool:
        return self.least_mm >= DEEPEST_MM and self.most_mm <= self.bound_mm


LOOP_SPARE_MM, LOOP_SHARE = 2.0, 0.01
LINE_SPARE_MM, LINE_SHARE = 6.0, 0.015
"""How far a strap may stand off at most: a loop by its ease and a little, as a taut tape bridges
hollows; a strap on the middle line by more, as it spans from loop to loop, and the chest's hangs
with the slack of the belly's. Both grow with size."""

OFF_COAT = re.compile(r"_tab$|handle|keeper|^control")
"""Straps that are not meant to lie on the coat."""


class Surface:
    """The surface of a closed mesh, asked how far points lie outside of it."""

    def __init__(self, mesh: trimesh.Trimesh) -> None:
        self._corners = np.asarray(mesh.triangles)
        self._normals = np.asarray(mesh.face_normals)
        self._tree = KDTree(self._corners.mean(axis=1))

    def distances(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Signed distances in mm, negative inside, and the surface's normals there."""
        _, near = self._tree.query(points, NEAREST)
        candidates = self._corners[near].reshape(-1, 3, 3)
        asked = np.repeat(points, NEAREST, axis=0)
        touched = trimesh.triangles.closest_point(candidates, asked).reshape(-1, NEAREST, 3)
        away = points[:, None] - touched
        squared = np.einsum("ijk,ijk->ij", away, away)
        rows = np.arange(len(points))
        best = np.argmin(squared, axis=1)
        # Where a point is nearest to an edge, the mean of the faces that meet there decides.
        same = squared <= squared[rows, best][:, None] + 1e-6
        normals = np.einsum("ij,ijk->ik", same.astype(float), self._normals[near])
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        sides = np.sign(np.einsum("ij,ij->i", away[rows, best], normals))
        return sides * np.sqrt(squared[rows, best]), normals


def gaps(
    meshes: dict[str, trimesh.Trimesh], body: trimesh.Trimesh, resolved: Resolved
) -> list[Gap]:
    """For every strap that lies on the coat: the distances of its inner vertices and faces."""
    surface = Surface(body)
    lined = {
        strap.name.removesuffix("_lining") for strap in resolved.straps if strap.role is Role.LINING
    }
    found = []
    for strap in resolved.straps:
        if strap.role is Role.REFLECTIVE or strap.name in lined or OFF_COAT.search(strap.name):
            continue
        mesh = meshes[f"{strap.name}_strap"]
        centres, normals = np.asarray(mesh.triangles_center), np.asarray(mesh.face_normals)
        _, below = surface.distances(centres)
        inner = np.einsum("ij,ij->i", normals, below) < FACING
        corners = np.unique(mesh.faces[inner])
        away, _ = surface.distances(np.concatenate([centres[inner], mesh.vertices[corners]]))
        found.append(
            Gap(strap.name, float(away.min()), float(away.max()), bound_mm(resolved, strap.loop))
        )
    return found


def bound_mm(resolved: Resolved, loop: str) -> float:
    """How far from the coat a strap of this loop, or of none, may stand off."""
    if loop:
        found = resolved.loop(loop)
        return found.ease_mm / pi + LOOP_SPARE_MM + LOOP_SHARE * found.inner_mm
    return LINE_SPARE_MM + LINE_SHARE * resolved.design.measurements.girth_mm
