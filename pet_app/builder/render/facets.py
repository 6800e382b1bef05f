"""Microfacets: how a rough surface lies at one point, and where a ray leaves it.

Light is followed ray by ray here, so the relief is not averaged: a ray meets one point of the tile,
with its slope, and there one facet of GGX's (Walter and others 2007), among those that can be seen.
"""

from math import pi, sqrt

import numpy as np

from pet_app.builder import tiles
from pet_app.builder.render import sampling
from pet_app.builder.render.compiled import compiled, inlined
from pet_app.builder.render.material import ACROSS, ALONG, MARGIN, ROUGH
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.vector import dot, frame, unit

LIE = 10
"""Numbers that say how a face lies: the direction along the strap, 1 or -1 where its texture is
mirrored, and how fast the shares of its second and third corner change with the place."""

STEPS = tuple(
    np.uint32(round(2**32 * (part % 1)))
    for part in (
        *(sampling.PLASTIC**-power for power in (1, 2)),
        *(1.22074408460575947536**-power for power in (1, 2, 3)),
        *(root**0.5 for root in (1.25, 2, 3)),
    )
)
"""How far each dimension of a sequence steps, as parts of 2³². The first two, for the lobe that is
seen, are Roberts' R2 (2018); the next three his R3, the last irrational and apart from them."""

TURN = np.float64(2.0**-32)
TEXELS, LAST, LINE = np.float64(tiles.SIZE / tiles.WEAVE_MM), tiles.SIZE - 1, tiles.SIZE + MARGIN

FLAT = 0.98
"""The cosine between the normals at a face's corners above which it counts as flat."""

SENT = 0.6
"""Of a lobe's width so much is in the rays' own directions. The rest is in how widely they look at
the studio, which makes no noise but knows of nothing in the way: broad metal, whose fragments have
neighbours to lose noise among, goes without."""

CRISP = 0.04
"""Lobes of less alpha; where they are met further on they are one direction, looked along widely.
"""

EDGE_ON, MOST_OF, ABOVE = (np.float32(value) for value in (0.05, 0.9, 0.01))
"""The least cosine at which a face is seen; and at least so much of a face's own cosine, or else
such a sine, lies between it and what it mirrors."""

ZERO, HALF, ONE, TWO, TINY = (np.float32(value) for value in (0, 0.5, 1, 2, 1e-6))
SINE = tuple(
    np.float32((2 * pi) ** power / way)
    for power, way in ((1, 1), (3, -6), (5, 120), (7, -5040), (9, 362880))
)
"""The sine of a part of a turn as its odd powers, near enough up to a quarter."""


def lies(scene: Scene) -> np.ndarray:
    """float32 (faces, LIE)."""
    return scene.known(_found)


def _found(scene: Scene) -> np.ndarray:
    return _lies(scene.vertices, scene.uv, scene.faces)


@compiled
def _lies(vertices, uv, faces):
    found = np.empty((len(faces), LIE), np.float32)
    for face in range(len(faces)):
        i, j, k = faces[face]
        bu, bv = uv[j, 0] - uv[i, 0], uv[j, 1] - uv[i, 1]
        cu, cv = uv[k, 0] - uv[i, 0], uv[k, 1] - uv[i, 1]
        ax, ay, az = vertices[i]
        bx, by, bz = vertices[j, 0] - ax, vertices[j, 1] - ay, vertices[j, 2] - az
        cx, cy, cz = vertices[k, 0] - ax, vertices[k, 1] - ay, vertices[k, 2] - az
        x, y, z = by * cz - bz * cy, bz * cx - bx * cz, bx * cy - by * cx
        whole = 1 / (x * x + y * y + z * z)
        side = 1.0 if bu * cv - cu * bv > 0 else -1.0
        own = found[face]
        own[0], own[1], own[2] = unit(
            side * (cv * bx - bv * cx), side * (cv * by - bv * cy), side * (cv * bz - bv * cz)
        )
        own[3] = side
        # Along c x n and n x b the shares of the corners change with the place.
        px, py, pz = whole * (cy * z - cz * y), whole * (cz * x - cx * z), whole * (cx * y - cy * x)
        qx, qy, qz = whole * (y * bz - z * by), whole * (z * bx - x * bz), whole * (x * by - y * bx)
        own[4], own[5], own[6] = px, py, pz
        own[7], own[8], own[9] = qx, qy, qz
    return found


@inlined
def number(index, dimension):
    """From 0 to 1, the place in one dimension of the sequence's point with that index."""
    return np.uint32(index * STEPS[dimension] + np.uint32(0x80000000)) * TURN


@inlined
def z_order(column, row):
    """The number of a pixel in Morton's order: every square of pixels is one run of numbers, so a
    sequence that fills space evenly does so in every part of the picture (Ahmed and Wonka 2020)."""
    return _apart(column) | _apart(row) << np.uint32(1)


@inlined
def _apart(number):
    """The lower sixteen bits of a number with a gap after each."""
    bits = np.uint32(number)
    bits = (bits | bits << np.uint32(8)) & np.uint32(0x00FF00FF)
    bits = (bits | bits << np.uint32(4)) & np.uint32(0x0F0F0F0F)
    bits = (bits | bits << np.uint32(2)) & np.uint32(0x33333333)
    return (bits | bits << np.uint32(1)) & np.uint32(0x55555555)


@inlined
def relief(weaves, units, own, u, v):
    """The tile at a place in mm, between its finest texels: slope along and across, roughness."""
    x, y = u * TEXELS - 0.5, v * TEXELS - 0.5
    i, j = int(x), int(y)
    i -= x < i
    j -= y < j
    a, b = x - i, y - j
    i = ((j & LAST) + 1) * LINE + (i & LAST) + 1
    wd = a * b
    wb, wc = a - wd, b - wd
    wa = 1 - a - wc
    return (
        units[own, ALONG] * _mixed(weaves, own, ALONG, i, wa, wb, wc, wd),
        units[own, ACROSS] * _mixed(weaves, own, ACROSS, i, wa, wb, wc, wd),
        units[own, ROUGH] * _mixed(weaves, own, ROUGH, i, wa, wb, wc, wd),
    )


@inlined
def _mixed(weaves, own, channel, i, wa, wb, wc, wd):
    return (
        wa * weaves[own, i, channel]
        + wb * weaves[own, i + 1, channel]
        + wc * weaves[own, i + LINE, channel]
        + wd * weaves[own, i + LINE + 1, channel]
    )


@inlined
def bent(nx, ny, nz, tx, ty, tz, along, across):
    """The normal on a slope of the tile, whose u runs along t."""
    off = dot(tx, ty, tz, nx, ny, nz)
    tx, ty, tz = unit(tx - off * nx, ty - off * ny, tz - off * nz)
    return unit(
        nx - along * tx - across * (ny * tz - nz * ty),
        ny - along * ty - across * (nz * tx - nx * tz),
        nz - along * tz - across * (nx * ty - ny * tx),
    )


@inlined
def within_pixel(right, down, steps, fx, fy, fz, vx, vy, vz):
    """The way along a face to another place in the pixel: so much to the right and down of it, seen
    from the way v; steps: what a pixel further is at a distance of 1."""
    ox = right * steps[0, 0] + down * steps[1, 0]
    oy = right * steps[0, 1] + down * steps[1, 1]
    oz = right * steps[0, 2] + down * steps[1, 2]
    level = dot(fx, fy, fz, ox, oy, oz) / max(dot(fx, fy, fz, vx, vy, vz), EDGE_ON)
    return ox - level * vx, oy - level * vy, oz - level * vz


@inlined
def seen_from(nx, ny, nz, fx, fy, fz, vx, vy, vz):
    """The normal tilted so far that what it mirrors towards the view does not lie within the face:
    smooth normals lean away from the flat faces that carry them. Broad metal that mirrors crisply
    goes without: it is dark there, as the path tracer has it. Elsewhere too many of the few rays
    would end."""
    twofold = TWO * dot(nx, ny, nz, vx, vy, vz)
    rx, ry, rz = twofold * nx - vx, twofold * ny - vy, twofold * nz - vz
    lifted = min(MOST_OF * dot(fx, fy, fz, vx, vy, vz), ABOVE) - dot(fx, fy, fz, rx, ry, rz)
    if lifted <= ZERO:
        return nx, ny, nz
    rx, ry, rz = unit(rx + lifted * fx, ry + lifted * fy, rz + lifted * fz)
    return unit(rx + vx, ry + vy, rz + vz)


@inlined
def turned(part):
    """Cosine and sine of a part of a turn, from 0 to 1."""
    across = part - HALF
    return _sine(abs(across) - HALF * HALF), -_sine(max(min(across, HALF - across), -HALF - across))


@inlined
def _sine(part):
    square = part * part
    rest = SINE[3] + square * SINE[4]
    return part * (SINE[0] + square * (SINE[1] + square * (SINE[2] + square * rest)))


@inlined
def facet(nx, ny, nz, vx, vy, vz, alpha, first, second):
    """A facet's normal, as likely as it is seen (Dupuy and Benyoub 2023)."""
    (ax, ay, az), (bx, by, bz) = frame(nx, ny, nz)
    sx, sy, sz = unit(
        alpha * dot(ax, ay, az, vx, vy, vz),
        alpha * dot(bx, by, bz, vx, vy, vz),
        dot(nx, ny, nz, vx, vy, vz),
    )
    height = (ONE - second) * (ONE + sz) - sz
    reach = sqrt(max(ONE - height * height, ZERO))
    ahead, aside = turned(first)
    hx, hy, hz = unit(
        alpha * (reach * ahead + sx),
        alpha * (reach * aside + sy),
        max(height + sz, TINY),
    )
    return hx * ax + hy * bx + hz * nx, hx * ay + hy * by + hz * ny, hx * az + hy * bz + hz * nz


@inlined
def passed(out, back, alpha):
    """Of the light that a seen facet sends out, how much no other facet stops (Smith, correlated);
    both cosines to the normal."""
    square = alpha * alpha
    leaving = sqrt(ONE + square * (ONE / (out * out) - ONE))
    seen = sqrt(ONE + square * (ONE / (back * back) - ONE))
    return (ONE + seen) / (leaving + seen)


@compiled
def flat(normals, corners):
    """Whether a face bends so little that fragments beside each other mirror much the same."""
    least = 1.0
    for corner in range(3):
        a, b = normals[corners[corner]], normals[corners[(corner + 1) % 3]]
        least = min(least, dot(a[0], a[1], a[2], b[0], b[1], b[2]))
    return least > FLAT
