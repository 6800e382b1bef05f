"""How much light reaches each fragment, past the rest of the piece and off it.

The points of the lattice know what they see (`transfer.py`); here that is weighed by the lamps, and
laid on the fragments between them. No ray is sent.
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render import room
from pet_app.builder.render.aims import axes, lobes, shining
from pet_app.builder.render.camera import View
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.evened import evened
from pet_app.builder.render.gather import corners_at
from pet_app.builder.render.ground import Floor
from pet_app.builder.render.lanes import lowest
from pet_app.builder.render.lattice import Lattice, lattice
from pet_app.builder.render.light import Light
from pet_app.builder.render.locating import locate, locate_nearest
from pet_app.builder.render.outlook import ON_FLOOR, ON_PIECE
from pet_app.builder.render.patches import patches
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.transfer import Transfer, transfer
from pet_app.builder.render.visibility import Fragments
from pet_app.builder.render.weighing import COLUMNS, weigh

MARKS = 8
"""Points that are marked in a number, each by a byte."""

FEW = 2
"""Where points are fewer pixels apart, a fragment takes what its nearest point has."""


@dataclass(frozen=True, eq=False)
class Reached:
    """What light reaches each fragment.

    light: float32 (k, COLUMNS). FREE is the share of the ambient light, LIT the key's. BOUNCE is
    the irradiance over π that the first slot's surfaces would throw there if they were white,
    OTHERS what all others would. GLOSS is the share of the ambient light that comes from round the
    mirrored direction, FINE from nearer round it, SHOWN what a white piece would show there
    instead. TWICE is the light that what throws light there gets of such light itself, as a share
    of what it gets first hand. again: TWICE of the whole piece.
    """

    light: np.ndarray
    again: float


def reached(scene: Scene, light: Light, floor: Floor, seen: Fragments, view: View) -> Reached:
    """Weigh what light reaches each fragment."""
    points, count = lattice(scene), len(seen.face)
    around = room.of("reached.around", (count, 4), np.int32)
    between = room.of("reached.between", (count, 3), np.float32)
    nearest = around.reshape(-1)[:count]
    mark = room.of("reached.mark", (-(-len(points.face) // MARKS) * MARKS,), np.bool_)
    mark[:] = False
    laid, few = (points.layout, points.rows, points.points), _pixels_apart(points, view) <= FEW
    if few:
        locate_nearest(*laid, seen.face, seen.bary, nearest, mark)
    else:
        locate(*laid, seen.face, seen.bary, around, between, mark)
    row = room.of("reached.row", (len(points.face) + 1,), np.int32)
    wanted = room.of("reached.wanted", (len(points.face),), np.int32)
    wanted = wanted[: _number(mark.view(np.uint64), row, wanted)]
    known = transfer(scene, wanted)
    # What is not wanted has the row after all that could be.
    values = room.of("reached.values", (len(row), COLUMNS), np.float32)
    told = room.of("reached.told", (len(row),), np.float32)
    values[-1], told[-1] = 0, 0
    again = _weighed(scene, points, known, light, floor, wanted, view, values, told)
    found = np.empty((count, COLUMNS), np.float32)
    even, told = evened(scene, wanted, row, values, told, small=few)
    if few:
        _lay_nearest(nearest, row, even.reshape(-1), told, found.reshape(-1))
    else:
        _lay(around, between, row, even.reshape(-1), told, found.reshape(-1))
    return Reached(found, again)


@compiled
def _number(mark, row, wanted):
    """List what is marked, MARKS to a number, and the row of each; returns how many there are."""
    row[:] = len(row) - 1
    count, one = np.uint64(0), np.uint64(1)
    for word in range(np.uint64(len(mark))):
        marks = mark[word]
        while marks:
            point = word * np.uint64(MARKS) + lowest(marks) // np.uint64(8)  # pyright: ignore[reportCallIssue]  the compiler gives the first
            marks &= marks - one
            wanted[count], row[point] = point, count
            count += one
    return count


def _pixels_apart(points: Lattice, view: View) -> float:
    """How far one point of the lattice is from the next in the picture, about."""
    return view.focal * points.step_mm / float(np.linalg.norm(points.middle - view.eye))


def _weighed(
    scene: Scene,
    points: Lattice,
    known: Transfer,
    light: Light,
    floor: Floor,
    wanted: np.ndarray,
    view: View,
    values: np.ndarray,
    told: np.ndarray,
) -> float:
    """Fill `values` and `told`, a row for each point wanted; returns `Reached.again`."""
    body, others = patches(scene).body, patches(scene).others
    table = room.of("reached.table", (ON_PIECE + len(body), 4), np.float32)
    _lay_out(floor.soft, floor.bounce, floor.thrown, body, others, table)
    lit, seen = shining(light), known.seen
    once, twice = weigh(
        *(known.aim, seen.kinds, seen.met, known.free, lit.rays, lit.whole, axes(), lobes()),
        *(table.reshape(-1), view.eye.astype(np.float32), points.places, wanted, values, told),
    )
    return twice / max(once, 1e-6)


@compiled
def _lay_out(soft, bounce, thrown, body, others, table):
    """All that rays meet, see `outlook.ON_FLOOR`, and what `weigh` asks of it."""
    none, one = np.float32(0), np.float32(1)
    table[:] = none
    free, by_body, by_others = soft.reshape(-1), bounce[0].reshape(-1), bounce[1].reshape(-1)
    for texel in range(len(free)):
        row = table[ON_FLOOR + texel]
        row[0], row[1], row[2], row[3] = free[texel], by_body[texel], by_others[texel], one
    for patch in range(len(body)):
        row, back = table[ON_PIECE + patch], thrown[patch]
        row[0] = back[0] if body[patch] else none
        row[1] = back[0] if others[patch] else none
        row[2] = back[1] if body[patch] or others[patch] else none
        row[3] = one


@streaming
def _lay_nearest(nearest, row, values, told, found):
    """What the point nearest to each fragment has."""
    one, tiny, columns = np.float32(1), np.float32(1e-4), np.uint64(COLUMNS)
    for fragment in range(np.uint64(len(nearest))):
        there = np.uint64(row[np.uint64(nearest[fragment])])
        corners_at(  # pyright: ignore[reportCallIssue]  the compiler gives the first
            *(values, (there,), (one / max(told[there], tiny),), found, fragment * columns)
        )


@streaming
def _lay(around, between, row, values, told, found):
    """What lies between the points round each fragment; those that are buried do not count."""
    one, tiny = np.float32(1), np.float32(1e-4)
    columns = np.uint64(COLUMNS)
    for fragment in range(np.uint64(len(around))):
        a, b = np.uint64(row[around[fragment, 0]]), np.uint64(row[around[fragment, 1]])
        c, d = np.uint64(row[around[fragment, 2]]), np.uint64(row[around[fragment, 3]])
        down, near, far = between[fragment, 0], between[fragment, 1], between[fragment, 2]
        w, x = (one - down) * (one - near), (one - down) * near
        y, z = down * (one - far), down * far
        total = w * told[a] + x * told[b] + y * told[c] + z * told[d]
        scale = one / max(total, tiny)
        corners_at(  # pyright: ignore[reportCallIssue]  the compiler gives the first
            *(values, (a, b, c, d), (scale * w, scale * x, scale * y, scale * z)),
            *(found, fragment * columns),
        )
