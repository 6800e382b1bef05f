"""A curve on the body as a ruler: where along, across and above it things lie in space."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.body import Curve


@dataclass(frozen=True, eq=False)
class Frames:
    """At each place the point and unit vectors along the strap, across and out, (n, 3).

    `cup` (n,) in 1/mm is how strongly what lies there is bent across the strap, as the body is.
    """

    point: np.ndarray
    along: np.ndarray
    across: np.ndarray
    out: np.ndarray
    cup: np.ndarray


class Track:
    """Frames at any way along a curve; past the ends of an open curve it runs straight on."""

    def __init__(
        self, curve: Curve, closed: bool = False, cup: tuple[float, float] = (0, 0)
    ) -> None:
        points, normals = curve.points, curve.normals
        steps = np.diff(points, axis=0)
        if closed:
            tangents = np.roll(points[:-1], -1, axis=0) - np.roll(points[:-1], 1, axis=0)
            tangents = np.concatenate([tangents, tangents[:1]])
        else:
            tangents = np.concatenate([steps[:1], points[2:] - points[:-2], steps[-1:]])
        tangents /= np.linalg.norm(tangents, axis=1, keepdims=True)
        out = normals - tangents * np.sum(normals * tangents, axis=1, keepdims=True)
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        self._table = np.concatenate([points, tangents, out], axis=1)
        self._arc = np.concatenate([[0.0], np.cumsum(np.linalg.norm(steps, axis=1))])
        self._cup = cup
        self.closed = closed
        self.length = float(self._arc[-1])

    def at(self, places: np.ndarray) -> Frames:
        """Frames at ways along the curve in mm, float64 (n,)."""
        inside = places % self.length if self.closed else np.clip(places, 0.0, self.length)
        after = np.clip(np.searchsorted(self._arc, inside, side="right"), 1, len(self._arc) - 1)
        share = (inside - self._arc[after - 1]) / (self._arc[after] - self._arc[after - 1])
        rows = self._table[after - 1] * (1 - share)[:, None] + self._table[after] * share[:, None]
        along = _unit(rows[:, 3:6])
        out = _unit(rows[:, 6:] - along * np.sum(rows[:, 6:] * along, axis=1, keepdims=True))
        point = rows[:, :3]
        if not self.closed:
            point = point + along * (places - inside)[:, None]
        cup = self._cup[0] + (self._cup[1] - self._cup[0]) * inside / self.length
        return Frames(point, along, np.cross(out, along), out, cup)

    def lay(self, place_mm: float, local: np.ndarray) -> np.ndarray:
        """Bend local points (along, across, out) in mm round the curve from a place on it."""
        frames = self.at(place_mm + local[:, 0])
        across, out = local[:, 1:2], local[:, 2:3]
        sunk = frames.cup[:, None] * across**2 / 2
        return frames.point + frames.across * across + frames.out * (out - sunk)

    def turn(self, place_mm: float, local: np.ndarray, directions: np.ndarray) -> np.ndarray:
        """Turn the directions that belong to local points the same way."""
        frames = self.at(place_mm + local[:, 0])
        lean = frames.cup[:, None] * local[:, 1:2]
        across = frames.across - frames.out * lean
        out = frames.out + frames.across * lean
        return _unit(
            frames.along * directions[:, 0:1]
            + across * directions[:, 1:2]
            + out * directions[:, 2:3]
        )


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
