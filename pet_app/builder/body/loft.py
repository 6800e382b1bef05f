"""A rounded solid along a straight axis, drawn by its side and top views."""

from dataclasses import dataclass

import numpy as np

ROWS = 96
"""Rows of the table that the outlines are read from."""


@dataclass(frozen=True, eq=False)
class Outline:
    """What is drawn at each station: ways along the axis, highest and lowest line, half width, and
    by which share the section is wider at its top than at its middle. Each (n,), mm or shares.
    """

    along: np.ndarray
    top: np.ndarray
    bottom: np.ndarray
    half_width: np.ndarray
    taper: np.ndarray


class Loft:
    """A solid whose axis starts at `origin` (x, y) and leaves it at `angle` radians from +x.

    Its two ends are rounded off over `caps` mm. Symmetric about the sagittal plane.
    """

    def __init__(
        self,
        origin: tuple[float, float],
        angle: float,
        outline: Outline,
        caps: tuple[float, float],
    ) -> None:
        self.origin = np.array(origin, float)
        self.ahead = np.array([np.cos(angle), np.sin(angle)])
        self.start, self.end = float(outline.along[0]), float(outline.along[-1])
        self.caps = caps
        self._pitch = (self.end - self.start) / (ROWS - 1)
        places = np.linspace(self.start, self.end, ROWS)
        drawn = np.stack([outline.top, outline.bottom, outline.half_width, outline.taper])
        top, bottom, wide, taper = smooth(outline.along, drawn, places)
        rows = np.stack([(top + bottom) / 2, (top - bottom) / 2, wide, taper], axis=1)
        self._table = np.concatenate([rows, np.gradient(rows, self._pitch, axis=0)], axis=1)

    def distance(self, points: np.ndarray) -> np.ndarray:
        """Signed distance (n,) in mm of points (n, 3), exact to first order near the surface."""
        x, y = points[:, 0] - self.origin[0], points[:, 1] - self.origin[1]
        way = x * self.ahead[0] + y * self.ahead[1]
        up = y * self.ahead[0] - x * self.ahead[1]
        inner = np.minimum(np.maximum(way, self.start), self.end)
        past = way - inner
        past /= np.where(past < 0, self.caps[0], self.caps[1]) ** 2
        beyond = past * (way - inner)
        row = (inner - self.start) / self._pitch
        first = np.minimum(row.astype(np.intp), ROWS - 2)
        table = self._table[first]
        table += (row - first)[:, None] * (self._table[first + 1] - table)
        middle, half, wide, taper = table[:, :4].T
        slopes = table[:, 4:].T * (past == 0)
        height = (up - middle) / half
        lean = 1 + taper * np.minimum(np.maximum(height, -1.5), 1.5)
        side = points[:, 2] / (wide * lean)
        sides = side * side
        squared = beyond + height * height + sides
        rise = -(slopes[0] + height * slopes[1]) / half
        across = height / half - sides * taper / (lean * half)
        along = (
            past
            + height * rise
            - sides * (slopes[2] / wide + (slopes[3] * height + taper * rise) / lean)
        )
        out = side / (wide * lean)
        steep = np.sqrt(across * across + along * along + out * out) + 1e-9
        round_ = np.sqrt(squared)
        return (round_ - 1) * round_ / steep


def smooth(places: np.ndarray, values: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Cubic curves (m, k) through values (m, n) at places (n,), level at both ends.

    Between two stations a curve keeps between their values, as a line drawn by hand would.
    """
    steps = np.diff(places)
    slopes = np.diff(values, axis=1) / steps
    before, after = slopes[:, :-1], slopes[:, 1:]
    same = before * after > 0
    weights = (2 * steps[1:] + steps[:-1], steps[1:] + 2 * steps[:-1])
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (weights[0] + weights[1]) / (weights[0] / before + weights[1] / after)
    tangents = np.zeros_like(values)
    tangents[:, 1:-1] = np.where(same, mean, 0.0)
    at = np.clip(np.searchsorted(places, asked, side="right") - 1, 0, len(steps) - 1)
    gap = steps[at]
    turn = (asked - places[at]) / gap
    back = 1 - turn
    return (
        values[:, at] * (1 + 2 * turn) * back**2
        + tangents[:, at] * gap * turn * back**2
        + values[:, at + 1] * turn**2 * (3 - 2 * turn)
        - tangents[:, at + 1] * gap * turn**2 * back
    )


def joined(first: np.ndarray, second: np.ndarray, round_mm: float | np.ndarray) -> np.ndarray:
    """The distance from two solids grown together, their corner filled over `round_mm`."""
    overlap = np.maximum(round_mm - np.abs(first - second), 0.0)
    return np.minimum(first, second) - overlap * overlap / (4 * round_mm)
