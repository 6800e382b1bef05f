"""Patches: how much light reaches the piece's own surfaces, to be thrown back by them.

A patch is what radiosity calls so (Goral and others, 1984): points of the lattice that lie together
and are turned alike, taken as one. What a patch sees depends on neither camera nor lamps. It is
traced once per scene and kept as a number for each ray; lamps set up anew only weigh those numbers
again.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from pet_app.builder.render import embree
from pet_app.builder.render.aims import CELLS, aim_of, aside, axes, lobes, shining
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.ground import place_of
from pet_app.builder.render.harmonics import irradiance
from pet_app.builder.render.lanes import lowest
from pet_app.builder.render.lattice import TURNS, lattice
from pet_app.builder.render.light import FLOOR as SKY_FLOOR
from pet_app.builder.render.light import KEY, LUMINANCE, REST, Light, facing
from pet_app.builder.render.numbering import numbered
from pet_app.builder.render.outlook import (
    FLOOR,
    ON_FLOOR,
    ON_PIECE,
    OPEN,
    PIECE,
    TOLD,
    Outlook,
    look_out,
    unseen,
)
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.threads import side_by_side

ALONG = 48
"""Patches along the longest side of the piece, at most."""

PACKETS = 2
RAYS = PACKETS * embree.PACKET

FEWEST = 64
"""Patches that are worth a thread."""

SELDOM = 0.02
"""Of the key's light, at least this share must lie in a patch's rays to tell how much is hidden."""


@dataclass(frozen=True, eq=False)
class Patches:
    """A scene's patches and what they see.

    entries: int32 (entries,), the patch at each entry of the lattice, see `lattice.nearest`.
    slots: uint8 (patches,). body: bool (patches,), whether a patch is of the first slot. normals:
    float32 (patches, 3), unit. aims: uint16 (patches, PACKETS), the row of `aims.shining` for each
    packet's rays. seen: what the patches see.
    """

    entries: np.ndarray
    slots: np.ndarray
    body: np.ndarray
    normals: np.ndarray
    aims: np.ndarray
    seen: Outlook


def patches(scene: Scene) -> Patches:
    """A scene's patches, made when they are first asked for."""
    return scene.known(_made)


def thrown(known: Patches, light: Light, soft: np.ndarray) -> np.ndarray:
    """float32 (patches,): the light that reaches each patch from studio and floor past the piece.

    As irradiance over π, grey: what a white patch throws back once. soft: see `Floor`.
    """
    found, seen = np.empty(len(known.aims), np.float32), known.seen
    _weigh(
        *(known.normals, known.aims, seen.kinds, seen.met, seen.tally, shining(light).rays),
        *(np.float32(_below(light)), soft.reshape(-1), light.lamps),
        *(light.ambient @ LUMINANCE[:, None], light.key_power @ LUMINANCE, found),
    )
    return found


def again(known: Patches, light: Light, once: np.ndarray, bounce: np.ndarray) -> np.ndarray:
    """float32 (patches,): what reaches each patch off white ones, straight or by way of the floor.

    once: what `thrown` gave. bounce: float32 (COARSE, COARSE), what of it lies on the floor.
    """
    found = np.empty(len(known.aims), np.float32)
    below = np.float32(_below(light))
    _once_more(known.seen.met, known.seen.tally, below, once, bounce.reshape(-1), found)
    return found


def _below(light: Light) -> float:
    """How bright the open floor is."""
    return float(light.sky[SKY_FLOOR] @ LUMINANCE)


def _made(scene: Scene) -> Patches:
    points = lattice(scene)
    facing = scene.face_normals[points.face]
    slots = scene.slots[scene.parts[points.face]]
    low, high = scene.vertices[:-1].min(axis=0), scene.vertices[:-1].max(axis=0)
    keys = np.empty(len(facing), np.int64)
    _cells(points.places, facing, slots, low, ALONG / float((high - low).max()), keys)
    of, origin = numbered(keys)
    # By their keys patches side by side follow each other, and share out what they see.
    turn = np.argsort(keys[origin]).astype(np.int32)
    of, origin, count = np.argsort(turn).astype(np.int32)[of], origin[turn], len(turn)
    order, firsts = np.empty(len(of), np.int32), np.zeros(count + 1, np.int32)
    normals = np.zeros((count, 3), np.float32)
    _together(of, origin, facing, order, firsts, normals)
    entries = of[points.points]
    aims = np.empty((count, PACKETS), np.uint16)
    seen = unseen(count, RAYS, count)
    told, ground = (points.layout, points.rows, entries), place_of(scene)

    def trace(first: int, last: int) -> None:
        _trace(
            *(scene.tree.tools(), aside(), axes(), lobes(), ground, told),
            *(points.places, facing, scene.face_normals, order, firsts, first, last),
            *(aims, seen.kinds, seen.met, seen.tally),
        )

    side_by_side(count, FEWEST, trace)
    own = slots[origin].astype(np.uint8)
    return Patches(entries, own, own == 0, normals, aims, seen)


@compiled
def _cells(places, facing, slots, low, scale, keys):
    """Points of one key lie together and are turned alike."""
    for point in range(len(keys)):
        key = np.int64(slots[point])
        for axis in range(3):
            key = key * 64 + np.int64((places[point, axis] - low[axis]) * scale)
        for axis in range(3):
            key = key * 64 + np.int64(round(facing[point, axis] * TURNS)) + 2
        keys[point] = key


@compiled
def _together(of, origin, facing, order, firsts, normals):
    """Sort points by their patches: where each patch's begin, and its mean normal."""
    for patch in of:
        firsts[patch + 1] += 1
    for patch in range(len(origin)):
        firsts[patch + 1] += firsts[patch]
    ends = firsts[:-1].copy()
    for point in range(len(of)):
        patch = of[point]
        order[ends[patch]] = point
        ends[patch] += 1
        for axis in range(3):
            normals[patch, axis] += facing[point, axis]
    for patch in range(len(origin)):
        x, y, z = normals[patch]
        length = sqrt(x * x + y * y + z * z)
        for axis in range(3):
            # Points that face every way leave no normal: the first one's must do.
            own = normals[patch, axis] / length if length > 1e-6 else facing[origin[patch], axis]
            normals[patch, axis] = own


@compiled
def _trace(
    tools,
    aside,
    axes,
    lobes,
    ground,
    told,
    places,
    facing,
    normals,
    order,
    starts,
    begins,
    ends,
    aims,
    kinds,
    met,
    tally,
):
    for patch in range(begins, ends):
        first, last = starts[patch], starts[patch + 1]
        tally[patch] = 0
        for turn in range(PACKETS):
            point = order[first + (last - first) * (2 * turn + 1) // (2 * PACKETS)]
            own = facing[point]
            aim = aim_of(own[0], own[1], own[2], aside, patch + 5 * turn)
            aims[patch, turn] = aim
            look_out(
                *(tools, places[point], own, axes[aim], lobes[aim // CELLS]),
                *(turn * embree.PACKET, ground, told, normals),
                *(kinds[patch], met[patch], tally[patch]),
            )


@streaming
def _weigh(
    normals, aims, kinds, met, tally, shining, below, soft, lamps, ambient, key_power, found
):
    none, one, first, tiny = np.float32(0), np.float32(1), np.uint64(1), np.float32(1e-6)
    for patch in range(np.uint64(len(aims))):
        free = lit = hidden = unlit = bare = none
        for turn in range(np.uint64(PACKETS)):
            row = shining[np.uint64(aims[patch, turn])]
            for ray in range(turn * RAYS // PACKETS, (turn + first) * RAYS // PACKETS):
                rest, key, kind = row[REST, ray], row[KEY, ray], np.int32(kinds[patch, ray])
                member = np.float32(kind == np.int32(OPEN))
                free += member * rest
                lit += member * key
                member = np.float32(kind == np.int32(PIECE))
                hidden += member * rest
                unlit += member * key
                bare += np.float32(kind == np.int32(FLOOR))
        dim, told = none, none
        members = np.uint64(tally[patch, ON_FLOOR])
        while members:
            ray = lowest(members)  # pyright: ignore[reportCallIssue]
            members &= members - first
            dim += soft[np.uint64(met[patch, ray])]
            told += one
        dim = dim / told if told > none else one
        bare *= below
        free = (free + dim * bare) / max(free + hidden + bare, tiny)
        key = lit + unlit
        lit = lit / key if key > SELDOM * key_power * RAYS else free
        x, y, z = normals[patch]
        found[patch] = irradiance(ambient, x, y, z, 0) * free
        found[patch] += facing(lamps, x, y, z) * key_power * lit


@streaming
def _once_more(met, tally, below, once, bounce, found):
    first, share = np.uint64(1), np.float32(TOLD)
    for patch in range(np.uint64(len(met))):
        back = by_floor = np.float32(0)
        members = np.uint64(tally[patch, ON_FLOOR])
        while members:
            ray = lowest(members)  # pyright: ignore[reportCallIssue]
            members &= members - first
            by_floor += bounce[np.uint64(met[patch, ray])]
        members = np.uint64(tally[patch, ON_PIECE])
        while members:
            ray = lowest(members)  # pyright: ignore[reportCallIssue]
            members &= members - first
            back += once[np.uint64(met[patch, ray])]
        found[patch] = (back + below * by_floor) / share
