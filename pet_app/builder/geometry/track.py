"""A curve on the body as a ruler: where along, across and above it things lie in space."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.curve import Curve

MOST_TURN = np.radians(9.0)
"""Frames of a strap turn by at most this from one to the next, however tightly it bends."""


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
        self, curve: Curve, closed: bool = False, cup: tuple[float, float] | np.ndarray = (0, 0)
    ) -> None:
        """`cup` is how strongly it is bent across, in 1/mm, at both ends or at each point."""
        points, normals = curve.points, curve.normals
        steps = np.diff(points, axis=0)
        if closed:
            tangents = np.roll(points[:-1], -1, axis=0) - np.roll(points[:-1], 1, axis=0)
            tangents = np.concatenate([tangents, tangents[:1]])
        else:
            tangents = np.concatenate([steps[:1], points[2:] - points[:-2], steps[-1:]])
        tangents = unit(tangents)
        out = unit(normals - tangents * np.einsum("ij,ij->i", normals, tangents)[:, None])
        self._table = np.concatenate([points, tangents, out], axis=1)
        self._arc = np.concatenate([[0.0], np.cumsum(np.linalg.norm(steps, axis=1))])
        self._cup = np.asarray(cup, float)
        self.closed = closed
        self.length = float(self._arc[-1])

    def at(self, places: np.ndarray) -> Frames:
        """Frames at ways along the curve in mm, float64 (n,)."""
        inside = places % self.length if self.closed else np.clip(places, 0.0, self.length)
        after = np.clip(np.searchsorted(self._arc, inside, side="right"), 1, len(self._arc) - 1)
        share = (inside - self._arc[after - 1]) / (self._arc[after] - self._arc[after - 1])
        rows = self._table[after - 1] * (1 - share)[:, None] + self._table[after] * share[:, None]
        along = unit(rows[:, 3:6])
        out = rows[:, 6:]
        out = unit(out - along * np.einsum("ij,ij->i", out, along)[:, None])
        point = rows[:, :3]
        if not self.closed:
            point = point + along * (places - inside)[:, None]
        even = np.linspace(0.0, self.length, len(self._cup))
        cup = np.interp(inside, self._arc if len(self._cup) == len(self._arc) else even, self._cup)
        return Frames(point, along, cross(out, along), out, cup)

    def stations(self, off_mm: float, most_mm: float) -> np.ndarray:
        """Ways along the curve between which a chord strays from it by about `off_mm`.

        Closer together where it turns or twists more; nowhere farther apart than `most_mm` or
        `MOST_TURN`.
        """
        steps = np.diff(self._arc)
        turns = np.zeros(len(steps))
        for columns in (self._table[:, 3:6], self._table[:, 6:]):
            change = np.diff(columns, axis=0)
            turns = np.maximum(turns, np.sqrt(np.einsum("ij,ij->i", change, change)))
        each = np.sqrt(turns * steps / (8 * off_mm))
        each = np.maximum(each, np.maximum(turns / MOST_TURN, steps / most_mm))
        needed = np.concatenate([[0.0], np.cumsum(each)])
        count = max(int(np.ceil(needed[-1])), 2)
        return np.interp(np.linspace(0.0, needed[-1], count + 1), needed, self._arc)

    def bend(
        self, place_mm: float, local: np.ndarray, directions: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Local points (along, across, out) in mm and their directions, bent round the curve."""
        frames = self.at(place_mm + local[:, 0])
        side, high = local[:, 1:2], local[:, 2:3]
        lean = frames.cup[:, None] * side
        points = frames.point + frames.across * side + frames.out * (high - lean * side / 2)
        turned = (
            frames.along * directions[:, 0:1]
            + (frames.across - frames.out * lean) * directions[:, 1:2]
            + (frames.out + frames.across * lean) * directions[:, 2:3]
        )
        return points, unit(turned)


def exactly(curve: Curve) -> Frames:
    """Frames at the very points of a curve, for what is to be as long as the curve says."""
    edges = np.diff(curve.points, axis=0)
    long = np.sqrt(np.einsum("ij,ij->i", edges, edges))
    ways = edges / long[:, None]
    # A short edge says more of where the curve heads than a long one.
    between = unit(ways[:-1] * long[1:, None] + ways[1:] * long[:-1, None])
    ends = ways[:1], ways[-1:]
    if np.allclose(curve.points[0], curve.points[-1]):
        met = unit(ways[-1:] * long[0] + ways[:1] * long[-1])
        ends = met, met
    along = np.concatenate([ends[0], between, ends[1]])
    out = unit(curve.normals - along * np.einsum("ij,ij->i", curve.normals, along)[:, None])
    return Frames(curve.points, along, cross(out, along), out, np.zeros(len(along)))


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors (..., 3) made one long."""
    return vectors / np.sqrt(np.einsum("...i,...i->...", vectors, vectors))[..., None]


def cross(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The vector product of rows (n, 3); several times faster than `np.cross` on short arrays."""
    ax, ay, az = first.T
    bx, by, bz = second.T
    return np.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx], axis=1)
