"""A draped cloth as a surface over its flat pattern."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.geometry.solid import Solid, grid_faces
from pet_app.builder.geometry.track import cross, unit
from pet_app.builder.resolve.bandana import Flat


@dataclass(frozen=True, eq=False)
class Cloth:
    """The middle of a cloth: points (columns, rows, 3) mm and what they are on the flat pattern,
    (columns, rows, 2). Columns go from left to right as seen from in front, rows down."""

    points: np.ndarray
    pattern: np.ndarray
    measure: Flat

    def ways(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Unit vectors along the pattern's x and y and out of the cloth, (columns, rows, 3)."""
        along = np.gradient(self.points, axis=0)
        down = np.gradient(self.points, axis=1)
        out = unit(cross(down.reshape(-1, 3), along.reshape(-1, 3))).reshape(along.shape)
        up = -unit(down)
        return unit(np.cross(up, out)), up, out

    def laid(self, solid: Solid, out_mm: float) -> Solid:
        """What is flat on the pattern, put on the cloth's outer face."""
        columns, rows = self.points.shape[:2]
        x, y = solid.vertices[:, 0], solid.vertices[:, 1]
        deep = self.measure.deep_mm * np.maximum(1 - 2 * np.abs(x) / self.measure.long_mm, 1e-6)
        column = np.interp(x, self.pattern[:, 0, 0], np.arange(columns))
        row = np.clip(-y / deep, 0.0, 1.0) * (rows - 1)
        left = np.clip(column.astype(int), 0, columns - 2)
        above = np.clip(row.astype(int), 0, rows - 2)
        right, below = (column - left)[:, None], (row - above)[:, None]

        upper = right + below <= 1

        def blended(grid: np.ndarray) -> np.ndarray:
            """As on the two triangles that a cell of the cloth is drawn with."""
            corner = np.where(upper, grid[left, above], grid[left + 1, above + 1])
            aside, down = grid[left + 1, above], grid[left, above + 1]
            share, fall = np.where(upper, right, 1 - below), np.where(upper, below, 1 - right)
            return corner + (aside - corner) * share + (down - corner) * fall

        ways = self.ways()
        along, up, out = (blended(way) for way in ways)
        out = unit(out)
        normals = solid.normals
        turned = along * normals[:, :1] + up * normals[:, 1:2] + out * normals[:, 2:]
        vertices = blended(self.points + ways[2] * out_mm) + out * solid.vertices[:, 2:]
        return Solid(vertices, solid.faces, unit(turned), solid.uv)


def finer(grid: np.ndarray) -> np.ndarray:
    """A grid (columns, rows, …) with a point more between every two, on smooth curves."""
    return _finer(_finer(grid).swapaxes(0, 1)).swapaxes(0, 1)


def _finer(grid: np.ndarray) -> np.ndarray:
    first, last = 2 * grid[:1] - grid[1:2], 2 * grid[-1:] - grid[-2:-1]
    wide = np.concatenate([first, grid, last])
    between = (9 * (wide[1:-2] + wide[2:-1]) - wide[:-3] - wide[3:]) / 16
    found = np.empty((2 * len(grid) - 1, *grid.shape[1:]))
    found[::2], found[1::2] = grid, between
    return found


def thick(cloth: Cloth, half_mm: float) -> Solid:
    """The cloth as a body, so far to both sides of its middle; u and v are its pattern's."""
    columns, rows = cloth.points.shape[:2]
    *_, out = cloth.ways()
    faces = grid_faces(columns, rows)
    outer, inner = cloth.points + out * half_mm, cloth.points - out * half_mm
    count = columns * rows
    number = np.arange(count).reshape(columns, rows)
    rim = np.concatenate([number[:, 0], number[-1, 1:], number[-2::-1, -1], number[0, -2:0:-1]])
    after = np.roll(rim, -1)
    sides = np.concatenate(
        [
            np.stack([rim, after, rim + count], axis=1),
            np.stack([after, after + count, rim + count], axis=1),
        ]
    )
    normals = out.reshape(-1, 3)
    pattern = cloth.pattern.reshape(-1, 2)
    whole = Solid(
        np.concatenate([outer.reshape(-1, 3), inner.reshape(-1, 3)]),
        np.concatenate([faces, faces[:, ::-1] + count, sides]),
        np.concatenate([normals, -normals]),
        np.concatenate([pattern, pattern]),
    )
    return whole if _volume(whole) > 0 else _turned_out(whole)


def _turned_out(solid: Solid) -> Solid:
    return Solid(solid.vertices, solid.faces[:, ::-1], solid.normals, solid.uv)


def _volume(solid: Solid) -> float:
    first, second, third = (solid.vertices[solid.faces[:, i]] for i in range(3))
    return float(np.einsum("ij,ij->", first, np.cross(second, third)))
