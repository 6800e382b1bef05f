"""How far from an animal points in a stretch of space are, asked often: known on a grid, and in
between by what lies around."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.body import Body

CELLS = 22
"""Of the grid, along its longest side."""

BESIDE = 0.12
"""The grid reaches this share of its longest side further than what is asked for at first."""


FELT = 2.0
"""Limbs are felt from so many cells away: what lies between must know of them."""

BEHIND = 0.2
"""So much deeper in a cell lies behind a leg than one before it."""


@dataclass(frozen=True, eq=False)
class Room:
    """Distances (x, y, z) mm on a grid from `low`, every `pitch` mm."""

    low: np.ndarray
    pitch: float
    away: np.ndarray

    @staticmethod
    def round(points: np.ndarray, animal: Body) -> "Room":
        """The room that points (…, 3), all on the animal's right, and what is near them take."""
        every = points.reshape(-1, 3)
        low, high = every.min(axis=0), every.max(axis=0)
        pitch = float((high - low).max()) * (1 + 2 * BESIDE) / CELLS
        low, high = low - BESIDE * CELLS * pitch, high + BESIDE * CELLS * pitch
        low[2] = -pitch
        counts = np.ceil((high - low) / pitch).astype(int) + 1
        axes = [start + pitch * np.arange(count) for start, count in zip(low, counts, strict=True)]
        grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=3)
        away = animal.figure.distance(grid.reshape(-1, 3), FELT * pitch)
        away = away.reshape(counts)
        low_down = axes[1] < animal.landmarks["breastbone"][1]
        legs = np.zeros(counts, bool)
        under = grid[:, low_down]
        trunk = animal.depth(under.reshape(-1, 3)).reshape(under.shape[:3])
        legs[:, low_down] = away[:, low_down] < trunk
        return Room(low, pitch, _filled(away, legs, BEHIND * pitch))

    def at(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Distances (n,) mm from the animal of points (n, 3), and unit ways (n, 3) out of it."""
        counts = np.array(self.away.shape)
        place = np.clip((points - self.low) / self.pitch, 0.0, counts - 1.001)
        cell = place.astype(int)
        share = place - cell
        corner = (cell[:, 0] * counts[1] + cell[:, 1]) * counts[2] + cell[:, 2]
        steps = np.array(
            [(i * counts[1] + j) * counts[2] + k for i in (0, 1) for j in (0, 1) for k in (0, 1)]
        )
        found = self.away.reshape(-1)[corner[:, None] + steps].reshape(-1, 2, 2, 2)
        (x, y, z) = share.T
        along = found[:, 1] - found[:, 0]
        flat = found[:, 0] + along * x[:, None, None]
        slope_x = _mixed(_mixed(along, y[:, None]), z)
        slope_y = _mixed(flat[:, 1] - flat[:, 0], z)
        deep = _mixed(flat, y[:, None])
        slope_z = deep[:, 1] - deep[:, 0]
        slopes = np.stack([slope_x, slope_y, slope_z], axis=1)
        long = np.sqrt(np.einsum("ij,ij->i", slopes, slopes)) + 1e-9
        return _mixed(deep, z), slopes / long[:, None]


def _filled(away: np.ndarray, legs: np.ndarray, step: float) -> np.ndarray:
    """Distances with what lies behind a foreleg and between both taken for one with it: cloth in
    front of them stays there."""
    full = np.where(legs, away, np.inf)
    for place in range(len(full) - 2, -1, -1):
        np.minimum(full[place], full[place + 1] - step, out=full[place])
    for place in range(full.shape[2] - 2, -1, -1):
        np.minimum(full[:, :, place], full[:, :, place + 1] - step, out=full[:, :, place])
    return np.minimum(away, full)


def _mixed(pair: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Between the two of the second axis."""
    return pair[:, 0] + (pair[:, 1] - pair[:, 0]) * share
