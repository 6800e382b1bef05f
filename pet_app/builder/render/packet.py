"""Rays within a packet: where they start and which way they go."""

from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.embree import PACKET

FAR_MM = 1e5

LIFT_MM = 0.03
"""How far above a surface its rays start, so that they do not meet it."""

FAR, U, V, FACE, MESH = 8, 15, 16, 17, 18
"""Rows of a packet after tracing: how far it went, below 0 where something is in the way; where on
which face, and the mesh met."""


@compiled
def aim(packet, ray, px, py, pz, dx, dy, dz):
    """Set one ray of a packet to start at a place and go without end."""
    packet[0, ray], packet[1, ray], packet[2, ray] = px, py, pz
    packet[3, ray] = 0
    packet[4, ray], packet[5, ray], packet[6, ray] = dx, dy, dz
    packet[7, ray] = 0
    packet[FAR, ray] = FAR_MM


@compiled
def aim_all(packet, numbers, x, y, z, ways):
    """Set all rays of a packet to start at a place and go each its way, float32 (3, PACKET)."""
    for ray in range(PACKET):
        packet[0, ray], packet[1, ray], packet[2, ray] = x, y, z
        packet[4, ray], packet[5, ray], packet[6, ray] = ways[0, ray], ways[1, ray], ways[2, ray]
        packet[FAR, ray], numbers[MESH, ray] = FAR_MM, -1
