"""The floor: how much light reaches it round the piece.

What a place on the floor sees of the piece does not depend on the light. It is traced once per
scene and kept as one bit per direction; lamps set up anew only weigh those bits again.
"""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from pet_app.builder.render import embree, sampling
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.embree import occluded16
from pet_app.builder.render.light import LUMINANCE, Light, facing, irradiance, radiance
from pet_app.builder.render.packet import FAR_MM
from pet_app.builder.render.scene import Scene

ACROSS = 224
"""Texels along each side of the map."""

REACH = 0.75
"""How far the map goes beyond the piece, in heights of the piece."""

WAYS = 16
"""Directions seen from each texel: one bit each, one packet."""

BYTES = WAYS // 8

NEAR = np.array([0.125, 0.25, 0.25, 0.25, 0.125], np.float32)
"""Averages over the neighbours that share one set of directions."""

AGAIN = 1.3
"""How much gloss and further bounces add to the light that the piece throws back once."""

_sights: "WeakKeyDictionary[Scene, Sight]" = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Sight:
    """What the floor sees of the piece: `free`, uint32 (ACROSS, ACROSS), a bit for each free way.

    place: float64 (5,): lowest x and z, texels per mm along x and z, and the floor's height.
    """

    free: np.ndarray
    place: np.ndarray


@dataclass(frozen=True, eq=False)
class Floor:
    """The floor's map, float32 (ACROSS, ACROSS), rows along z; `place` as in `Sight`.

    values: the share of light that reaches the floor past the piece, 1 at the rim. bounce: the
    share that a white piece would throw back on it.
    """

    values: np.ndarray
    bounce: np.ndarray
    place: np.ndarray


def floor(scene: Scene, light: Light) -> Floor:
    """Weigh what the floor sees by the light that comes from there."""
    seen = sight(scene)
    weights = np.empty((sampling.SHARES, WAYS, 2), np.float32)
    _weigh(_ways(), light.lamps, light.sky, light.ambient, light.key_power, LUMINANCE, weights)
    table = _by_byte(weights)
    values, bounce = np.empty_like(seen.free, np.float32), np.empty_like(seen.free, np.float32)
    _look_up(seen.free, table, values, bounce)
    values, bounce = _blurred(values, NEAR), _blurred(bounce, NEAR)
    fade = _fade()
    values = 1 - (1 - values) * fade
    # What a place sees of the piece stands near it, and in much the same shadow.
    return Floor(values, bounce * values * fade, seen.place)


def sight(scene: Scene) -> Sight:
    """What the floor sees of the piece, traced when it is first asked for."""
    if scene not in _sights:
        low, high = scene.vertices[:-1].min(axis=0), scene.vertices[:-1].max(axis=0)
        reach = REACH * float(high[1] - low[1]) + 0.12 * float((high - low).max()) + 5
        start, end = low[[0, 2]] - reach, high[[0, 2]] + reach
        place = np.array([*start, *(ACROSS / (end - start)), scene.floor_mm], np.float64)
        free = np.zeros((ACROSS, ACROSS), np.uint32)
        _trace(scene.tree.handle, embree.packet(), embree.valid(), place, _ways(), free)
        _sights[scene] = Sight(free, place)
    return _sights[scene]


def _ways() -> np.ndarray:
    """float32 (SHARES, 3, WAYS): directions above the floor, as likely as their cosine."""
    return np.ascontiguousarray(sampling.lobes(WAYS)[:, [0, 2, 1]])


def _by_byte(weights: np.ndarray) -> np.ndarray:
    """float32 (SHARES, BYTES, 256, 2): light summed over a byte's free ways, bounce over others.

    Both are shares of all the light that a texel and its neighbours could get.
    """
    bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little")
    either = np.stack([bits, 1 - bits]).astype(np.float32)
    grouped = weights.reshape(sampling.SHARES, BYTES, 8, 2) / weights[..., 0].sum(axis=1).mean()
    return np.ascontiguousarray(np.einsum("kvi,sbik->sbvk", either, grouped), np.float32)


def _fade() -> np.ndarray:
    """Lets the shadow run out towards the rim, so that the map's edge never shows."""
    inwards = np.minimum(np.arange(ACROSS), np.arange(ACROSS)[::-1]) / (0.22 * ACROSS)
    fade = np.clip(inwards, 0, 1) ** 2 * (3 - 2 * np.clip(inwards, 0, 1))
    return (fade[:, None] * fade[None, :]).astype(np.float32)


@compiled
def _weigh(ways, lamps, sky, ambient, key_power, luminance, weights):
    """The light that comes along each way, and what a white face turned against it throws back."""
    for own in range(len(ways)):
        for way in range(WAYS):
            x, y, z = ways[own, 0, way], ways[own, 1, way], ways[own, 2, way]
            shining = radiance(lamps, sky, x, y, z, 0.0)
            key = facing(lamps, -x, -y, -z)
            light = back = 0.0
            for channel in range(3):
                light += luminance[channel] * shining[channel]
                around = irradiance(ambient, -x, -y, -z, channel)
                back += luminance[channel] * (around + key * key_power[channel])
            weights[own, way, 0] = light
            weights[own, way, 1] = AGAIN * back


@compiled
def _trace(handle, packet, valid, place, ways, free):
    packet[:] = 0
    packet.view(np.int32)[9] = -1
    packet[1] = place[4] - 0.05
    for row in range(ACROSS):
        packet[2] = place[1] + (row + 0.5) / place[3]
        for column in range(ACROSS):
            own = (row % 4) * 4 + column % 4
            packet[0] = place[0] + (column + 0.5) / place[2]
            bits = np.uint32(0)
            for half in range(0, WAYS, embree.PACKET):
                packet[4:7] = ways[own, :, half : half + embree.PACKET]
                packet[8] = FAR_MM
                occluded16(valid.ctypes.data, handle, packet.ctypes.data, 0)
                for ray in range(embree.PACKET):
                    if packet[8, ray] >= 0:
                        bits |= np.uint32(1) << np.uint32(half + ray)
            free[row, column] = bits


@compiled
def _look_up(free, table, values, bounce):
    for row in range(ACROSS):
        for column in range(ACROSS):
            own = table[(row % 4) * 4 + column % 4]
            bits = free[row, column]
            light = back = np.float32(0)
            for byte in range(BYTES):
                found = own[byte, (bits >> np.uint32(8 * byte)) & np.uint32(255)]
                light += found[0]
                back += found[1]
            values[row, column], bounce[row, column] = light, back


@compiled
def _blurred(values, shares):
    """A symmetric kernel run along both axes; beyond the rim the rim's own values go on."""
    half, last = len(shares) // 2, len(values) - 1
    down, both = np.zeros_like(values), np.zeros_like(values)
    for row in range(len(values)):
        for offset in range(-half, half + 1):
            from_row, share = min(max(row + offset, 0), last), shares[half + offset]
            for column in range(last + 1):
                down[row, column] += share * values[from_row, column]
        for offset in range(-half, half + 1):
            share = shares[half + offset]
            low, high = max(0, -offset), min(last, last - offset)
            for column in range(low, high + 1):
                both[row, column] += share * down[row, column + offset]
            for column in range(low):
                both[row, column] += share * down[row, 0]
            for column in range(high + 1, last + 1):
                both[row, column] += share * down[row, last]
    return both


@compiled
def floor_at(values, place, x, z):
    """The map at a place on the floor; 1 outside it, where no shadow falls."""
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
