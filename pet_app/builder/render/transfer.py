"""What each point of a piece sees, traced once; lamps and cameras only weigh it again.

Precomputed radiance transfer (Sloan and others, 2002), but what each ray met is kept and not their
sum as harmonics: shadows stay as sharp as there are rays.
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render import embree, sampling
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.embree import intersect16
from pet_app.builder.render.ground import place_of
from pet_app.builder.render.lattice import lattice, nearest
from pet_app.builder.render.light import glow_cell
from pet_app.builder.render.packet import FACE, FAR, FAR_MM, LIFT_MM, MESH, U, V
from pet_app.builder.render.patches import FLOOR, OPEN, PIECE, patches, texel_at
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.vector import dot, frame

PACKETS = 3
RAYS = PACKETS * embree.PACKET

KINDS = 3
"""What a ray meets, see `patches.OPEN`; it is none of these where the surface's own face hides what
its normal leans towards."""

BURIED = 0.5
"""A point lies within something when so large a share of its rays end on the insides of faces."""


@dataclass(frozen=True, eq=False)
class Transfer:
    """What the points of a scene's lattice see, as far as it was traced.

    way: uint16 (points, RAYS), each ray's cell in `Light.glow`. met: (points, RAYS), the
    texel of the floor's coarse map, or the patch, as wide as in `Patches`. kinds: uint64 (points,
    KINDS), which rays met nothing, the floor, or the piece, one bit to each. told: float32
    (points,), 0 for what is buried. known: bool (points,).
    """

    way: np.ndarray
    met: np.ndarray
    kinds: np.ndarray
    told: np.ndarray
    known: np.ndarray

    @property
    def nbytes(self) -> int:
        """The memory it takes: rows that were never written take none."""
        each = self.way[0].nbytes + self.met[0].nbytes + self.kinds[0].nbytes
        return int(self.known.sum()) * each + self.told.nbytes + self.known.nbytes


def transfer(scene: Scene, wanted: np.ndarray) -> Transfer:
    """A scene's transfer in which the points `wanted`, int32, are known."""
    found = scene.known(_unknown)
    new = wanted[~found.known[wanted]]
    if len(new):
        points, packet = lattice(scene), embree.packet()
        _trace(
            *(scene.tree.handle, packet, packet.view(np.int32), embree.valid()),
            *(sampling.lobes(RAYS), place_of(scene)),
            *(points.layout, points.rows, patches(scene).entries),
            *(points.places, points.face, scene.face_normals, new),
            *(found.way, found.met, found.kinds, found.told),
        )
        found.known[new] = True
    return found


def _unknown(scene: Scene) -> Transfer:
    count = len(lattice(scene).face)
    number = patches(scene).met.dtype
    return Transfer(
        *(np.empty((count, RAYS), np.uint16), np.empty((count, RAYS), number)),
        *(np.empty((count, KINDS), np.uint64), np.ones(count, np.float32)),
        np.zeros(count, np.bool_),
    )


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
    face_of,
    face_normals,
    wanted,
    way,
    met,
    kinds,
    told,
):
    one = np.uint64(1)
    packet[:] = 0
    numbers[9] = -1
    for point in wanted:
        px, py, pz, nx, ny, nz = places[point]
        fx, fy, fz = face_normals[face_of[point]]
        packet[0] = px + np.float32(LIFT_MM) * fx
        packet[1] = py + np.float32(LIFT_MM) * fy
        packet[2] = pz + np.float32(LIFT_MM) * fz
        (ax, ay, az), (bx, by, bz) = frame(nx, ny, nz)
        lobe = lobes[point % sampling.SHARES]
        kinds[point], inside = 0, 0
        for turn in range(PACKETS):
            packet[FAR] = np.float32(FAR_MM)
            numbers[MESH] = -1
            for ray in range(embree.PACKET):
                own = turn * embree.PACKET + ray
                x, y, z = lobe[0, own], lobe[1, own], lobe[2, own]
                packet[4, ray] = x * ax + y * bx + z * nx
                packet[5, ray] = x * ay + y * by + z * ny
                packet[6, ray] = x * az + y * bz + z * nz
                leaves = dot(fx, fy, fz, packet[4, ray], packet[5, ray], packet[6, ray])
                valid[ray] = -1 if leaves > np.float32(0.01) else 0
            intersect16(valid.ctypes.data, handle, packet.ctypes.data, 0)
            for ray in range(embree.PACKET):
                dx, dy, dz = packet[4, ray], packet[5, ray], packet[6, ray]
                own = turn * embree.PACKET + ray
                way[point, own], kind = glow_cell(dx, dy, dz), OPEN
                if valid[ray] == 0:
                    continue
                if numbers[MESH, ray] != -1:
                    face, b, c = numbers[FACE, ray], packet[U, ray], packet[V, ray]
                    met[point, own], kind = nearest(layout, rows, entries, face, b, c), PIECE
                    there = face_normals[face]
                    inside += dot(there[0], there[1], there[2], dx, dy, dz) > 0
                elif dy < -0.02:
                    at = packet[0, ray], packet[1, ray], packet[2, ray]
                    texel = texel_at(floor_place, *at, dx, dy, dz)
                    if texel >= 0:
                        met[point, own], kind = texel, FLOOR
                kinds[point, kind] |= one << np.uint64(own)
        told[point] = 0 if inside > BURIED * RAYS else 1
