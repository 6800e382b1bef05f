"""Rounded solids that limbs, head and tail are grown from, given for the right side."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pet_app.builder.body.loft import joined


class Limb:
    """A chain of tapered, rounded rods through nodes (m, 3) mm with radii (m,).

    `flat` is how thick it is as a share of its breadth, along the last row of `axes` (3, 3): from
    side to side where none are given. Joints are filled over `round_mm`.
    """

    def __init__(
        self,
        nodes: ArrayLike,
        radii: ArrayLike,
        flat: float = 1.0,
        round_mm: float = 1.0,
        axes: np.ndarray | None = None,
    ) -> None:
        thin = np.array([0.0, 0.0, 1.0]) if axes is None else axes[2]
        self.flat = flat
        self.stretch = np.eye(3) + (1 / flat - 1) * np.outer(thin, thin)
        places = np.asarray(nodes, float)
        self.nodes = places @ self.stretch
        self.radii = np.asarray(radii, float)
        self.round_mm = round_mm
        size = np.sqrt(1 - (1 - flat**2) * thin**2)
        self.low = (places - self.radii[:, None] * size).min(axis=0)
        self.high = (places + self.radii[:, None] * size).max(axis=0)

    def distance(self, points: np.ndarray) -> np.ndarray:
        """Signed distance (n,) in mm, exact to first order near the surface."""
        scaled = points @ self.stretch
        whole: np.ndarray | None = None
        for first in range(len(self.nodes) - 1):
            rod = self.nodes[first + 1] - self.nodes[first]
            away = scaled - self.nodes[first]
            share = np.clip(away @ rod / (rod @ rod), 0.0, 1.0)
            away -= share[:, None] * rod
            length = np.sqrt(np.einsum("ij,ij->i", away, away)) + 1e-9
            radius = self.radii[first] + share * (self.radii[first + 1] - self.radii[first])
            found = length - radius
            if self.flat != 1.0:
                away = away @ self.stretch
                found *= length / (np.sqrt(np.einsum("ij,ij->i", away, away)) + 1e-9)
            whole = found if whole is None else joined(whole, found, self.round_mm)
        assert whole is not None
        return whole


class Egg:
    """An ellipsoid: centre (3,), radii (3,) mm along its own axes, the rows of `axes` (3, 3)."""

    def __init__(self, centre: ArrayLike, radii: ArrayLike, axes: np.ndarray | None = None) -> None:
        self.centre = np.asarray(centre, float)
        self.radii = np.asarray(radii, float)
        self.axes = np.eye(3) if axes is None else axes
        reach = np.sqrt(((self.axes * self.radii[:, None]) ** 2).sum(axis=0))
        self.low, self.high = self.centre - reach, self.centre + reach

    def distance(self, points: np.ndarray) -> np.ndarray:
        """Signed distance (n,) in mm, exact to first order near the surface."""
        inner = (points - self.centre) @ self.axes.T / self.radii
        size = np.sqrt(np.einsum("ij,ij->i", inner, inner)) + 1e-9
        inner /= self.radii
        steep = np.sqrt(np.einsum("ij,ij->i", inner, inner)) + 1e-9
        return size * (size - 1) / steep


@dataclass(frozen=True, eq=False)
class Growth:
    """Solids of one limb, in order: each is grown onto those before over its `round_mm`, or
    pressed into them where `round_mm` is negative. The whole is grown onto the body over
    `root_mm`.
    """

    name: str
    solids: tuple[tuple[Limb | Egg, float], ...]
    root_mm: float

    @property
    def box(self) -> tuple[np.ndarray, np.ndarray]:
        """The corners (3,) outside which the limb changes nothing."""
        low = np.min([solid.low for solid, _ in self.solids], axis=0)
        high = np.max([solid.high for solid, _ in self.solids], axis=0)
        margin = max(self.root_mm, *(round_mm / 4 for _, round_mm in self.solids))
        return low - margin, high + margin

    def onto(self, points: np.ndarray, body: np.ndarray) -> np.ndarray:
        """The distances (n,) of points (n, 3) with this limb, given those of the body without."""
        own: np.ndarray | None = None
        for solid, round_mm in self.solids:
            found = solid.distance(points)
            if own is None:
                own = found
            elif round_mm < 0:
                own = -joined(-own, found, -round_mm)
            else:
                own = joined(own, found, round_mm)
        assert own is not None
        # Far from a flat solid its own measure is too short; its box says how far it is at least.
        low, high = self.box
        past = np.maximum(low + self.root_mm - points, points - high + self.root_mm)
        return joined(body, np.maximum(own, past.max(axis=1)), self.root_mm)


def turned(pitch_deg: float = 0.0, yaw_deg: float = 0.0, roll_deg: float = 0.0) -> np.ndarray:
    """Axes (3, 3), one a row: nose up by pitch, to the right by yaw, top to the right by roll."""
    pitch, yaw, roll = np.radians([pitch_deg, yaw_deg, roll_deg])
    up = np.array(
        [[np.cos(pitch), np.sin(pitch), 0], [-np.sin(pitch), np.cos(pitch), 0], [0, 0, 1]]
    )
    across = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    over = np.array([[1, 0, 0], [0, np.cos(roll), np.sin(roll)], [0, -np.sin(roll), np.cos(roll)]])
    return over @ up @ across
