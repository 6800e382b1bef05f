"""A line on the body: points with the way out of it."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Curve:
    """A line on the body: points float64 (n, 3) mm and outward unit normals float64 (n, 3).

    A closed curve repeats its first point as its last.
    """

    points: np.ndarray
    normals: np.ndarray

    @property
    def arc(self) -> np.ndarray:
        """float64 (n,) mm: the way along the curve to each point."""
        steps = np.linalg.norm(np.diff(self.points, axis=0), axis=1)
        return np.concatenate([[0.0], np.cumsum(steps)])

    @property
    def length(self) -> float:
        return float(self.arc[-1])

    def offset(self, height_mm: float | np.ndarray) -> "Curve":
        """The curve raised along its normals, by one height or one per point."""
        height = np.broadcast_to(height_mm, len(self.points))
        return Curve(self.points + self.normals * height[:, None], self.normals)

    def squared(self) -> "Curve":
        """The curve with its normals turned square to the line itself."""
        ahead = np.gradient(self.points, axis=0)
        ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
        normals = self.normals - ahead * np.sum(self.normals * ahead, axis=1, keepdims=True)
        return Curve(self.points, normals / np.linalg.norm(normals, axis=1, keepdims=True))

    def at(self, places: np.ndarray) -> "Curve":
        """The curve at these ways along it, in mm."""
        arc = self.arc
        points = np.stack([np.interp(places, arc, axis) for axis in self.points.T], axis=1)
        normals = np.stack([np.interp(places, arc, axis) for axis in self.normals.T], axis=1)
        return Curve(points, normals / np.linalg.norm(normals, axis=1, keepdims=True))
