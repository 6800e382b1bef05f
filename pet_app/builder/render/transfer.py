"""What each point of a piece sees, traced once; lamps and cameras only weigh it again.

Precomputed radiance transfer (Sloan and others, 2002), but what each ray met is kept and not their
sum as harmonics: shadows stay as sharp as there are rays.
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render.aims import CELLS, PACKETS, aim_of, aside, axes, lobes
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.ground import place_of
from pet_app.builder.render.lattice import lattice
from pet_app.builder.render.outlook import TOLD, Outlook, look_out, unseen
from pet_app.builder.render.patches import patches
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.threads import side_by_side

FEWEST = 64
"""Points that are worth a thread."""

BURIED = 0.5
"""A point lies within something when so large a share of its rays end on the insides of faces."""


@dataclass(frozen=True, eq=False)
class Transfer:
    """What the points of a scene's lattice see, as far as it was traced.

    aim: uint16 (points,), each point's row of `aims.shining`. seen: what they see. free: bool
    (points,), that it is not buried. known: bool (points,).
    """

    aim: np.ndarray
    seen: Outlook
    free: np.ndarray
    known: np.ndarray

    @property
    def nbytes(self) -> int:
        """The memory it takes: rows that were never written take none."""
        each = sum(array[0].nbytes for array in (self.seen.kinds, self.seen.met))
        whole = self.aim.nbytes + self.free.nbytes + self.known.nbytes
        return int(self.known.sum()) * each + whole


def transfer(scene: Scene, wanted: np.ndarray) -> Transfer:
    """A scene's transfer in which the points `wanted`, int32, are known."""
    found = scene.known(_unknown)
    new = wanted[~found.known[wanted]]
    if len(new):
        points, seen = lattice(scene), found.seen
        told, ground = (points.layout, points.rows, patches(scene).entries), place_of(scene)

        def trace(first: int, last: int) -> None:
            _trace(
                *(scene.tree.tools(), aside(), axes(), lobes(), ground, told),
                *(points.places, points.face, scene.face_normals, new[first:last]),
                *(found.aim, seen.kinds, seen.met, found.free),
            )

        side_by_side(len(new), FEWEST, trace)
        found.known[new] = True
    return found


def _unknown(scene: Scene) -> Transfer:
    count = len(lattice(scene).face)
    return Transfer(
        np.empty(count, np.uint16),
        unseen(count, PACKETS, len(patches(scene).slots)),
        *(np.ones(count, np.bool_), np.zeros(count, np.bool_)),
    )


@compiled
def _trace(
    tools,
    aside,
    axes,
    lobes,
    ground,
    told,
    places,
    face_of,
    normals,
    wanted,
    aim,
    kinds,
    met,
    free,
):
    for point in wanted:
        own = places[point]
        aim[point] = aim_of(own[3], own[4], own[5], aside, point)
        turned, lobe = axes[aim[point]], lobes[aim[point] // CELLS]
        inside = 0
        for turn in range(PACKETS):
            inside += look_out(
                *(tools, own, normals[face_of[point]], turned, lobe),
                *(turn, ground, told, normals),
                *(kinds[point], met[point]),
            )
        free[point] = inside <= BURIED * TOLD
