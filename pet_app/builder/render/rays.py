"""How much light reaches each fragment, past the rest of the piece and off it.

Each probe sends one packet of sixteen rays: most round its normal, as likely as their cosine, the
others to the key lamp. Kept are what would have arrived and what did, so that after smoothing
their quotient has no noise where nothing is in the way.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from pet_app.builder.render import embree, sampling
from pet_app.builder.render.camera import View
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.embree import intersect16
from pet_app.builder.render.ground import Floor, floor_light, thrown_there
from pet_app.builder.render.light import KEY_RAYS, REST, Light, glow_cell
from pet_app.builder.render.packet import FACE, FAR, FAR_MM, LIFT_MM, MESH
from pet_app.builder.render.patches import patches
from pet_app.builder.render.probes import Probes, evened, probes, spread
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.vector import dot, frame, unit
from pet_app.builder.render.visibility import Fragments

FREE, LIT, BOUNCE, OTHERS, GLOSS, SHOWN, TWICE = 0, 1, 2, 3, 4, 5, 6
COLUMNS = 7
"""The columns of `Reached.light`."""

LOBE_RAYS = embree.PACKET - KEY_RAYS

SHARPNESS = 6
"""The exponent of the lobe in which a rough surface mirrors."""

BLOCKS = (4, 2)
"""Pixels along the side of a block, for a first look and then a finer one."""

NEAR = 0.5
"""Where a ray meets something nearer than so many sides of a block, light changes within it."""

SUMS = 12
_FREE, _WHOLE, _LIT, _KEY, _BOUNCE, _OTHERS = range(6)
_COUNT, _GLOSS, _LOBE, _SHOWN, _WIDE, _TWICE = range(6, SUMS)


@dataclass(frozen=True, eq=False)
class Reached:
    """What light reaches each fragment.

    probes: those of the first look, which stand all over the picture. light: float32 (k, COLUMNS).
    FREE is the share of the ambient light, LIT the key's. BOUNCE is the irradiance over π that the
    first slot's surfaces would throw there if they were white, OTHERS what all others would. GLOSS
    is the share of the ambient light that comes from round the mirrored direction, SHOWN what a
    white piece would show there instead. TWICE is the light that what throws light there gets of
    such light itself, as a share of what it gets first hand. again: TWICE of the whole piece.
    """

    probes: Probes
    light: np.ndarray
    again: float


def reached(
    scene: Scene, light: Light, floor: Floor, seen: Fragments, places: np.ndarray, view: View
) -> Reached:
    """Trace what light reaches each fragment; places: float32 (k, 6), place in mm and normal.

    Probes stand far apart at first; where something is near, finer ones look again.
    """
    known = patches(scene, floor.place)
    body = scene.slots[scene.parts] == 0
    packet, valid = embree.packet(), embree.valid()
    found = np.empty((len(seen.pixel), COLUMNS), np.float32)
    wanted = np.ones(len(seen.pixel), np.bool_)
    once = twice = 0.0
    looks: list[Probes] = []
    for block in BLOCKS:
        chosen = probes(scene, seen, places, view.size, block, wanted)
        looks.append(chosen)
        sums = np.zeros((len(chosen.fragment), SUMS), np.float32)
        near = np.zeros(len(chosen.fragment), np.bool_)
        back = _trace(
            *(scene.tree.handle, packet, packet.view(np.int32), valid),
            *(sampling.lobes(LOBE_RAYS), light.key_rays, light.glow),
            *(floor.values, floor.bounce, floor.place, view.eye.astype(np.float32)),
            *(known.of, floor.thrown, body, np.float32(NEAR * block / view.focal)),
            *(chosen.fragment, chosen.share, seen.face, places, scene.face_normals, sums, near),
        )
        once, twice = once + back[0], twice + back[1]
        sums = evened(chosen.links, chosen.weights, sums)
        shares = np.empty((len(sums), COLUMNS), np.float32)
        _divide(sums, shares)
        spread(chosen, seen, shares, view.size, found)
        _look_again(near, chosen.of, wanted)
    return Reached(looks[0], found, twice / max(once, 1e-6))


@compiled
def _look_again(near, of, wanted):
    """Fragments that have something near are looked at again."""
    for fragment in range(len(of)):
        wanted[fragment] = of[fragment] >= 0 and near[of[fragment]]


@streaming
def _divide(sums, shares):
    """Where nothing was traced, all light arrives and none is thrown back."""
    one, tiny = np.float32(1), np.float32(1e-5)
    for probe in range(len(sums)):
        own, found = sums[probe], shares[probe]
        found[FREE] = own[_FREE] / own[_WHOLE] if own[_WHOLE] > tiny else one
        found[LIT] = own[_LIT] / own[_KEY] if own[_KEY] > tiny else one
        found[GLOSS] = own[_GLOSS] / own[_LOBE] if own[_LOBE] > tiny else one
        count = one / max(own[_COUNT], tiny)
        found[BOUNCE], found[OTHERS] = own[_BOUNCE] * count, own[_OTHERS] * count
        both = own[_BOUNCE] + own[_OTHERS]
        found[TWICE] = own[_TWICE] / both if both > tiny else np.float32(0)
        found[SHOWN] = own[_SHOWN] / own[_WIDE] if own[_WIDE] > tiny else np.float32(0)


@compiled
def _trace(
    handle,
    packet,
    numbers,
    valid,
    lobes,
    key_rays,
    glow,
    floor_values,
    floor_bounce,
    floor_place,
    eye,
    patch_of,
    thrown_by,
    is_body,
    reach,
    probe_fragment,
    probe_share,
    face,
    places,
    face_normals,
    sums,
    near,
):
    gloss = np.empty(embree.PACKET, np.float32)
    worth = np.empty(embree.PACKET, np.float32)
    # Rows of the packet that hold mask, id and flags are read as integers.
    packet[:] = 0
    numbers[9] = -1
    none = np.float32(0)
    once, twice = 0.0, 0.0
    for probe in range(len(probe_fragment)):
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
        vx, vy, vz = px - eye[0], py - eye[1], pz - eye[2]
        close = reach * np.float32(sqrt(dot(vx, vy, vz, vx, vy, vz)))
        vx, vy, vz = unit(vx, vy, vz)
        twofold = 2 * dot(vx, vy, vz, nx, ny, nz)
        rx, ry, rz = vx - twofold * nx, vy - twofold * ny, vz - twofold * nz
        for ray in range(embree.PACKET):
            dx, dy, dz = packet[4, ray], packet[5, ray], packet[6, ray]
            lobe = max(np.float32(dot(rx, ry, rz, dx, dy, dz)), none)
            gloss[ray] = lobe * lobe * lobe
            gloss[ray] *= gloss[ray]
            worth[ray] = max(np.float32(dot(nx, ny, nz, dx, dy, dz)), none)
            leaves = (worth[ray] > 0) & (dot(fx, fy, fz, dx, dy, dz) > np.float32(0.01))
            valid[ray] = -1 if leaves else 0
        numbers[MESH] = -1
        intersect16(valid.ctypes.data, handle, packet.ctypes.data, 0)
        for ray in range(embree.PACKET):
            near[probe] |= numbers[MESH, ray] != -1 and packet[FAR, ray] < close
        own = sums[probe]
        own[_COUNT] += LOBE_RAYS
        for ray in range(LOBE_RAYS):
            dx, dy, dz = packet[4, ray], packet[5, ray], packet[6, ray]
            shining = glow[glow_cell(dx, dy, dz), REST]
            lobe = gloss[ray] / max(worth[ray], np.float32(0.1))
            own[_WIDE] += lobe
            own[_WHOLE] += shining
            own[_LOBE] += lobe * shining
            if valid[ray] == 0:
                continue
            met = numbers[FACE, ray]
            if numbers[MESH, ray] != -1:
                back = thrown_by[patch_of[met], 0]
                once += back
                own[_TWICE] += thrown_by[patch_of[met], 1]
                twice += thrown_by[patch_of[met], 1]
                own[_BOUNCE if is_body[met] else _OTHERS] += back
                own[_SHOWN] += lobe * back
                continue
            share = np.float32(1)
            if dy < -0.02:
                at = packet[0, ray], packet[1, ray], packet[2, ray]
                share = floor_light(floor_values, floor_place, *at, dx, dy, dz)
                if share < 1:
                    body, others = floor_bounce[0], floor_bounce[1]
                    own[_BOUNCE] += shining * thrown_there(body, floor_place, *at, dx, dy, dz)
                    own[_OTHERS] += shining * thrown_there(others, floor_place, *at, dx, dy, dz)
            own[_FREE] += shining * share
            own[_GLOSS] += lobe * shining * share
        for ray in range(LOBE_RAYS, embree.PACKET):
            shining = worth[ray] * to_key[ray - LOBE_RAYS, 3]
            if valid[ray] == 0:
                continue
            own[_KEY] += shining
            if numbers[MESH, ray] == -1:
                own[_LIT] += shining
    return once, twice
