"""The whole animal: torso and neck with head, legs and tail."""

from functools import cached_property

import numpy as np

from pet_app.builder.body.head import Head, head
from pet_app.builder.body.limbs import ground, legs
from pet_app.builder.body.loft import joined
from pet_app.builder.body.solid import Egg, Growth
from pet_app.builder.body.tail import tail
from pet_app.builder.body.trunk import Trunk


class Figure:
    """One animal from nose to tail; lengths in mm in the frame of the body."""

    def __init__(self, trunk: Trunk, tail_base: np.ndarray) -> None:
        self.trunk = trunk
        self.head: Head = head(trunk)
        self.growths: tuple[Growth, ...] = (
            *legs(trunk),
            *self.head.growths,
            tail(trunk, tail_base),
        )
        self.ground_mm = ground(trunk)

    @cached_property
    def eye(self) -> Egg:
        """The right one."""
        return self._set(self.head.eye, 0.25)

    @cached_property
    def nose(self) -> Egg:
        return self._set(self.head.nose, 0.30)

    def distance(self, points: np.ndarray, feel_mm: float = 0.0) -> np.ndarray:
        """Signed distance (n,) in mm of points (n, 3), exact to first order near the surface.

        A limb is felt no further than `feel_mm` from where it changes the body's shape.
        """
        points = points * [1.0, 1.0, 1.0]
        np.abs(points[:, 2], out=points[:, 2])
        found = self.trunk.distance(points)
        near = _within(points, self.head.low - feel_mm, self.head.high + feel_mm)
        if len(near):
            skull = self.head.skull.distance(points[near])
            found[near] = joined(found[near], skull, self.head.round_mm)
        for growth in self.growths:
            low, high = growth.box
            near = _within(points, low - feel_mm, high + feel_mm)
            if len(near):
                found[near] = growth.onto(points[near], found[near])
        return found

    def _set(self, egg: Egg, sunk: float) -> Egg:
        """An egg moved to the surface and sunk into it by a share of its least radius."""
        centre = egg.centre[None]
        ways = np.eye(3)[:, None] * 0.5
        for _ in range(4):
            around = np.concatenate([centre + way for way in (*ways, *-ways)])
            ahead, behind = self.distance(around).reshape(2, 3)
            normal = (ahead - behind) / np.linalg.norm(ahead - behind)
            if egg.centre[2] == 0:
                normal = np.array([1.0, 0.0, 0.0])
            depth = self.distance(centre)[0] + sunk * egg.radii.min()
            centre = centre - depth * normal
        return Egg(centre[0], egg.radii, egg.axes)

    @property
    def box(self) -> tuple[np.ndarray, np.ndarray]:
        """Corners (3,) around the whole animal, both sides."""
        boxes = [growth.box for growth in self.growths]
        low = np.min([low for low, _ in boxes] + [self.head.low], axis=0)
        high = np.max([high for _, high in boxes] + [self.head.high], axis=0)
        depth = self.trunk.scale.depth_mm
        low[0] = min(low[0], -self.trunk.scale.rear_mm - 0.3 * depth)
        high[1] = max(high[1], 0.7 * depth)
        high[2] = max(high[2], 0.62 * depth * max(self.trunk.shape["chest_width"], 0.5) + 1)
        low[2] = -high[2]
        return low, high


def _within(points: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The indices of the points (n, 3) inside a box."""
    inside = (points >= low) & (points <= high)
    return np.flatnonzero(inside[:, 0] & inside[:, 1] & inside[:, 2])
