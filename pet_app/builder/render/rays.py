"""How much light reaches each fragment: ambient occlusion and the key lamp's soft shadow.

Each fragment sends a few rays; four fragments fill a packet. Kept are what would have arrived and
what did, so that after smoothing their quotient has no noise where nothing is in the way.
"""

import numpy as np

from pet_app.builder.render import embree, sampling
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.embree import intersect16, occluded16
from pet_app.builder.render.floor import Floor, floor_light
from pet_app.builder.render.light import Light, glow_at
from pet_app.builder.render.packet import aim, lobe, to_lamp
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.vector import dot, unit
from pet_app.builder.render.visibility import Fragments

AMBIENT_RAYS = 2
KEY_RAYS = 2
RAYS = AMBIENT_RAYS + KEY_RAYS
GROUP = embree.PACKET // RAYS
"""Fragments in one packet."""

LIFT_MM = 0.12
"""How far above a surface its rays start, so that they do not meet it."""


def reached(
    scene: Scene, light: Light, floor: Floor, seen: Fragments, spots: np.ndarray, size: int
) -> np.ndarray:
    """float32 (k, 2): the shares of ambient and of key light that reach each fragment.

    spots: float32 (k, 6), each fragment's place in mm and its unit normal.
    """
    arrived = np.zeros((len(seen.pixel), 4), np.float32)
    _trace(
        *(scene.tree.handle, embree.packet(), embree.valid(), sampling.points(AMBIENT_RAYS)),
        *(sampling.points(KEY_RAYS), light.lamps, light.glow, floor.values, floor.place),
        *(seen.pixel, seen.face, spots, scene.face_normals, size, arrived),
    )
    parts = scene.parts[seen.face]
    for step in (1, size):
        arrived = _smooth(arrived, spots, parts, seen.pixel, seen.first, step, size)
    shares = arrived[:, 0::2] / np.maximum(arrived[:, 1::2], 1e-6)
    return np.ascontiguousarray(np.where(arrived[:, 1::2] > 1e-5, shares, 1), np.float32)


def mirrored(scene: Scene, which: np.ndarray, spots: np.ndarray, eye: np.ndarray) -> np.ndarray:
    """int32 (k,): the face that each fragment of `which` mirrors, -1 where that is the studio."""
    found = np.full(len(spots), -1, np.int32)
    packet = embree.packet()
    _mirror(
        *(scene.tree.handle, packet, packet.view(np.int32), embree.valid()),
        *(which.astype(np.int64), spots, eye.astype(np.float64), found),
    )
    return found


@compiled
def _trace(
    handle,
    packet,
    valid,
    ambient_points,
    key_points,
    lamps,
    glow,
    floor_values,
    floor_place,
    pixel,
    face,
    spots,
    face_normals,
    size,
    arrived,
):
    worth = np.zeros(embree.PACKET, np.float32)
    # Rows of the packet that hold mask, id and flags are read as integers.
    packet[9:12] = 0
    packet.view(np.int32)[9] = -1
    for start in range(0, len(pixel), GROUP):
        valid[:] = 0
        for member in range(GROUP):
            fragment = start + member
            if fragment >= len(pixel):
                break
            x, y = pixel[fragment] % size, pixel[fragment] // size
            own = (y % 4) * 4 + x % 4
            nx, ny, nz = spots[fragment, 3], spots[fragment, 4], spots[fragment, 5]
            fx, fy, fz = face_normals[face[fragment]]
            px = spots[fragment, 0] + LIFT_MM * fx
            py = spots[fragment, 1] + LIFT_MM * fy
            pz = spots[fragment, 2] + LIFT_MM * fz
            for ray in range(RAYS):
                place = member * RAYS + ray
                if ray < AMBIENT_RAYS:
                    point = ambient_points[own, ray]
                    dx, dy, dz = lobe(point[0], point[1], nx, ny, nz)
                    worth[place] = glow_at(glow, dx, dy, dz)
                else:
                    point = key_points[own, ray - AMBIENT_RAYS]
                    dx, dy, dz = to_lamp(point[0], point[1], lamps[0])
                    worth[place] = dot(nx, ny, nz, dx, dy, dz)
                if worth[place] <= 0 or dot(fx, fy, fz, dx, dy, dz) <= 0.01:
                    continue
                aim(packet, place, px, py, pz, dx, dy, dz)
                valid[place] = -1
        occluded16(valid.ctypes.data, handle, packet.ctypes.data, 0)
        for place in range(embree.PACKET):
            if valid[place] == 0:
                continue
            fragment = start + place // RAYS
            kind = 0 if place % RAYS < AMBIENT_RAYS else 2
            arrived[fragment, kind + 1] += worth[place]
            if packet[8, place] >= 0:
                share = np.float32(1)
                if packet[5, place] < -0.02:
                    share = floor_light(
                        floor_values,
                        floor_place,
                        *(packet[0, place], packet[1, place], packet[2, place]),
                        *(packet[4, place], packet[5, place], packet[6, place]),
                    )
                arrived[fragment, kind] += worth[place] * share


@compiled
def _smooth(arrived, spots, parts, pixel, first, step, size):
    """Blur along one axis over fragments of the same smooth surface."""
    smooth = np.empty_like(arrived)
    last = size * size
    for fragment in range(len(pixel)):
        px, py, pz, nx, ny, nz = spots[fragment]
        a = b = c = d = np.float32(0)
        for offset in range(-2, 3):
            near = pixel[fragment] + offset * step
            if near < 0 or near >= last:
                continue
            edge = np.float32(0.5) if abs(offset) == 2 else np.float32(1)
            for other in range(first[near], first[near + 1]):
                if parts[other] != parts[fragment]:
                    continue
                alike = dot(nx, ny, nz, spots[other, 3], spots[other, 4], spots[other, 5])
                above = dot(
                    nx, ny, nz, spots[other, 0] - px, spots[other, 1] - py, spots[other, 2] - pz
                )
                if alike < 0.7 or abs(above) > 2.5:
                    continue
                weight = edge * alike**8 / (1 + above * above)
                a += weight * arrived[other, 0]
                b += weight * arrived[other, 1]
                c += weight * arrived[other, 2]
                d += weight * arrived[other, 3]
        smooth[fragment] = (a, b, c, d)
    return smooth


@compiled
def _mirror(handle, packet, numbers, valid, which, spots, eye, found):
    packet[9:12] = 0
    numbers[9] = -1
    for start in range(0, len(which), embree.PACKET):
        count = min(embree.PACKET, len(which) - start)
        valid[:] = 0
        for ray in range(count):
            px, py, pz, nx, ny, nz = spots[which[start + ray]]
            vx, vy, vz = unit(px - eye[0], py - eye[1], pz - eye[2])
            back = 2 * dot(vx, vy, vz, nx, ny, nz)
            aim(
                *(packet, ray, px + LIFT_MM * nx, py + LIFT_MM * ny, pz + LIFT_MM * nz),
                *(vx - back * nx, vy - back * ny, vz - back * nz),
            )
            numbers[17, ray] = -1
            numbers[18, ray] = -1
            valid[ray] = -1
        intersect16(valid.ctypes.data, handle, packet.ctypes.data, 0)
        for ray in range(count):
            if numbers[18, ray] != -1:
                found[which[start + ray]] = numbers[17, ray]
