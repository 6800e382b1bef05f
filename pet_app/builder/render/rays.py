"""How much light reaches each fragment, past the rest of the piece and off it.

Each probe sends one packet of sixteen rays: most round its normal, as likely as their cosine, the
others to the key lamp. Kept are what would have arrived and what did, so that after smoothing
their quotient has no noise where nothing is in the way.
"""

import numpy as np

from pet_app.builder.render import embree, sampling
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.embree import occluded16
from pet_app.builder.render.floor import AGAIN, Floor, floor_light
from pet_app.builder.render.light import KEY_RAYS, Light, glow_at
from pet_app.builder.render.packet import FAR_MM
from pet_app.builder.render.probes import Probes, evened, spread
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.vector import dot, frame, unit
from pet_app.builder.render.visibility import Fragments

FREE, LIT, BOUNCE, GLOSS = 0, 1, 2, 3
"""The columns of `reached`."""

LOBE_RAYS = embree.PACKET - KEY_RAYS

LIFT_MM = 0.12
"""How far above a surface its rays start, so that they do not meet it."""

SHARPNESS = 6
"""The exponent of the lobe in which a rough surface mirrors."""

SUMS = 8
EVENED = 2
FAR, FACE, MESH = 8, 17, 18
"""Rows of a packet after tracing: below 0 where something is in the way; the face and mesh met."""


def reached(
    scene: Scene,
    light: Light,
    floor: Floor,
    seen: Fragments,
    places: np.ndarray,
    chosen: Probes,
    eye: np.ndarray,
    size: int,
) -> np.ndarray:
    """float32 (k, 4): what light reaches each fragment.

    FREE is the share of the ambient light that does, LIT the key's. BOUNCE is the irradiance over
    π that the piece would throw there if it were white. GLOSS is the share of the ambient light
    that comes from round the mirrored direction. places: float32 (k, 6), place in mm and normal.
    """
    sums = np.zeros((len(chosen.fragment), SUMS), np.float32)
    _trace(
        *(scene.tree.handle, embree.packet(), embree.valid()),
        *(sampling.lobes(LOBE_RAYS), light.key_rays, light.glow),
        *(floor.values, floor.bounce, floor.place, eye.astype(np.float32)),
        *(chosen.fragment, chosen.share, chosen.idle, seen.face, places, scene.face_normals, sums),
    )
    for _ in range(EVENED):
        sums = evened(chosen.links, chosen.weights, sums)
    shares = sums[:, 0::2] / np.maximum(sums[:, 1::2], 1e-6)
    shares = np.where(sums[:, 1::2] > 1e-5, shares, np.array([1, 1, 0, 1], np.float32))
    # What a place sees of the piece stands near it, and in much the same shadow.
    shares[:, BOUNCE] *= AGAIN * shares[:, FREE]
    return spread(chosen, seen, np.ascontiguousarray(shares, np.float32), size)


@compiled
def _trace(
    handle,
    packet,
    valid,
    lobes,
    key_rays,
    glow,
    floor_values,
    floor_bounce,
    floor_place,
    eye,
    probe_fragment,
    probe_share,
    idle,
    face,
    places,
    face_normals,
    sums,
):
    gloss = np.empty(embree.PACKET, np.float32)
    worth = np.empty(embree.PACKET, np.float32)
    # Rows of the packet that hold mask, id and flags are read as integers.
    packet[:] = 0
    packet.view(np.int32)[9] = -1
    none = np.float32(0)
    for probe in range(len(probe_fragment)):
        if idle[probe]:
            continue
        fragment = probe_fragment[probe]
        px, py, pz, nx, ny, nz = places[fragment]
        fx, fy, fz = face_normals[face[fragment]]
        packet[0] = px + np.float32(LIFT_MM) * fx
        packet[1] = py + np.float32(LIFT_MM) * fy
        packet[2] = pz + np.float32(LIFT_MM) * fz
        packet[FAR] = np.float32(FAR_MM)
        (ax, ay, az), (bx, by, bz) = frame(nx, ny, nz)
        round_normal, to_key = lobes[probe_share[probe]], key_rays[probe_share[probe]]
        for ray in range(LOBE_RAYS):
            a, b, c = round_normal[0, ray], round_normal[1, ray], round_normal[2, ray]
            packet[4, ray] = a * ax + b * bx + c * nx
            packet[5, ray] = a * ay + b * by + c * ny
            packet[6, ray] = a * az + b * bz + c * nz
        for ray in range(KEY_RAYS):
            packet[4, LOBE_RAYS + ray] = to_key[ray, 0]
            packet[5, LOBE_RAYS + ray] = to_key[ray, 1]
            packet[6, LOBE_RAYS + ray] = to_key[ray, 2]
        vx, vy, vz = unit(px - eye[0], py - eye[1], pz - eye[2])
        back = 2 * dot(vx, vy, vz, nx, ny, nz)
        rx, ry, rz = vx - back * nx, vy - back * ny, vz - back * nz
        for ray in range(embree.PACKET):
            dx, dy, dz = packet[4, ray], packet[5, ray], packet[6, ray]
            lobe = max(np.float32(dot(rx, ry, rz, dx, dy, dz)), none)
            gloss[ray] = lobe * lobe * lobe
            gloss[ray] *= gloss[ray]
            worth[ray] = max(np.float32(dot(nx, ny, nz, dx, dy, dz)), none)
            leaves = (worth[ray] > 0) & (dot(fx, fy, fz, dx, dy, dz) > np.float32(0.01))
            valid[ray] = -1 if leaves else 0
        occluded16(valid.ctypes.data, handle, packet.ctypes.data, 0)
        own = sums[probe]
        for ray in range(LOBE_RAYS):
            dx, dy, dz = packet[4, ray], packet[5, ray], packet[6, ray]
            shining, thrown_back, _ = glow_at(glow, dx, dy, dz)
            lobe = gloss[ray] * shining / max(worth[ray], np.float32(0.1)) / LOBE_RAYS
            own[1] += shining
            own[5] += 1
            own[7] += lobe
            if valid[ray] == 0:
                continue
            if packet[FAR, ray] < 0:
                own[4] += thrown_back
                continue
            share = np.float32(1)
            if dy < -0.02:
                at = packet[0, ray], packet[1, ray], packet[2, ray]
                share = floor_light(floor_values, floor_place, *at, dx, dy, dz)
                if share < 1:
                    own[4] += shining * floor_light(floor_bounce, floor_place, *at, dx, dy, dz)
            own[0] += shining * share
            own[6] += lobe * share
        for ray in range(LOBE_RAYS, embree.PACKET):
            shining = worth[ray] * to_key[ray - LOBE_RAYS, 3]
            if valid[ray] == 0:
                continue
            own[3] += shining
            if packet[FAR, ray] >= 0:
                own[2] += shining
