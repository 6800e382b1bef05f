"""What metal shows: the studio, the floor, and the piece itself, followed ray by ray.

Metal mirrors, and what it mirrors may be metal again: inside a bowl light comes round three or four
times. No average of the studio tells that, so metal is path traced (Kajiya 1986), a few rays to a
fragment. What is met that is not metal throws back the light that its patch is known to get, and
ends the path. The noise that is left is taken out by `smooth`.
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render import room
from pet_app.builder.render.broad import GUIDE
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.facets import CRISP, flat, lies
from pet_app.builder.render.frame import Frame
from pet_app.builder.render.gloss import gloss_maps, returned_table, turned
from pet_app.builder.render.harmonics import irradiance
from pet_app.builder.render.lattice import lattice
from pet_app.builder.render.light import RADIANCE, Light, facing
from pet_app.builder.render.material import METALLIC, Materials, widths
from pet_app.builder.render.patches import patches
from pet_app.builder.render.paths import SHOWN, trace
from pet_app.builder.render.shade import GLOSS, LIGHT, MASK
from pet_app.builder.render.smooth import smooth

BROAD, LEAST = 1 / 16, 12_000
"""The share of a picture and how many fragments there are at least where metal is broad, and each
has neighbours to learn from."""

CRISP_RAYS, RAYS, TIGHT_RAYS = 1, 2, 5
"""To a fragment that mirrors crisply, to others, and, where metal is broad, to those whose face is
bent so much that what is beside them shows something else."""


@dataclass(frozen=True, eq=False)
class Reflections:
    """All fragments of metal: each adds (base · scale + bias) · the sum over slots of mean · lit.

    fragment: int32 (m,), rising. slots: int32 (s,), those that are not of metal. lit: float32
    (m, s). share: float32 (m, 2), scale and bias.
    """

    fragment: np.ndarray
    slots: np.ndarray
    lit: np.ndarray
    share: np.ndarray


def reflections(taken: Frame, worn: Materials, slot: np.ndarray, values: np.ndarray) -> Reflections:
    """Trace what metal mirrors, and put it in the place of what `values` have for it."""
    scene, seen, light, size = taken.scene, taken.seen, taken.light, taken.view.size
    which = _of_metal(slot, worn.table[:, METALLIC] > 0)
    shown = np.flatnonzero((worn.table[:, METALLIC] == 0) & (scene.areas > 0)).astype(np.int32)
    found = np.zeros((len(which), SHOWN + len(shown)), np.float32)
    share, guide = np.empty((len(which), 2), np.float32), np.empty((len(which), GUIDE), np.float32)
    if len(which):
        width = widths(worn)
        broad = len(which) > max(BROAD * size * size, LEAST)
        tight, first = np.empty(len(which), np.bool_), np.zeros(len(which) + 1, np.int32)
        _share_out(
            scene.normals, scene.faces, seen.face, which, slot, width < CRISP, broad, tight, first
        )
        column = np.full(len(worn.table), -1, np.int32)
        column[shown] = np.arange(SHOWN, SHOWN + len(shown))
        known, points = patches(scene), lattice(scene)
        trace(
            *scene.tree.tools(),
            *(scene.normals, scene.uv, scene.faces, scene.face_normals),
            *(scene.parts, scene.slots, worn.table, worn.colours, worn.weaves, worn.units, column),
            lies(scene),
            *(gloss_maps(taken.studio), light.lamps[0, RADIANCE:].copy()),
            *(returned_table(), turned(taken.turn_deg), light.sky[2], _albedo(light)),
            _thrown_on(taken),
            width,
            *(taken.floor.values, taken.floor.bounce, taken.floor.place),
            *(points.layout, points.rows, known.entries, taken.floor.thrown),
            *(taken.view.eye, taken.view.axes / taken.view.focal, size, seen.pixel, seen.face),
            *(seen.bary, taken.places, which, slot, values[MASK]),
            *(np.repeat(np.arange(len(which), dtype=np.int32), np.diff(first)), first, tight),
            broad,
            *(found, share, guide),
        )
        found = smooth(
            *(found, guide, values[LIGHT:GLOSS], which, slot, seen.pixel, taken.places, size, broad)
        )
        _lay(found, which, values)
    return Reflections(which, shown, np.ascontiguousarray(found[:, SHOWN:]), share)


def _of_metal(slot: np.ndarray, metal: np.ndarray) -> np.ndarray:
    """int32 (m,): the fragments whose slots are of metal."""
    if not metal.any():
        return np.empty(0, np.int32)
    which = room.of("reflection.which", slot.shape, np.int32)
    return which[: _pick(slot, metal, which)].copy()


@compiled
def _share_out(normals, faces, face, which, slot, crisp, broad, tight, first):
    """How many rays each fragment has, as where the first of them comes, and whether it is bent."""
    curved = np.zeros(len(faces), np.bool_)
    if broad:
        for one in range(len(faces)):
            curved[one] = not flat(normals, faces[one])
    for place in range(len(which)):
        fragment = which[place]
        tight[place] = curved[face[fragment]]
        rays = CRISP_RAYS if crisp[slot[fragment]] else RAYS
        first[place + 1] = first[place] + (TIGHT_RAYS if tight[place] else rays)


@compiled
def _pick(slot, metal, which):
    count = np.uint64(0)
    for fragment in range(len(slot)):
        which[count] = fragment
        count += np.uint64(metal[slot[fragment]])
    return count


@compiled
def _lay(found, which, values):
    """What was traced in the place of what averages say."""
    for place in range(len(which)):
        fragment = which[place]
        for channel in range(SHOWN):
            values[LIGHT + channel, fragment] = 0
            values[GLOSS + channel, fragment] = found[place, channel]


def _albedo(light: Light) -> np.ndarray:
    """float64 (3,): the share of light that the floor throws back."""
    around = [irradiance(light.ambient, 0.0, 1.0, 0.0, channel) for channel in range(3)]
    return light.sky[2] / (np.array(around) + facing(light.lamps, 0.0, 1.0, 0.0) * light.key_power)


def _thrown_on(taken: Frame) -> np.ndarray:
    """float64 (2, slots): of the two parts of the floor's bounce, what each slot throws."""
    areas = (taken.scene.areas * taken.scene.bright).astype(np.float64)
    found = np.zeros((2, len(areas)))
    found[0, 0] = 1
    found[1, 1:] = areas[1:] / max(areas[1:].sum(), 1e-9)
    return found
