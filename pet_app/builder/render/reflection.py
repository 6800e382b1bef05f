"""What metal shows of the piece itself."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.floor import floor_light
from pet_app.builder.render.frame import Frame
from pet_app.builder.render.gloss import TABLE, returned_table
from pet_app.builder.render.light import facing, irradiance
from pet_app.builder.render.material import METALLIC, ROUGHNESS, Materials
from pet_app.builder.render.rays import mirrored
from pet_app.builder.render.vector import unit


@dataclass(frozen=True, eq=False)
class Reflections:
    """Fragments that mirror the piece: each adds (base · scale + bias) · mean of slot · light.

    fragment: int32 (m,), rising. slot: int32 (m,), whose mean colour is seen. light: float32 (m,
    3). share: float32 (m, 2), scale and bias.
    """

    fragment: np.ndarray
    slot: np.ndarray
    light: np.ndarray
    share: np.ndarray


def reflections(taken: Frame, worn: Materials, slot: np.ndarray, values: np.ndarray) -> Reflections:
    """Trace what metal mirrors; where that is the piece, the studio's gloss in `values` goes."""
    scene = taken.scene
    metal = np.flatnonzero(worn.table[:, METALLIC] > 0)
    which = np.flatnonzero(np.isin(slot, metal)).astype(np.int32)
    faces = mirrored(scene, which, taken.places, taken.view.eye)[which]
    hit = np.zeros(len(which), np.bool_)
    light, share = np.zeros((len(which), 3), np.float32), np.zeros((len(which), 2), np.float32)
    _reflect(
        *(which, faces, taken.places, taken.view.eye, scene.face_normals, worn.table, slot),
        *(taken.light.lamps, taken.light.ambient, taken.light.key_power),
        *(taken.floor.values, taken.floor.place, returned_table(), values, hit, light, share),
    )
    return Reflections(
        which[hit], scene.slots[scene.parts[faces[hit]]].astype(np.int32), light[hit], share[hit]
    )


@compiled
def _reflect(
    which,
    faces,
    places,
    eye,
    face_normals,
    table,
    slot,
    lamps,
    ambient,
    key_power,
    floor_values,
    floor_place,
    returned,
    values,
    hit,
    light,
    share,
):
    for place in range(len(which)):
        fragment = which[place]
        px, py, pz, nx, ny, nz = places[fragment]
        vx, vy, vz = unit(eye[0] - px, eye[1] - py, eye[2] - pz)
        cosine = max(nx * vx + ny * vy + nz * vz, 0.02)
        rx, ry, rz = 2 * cosine * nx - vx, 2 * cosine * ny - vy, 2 * cosine * nz - vz
        if faces[place] < 0:
            if ry < -0.02:
                left = floor_light(floor_values, floor_place, px, py, pz, rx, ry, rz)
                for row in range(7):
                    values[row, fragment] *= left
            continue
        hit[place] = True
        x, y, z = face_normals[faces[place]]
        for channel in range(3):
            # What is mirrored is itself lit: its mean colour under the light that meets it.
            light[place, channel] = (
                0.7 * irradiance(ambient, x, y, z, channel)
                + 0.6 * facing(lamps, x, y, z) * key_power[channel]
            )
        for row in range(7):
            values[row, fragment] = 0
        column = min(int(cosine * TABLE), TABLE - 1)
        row = min(int(table[slot[fragment], ROUGHNESS] * TABLE), TABLE - 1)
        share[place, 0] = returned[row * TABLE + column, 0]
        share[place, 1] = returned[row * TABLE + column, 1]
