"""Rays as they leave metal towards what it shows.

They are made a block at a time: first what needs gathering from tables, one ray after the other,
then what is plain arithmetic, many at a time.
"""

from math import sqrt

import numpy as np

from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.facets import (
    CRISP,
    LIE,
    SENT,
    bent,
    facet,
    number,
    passed,
    relief,
    seen_from,
    within_pixel,
    z_order,
)
from pet_app.builder.render.gather import BLOCK
from pet_app.builder.render.material import RELIEF, ROUGHNESS, WEAVE
from pet_app.builder.render.vector import dot, unit
from pet_app.builder.surfaces import LEAST_ROUGHNESS

LIFT_MM = np.float32(0.02)
"""How far above a surface its rays start: turns of a ring nearly touch."""

REACH = np.float32(1)
"""How far beyond a face's corners, in its own size, its normals are taken to bend on as within it.
"""

ZERO, HALF, ONE, TWO, TINY = (np.float32(value) for value in (0, 0.5, 1, 2, 1e-12))
SMOOTH = np.float32(LEAST_ROUGHNESS)

# Where each row of the working block begins.
PX, PY, PZ, NX, NY, NZ, FX, FY, FZ, VX, VY, VZ = range(0, 12 * BLOCK, BLOCK)
BX, BY, BZ, CX, CY, CZ, U, V, BU, BV, CU, CV = range(12 * BLOCK, 24 * BLOCK, BLOCK)
B, C, ROUGH, RELIEVED, CURVED, TILTED, RAYS = range(24 * BLOCK, 31 * BLOCK, BLOCK)
SLOPING, ACROSS, GX, GY, GZ, STEEP = range(31 * BLOCK, 37 * BLOCK, BLOCK)
DX, DY, DZ, GOES, THROUGH, GRAZING, WIDE = range(37 * BLOCK, 44 * BLOCK, BLOCK)
LAID = 44 * BLOCK
WORK = 44 + LIE
"""Rows of numbers. Of what is found P and D are where a ray starts and which way it goes, GOES is 1
if it does, THROUGH the share of light that no facet stops, GRAZING how much nearer to white the
metal is than seen from straight above, WIDE how widely the ray looks, see `facets.SENT`."""

OWNER, INDEX, TILE, NUMBERS = 0, BLOCK, 2 * BLOCK, 3
"""Rows of whole numbers: whose ray it is, the number of its point in the sequence, its weave."""


@compiled
def leave(mesh, look, view, seen, shares, lie, start, broad, work, names, guide, share):
    """Make rays from `start` on, as many as a block holds or there are; returns how many.

    mesh: normals, uv, faces and face normals of a `Scene`. look: table, weaves and units of
    `Materials`, and the slots' widths. view: the eye, what a pixel further is at a distance of 1,
    and the picture's size. seen: pixel, face, bary, places and slot of fragments. shares: which
    fragments are of metal, whose each ray is of them, where each one's begin, and which are bent.
    lie: see `facets.lies`. guide, share: see `paths.trace`.
    """
    whose, first_of = shares[1], shares[2]
    count = min(BLOCK, len(whose) - start)
    _gather(mesh, look, view[2], seen, shares, lie, start, count, broad, work, names)
    _meet(work, view[0], view[1], names.view(np.uint32))
    _tilt(look, count, work, names)
    _send(work, names.view(np.uint32), np.float32(1.0 if broad else SENT))
    for each in range(count):
        place = names[OWNER + each]
        if first_of[place] == start + each:
            for axis in range(3):
                guide[place, axis] = work[GX + axis * BLOCK + each]
            guide[place, 3] = work[ROUGH + each] * work[ROUGH + each]
            share[place, 0], share[place, 1] = ONE - work[STEEP + each], work[STEEP + each]
    return count


@compiled
def _gather(mesh, look, size, seen, shares, lie, start, count, broad, work, names):
    """What tables know of each ray's fragment and face."""
    (normals, uv, faces, face_normals), (table, _, _, width) = mesh, look
    (pixel, face, bary, places, slot), (which, whose, first_of, tight) = seen, shares
    for each in range(count):
        place = whose[start + each]
        fragment, first = which[place], first_of[place]
        mine, own, rays = face[fragment], slot[fragment], first_of[place + 1] - first
        order = z_order(pixel[fragment] % size, pixel[fragment] // size)
        names[OWNER + each], names[TILE + each] = place, np.int32(table[own, WEAVE])
        names[INDEX + each] = np.int32(order * np.uint32(rays) + np.uint32(start + each - first))
        for axis in range(6):
            work[PX + axis * BLOCK + each] = places[fragment, axis]
        for column in range(LIE):
            work[LAID + column * BLOCK + each] = lie[mine, column]
        i, j, k = faces[mine]
        for axis in range(3):
            work[FX + axis * BLOCK + each] = face_normals[mine, axis]
            work[BX + axis * BLOCK + each] = normals[j, axis] - normals[i, axis]
            work[CX + axis * BLOCK + each] = normals[k, axis] - normals[i, axis]
        for axis in range(2):
            work[U + axis * BLOCK + each] = uv[i, axis]
            work[BU + axis * BLOCK + each] = uv[j, axis] - uv[i, axis]
            work[CU + axis * BLOCK + each] = uv[k, axis] - uv[i, axis]
        work[B + each], work[C + each] = bary[fragment, 0], bary[fragment, 1]
        work[ROUGH + each], work[RELIEVED + each] = table[own, ROUGHNESS], table[own, RELIEF]
        work[CURVED + each], work[RAYS + each] = np.float32(tight[place]), np.float32(rays)
        work[TILTED + each] = np.float32(not (broad and width[own] < CRISP))


@streaming
def _meet(work, eye, steps, names):
    """The view, and another place within the pixel: its normal if the face is bent, its texel."""
    eye_x, eye_y, eye_z = np.float32(eye[0]), np.float32(eye[1]), np.float32(eye[2])
    for each in range(BLOCK):
        px, py, pz = work[PX + each], work[PY + each], work[PZ + each]
        vx, vy, vz = eye_x - px, eye_y - py, eye_z - pz
        far = sqrt(max(dot(vx, vy, vz, vx, vy, vz), TINY))
        vx, vy, vz = vx / far, vy / far, vz / far
        fx, fy, fz = work[FX + each], work[FY + each], work[FZ + each]
        side = -ONE if dot(fx, fy, fz, vx, vy, vz) < ZERO else ONE
        fx, fy, fz = side * fx, side * fy, side * fz
        nx, ny, nz = side * work[NX + each], side * work[NY + each], side * work[NZ + each]
        towards = dot(nx, ny, nz, vx, vy, vz)
        work[GX + each] = TWO * towards * nx - vx
        work[GY + each] = TWO * towards * ny - vy
        work[GZ + each] = TWO * towards * nz - vz
        work[STEEP + each] = _fifth(ONE - max(towards, ZERO))
        right = far * (np.float32(number(names[INDEX + each], 2)) - HALF)
        down = far * (np.float32(number(names[INDEX + each], 3)) - HALF)
        ox, oy, oz = within_pixel(right, down, steps, fx, fy, fz, vx, vy, vz)
        lie = LAID + each
        b = dot(ox, oy, oz, work[lie + 4 * BLOCK], work[lie + 5 * BLOCK], work[lie + 6 * BLOCK])
        c = dot(ox, oy, oz, work[lie + 7 * BLOCK], work[lie + 8 * BLOCK], work[lie + 9 * BLOCK])
        curved = work[CURVED + each]
        work[PX + each], work[PY + each] = px + curved * ox, py + curved * oy
        work[PZ + each] = pz + curved * oz
        bend_b = curved * side * min(max(b, -REACH), REACH)
        bend_c = curved * side * min(max(c, -REACH), REACH)
        work[NX + each], work[NY + each], work[NZ + each] = unit(
            nx + bend_b * work[BX + each] + bend_c * work[CX + each],
            ny + bend_b * work[BY + each] + bend_c * work[CY + each],
            nz + bend_b * work[BZ + each] + bend_c * work[CZ + each],
        )
        b, c = b + work[B + each], c + work[C + each]
        work[U + each] += b * work[BU + each] + c * work[CU + each]
        work[V + each] += b * work[BV + each] + c * work[CV + each]
        work[FX + each], work[FY + each], work[FZ + each] = fx, fy, fz
        work[VX + each], work[VY + each], work[VZ + each] = vx, vy, vz


@compiled
def _tilt(look, count, work, names):
    """The slope of the relief there, and how rough it is."""
    _, weaves, units, _ = look
    for each in range(count):
        strength = work[RELIEVED + each]
        if strength > 0:
            along, across, rougher = relief(
                weaves, units, names[TILE + each], work[U + each], work[V + each]
            )
            work[SLOPING + each], work[ACROSS + each] = strength * along, strength * across
            work[ROUGH + each] *= rougher
        else:
            work[SLOPING + each] = work[ACROSS + each] = ZERO


@streaming
def _send(work, names, sent):
    """Which way each ray goes, off one facet of the surface."""
    for each in range(BLOCK):
        fx, fy, fz = work[FX + each], work[FY + each], work[FZ + each]
        vx, vy, vz = work[VX + each], work[VY + each], work[VZ + each]
        lie = LAID + each
        nx, ny, nz = bent(
            *(work[NX + each], work[NY + each], work[NZ + each]),
            *(work[lie], work[lie + BLOCK], work[lie + 2 * BLOCK]),
            *(work[SLOPING + each], work[ACROSS + each] * work[lie + 3 * BLOCK]),
        )
        rough = min(max(work[ROUGH + each], SMOOTH), ONE)
        work[ROUGH + each] = rough
        alpha = rough * rough
        mx, my, mz = seen_from(nx, ny, nz, fx, fy, fz, vx, vy, vz)
        tilted = work[TILTED + each] > ZERO
        nx, ny, nz = mx if tilted else nx, my if tilted else ny, mz if tilted else nz
        cosine = dot(nx, ny, nz, vx, vy, vz)
        hx, hy, hz = facet(
            *(nx, ny, nz, vx, vy, vz, sent * alpha),
            np.float32(number(names[INDEX + each], 0)),
            np.float32(number(names[INDEX + each], 1)),
        )
        facing_it = dot(hx, hy, hz, vx, vy, vz)
        twofold = TWO * facing_it
        dx, dy, dz = twofold * hx - vx, twofold * hy - vy, twofold * hz - vz
        out = dot(nx, ny, nz, dx, dy, dz)
        leaves = min(cosine, out, dot(fx, fy, fz, dx, dy, dz)) > ZERO
        work[GOES + each] = ONE if leaves else ZERO
        work[THROUGH + each] = passed(max(out, TINY), max(cosine, TINY), alpha) / work[RAYS + each]
        work[GRAZING + each] = _fifth(ONE - facing_it)
        work[WIDE + each] = (ONE - sent * sent) * alpha * alpha
        work[PX + each] += LIFT_MM * fx
        work[PY + each] += LIFT_MM * fy
        work[PZ + each] += LIFT_MM * fz
        work[DX + each], work[DY + each], work[DZ + each] = dx, dy, dz


@streaming
def _fifth(value):
    square = value * value
    return square * square * value
