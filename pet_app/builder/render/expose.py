"""An exposure: how everything in a frame answers the light, for any colours."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render import room
from pet_app.builder.render.frame import Frame
from pet_app.builder.render.gloss import gloss_maps, returned_table
from pet_app.builder.render.material import Materials
from pet_app.builder.render.reflection import Reflections, reflections
from pet_app.builder.render.shade import ROWS, answer, packed_harmonics, packed_key, turned
from pet_app.builder.render.texture import COLUMNS


@dataclass(frozen=True, eq=False)
class Exposure:
    """How everything in a frame answers the light, for looks that differ only in their colours.

    values: float32 (ROWS, k), see `shade`. slot: uint8 (k,). reflections: what metal shows of the
    piece itself. key: the `Materials.key` it holds for.
    """

    frame: Frame
    values: np.ndarray
    slot: np.ndarray
    reflections: Reflections
    key: str


def expose(taken: Frame, worn: Materials) -> Exposure:
    """Let the surfaces answer the light; colours play no part."""
    scene, seen = taken.scene, taken.seen
    values = np.empty((ROWS, len(seen.face)), np.float32)
    slot = np.empty(len(seen.face), np.uint8)
    answer(
        *(scene.vertices, scene.uv, scene.faces, scene.parts, scene.slots),
        *(worn.table, worn.pattern, worn.patterned, worn.weaves, worn.units),
        *(taken.screen, taken.view.eye, taken.view.axes[2], turned(taken.turn_deg)),
        *(
            packed_harmonics(taken.light.ambient),
            packed_key(taken.light.lamps, taken.light.key_power),
        ),
        *(gloss_maps(taken.studio), returned_table()),
        *(seen.face, seen.bary, taken.places, taken.reached.light),
        *(room.of("laid", (len(scene.faces), COLUMNS), np.float32), slot, values),
    )
    return Exposure(taken, values, slot, reflections(taken, worn, slot, values), worn.key)
