"""Single rays within a packet: where they start and which way they go."""

from math import cos, pi, sin, sqrt

from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.light import HALF
from pet_app.builder.render.vector import frame, unit

FAR_MM = 1e5


@compiled
def aim(packet, ray, px, py, pz, dx, dy, dz):
    """Set one ray of a packet to start at a place and go without end."""
    packet[0, ray], packet[1, ray], packet[2, ray] = px, py, pz
    packet[3, ray] = 0
    packet[4, ray], packet[5, ray], packet[6, ray] = dx, dy, dz
    packet[7, ray] = 0
    packet[8, ray] = FAR_MM


@compiled
def lobe(point_x, point_y, nx, ny, nz):
    """A direction round a normal, as likely as its cosine."""
    across, up = frame(nx, ny, nz)
    reach, turn = sqrt(point_x), 2 * pi * point_y
    a, b, c = reach * cos(turn), reach * sin(turn), sqrt(max(1 - point_x, 1e-6))
    return (
        a * across[0] + b * up[0] + c * nx,
        a * across[1] + b * up[1] + c * ny,
        a * across[2] + b * up[2] + c * nz,
    )


@compiled
def to_lamp(point_x, point_y, lamp):
    """A direction to some place on a softbox."""
    a, b = (2 * point_x - 1) * lamp[HALF], (2 * point_y - 1) * lamp[HALF + 1]
    return unit(
        lamp[0] + a * lamp[3] + b * lamp[6],
        lamp[1] + a * lamp[4] + b * lamp[7],
        lamp[2] + a * lamp[5] + b * lamp[8],
    )
