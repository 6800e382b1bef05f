"""Patches: how much light reaches the piece's own surfaces, to be thrown back by them.

A patch is what radiosity calls so (Goral and others, 1984): points of the lattice that lie together
and are turned alike, taken as one. What a patch sees depends on neither camera nor lamps. It is
traced once per scene and kept as a number for each ray; lamps set up anew only weigh those numbers
again.
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render import embree, sampling
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.embree import intersect16
from pet_app.builder.render.ground import ACROSS, COARSE, place_of
from pet_app.builder.render.harmonics import irradiance
from pet_app.builder.render.lattice import TURNS, lattice, nearest
from pet_app.builder.render.light import FLOOR as SKY_FLOOR
from pet_app.builder.render.light import (
    KEY,
    LUMINANCE,
    REST,
    Light,
    facing,
    glow_cell,
)
from pet_app.builder.render.packet import FACE, FAR, FAR_MM, LIFT_MM, MESH, U, V
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.vector import frame

ALONG = 48
"""Patches along the longest side of the piece, at most."""

PACKETS = 2
RAYS = PACKETS * embree.PACKET

OPEN, FLOOR, PIECE = range(3)
"""What a ray meets, in the order in which a patch's rays are kept."""

SELDOM = 0.02
"""Of the key's light, at least this share must lie in a patch's rays to tell how much is hidden."""


@dataclass(frozen=True, eq=False)
class Patches:
    """A scene's patches and what they see.

    entries: int32 (entries,), the patch at each entry of the lattice, see `lattice.nearest`. body:
    bool (patches,), whether a patch is of the first slot. normals: float32 (patches, 3), unit. way:
    uint16 (patches, RAYS), each ray's cell in `Light.glow`: first those that met nothing, then
    those that met the floor, at last those that met the piece. met: uint16 or int32 (patches,
    RAYS), the texel of the floor's coarse map, or the patch. ends: int32 (patches, 2), where the
    first two kinds end.
    """

    entries: np.ndarray
    body: np.ndarray
    normals: np.ndarray
    way: np.ndarray
    met: np.ndarray
    ends: np.ndarray


def patches(scene: Scene) -> Patches:
    """A scene's patches, made when they are first asked for."""
    return scene.known(_made)


def thrown(seen: Patches, light: Light, soft: np.ndarray) -> np.ndarray:
    """float32 (patches,): the light that reaches each patch from studio and floor past the piece.

    As irradiance over π, grey: what a white patch throws back once. soft: see `Floor`.
    """
    found = np.empty(len(seen.met), np.float32)
    _weigh(
        *(seen.normals, seen.way, seen.met, seen.ends, light.glow, np.float32(_below(light))),
        *(soft.reshape(-1), light.lamps, light.ambient @ LUMINANCE[:, None]),
        *(light.key_power @ LUMINANCE, found),
    )
    return found


def again(seen: Patches, light: Light, once: np.ndarray, bounce: np.ndarray) -> np.ndarray:
    """float32 (patches,): what reaches each patch off white ones, straight or by way of the floor.

    once: what `thrown` gave. bounce: float32 (COARSE, COARSE), what of it lies on the floor.
    """
    found = np.empty(len(seen.met), np.float32)
    _once_more(seen.met, seen.ends, np.float32(_below(light)), once, bounce.reshape(-1), found)
    return found


def _below(light: Light) -> float:
    """How bright the open floor is."""
    return float(light.sky[SKY_FLOOR] @ LUMINANCE)


def _made(scene: Scene) -> Patches:
    place = place_of(scene)
    points = lattice(scene)
    facing = scene.face_normals[points.face]
    slots = scene.slots[scene.parts[points.face]]
    low, high = scene.vertices[:-1].min(axis=0), scene.vertices[:-1].max(axis=0)
    cells = ((points.places[:, :3] - low) * (ALONG / float((high - low).max()))).astype(np.int64)
    key = slots.astype(np.int64)
    for column in (*cells.T, *(np.rint(facing * TURNS).astype(np.int64) + 2).T):
        key = key * 64 + column
    _, of, counts = np.unique(key, return_inverse=True, return_counts=True)
    of = of.astype(np.int32)
    order = np.argsort(of, kind="stable").astype(np.int32)
    firsts = np.cumsum([0, *counts]).astype(np.int32)
    normals = np.add.reduceat(facing[order], firsts[:-1], axis=0)
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    # Points that face every way leave no normal: the first one's must do.
    normals = np.where(
        lengths > 1e-6, normals / np.maximum(lengths, 1e-6), facing[order[firsts[:-1]]]
    ).astype(np.float32)
    entries = of[points.points]
    way = np.zeros((len(counts), RAYS), np.uint16)
    # Reading them is what a new camera costs here.
    narrow = max(len(counts), COARSE**2) <= np.iinfo(np.uint16).max
    met = np.zeros((len(counts), RAYS), np.uint16 if narrow else np.int32)
    ends = np.empty((len(counts), 2), np.int32)
    packet = embree.packet()
    _trace(
        *(scene.tree.handle, packet, packet.view(np.int32), embree.valid()),
        *(sampling.lobes(embree.PACKET), place, points.layout, points.rows, entries),
        *(points.places, facing, order, firsts, way, met, ends),
    )
    return Patches(entries, slots[order[firsts[:-1]]] == 0, normals, way, met, ends)


@compiled
def _trace(
    handle,
    packet,
    numbers,
    valid,
    lobes,
    floor_place,
    layout,
    rows,
    entries,
    places,
    facing,
    order,
    firsts,
    way,
    met,
    ends,
):
    kind = np.empty(RAYS, np.int8)
    ways, targets = np.empty(RAYS, np.uint16), np.zeros(RAYS, np.int32)
    packet[:] = 0
    numbers[9] = -1
    valid[:] = -1
    for patch in range(len(met)):
        first, last = firsts[patch], firsts[patch + 1]
        for turn in range(PACKETS):
            point = order[first + (last - first) * (2 * turn + 1) // (2 * PACKETS)]
            fx, fy, fz = facing[point]
            for axis in range(3):
                packet[axis] = places[point, axis] + np.float32(LIFT_MM) * facing[point, axis]
            packet[FAR] = np.float32(FAR_MM)
            numbers[MESH] = -1
            (ax, ay, az), (bx, by, bz) = frame(fx, fy, fz)
            lobe = lobes[(patch + 5 * turn) % sampling.SHARES]
            for ray in range(embree.PACKET):
                x, y, z = lobe[0, ray], lobe[1, ray], lobe[2, ray]
                packet[4, ray] = x * ax + y * bx + z * fx
                packet[5, ray] = x * ay + y * by + z * fy
                packet[6, ray] = x * az + y * bz + z * fz
            intersect16(valid.ctypes.data, handle, packet.ctypes.data, 0)
            for ray in range(embree.PACKET):
                dx, dy, dz = packet[4, ray], packet[5, ray], packet[6, ray]
                own = turn * embree.PACKET + ray
                ways[own], kind[own] = glow_cell(dx, dy, dz), OPEN
                if numbers[MESH, ray] != -1:
                    b, c = packet[U, ray], packet[V, ray]
                    targets[own] = nearest(layout, rows, entries, numbers[FACE, ray], b, c)
                    kind[own] = PIECE
                elif dy < -0.02:
                    at = packet[0, ray], packet[1, ray], packet[2, ray]
                    texel = texel_at(floor_place, *at, dx, dy, dz)
                    if texel >= 0:
                        targets[own], kind[own] = texel, FLOOR
        count = 0
        for wanted in range(3):
            for ray in range(RAYS):
                if kind[ray] == wanted:
                    way[patch, count], met[patch, count] = ways[ray], targets[ray]
                    count += 1
            if wanted < PIECE:
                ends[patch, wanted] = count


@compiled
def texel_at(place, px, py, pz, dx, dy, dz):
    """Where a ray going down meets the floor's coarse map; -1 beyond it."""
    distance = (place[4] - py) / dy
    column = (px + distance * dx - place[0]) * place[2] * COARSE / ACROSS
    row = (pz + distance * dz - place[1]) * place[3] * COARSE / ACROSS
    if column < 0 or row < 0 or column >= COARSE or row >= COARSE:
        return -1
    return int(row) * COARSE + int(column)


@streaming
def _weigh(normals, way, met, ends, glow, below, soft, lamps, ambient, key_power, found):
    none = np.float32(0)
    for patch in range(np.uint64(len(met))):
        cells, texels = way[patch], met[patch]
        opened, floored = np.uint64(ends[patch, 0]), np.uint64(ends[patch, 1])
        free = lit = hidden = unlit = dim = none
        for ray in range(opened):
            cell = np.uint64(cells[ray])
            free += glow[cell, REST]
            lit += glow[cell, KEY]
        for ray in range(opened, floored):
            dim += soft[np.uint64(texels[ray])]
        for ray in range(floored, np.uint64(RAYS)):
            cell = np.uint64(cells[ray])
            hidden += glow[cell, REST]
            unlit += glow[cell, KEY]
        around = free + hidden + np.float32(floored - opened) * below
        free = (free + dim * below) / max(around, np.float32(1e-6))
        key = lit + unlit
        lit = lit / key if key > SELDOM * key_power * RAYS else free
        x, y, z = normals[patch]
        found[patch] = irradiance(ambient, x, y, z, 0) * free
        found[patch] += facing(lamps, x, y, z) * key_power * lit


@streaming
def _once_more(met, ends, below, once, bounce, found):
    for patch in range(np.uint64(len(met))):
        there = met[patch]
        opened, floored = np.uint64(ends[patch, 0]), np.uint64(ends[patch, 1])
        back = by_floor = np.float32(0)
        for ray in range(opened, floored):
            by_floor += bounce[np.uint64(there[ray])]
        for ray in range(floored, np.uint64(RAYS)):
            back += once[np.uint64(there[ray])]
        found[patch] = (back + below * by_floor) / np.float32(RAYS)
