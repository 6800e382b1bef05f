"""An exposure: how everything in a frame answers the light, for any colours."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from pet_app.builder.render import room
from pet_app.builder.render.caustics import caustics
from pet_app.builder.render.compose import arriving
from pet_app.builder.render.frame import Frame
from pet_app.builder.render.gloss import gloss_maps, returned_table, turned
from pet_app.builder.render.harmonics import packed
from pet_app.builder.render.light import HALF, RADIANCE
from pet_app.builder.render.material import Materials
from pet_app.builder.render.reflection import Reflections, reflections
from pet_app.builder.render.shade import ROWS, answer
from pet_app.builder.render.texture import COLUMNS


@dataclass(frozen=True, eq=False)
class Exposure:
    """How everything in a frame answers the light, for looks that differ only in their colours.

    values: float32 (ROWS, k), see `shade`. slot: uint8 (k,). reflections: what metal shows of the
    piece itself. ground: the light on the floor behind each pixel, see `compose.arriving`. key: the
    `Materials.key` it holds for.
    """

    frame: Frame
    values: np.ndarray
    slot: np.ndarray
    reflections: Reflections
    ground: np.ndarray
    key: str


def expose(taken: Frame, worn: Materials) -> Exposure:
    """Let the surfaces answer the light; colours play no part."""
    scene, seen = taken.scene, taken.seen
    values = np.empty((ROWS, len(seen.face)), np.float32)
    slot = np.empty(len(seen.face), np.uint8)
    answer(
        (scene.vertices, scene.uv, scene.faces, scene.parts, scene.slots),
        (worn.table, worn.pattern, worn.weaves, worn.units),
        (taken.screen, taken.view.eye, taken.view.axes[2]),
        *((seen.face, seen.bary), taken.places, taken.reached.light),
        *(turned(taken.turn_deg), packed(taken.light.ambient)),
        _packed_key(taken.light.lamps, taken.light.key_power),
        *(gloss_maps(taken.studio), returned_table()),
        room.of("laid", (len(scene.faces), COLUMNS), np.float32),
        (slot, values),
    )
    shown = reflections(taken, worn, slot, values)
    ground = arriving(taken.floor, caustics(taken, worn), taken.view)
    return Exposure(taken, values, slot, shown, ground, worn.key)


def _packed_key(lamps: np.ndarray, key_power: np.ndarray) -> np.ndarray:
    """float32 (10,): the key lamp's direction, power, softness and radiance."""
    soft = sqrt(lamps[0, HALF] * lamps[0, HALF + 1])
    return np.array(
        [*lamps[0, :3], *key_power, soft, *lamps[0, RADIANCE : RADIANCE + 3]], np.float32
    )
