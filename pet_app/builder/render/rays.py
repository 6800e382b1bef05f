"""How much light reaches each fragment, past the rest of the piece and off it.

The points of the lattice know what they see (`transfer.py`); here that is weighed by the lamps, and
laid on the fragments between them. No ray is sent.
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render import room
from pet_app.builder.render.camera import View
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.evened import COLUMNS, TOLD, evened
from pet_app.builder.render.ground import Floor
from pet_app.builder.render.lattice import Lattice, lattice, within
from pet_app.builder.render.light import KEY, REST, Light, directions
from pet_app.builder.render.patches import patches
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.transfer import RAYS, Transfer, transfer
from pet_app.builder.render.visibility import Fragments

FREE, LIT, BOUNCE, OTHERS, GLOSS, SHOWN, TWICE = range(7)
"""The columns of `Reached.light`; points have TOLD too."""

MOST_AGAIN = 0.9
"""Even a white piece loses some light each time."""


@dataclass(frozen=True, eq=False)
class Reached:
    """What light reaches each fragment.

    light: float32 (k, COLUMNS). FREE is the share of the ambient light, LIT the key's. BOUNCE is
    the irradiance over π that the first slot's surfaces would throw there if they were white,
    OTHERS what all others would. GLOSS is the share of the ambient light that comes from round the
    mirrored direction, SHOWN what a white piece would show there instead. TWICE is the light that
    what throws light there gets of such light itself, as a share of what it gets first hand. again:
    TWICE of the whole piece.
    """

    light: np.ndarray
    again: float


def reached(scene: Scene, light: Light, floor: Floor, seen: Fragments, view: View) -> Reached:
    """Weigh what light reaches each fragment."""
    points = lattice(scene)
    count = len(seen.face)
    entry = room.of("reached.entry", (count, 2), np.int32)
    between = room.of("reached.between", (count, 3), np.float32)
    mark = np.zeros(len(points.face), np.bool_)
    _locate(points.layout, points.rows, points.points, seen.face, seen.bary, entry, between, mark)
    wanted = np.flatnonzero(mark).astype(np.int32)
    known = transfer(scene, wanted)
    values = room.of("reached.values", (len(points.face), COLUMNS), np.float32)
    again = _weighed(scene, points, known, light, floor, wanted, view, values)
    found = np.empty((count, COLUMNS), np.float32)
    _lay(points.points, entry, between, evened(scene, mark, wanted, values), found)
    return Reached(found, again)


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
    """Fill the wanted points' rows of `values`; returns `Reached.again`."""
    body = patches(scene).body
    thrown = np.zeros((len(body), 4), np.float32)
    thrown[:, 0], thrown[:, 1] = floor.thrown[:, 0] * body, floor.thrown[:, 0] * ~body
    thrown[:, 2] = floor.thrown[:, 1]
    ground = np.stack([floor.soft, *floor.bounce, floor.soft], axis=-1).reshape(-1, 4)
    once, twice = _weigh(
        *(known.way, known.met, known.ends, known.told, directions(), light.glow),
        *(ground, thrown, view.eye.astype(np.float32), points.places, wanted, values),
    )
    return twice / max(once, 1e-6)


@compiled
def _locate(layout, rows, points, face, bary, entry, between, mark):
    """Where each fragment lies on the lattice; marks the four points round it."""
    for fragment in range(len(face)):
        above, below, down, near, far = within(
            layout, rows, face[fragment], bary[fragment, 0], bary[fragment, 1]
        )
        entry[fragment, 0], entry[fragment, 1] = above, below
        between[fragment, 0], between[fragment, 1], between[fragment, 2] = down, near, far
        mark[points[above]] = mark[points[above + 1]] = True
        mark[points[below]] = mark[points[below + 1]] = True


@streaming
def _weigh(way, met, ends, told, directions, glow, ground, thrown, eye, places, wanted, found):
    """Returns what the piece throws back on these points, once and a second time."""
    once, twice = np.float32(0), np.float32(0)
    none, one, little = np.float32(0), np.float32(1), np.float32(1e-5)
    mirror, shining, key = (
        np.empty(RAYS, np.float32),
        np.empty(RAYS, np.float32),
        np.empty(RAYS, np.float32),
    )
    for place in range(len(wanted)):
        point = wanted[place]
        px, py, pz, nx, ny, nz = places[point]
        vx, vy, vz = px - eye[0], py - eye[1], pz - eye[2]
        scale = one / np.sqrt(vx * vx + vy * vy + vz * vz)
        vx, vy, vz = vx * scale, vy * scale, vz * scale
        twofold = np.float32(2) * (vx * nx + vy * ny + vz * nz)
        rx, ry, rz = vx - twofold * nx, vy - twofold * ny, vz - twofold * nz
        cells, there = way[point], met[point]
        opened, floored, stopped = ends[point]
        whole = wide = wide_shining = keyed = none
        for ray in range(RAYS):
            cell = cells[ray]
            x, y, z = directions[cell, 0], directions[cell, 1], directions[cell, 2]
            lobe = max(rx * x + ry * y + rz * z, none)
            lobe *= lobe * lobe
            lobe *= lobe / max(nx * x + ny * y + nz * z, np.float32(0.1))
            mirror[ray], shining[ray], key[ray] = lobe, glow[cell, REST], glow[cell, KEY]
            whole += shining[ray]
            wide += lobe
            wide_shining += lobe * shining[ray]
            keyed += key[ray]
        free = gloss = lit = body = others = more = shown = none
        for ray in range(opened):
            free += shining[ray]
            gloss += mirror[ray] * shining[ray]
            lit += key[ray]
        for ray in range(opened, floored):
            texel = there[ray]
            share = ground[texel, 0] * shining[ray]
            free += share
            gloss += mirror[ray] * share
            body += shining[ray] * ground[texel, 1]
            others += shining[ray] * ground[texel, 2]
        for ray in range(floored, stopped):
            patch = there[ray]
            a, b, c = thrown[patch, 0], thrown[patch, 1], thrown[patch, 2]
            body += a
            others += b
            more += c
            shown += mirror[ray] * (a + b)
            once += a + b
        twice += more
        own, tell = found[point], told[point]
        lit = lit / keyed if keyed > little else one
        own[FREE] = tell * free / max(whole, little)
        own[LIT] = tell * lit
        own[BOUNCE] = tell * body / np.float32(RAYS)
        own[OTHERS] = tell * others / np.float32(RAYS)
        own[GLOSS] = tell * gloss / max(wide_shining, little)
        own[SHOWN] = tell * shown / max(wide, little)
        own[TWICE] = tell * min(more / max(body + others, little), np.float32(MOST_AGAIN))
        own[TOLD] = tell
    return once, twice


@streaming
def _lay(points, entry, between, values, found):
    """What lies between the points round each fragment; those that are buried do not count."""
    one, tiny = np.float32(1), np.float32(1e-4)
    for fragment in range(len(entry)):
        above, below = entry[fragment, 0], entry[fragment, 1]
        down, near, far = between[fragment, 0], between[fragment, 1], between[fragment, 2]
        a, b = values[points[above]], values[points[above + 1]]
        c, d = values[points[below]], values[points[below + 1]]
        w, x = (one - down) * (one - near), (one - down) * near
        y, z = down * (one - far), down * far
        own = found[fragment]
        for column in range(COLUMNS):
            own[column] = w * a[column] + x * b[column] + y * c[column] + z * d[column]
        scale = one / max(own[TOLD], tiny)
        for column in range(COLUMNS):
            own[column] *= scale
