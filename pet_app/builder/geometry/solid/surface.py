"""A closed surface as arrays, and what can be done with one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from pet_app.builder.geometry.track import Track


@dataclass(frozen=True, eq=False)
class Solid:
    """A closed surface: the arrays of `mesh.Part`."""

    vertices: np.ndarray
    faces: np.ndarray
    normals: np.ndarray
    uv: np.ndarray

    def laid(self, track: Track, place_mm: float) -> "Solid":
        """Bent round a track, its own frame being along, across and out at the place."""
        vertices, normals = track.bend(place_mm, self.vertices, self.normals)
        return Solid(vertices, self.faces, normals, self.uv)

    def placed(self, track: Track, place_mm: float) -> "Solid":
        """Set on a track in one piece, as stiff hardware is: touching it at the place."""
        frames = track.at(np.array([place_mm]))
        axes = np.concatenate([frames.along, frames.across, frames.out])
        vertices = self.vertices @ axes + frames.point
        return Solid(vertices, self.faces, self.normals @ axes, self.uv)

    def moved(self, along: float = 0.0, across: float = 0.0, out: float = 0.0) -> "Solid":
        shift = np.array([along, across, out])
        return Solid(self.vertices + shift, self.faces, self.normals, self.uv)

    def turned(self, matrix: np.ndarray) -> "Solid":
        """Turned (or, with negative determinant, mirrored) by a 3x3 matrix without scale."""
        faces = self.faces if np.linalg.det(matrix) > 0 else self.faces[:, ::-1]
        return Solid(self.vertices @ matrix.T, faces, self.normals @ matrix.T, self.uv)

    def mirrored(self, axis: int) -> "Solid":
        """Seen in a mirror square to one of its own axes."""
        matrix = np.eye(3)
        matrix[axis, axis] = -1.0
        return self.turned(matrix)


def together(solids: Sequence[Solid]) -> Solid:
    """Several solids as one."""
    firsts = np.cumsum([0, *(len(solid.vertices) for solid in solids[:-1])])
    return Solid(
        np.concatenate([solid.vertices for solid in solids]),
        np.concatenate([solid.faces + first for solid, first in zip(solids, firsts, strict=True)]),
        np.concatenate([solid.normals for solid in solids]),
        np.concatenate([solid.uv for solid in solids]),
    )


@cache
def grid_faces(rows: int, columns: int) -> np.ndarray:
    """Two triangles for every cell of a grid of vertices, int32 (m, 3)."""
    corner = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)[None]).reshape(-1)
    right, below = corner + 1, corner + columns
    return np.concatenate(
        [np.stack([corner, right, below], axis=1), np.stack([right, below + 1, below], axis=1)]
    ).astype(np.int32)


@cache
def wrapped_faces(rows: int, columns: int) -> np.ndarray:
    """The same for a grid whose last column is followed by its first one, int32 (m, 3)."""
    row, column = np.divmod(grid_faces(rows, columns + 1), columns + 1)
    return (row * columns + column % columns).astype(np.int32)
