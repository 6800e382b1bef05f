"""What rays meet that leave places on a piece, and how it is kept."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render import embree, room
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.embree import intersect16, occluded16
from pet_app.builder.render.ground import COARSE, texel_at
from pet_app.builder.render.lattice import nearest
from pet_app.builder.render.packet import FACE, FAR, FAR_MM, LIFT_MM, MESH, U, V
from pet_app.builder.render.vector import dot

OPEN, FLOOR, PIECE, NOTHING = range(4)
"""What a ray meets; it is not sent where the surface's own face hides what its normal leans
towards."""

ON_FLOOR, ON_PIECE = 1, 1 + COARSE**2
"""Where a table of all that rays meet has the texels of the floor's coarse map, and after them the
piece's patches. Its first row is nothing."""

TOLD = embree.PACKET
"""Of a place's rays the first so many tell what they meet of the piece and of the floor, the others
only that they do: what is met is alike, and asking costs nearly twice as much."""

LEAST = np.float32(0.01)
"""The sine of the angle to its own face at which a ray still leaves it."""


@dataclass(frozen=True, eq=False)
class Outlook:
    """What n places see along their rays.

    kinds: uint16 (n, 2 packets), what each ray met, see OPEN: of a packet the lower bit of each,
    then the higher one; reading them is what a new camera costs. met: (n, TOLD), the row of a table
    of all that rays meet, see ON_FLOOR; uint16 where that is wide enough, or int32.
    """

    kinds: np.ndarray
    met: np.ndarray


def unseen(places: int, packets: int, patches: int) -> Outlook:
    """An outlook to be filled, with so many packets of rays, on a piece of so many patches."""
    narrow = ON_PIECE + patches <= np.iinfo(np.uint16).max
    return Outlook(
        room.fresh((places, 2 * packets), np.uint16),
        room.fresh((places, TOLD), np.uint16 if narrow else np.int32),
    )


@compiled
def look_out(tools, place, facing, axes, lobe, turn, ground, lattice, normals, kinds, met):
    """Send a packet's worth of rays; returns how many of them end on the insides of faces.

    tools: see `Tree.tools`. place: in mm. facing: the normal of the face it lies on. axes, lobe:
    see `aims`. turn: which of the lobe's packets to send. ground: see `ground.place_of`. lattice:
    the layout and rows of one, and the patches of its entries. normals: of all faces. kinds, met:
    the place's rows of an `Outlook`, untouched.
    """
    handle, packet, numbers, valid = tools
    layout, rows, entries = lattice
    first, tells = turn * embree.PACKET, turn == 0
    for axis in range(3):
        packet[axis] = place[axis] + np.float32(LIFT_MM) * facing[axis]
    for ray in range(embree.PACKET):
        x, y, z = lobe[0, first + ray], lobe[1, first + ray], lobe[2, first + ray]
        for axis in range(3):
            packet[4 + axis, ray] = x * axes[0, axis] + y * axes[1, axis] + z * axes[2, axis]
        leaves = dot(facing[0], facing[1], facing[2], *_way(packet, ray))
        valid[ray] = -1 if leaves > LEAST else 0
    packet[FAR] = np.float32(FAR_MM)
    if tells:
        numbers[MESH] = -1
        intersect16(valid.ctypes.data, handle, packet.ctypes.data, 0)
    else:
        occluded16(valid.ctypes.data, handle, packet.ctypes.data, 0)
    inside = lower = higher = 0
    for ray in range(embree.PACKET):
        kind = OPEN
        if valid[ray] == 0:
            kind = NOTHING
        elif packet[FAR, ray] < 0 or (tells and numbers[MESH, ray] != -1):
            kind = PIECE
            if tells:
                face, b, c = numbers[FACE, ray], packet[U, ray], packet[V, ray]
                met[ray] = ON_PIECE + nearest(layout, rows, entries, face, b, c)
                there = normals[face]
                inside += dot(there[0], there[1], there[2], *_way(packet, ray)) > 0
        elif packet[5, ray] < -0.02:
            from_ = packet[0, ray], packet[1, ray], packet[2, ray]
            texel = texel_at(ground, *from_, *_way(packet, ray))
            if texel >= 0:
                kind = FLOOR
                if tells:
                    met[ray] = ON_FLOOR + texel
        lower |= (kind & 1) << ray
        higher |= (kind >> 1) << ray
    kinds[2 * turn], kinds[2 * turn + 1] = lower, higher
    return inside


@compiled
def _way(packet, ray):
    return packet[4, ray], packet[5, ray], packet[6, ray]
