"""The few operations on three numbers that compiled code needs, kept in registers."""

from math import sqrt

from pet_app.builder.render.compiled import compiled


@compiled
def dot(ax, ay, az, bx, by, bz):
    return ax * bx + ay * by + az * bz


@compiled
def unit(x, y, z):
    """The direction of a vector; up for one without length."""
    length = sqrt(x * x + y * y + z * z)
    if length < 1e-12:
        return 0.0, 1.0, 0.0
    scale = 1 / length
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
    sign = 1.0 if nz >= 0 else -1.0
    a = -1 / (sign + nz)
    b = nx * ny * a
    return (1 + sign * nx * nx * a, sign * b, -sign * nx), (b, sign + ny * ny * a, -ny)
