"""The few operations on three numbers that compiled code needs, kept in registers."""

from math import sqrt

import numpy as np

from pet_app.builder.render.compiled import compiled

ZERO, ONE, SHORT = (np.float32(value) for value in (0, 1, 1e-12))
"""Narrow constants leave it to the arguments how wide a result is."""


def box(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest corner of the box round points (n, 3); numpy is slow down rows of
    three, and fast down one column."""
    columns = points.T
    return np.array([one.min() for one in columns]), np.array([one.max() for one in columns])


@compiled
def dot(ax, ay, az, bx, by, bz):
    return ax * bx + ay * by + az * bz


@compiled
def unit(x, y, z):
    """The direction of a vector; up for one without length."""
    length = sqrt(x * x + y * y + z * z)
    if length < SHORT:
        return ZERO, ONE, ZERO
    scale = ONE / length
    return x * scale, y * scale, z * scale


@compiled
def mix3(table, corners, b, c):
    """A corner attribute (three columns) between a face's corners."""
    i, j, k = corners
    a = 1 - b - c
    return (
        a * table[i, 0] + b * table[j, 0] + c * table[k, 0],
        a * table[i, 1] + b * table[j, 1] + c * table[k, 1],
        a * table[i, 2] + b * table[j, 2] + c * table[k, 2],
    )


@compiled
def frame(nx, ny, nz):
    """Two unit vectors that stand on a unit normal and on each other."""
    sign = ONE if nz >= ZERO else -ONE
    a = -ONE / (sign + nz)
    b = nx * ny * a
    return (ONE + sign * nx * nx * a, sign * b, -sign * nx), (b, sign + ny * ny * a, -ny)
