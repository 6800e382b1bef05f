"""What the piece mirrors to the floor, whatever the light: the way of a ray once it has met a face.

A ray that a place on the floor sends up and that meets the piece is followed once more, as a mirror
would throw it, and what it meets then is kept as a name. What lies there says later how much of
that it shows.
"""

from math import asin, atan2, pi

from pet_app.builder.render import embree
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.embree import intersect16
from pet_app.builder.render.gloss import TABLE
from pet_app.builder.render.ground import COARSE, texel_at
from pet_app.builder.render.lattice import nearest
from pet_app.builder.render.packet import FACE, FAR, FAR_MM, LIFT_MM, MESH, U, V
from pet_app.builder.render.vector import dot

TALL, ROUND = 32, 128
"""Steps from the horizon up and all round by which directions are told apart."""

SKY = TALL * 2 * ROUND
"""Names of directions: row by row, each laid out twice, so that the studio can be turned without
going round. The floor's coarse texels come behind them, and last what shows nothing. A patch is
named from -1 down."""

NOTHING = SKY + COARSE * COARSE

SLANTS = TABLE
"""Steps of the cosine at which a ray meets a face: those by which it is known what returns."""

ONWARD = 7
"""Numbers of a ray that goes on: its place, its way, and the cosine."""


@compiled
def mirror(packet, ray, normal, onward):
    """Fill `onward` for a ray that has met a face; its cosine is 0 on the face's inside."""
    x, y, z = packet[4, ray], packet[5, ray], packet[6, ray]
    far, cosine = packet[FAR, ray], -dot(x, y, z, normal[0], normal[1], normal[2])
    for axis in range(3):
        onward[axis] = packet[axis, ray] + far * packet[4 + axis, ray] + LIFT_MM * normal[axis]
        onward[3 + axis] = packet[4 + axis, ray] + 2 * cosine * normal[axis]
    onward[6] = max(cosine, 0.0)


@compiled
def follow(tools, onward, ground, lattice, named, slant):
    """Name what each ray meets. onward: float32 (n, ONWARD). named: int32 (n,). slant: uint8 (n,),
    the step of its cosine. The other arguments are as `outlook.look_out` has them."""
    handle, packet, numbers, valid = tools
    layout, rows, entries = lattice
    for first in range(0, len(onward), embree.PACKET):
        count = min(embree.PACKET, len(onward) - first)
        for ray in range(embree.PACKET):
            own = onward[first + min(ray, count - 1)]
            for axis in range(3):
                packet[axis, ray], packet[4 + axis, ray] = own[axis], own[3 + axis]
            packet[FAR, ray], numbers[MESH, ray] = FAR_MM, -1
            valid[ray] = -1 if ray < count and own[6] > 0 else 0
        intersect16(valid.ctypes.data, handle, packet.ctypes.data, 0)
        for ray in range(count):
            own = onward[first + ray]
            slant[first + ray] = min(int(own[6] * SLANTS), SLANTS - 1)
            if valid[ray] == 0:
                named[first + ray] = NOTHING
            elif numbers[MESH, ray] != -1:
                face, b, c = numbers[FACE, ray], packet[U, ray], packet[V, ray]
                named[first + ray] = -1 - nearest(layout, rows, entries, face, b, c)
            elif own[4] < 0:
                texel = texel_at(ground, own[0], own[1], own[2], own[3], own[4], own[5])
                named[first + ray] = SKY + texel if texel >= 0 else NOTHING
            else:
                named[first + ray] = way_of(own[3], own[4], own[5])
    valid[:] = -1


@compiled
def way_of(x, y, z):
    """The name of a direction above the horizon."""
    row = min(int(asin(min(y, 1.0)) * (2 * TALL / pi)), TALL - 1)
    column = int((atan2(x, z) / (2 * pi) + 1) * ROUND) % ROUND
    return row * 2 * ROUND + column
