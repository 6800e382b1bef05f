"""Whether two parts are the same stiff piece in two places, and how one is moved to the other."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.geometry.mesh import Part

SAME_MM = 0.002
"""Points of one piece come this close to those of the other."""


@dataclass(frozen=True, eq=False)
class Move:
    """A turn (3, 3) about the origin and then a shift (3,) in mm."""

    turn: np.ndarray
    shift_mm: np.ndarray

    def quaternion(self) -> np.ndarray:
        """The turn as glTF has it: x, y, z, w."""
        m = self.turn
        whole = np.array(
            [
                [m[0, 0] - m[1, 1] - m[2, 2], 0.0, 0.0, 0.0],
                [m[0, 1] + m[1, 0], m[1, 1] - m[0, 0] - m[2, 2], 0.0, 0.0],
                [m[0, 2] + m[2, 0], m[1, 2] + m[2, 1], m[2, 2] - m[0, 0] - m[1, 1], 0.0],
                [m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1], np.trace(m)],
            ]
        )
        # The vector of the greatest value: exact however far it turns, where one root is not.
        return np.linalg.eigh(whole / 3)[1][:, -1]


def rigid(first: Part, second: Part) -> Move | None:
    """How the first has to be moved to be the second; None where it is another shape."""
    if not np.array_equal(first.faces, second.faces):
        return None
    one, other = first.vertices.mean(axis=0), second.vertices.mean(axis=0)
    left, _, right = np.linalg.svd((first.vertices - one).T @ (second.vertices - other))
    flip = np.array([1.0, 1.0, np.sign(np.linalg.det(left @ right))])
    turn = right.T @ (flip[:, None] * left.T)
    shift = other - turn @ one
    off = first.vertices @ turn.T + shift - second.vertices
    return Move(turn, shift) if np.abs(off).max() < SAME_MM else None
