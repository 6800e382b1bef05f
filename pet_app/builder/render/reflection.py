"""What metal shows of the piece itself, and of the floor in the piece's shadow.

Each fragment of metal sends one ray. On polished metal it is the mirrored one; on rougher metal it
leaves somewhere in GGX's lobe, and what a block's rays find is put together as light is: the lobe's
width then shows as blur and not as noise. Metal that meets metal sends the ray on.
"""

from dataclasses import dataclass
from math import cos, pi, sin, sqrt

import numpy as np

from pet_app.builder.render import embree, sampling
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.embree import intersect16
from pet_app.builder.render.frame import Frame
from pet_app.builder.render.gloss import TABLE, returned_table
from pet_app.builder.render.ground import floor_light
from pet_app.builder.render.light import glow_at
from pet_app.builder.render.material import (
    METALLIC,
    RELIEF,
    ROUGHNESS,
    STEEPNESS,
    WEAVE,
    Materials,
)
from pet_app.builder.render.packet import FACE, LIFT_MM, MESH, aim
from pet_app.builder.render.probes import evened, spread
from pet_app.builder.render.vector import dot, frame, unit

CRISP = 0.2
"""Metal of less roughness mirrors along one line."""

BOUNCES = 3
"""How many times a ray is sent on."""

METAL = np.float32(0.75)
"""What metal beyond the first leaves of the light: colours play no part here."""

OTHERS = np.float32(0.5)
"""What the rest of the piece leaves of it there."""

OPEN = np.float32(0.7)
"""The share of light that reaches a place which is mirrored: some of the piece is in its way."""

U, V = 15, 16
"""Rows of a packet after tracing: where on the face."""

KEPT, WHOLE, SENT, SHOWN = 0, 1, 2, 3
"""Columns of what a ray finds: light of studio and floor, what it would be with nothing in the
way, how much the ray counts, and from there on what each slot shows of itself."""


@dataclass(frozen=True, eq=False)
class Reflections:
    """All fragments of metal: each adds (base · scale + bias) · the sum over slots of mean · lit.

    fragment: int32 (m,), rising. lit: float32 (m, slots). share: float32 (m, 2), scale and bias.
    """

    fragment: np.ndarray
    lit: np.ndarray
    share: np.ndarray


def reflections(taken: Frame, worn: Materials, slot: np.ndarray, values: np.ndarray) -> Reflections:
    """Trace what metal mirrors; what the piece hides of studio and floor goes from `values`."""
    scene, size = taken.scene, taken.view.size
    which = np.flatnonzero(worn.table[slot, METALLIC] > 0).astype(np.int32)
    width = _width(worn)
    found = np.zeros((len(which), SHOWN + len(worn.table)), np.float32)
    packet = embree.packet()
    _trace(
        *(scene.tree.handle, packet, packet.view(np.int32), embree.valid()),
        *(which, slot, worn.table, width, sampling.points(1), taken.light.glow),
        *(
            taken.floor.values,
            taken.floor.bounce.sum(axis=0),
            taken.floor.place,
            scene.areas.astype(np.float32),
        ),
        *(taken.view.eye, size, taken.seen.pixel),
        *(taken.seen.face, taken.places, scene.normals, scene.faces, scene.face_normals),
        *(scene.slots, scene.parts, found),
    )
    soft = width[slot[which]] >= CRISP * CRISP
    if soft.any():
        probes = taken.reached.probes
        sums = np.zeros((len(probes.fragment), found.shape[1]), np.float32)
        _gather(which, probes.of, found, sums)
        sums = evened(probes.links, probes.weights, sums)
        sums /= np.maximum(sums[:, SENT : SENT + 1], 1e-6)
        smooth = np.empty((len(slot), found.shape[1]), np.float32)
        spread(probes, taken.seen, sums, size, smooth)
        found[soft] = smooth[which[soft]]
    share = np.empty((len(which), 2), np.float32)
    _weigh(which, slot, worn.table, taken.places, taken.view.eye, returned_table(), found, share)
    hidden = found[:, KEPT] / np.maximum(found[:, WHOLE], 1e-6)
    values[:7, which] *= np.where(found[:, WHOLE] > 0, hidden, 1)
    return Reflections(which, np.ascontiguousarray(found[:, SHOWN:]), share)


def _width(worn: Materials) -> np.ndarray:
    """float32 (slots,): GGX's alpha of each slot, its relief taken as roughness (Toksvig 2005)."""
    table = worn.table
    slopes = worn.weaves[table[:, WEAVE].astype(int), -1, STEEPNESS] * table[:, RELIEF] ** 2
    return np.sqrt(table[:, ROUGHNESS] ** 4 + slopes).astype(np.float32)


@compiled
def _trace(
    handle,
    packet,
    numbers,
    valid,
    which,
    slot,
    table,
    width,
    points,
    glow,
    floor_values,
    floor_bounce,
    floor_place,
    areas,
    eye,
    size,
    pixel,
    face,
    places,
    normals,
    faces,
    face_normals,
    slots,
    parts,
    found,
):
    strength, alpha = np.empty(embree.PACKET, np.float32), np.empty(embree.PACKET, np.float32)
    first = np.empty(embree.PACKET, np.int32)
    packet[:] = 0
    numbers[9] = -1
    for start in range(0, len(which), embree.PACKET):
        count = min(embree.PACKET, len(which) - start)
        valid[:] = 0
        for ray in range(count):
            fragment = which[start + ray]
            own = (pixel[fragment] // size % 4) * 4 + pixel[fragment] % size % 4
            alpha[ray] = width[slot[fragment]]
            px, py, pz, nx, ny, nz = places[fragment]
            vx, vy, vz = unit(px - eye[0], py - eye[1], pz - eye[2])
            hx, hy, hz = nx, ny, nz
            if alpha[ray] >= CRISP * CRISP:
                hx, hy, hz = _half(points[own, 0], alpha[ray], nx, ny, nz)
            back = 2 * dot(vx, vy, vz, hx, hy, hz)
            dx, dy, dz = vx - back * hx, vy - back * hy, vz - back * hz
            x, y, z = face_normals[face[fragment]]
            strength[ray] = dot(nx, ny, nz, dx, dy, dz)
            first[ray] = -1
            if strength[ray] <= 0 or dot(x, y, z, dx, dy, dz) <= 0.01:
                continue
            found[start + ray, SENT] = strength[ray]
            found[start + ray, WHOLE] = strength[ray] * glow_at(glow, dx, dy, dz)[2]
            aim(packet, ray, px + LIFT_MM * x, py + LIFT_MM * y, pz + LIFT_MM * z, dx, dy, dz)
            valid[ray] = -1
        for bounce in range(BOUNCES):
            for ray in range(count):
                numbers[MESH, ray] = -1
            intersect16(valid.ctypes.data, handle, packet.ctypes.data, 0)
            going = False
            for ray in range(count):
                if valid[ray] == 0:
                    continue
                valid[ray] = 0
                mine = found[start + ray]
                dx, dy, dz = packet[4, ray], packet[5, ray], packet[6, ray]
                if numbers[MESH, ray] == -1:
                    shining = glow_at(glow, dx, dy, dz)[2]
                    if dy < -0.02:
                        at = packet[0, ray], packet[1, ray], packet[2, ray]
                        left = floor_light(floor_values, floor_place, *at, dx, dy, dz)
                        if left < 1:
                            back = floor_light(floor_bounce, floor_place, *at, dx, dy, dz)
                            back *= strength[ray] * shining
                            # The piece's colours, thrown on the floor, count as its own.
                            for other in range(len(areas)):
                                mine[SHOWN + other] += back * areas[other]
                        shining *= left
                    place = KEPT if bounce == 0 else SHOWN + first[ray]
                    mine[place] += strength[ray] * shining
                    continue
                met = numbers[FACE, ray]
                there = slots[parts[met]]
                if bounce == 0:
                    first[ray] = there
                x, y, z = _normal(normals, faces[met], packet[U, ray], packet[V, ray])
                against = dot(x, y, z, dx, dy, dz)
                if against > 0:
                    x, y, z, against = -x, -y, -z, -against
                if table[there, METALLIC] > 0 and bounce < BOUNCES - 1:
                    if bounce > 0:
                        strength[ray] *= METAL
                    if width[there] >= CRISP * CRISP:
                        fragment = which[start + ray]
                        own = (pixel[fragment] // size % 4) * 4 + pixel[fragment] % size % 4
                        other = points[(5 * own + 3 + bounce) % sampling.SHARES, 0]
                        hx, hy, hz = _half(other, width[there], x, y, z)
                        leaning = dot(hx, hy, hz, dx, dy, dz)
                        if (
                            dot(
                                x,
                                y,
                                z,
                                dx - 2 * leaning * hx,
                                dy - 2 * leaning * hy,
                                dz - 2 * leaning * hz,
                            )
                            > 0.02
                        ):
                            x, y, z, against = hx, hy, hz, leaning
                    far = packet[8, ray]
                    fx, fy, fz = face_normals[met]
                    side = LIFT_MM if dot(fx, fy, fz, dx, dy, dz) < 0 else -LIFT_MM
                    aim(
                        *(packet, ray, packet[0, ray] + far * dx + side * fx),
                        *(packet[1, ray] + far * dy + side * fy,),
                        *(packet[2, ray] + far * dz + side * fz,),
                        *(dx - 2 * against * x, dy - 2 * against * y, dz - 2 * against * z),
                    )
                    valid[ray] = -1
                    going = True
                    continue
                # What is mirrored is itself lit, as a surface that is turned so would be.
                arriving = OPEN * glow_at(glow, -x, -y, -z)[1]
                share = OTHERS if bounce > 0 else np.float32(1)
                mine[SHOWN + first[ray]] += strength[ray] * arriving * share
            if not going:
                break
        for ray in range(count):
            # The lobe's rays are put together before they are divided.
            if alpha[ray] < CRISP * CRISP and strength[ray] > 0:
                found[start + ray] /= found[start + ray, SENT] + np.float32(1e-9)


@compiled
def _half(point, alpha, nx, ny, nz):
    """A facet's normal, as likely as GGX has it (Walter and others 2007)."""
    across, up = frame(nx, ny, nz)
    square = (1 - point[0]) / (1 + (alpha * alpha - 1) * point[0])
    c, s = sqrt(square), sqrt(max(1 - square, 0.0))
    a, b = s * cos(2 * pi * point[1]), s * sin(2 * pi * point[1])
    return (
        a * across[0] + b * up[0] + c * nx,
        a * across[1] + b * up[1] + c * ny,
        a * across[2] + b * up[2] + c * nz,
    )


@compiled
def _normal(normals, corners, u, v):
    i, j, k = corners
    w = 1 - u - v
    return unit(
        w * normals[i, 0] + u * normals[j, 0] + v * normals[k, 0],
        w * normals[i, 1] + u * normals[j, 1] + v * normals[k, 1],
        w * normals[i, 2] + u * normals[j, 2] + v * normals[k, 2],
    )


@compiled
def _gather(which, of, found, sums):
    for place in range(len(which)):
        probe = of[which[place]]
        for column in range(found.shape[1]):
            sums[probe, column] += found[place, column]


@compiled
def _weigh(which, slot, table, places, eye, returned, found, share):
    """The share that metal returns, and the means of what its rays found."""
    for place in range(len(which)):
        px, py, pz, nx, ny, nz = places[which[place]]
        vx, vy, vz = unit(eye[0] - px, eye[1] - py, eye[2] - pz)
        column = min(int(max(dot(nx, ny, nz, vx, vy, vz), 0.02) * TABLE), TABLE - 1)
        row = min(int(table[slot[which[place]], ROUGHNESS] * TABLE), TABLE - 1)
        share[place, 0] = returned[row * TABLE + column, 0]
        share[place, 1] = returned[row * TABLE + column, 1]
