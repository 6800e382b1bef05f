"""Patches: how much light reaches the piece's own surfaces, to be thrown back by them.

A patch is what radiosity calls so (Goral and others, 1984): points of the lattice that lie together
and are turned alike, taken as one. What a patch sees depends on neither camera nor lamps. It is
traced once per scene and kept as a number for each ray; lamps set up anew only weigh those numbers
again.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from pet_app.builder.render import embree, room
from pet_app.builder.render.aims import CELLS, aim_of, aside, axes, lobes, shining
from pet_app.builder.render.along import GLANCED as PACKETS
from pet_app.builder.render.along import glance
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.gather import LANES, fetch
from pet_app.builder.render.ground import place_of
from pet_app.builder.render.harmonics import packed
from pet_app.builder.render.lattice import TURNS, lattice
from pet_app.builder.render.light import HALF, KEY, LUMINANCE, SOFTENED, Light
from pet_app.builder.render.numbering import numbered
from pet_app.builder.render.outlook import (
    ON_FLOOR,
    ON_PIECE,
    TOLD,
    Outlook,
    look_out,
    unseen,
)
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.threads import side_by_side

ALONG = 48
"""Patches along the longest side of the piece, at most."""

RAYS = PACKETS * embree.PACKET

DARK_ALONG = 8
"""The same of what throws no light: all it does is to be mirrored."""

FEWEST = 64
"""Patches that are worth a thread."""

AHEAD = 12
"""So many patches before its turn the light along a patch's rays is brought near."""

SELDOM = 0.02
"""Of the key's light, at least this share must lie in a patch's rays to tell how much is hidden."""


@dataclass(frozen=True, eq=False)
class Patches:
    """A scene's patches and what they see.

    entries: int32 (entries,), the patch at each entry of the lattice, see `lattice.nearest`.
    slots: uint8 (patches,). bright: bool (patches,), see `Scene`; body, others: which of these are
    of the first slot, and which of another. normals: float32 (patches, 3), unit. aims: uint16
    (patches, PACKETS), the row of `aims.shining` for each packet's rays. seen: what the patches
    see.
    """

    entries: np.ndarray
    slots: np.ndarray
    bright: np.ndarray
    body: np.ndarray
    others: np.ndarray
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
    count, seen = len(known.aims), known.seen
    free, lit = (room.of(name, (count,), np.float32) for name in ("patches.free", "patches.lit"))
    power, lamp = float(light.key_power @ LUMINANCE), light.lamps[0]
    there = np.zeros(ON_PIECE + count, np.float32)
    there[ON_FLOOR:ON_PIECE] = soft.reshape(-1)
    _weigh(
        *(known.aims, seen.kinds, seen.met, shining(light).rays, there),
        *(np.float32(light.below), np.float32(SELDOM * RAYS * power), free, lit),
    )
    found = np.empty(count, np.float32)
    wide = SOFTENED * sqrt(lamp[HALF] * lamp[HALF + 1])
    _light(
        *(known.normals, packed(light.ambient @ LUMINANCE[:, None])[:, 0]),
        *(lamp[:3].astype(np.float32), np.float32(wide), np.float32(power), free, lit, found),
    )
    return found


def again(known: Patches, light: Light, once: np.ndarray, bounce: np.ndarray) -> np.ndarray:
    """float32 (patches,): what reaches each patch off white ones, straight or by way of the floor.

    once: what `thrown` gave, of those that throw light. bounce: float32 (COARSE, COARSE), what of
    it lies on the floor.
    """
    there = np.concatenate(
        [[0], np.float32(light.below) * bounce.reshape(-1), once], dtype=np.float32
    )
    found = np.empty(len(once), np.float32)
    _once_more(known.seen.met, there, found)
    return found


def _made(scene: Scene) -> Patches:
    points = lattice(scene)
    facing = scene.face_normals[points.face]
    slots = scene.slots[scene.parts[points.face]]
    low, high = scene.low, scene.high
    keys = np.empty(len(facing), np.int64)
    along = np.where(scene.bright, ALONG, DARK_ALONG) / float((high - low).max())
    _cells(points.places, facing, slots, low, along, keys)
    of, origin = numbered(keys)
    # By their keys patches side by side follow each other, and share out what they see.
    turn = np.argsort(keys[origin]).astype(np.int32)
    of, origin, count = np.argsort(turn).astype(np.int32)[of], origin[turn], len(turn)
    order, firsts = np.empty(len(of), np.int32), np.zeros(count + 1, np.int32)
    normals = np.zeros((count, 3), np.float32)
    _together(of, origin, facing, order, firsts, normals)
    entries = of[points.points]
    aims = np.empty((count, PACKETS), np.uint16)
    seen = unseen(count, PACKETS, count)
    told, ground = (points.layout, points.rows, entries), place_of(scene)

    def trace(first: int, last: int) -> None:
        _trace(
            *(scene.tree.tools(), aside(), axes(), lobes(), ground, told),
            *(points.places, facing, scene.face_normals, order, firsts, first, last),
            *(aims, seen.kinds, seen.met),
        )

    side_by_side(count, FEWEST, trace)
    own = slots[origin].astype(np.uint8)
    bright = scene.bright[own]
    return Patches(
        entries, own, bright, bright & (own == 0), bright & (own > 0), normals, aims, seen
    )


@compiled
def _cells(places, facing, slots, low, along, keys):
    """Points of one key lie together and are turned alike."""
    for point in range(len(keys)):
        key, scale = np.int64(slots[point]), along[slots[point]]
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
):
    for patch in range(begins, ends):
        first, last = starts[patch], starts[patch + 1]
        for turn in range(PACKETS):
            point = order[first + (last - first) * (2 * turn + 1) // (2 * PACKETS)]
            own = facing[point]
            aim = aim_of(own[0], own[1], own[2], aside, patch + 5 * turn)
            aims[patch, turn] = aim
            look_out(
                *(tools, places[point], own, axes[aim], lobes[aim // CELLS]),
                *(turn, ground, told, normals),
                *(kinds[patch], met[patch]),
            )


@streaming
def _weigh(aims, kinds, met, shining, there, below, seldom, free_of, lit_of):
    """The share of the studio's light that reaches each patch, and of its key lamp's.

    there: float32 (rows,), what comes past the piece to all that rays meet, see
    `outlook.ON_FLOOR`.
    """
    none, one, tiny = np.float32(0), np.float32(1), np.float32(1e-6)
    flat, seen, sums = shining.reshape(-1), kinds.reshape(-1), np.empty(LANES, np.float32)
    for patch in range(np.uint64(len(aims))):
        later = np.uint64(min(np.int64(patch) + AHEAD, len(aims) - 1))
        for turn in range(np.uint64(PACKETS)):
            row = np.uint64(aims[later, turn]) * np.uint64(shining[0].size) + turn * np.uint64(TOLD)
            fetch(flat, row)  # pyright: ignore[reportCallIssue]
            fetch(flat, row + np.uint64(KEY * shining.shape[2]))  # pyright: ignore[reportCallIssue]
        own = aims[patch]
        told, bare = glance(  # pyright: ignore[reportCallIssue]  the compiler gives the first
            *(seen, patch, flat, np.uint64(own[0]) * np.uint64(shining[0].size)),
            *(np.uint64(own[1]) * np.uint64(shining[0].size) + np.uint64(TOLD), sums),
        )
        free, lit, hidden, unlit = sums[0], sums[1], sums[2], sums[3]
        dim = none
        for ray in range(np.uint64(TOLD)):
            dim += there[np.uint64(met[patch, ray])]
        dim = dim / np.float32(told) if told > 0 else one
        dark = np.float32(bare) * below
        free = (free + dim * dark) / max(free + hidden + dark, tiny)
        key = lit + unlit
        free_of[patch], lit_of[patch] = free, lit / key if key > seldom else free


@streaming
def _light(normals, ambient, lamp, soft, power, free, lit, found):
    """These shares of what would arrive with nothing in the way."""
    none, two, four = np.float32(0), np.float32(2), np.float32(4)
    even, up, ahead, right = ambient[0], ambient[1], ambient[2], ambient[3]
    xy, yz, zz, xz, xx = ambient[4], ambient[5], ambient[6], ambient[7], ambient[8]
    to_x, to_y, to_z = lamp[0], lamp[1], lamp[2]
    for patch in range(len(found)):
        x, y, z = normals[patch, 0], normals[patch, 1], normals[patch, 2]
        value = even + y * up + z * ahead + x * right + x * y * xy + y * z * yz + x * z * xz
        value += (two * z * z - x * x - y * y) * zz + (x * x - y * y) * xx
        cosine = x * to_x + y * to_y + z * to_z
        partly = max(cosine + soft, none)
        towards = cosine if cosine >= soft else partly * partly / (four * soft)
        found[patch] = max(value, none) * free[patch] + towards * power * lit[patch]


@streaming
def _once_more(met, there, found):
    share = np.float32(TOLD)
    for patch in range(np.uint64(len(met))):
        back = np.float32(0)
        for ray in range(np.uint64(TOLD)):
            back += there[np.uint64(met[patch, ray])]
        found[patch] = back / share
