"""The floor: how much light reaches it round the piece, kept as a map that no camera changes."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.render import embree, sampling
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.embree import occluded16
from pet_app.builder.render.light import Light, glow_at, irradiance
from pet_app.builder.render.packet import aim, lobe, to_lamp
from pet_app.builder.render.scene import Scene

ACROSS = 224
"""Texels along each side of the map."""

REACH = 0.75
"""How far the map goes beyond the piece, in heights of the piece."""

WIDE = 12
"""Texels that the blur of faint shadow reaches."""

FAINT = (0.45, 0.8)
"""Between these shares of light the blur widens."""

AMBIENT_RAYS = 8
KEY_RAYS = 8
"""Together one packet to a texel."""


@dataclass(frozen=True, eq=False)
class Floor:
    """The floor's map.

    values: float32 (ACROSS, ACROSS), the share of light that reaches it, 1 at the rim; rows along
    z. place: float64 (5,): lowest x and z, texels per mm along x and z, and the floor's height.
    """

    values: np.ndarray
    place: np.ndarray


def floor(scene: Scene, light: Light) -> Floor:
    """Trace the floor's map."""
    low, high = scene.vertices[:-1].min(axis=0), scene.vertices[:-1].max(axis=0)
    reach = REACH * float(high[1] - low[1]) + 0.12 * float((high - low).max()) + 5
    start, end = low[[0, 2]] - reach, high[[0, 2]] + reach
    place = np.array([*start, *(ACROSS / (end - start)), scene.floor_mm], np.float64)
    arrived = np.zeros((ACROSS, ACROSS, 2), np.float32)
    _trace(
        *(scene.tree.handle, embree.packet(), embree.valid(), place),
        *(
            sampling.points(AMBIENT_RAYS),
            sampling.points(KEY_RAYS),
            light.lamps,
            light.glow,
            arrived,
        ),
    )
    key = light.key_power.sum() * light.lamps[0, 1]
    ambient = sum(irradiance(light.ambient, 0.0, 1.0, 0.0, channel) for channel in range(3))
    shares = (arrived @ np.array([ambient, key], np.float32)) / max(ambient + key, 1e-6)
    return Floor(_faded(_smooth(shares)), place)


def _smooth(values: np.ndarray) -> np.ndarray:
    """Average over neighbours that share one set of rays, and further where shadow is faint.

    Far from what throws it a shadow has no edges, and what the few rays leave of noise would show.
    """
    near = _blurred(values, np.array([0.125, 0.25, 0.25, 0.25, 0.125]))
    at = np.arange(-WIDE, WIDE + 1) / WIDE
    wide = _blurred(near, (1 - at**2) ** 2 / ((1 - at**2) ** 2).sum())
    faint = np.clip((wide - FAINT[0]) / (FAINT[1] - FAINT[0]), 0, 1)
    return near + (wide - near) * faint


def _blurred(values: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """A symmetric kernel run along both axes."""
    half = len(shares) // 2
    for axis in (0, 1):
        padded = np.pad(values, [(half, half) if a == axis else (0, 0) for a in (0, 1)], "edge")
        blurred = np.zeros_like(values)
        for offset, share in enumerate(shares):
            blurred += share * np.take(padded, np.arange(ACROSS) + offset, axis)
        values = blurred
    return values


def _faded(values: np.ndarray) -> np.ndarray:
    """Let the shadow run out towards the rim, so that the map's edge never shows."""
    inwards = np.minimum(np.arange(ACROSS), np.arange(ACROSS)[::-1]) / (0.22 * ACROSS)
    fade = np.clip(inwards, 0, 1) ** 2 * (3 - 2 * np.clip(inwards, 0, 1))
    return (1 - (1 - values) * fade[:, None] * fade[None, :]).astype(np.float32)


@compiled
def _trace(handle, packet, valid, place, ambient_points, key_points, lamps, glow, arrived):
    shares = len(ambient_points)
    ways = np.empty((shares, embree.PACKET, 3), np.float32)
    worth = np.empty((shares, embree.PACKET), np.float32)
    for own in range(shares):
        for ray in range(embree.PACKET):
            if ray < AMBIENT_RAYS:
                point = ambient_points[own, ray]
                x, y, z = lobe(point[0], point[1], 0.0, 1.0, 0.0)
                worth[own, ray] = glow_at(glow, x, y, z)
            else:
                point = key_points[own, ray - AMBIENT_RAYS]
                x, y, z = to_lamp(point[0], point[1], lamps[0])
                worth[own, ray] = y
            ways[own, ray, 0], ways[own, ray, 1], ways[own, ray, 2] = x, y, z
    packet[:] = 0
    packet.view(np.int32)[9] = -1
    for row in range(ACROSS):
        for column in range(ACROSS):
            own = (row % 4) * 4 + column % 4
            x = place[0] + (column + 0.5) / place[2]
            z = place[1] + (row + 0.5) / place[3]
            for ray in range(embree.PACKET):
                way = ways[own, ray]
                aim(packet, ray, x, place[4] - 0.05, z, way[0], way[1], way[2])
            occluded16(valid.ctypes.data, handle, packet.ctypes.data, 0)
            for kind in range(2):
                whole = free = np.float32(0)
                for ray in range(kind * AMBIENT_RAYS, (kind + 1) * AMBIENT_RAYS):
                    whole += worth[own, ray]
                    if packet[8, ray] >= 0:
                        free += worth[own, ray]
                arrived[row, column, kind] = free / whole if whole > 0 else np.float32(1)


@compiled
def floor_at(values, place, x, z):
    """The share of light at a place on the floor; 1 outside the map."""
    column, row = (x - place[0]) * place[2] - 0.5, (z - place[1]) * place[3] - 0.5
    if column < 0 or row < 0 or column >= ACROSS - 1 or row >= ACROSS - 1:
        return np.float32(1)
    i, j = int(column), int(row)
    a, b = np.float32(column - i), np.float32(row - j)
    near = values[j, i] + a * (values[j, i + 1] - values[j, i])
    far = values[j + 1, i] + a * (values[j + 1, i + 1] - values[j + 1, i])
    return near + b * (far - near)


@compiled
def floor_light(values, place, px, py, pz, dx, dy, dz):
    """The share of light where a ray going down meets the floor."""
    distance = (place[4] - py) / dy
    return floor_at(values, place, px + distance * dx, pz + distance * dz)
