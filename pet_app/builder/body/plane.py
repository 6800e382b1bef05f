"""A plane in which a strap runs round the body."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Plane:
    """`point` (3,) mm lies inside the body; `normal` (3,) points towards the head.

    `up` (3,) lies in the plane and points from the lowest to the highest point of the section.
    """

    point: np.ndarray
    normal: np.ndarray

    @property
    def up(self) -> np.ndarray:
        return upright(self.normal)

    @property
    def right(self) -> np.ndarray:
        """Square to `up` in the plane, towards the animal's right side."""
        return np.cross(self.normal, self.up)


def upright(normal: np.ndarray) -> np.ndarray:
    """The unit vector square to `normal` that points up most; forward for a level plane."""
    wanted = np.array([0.0, 1.0, 0.0] if abs(normal[1]) < 0.999 else [1.0, 0.0, 0.0])
    raised = wanted - normal * (wanted @ normal)
    return raised / np.linalg.norm(raised)
