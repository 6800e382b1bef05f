"""How much light reaches each fragment, past the rest of the piece and off it.

The points of the lattice know what they see (`transfer.py`); here that is weighed by the lamps, and
laid on the fragments between them. No ray is sent.
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render import room
from pet_app.builder.render.aims import CELLS, RAYS, axes, lobes, shining
from pet_app.builder.render.camera import View
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.evened import COLUMNS, evened
from pet_app.builder.render.gather import corners_at
from pet_app.builder.render.ground import Floor
from pet_app.builder.render.lanes import lowest
from pet_app.builder.render.lattice import Lattice, lattice, nearest, within
from pet_app.builder.render.light import KEY, REST, Light
from pet_app.builder.render.outlook import CLOSED, FLOOR, ON_FLOOR, ON_PIECE, OPEN, PIECE
from pet_app.builder.render.patches import patches
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.transfer import Transfer, transfer
from pet_app.builder.render.visibility import Fragments

FREE, LIT, BOUNCE, OTHERS, GLOSS, SHOWN, TWICE, FINE = range(8)
"""The columns of `Reached.light`."""

AS_WELL = np.float32(0.06)
"""How much a ray that meets the piece says of what is mirrored, besides what it has of the lobe."""

FEW = 2
"""Where points are fewer pixels apart, a fragment takes what its nearest point has."""

MOST_AGAIN = 0.9
"""Even a white piece loses some light each time."""


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
    points = lattice(scene)
    count = len(seen.face)
    around = room.of("reached.around", (count, 4), np.int32)
    between = room.of("reached.between", (count, 3), np.float32)
    mark = np.zeros(len(points.face), np.bool_)
    find = _locate if _pixels_apart(points, view) > FEW else _locate_nearest
    find(points.layout, points.rows, points.points, seen.face, seen.bary, around, between, mark)
    wanted = np.flatnonzero(mark).astype(np.int32)
    row = room.of("reached.row", (len(points.face),), np.int32)
    row[:] = -1
    row[wanted] = np.arange(len(wanted), dtype=np.int32)
    known = transfer(scene, wanted)
    values = room.of("reached.values", (len(wanted), COLUMNS), np.float32)
    again = _weighed(scene, points, known, light, floor, wanted, view, values)
    found = np.empty((count, COLUMNS), np.float32)
    even, told = evened(scene, wanted, row, values, known.free[wanted].astype(np.float32))
    _lay(around, between, row, even.reshape(-1), told, found.reshape(-1))
    return Reached(found, again)


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
) -> float:
    """Fill `values`, a row for each point wanted; returns `Reached.again`."""
    body = patches(scene).body
    thrown = np.zeros((len(body), 4), np.float32)
    thrown[:, 0], thrown[:, 1] = floor.thrown[:, 0] * body, floor.thrown[:, 0] * ~body
    thrown[:, 2] = floor.thrown[:, 1]
    ground = np.stack([floor.soft, *floor.bounce, floor.soft], axis=-1).reshape(-1, 4)
    lit, seen = shining(light), known.seen
    once, twice = _weigh(
        *(known.aim, seen.kinds, seen.met, seen.tally, known.free, lit.rays, lit.whole),
        *(axes(), lobes(), ground, thrown, view.eye.astype(np.float32)),
        *(points.places, wanted, values),
    )
    return twice / max(once, 1e-6)


@compiled
def _locate(layout, rows, points, face, bary, around, between, mark):
    """Which four points each fragment lies between, and where; marks them."""
    one = np.uint64(1)
    for fragment in range(np.uint64(len(face))):
        above, below, down, near, far = within(
            layout, rows, np.uint64(face[fragment]), bary[fragment, 0], bary[fragment, 1]
        )
        between[fragment, 0], between[fragment, 1], between[fragment, 2] = down, near, far
        first, second, third, fourth = (
            points[above],
            points[above + one],
            points[below],
            points[below + one],
        )
        around[fragment, 0], around[fragment, 1] = first, second
        around[fragment, 2], around[fragment, 3] = third, fourth
        mark[np.uint64(first)] = mark[np.uint64(second)] = True
        mark[np.uint64(third)] = mark[np.uint64(fourth)] = True


@compiled
def _locate_nearest(layout, rows, points, face, bary, around, between, mark):
    """The same where the nearest point will do."""
    for fragment in range(np.uint64(len(face))):
        b, c = bary[fragment, 0], bary[fragment, 1]
        point = nearest(layout, rows, points, np.uint64(face[fragment]), b, c)
        between[fragment, 0] = between[fragment, 1] = between[fragment, 2] = np.float32(0)
        for corner in range(4):
            around[fragment, corner] = point
        mark[np.uint64(point)] = True


@streaming
def _weigh(
    aim,
    kinds,
    met,
    tally,
    free_of,
    shining,
    whole,
    axes,
    lobes,
    ground,
    thrown,
    eye,
    places,
    wanted,
    found,
):
    """Returns what the piece throws back on these points, once and a second time."""
    once, twice = np.float32(0), np.float32(0)
    none, one, little = np.float32(0), np.float32(1), np.float32(1e-5)
    first = np.uint64(1)
    mirror = np.empty(RAYS, np.float32)
    for place in range(len(wanted)):
        point = np.uint64(wanted[place])
        own = np.uint64(aim[point])
        turned, lobe = axes[own], lobes[own // np.uint64(CELLS)]
        rests, keys, there = shining[own, REST], shining[own, KEY], met[point]
        px, py, pz, nx, ny, nz = places[point]
        vx, vy, vz = px - eye[0], py - eye[1], pz - eye[2]
        scale = one / np.sqrt(vx * vx + vy * vy + vz * vz)
        vx, vy, vz = vx * scale, vy * scale, vz * scale
        twofold = np.float32(2) * (vx * nx + vy * ny + vz * nz)
        vx, vy, vz = vx - twofold * nx, vy - twofold * ny, vz - twofold * nz
        rx = vx * turned[0, 0] + vy * turned[0, 1] + vz * turned[0, 2]
        ry = vx * turned[1, 0] + vy * turned[1, 1] + vz * turned[1, 2]
        rz = vx * turned[2, 0] + vy * turned[2, 1] + vz * turned[2, 2]
        free = lit = gloss = bare = bare_gloss = wide = wide_shining = none
        fine = bare_fine = narrow_shining = hidden = none
        for ray in range(np.uint64(RAYS)):
            cosine = max(rx * lobe[0, ray] + ry * lobe[1, ray] + rz * lobe[2, ray], none)
            square = cosine * cosine
            fourth = square * square
            eighth = fourth * fourth
            broad, close = square * fourth * lobe[3, ray], fourth * eighth * lobe[3, ray]
            rest, kind = rests[ray], np.int32(kinds[point, ray])
            back, finely = broad * rest, close * rest
            mirror[ray] = broad
            wide += broad
            wide_shining += back
            narrow_shining += finely
            # A choice instead of a product would not become vectors.
            member = np.float32(kind == np.int32(OPEN))
            free += member * rest
            lit += member * keys[ray]
            gloss += member * back
            fine += member * finely
            member = np.float32(kind == np.int32(FLOOR))
            bare += member * rest
            bare_gloss += member * back
            bare_fine += member * finely
            hidden += np.float32(kind == np.int32(PIECE)) * broad
        dim = body = others = told = none
        members = np.uint64(tally[point, ON_FLOOR])
        while members:
            ray = lowest(members)  # pyright: ignore[reportCallIssue]
            members &= members - first
            texel = np.uint64(there[ray])
            rest = rests[ray]
            told += rest
            dim += rest * ground[texel, 0]
            body += rest * ground[texel, 1]
            others += rest * ground[texel, 2]
        # What was not asked is as what was.
        scale = one / told if told > none else none
        dim = dim * scale if told > none else one
        free += dim * bare
        gloss += dim * bare_gloss
        fine += dim * bare_fine
        body *= scale * bare
        others *= scale * bare
        a = b = more = shown = told = asked = none
        members = np.uint64(tally[point, ON_PIECE])
        while members:
            ray = lowest(members)  # pyright: ignore[reportCallIssue]
            members &= members - first
            patch = np.uint64(there[ray])
            by_body, by_others = thrown[patch, 0], thrown[patch, 1]
            a += by_body
            b += by_others
            more += thrown[patch, 2]
            share = mirror[ray] + AS_WELL
            shown += share * (by_body + by_others)
            asked += share
            told += one
        scale = np.float32(tally[point, CLOSED]) / max(told, one)
        body += scale * a
        others += scale * b
        once += scale * (a + b)
        twice += scale * more
        keyed = whole[own, KEY]
        row, tell = found[place], np.float32(free_of[point])
        lit = lit / keyed if keyed > little else one
        row[FREE] = tell * free / max(whole[own, REST], little)
        row[LIT] = tell * lit
        row[BOUNCE] = tell * body / np.float32(RAYS)
        row[OTHERS] = tell * others / np.float32(RAYS)
        row[GLOSS] = tell * gloss / max(wide_shining, little)
        row[SHOWN] = tell * shown * hidden / max(asked * wide, little)
        row[TWICE] = tell * min(scale * more / max(body + others, little), np.float32(MOST_AGAIN))
        row[FINE] = tell * fine / max(narrow_shining, little)
    return once, twice


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
