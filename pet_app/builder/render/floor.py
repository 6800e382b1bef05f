"""The floor: how much light reaches it round the piece, and how much the piece throws on it.

What a place on the floor sees of the piece does not depend on the light. It is traced once per
scene and kept as one bit per direction, and as the patch met where one is in the way; lamps set up
anew only weigh those again.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from weakref import WeakKeyDictionary

import numpy as np

from pet_app.builder.render import embree, room, sampling
from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.embree import intersect16, occluded16
from pet_app.builder.render.ground import ACROSS, Floor, place_of
from pet_app.builder.render.light import LUMINANCE, Light, radiance
from pet_app.builder.render.packet import FACE, FAR, FAR_MM, MESH
from pet_app.builder.render.patches import patches, thrown
from pet_app.builder.render.scene import Scene

WAYS = embree.PACKET
"""Directions seen from each texel: one bit each, one packet."""

FINE = 256
"""Directions for each of a texel's ways at which its light is looked at."""

STEP = 2
"""Far from the piece only every second texel is traced along each axis."""

NEAR = 40.0
"""What is nearer than so many texels has its shadow traced at every texel."""

SIDE, NEXT, MIDDLE = (np.float32(share) for share in (0.125, 0.25, 0.25))
"""Averages over the neighbours that share one set of directions."""

CLEAR_MM = 0.3
"""Texels stand apart when something is between them at this height."""

_sights: "WeakKeyDictionary[Scene, Sight]" = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Sight:
    """What the floor sees of the piece.

    free: uint16 (ACROSS, ACROSS), a bit for each free way; 0 beneath the piece, and where nothing
    was traced. first: int32 (ACROSS, ACROSS), where a texel's hits begin. met: int32 (hits,), the
    patch that each way meets that is not free. joined: uint8 (2, ACROSS, ACROSS), whether nothing
    stands between a texel and the next one along z, and along x. known: float32 (ACROSS, ACROSS),
    1 over the share of a texel's neighbours that have anything to tell, 0 where there are none.
    body: bool (patches,), whether a patch is of the first slot.
    """

    free: np.ndarray
    first: np.ndarray
    met: np.ndarray
    joined: np.ndarray
    known: np.ndarray
    body: np.ndarray
    place: np.ndarray


def floor(scene: Scene, light: Light) -> Floor:
    """Weigh what the floor sees by the light that comes from there."""
    seen = sight(scene)
    table, whole = _by_byte(light)
    values = np.empty((ACROSS, ACROSS), np.float32)
    bounce = np.empty((2, ACROSS, ACROSS), np.float32)
    fade = _fade()
    _look_up(seen.free, table, values)
    values = 1 - (1 - _evened(values, seen)) * fade
    back = thrown(patches(scene, seen.place), light, Floor(values, bounce, seen.place))
    _gather(seen.free, seen.first, seen.met, back / np.float32(WAYS * whole), seen.body, bounce)
    for part in bounce:
        part[:] = _evened(part, seen) * fade
    return Floor(values, bounce, seen.place)


def sight(scene: Scene) -> Sight:
    """What the floor sees of the piece, traced when it is first asked for."""
    if scene not in _sights:
        place = place_of(scene)
        known = patches(scene, place)
        free = np.zeros((ACROSS, ACROSS), np.uint16)
        first = np.zeros((ACROSS, ACROSS), np.int32)
        met = room.of("floor.met", (ACROSS * ACROSS * WAYS,), np.int32)
        packet = embree.packet()
        tools = scene.tree.handle, packet, packet.view(np.int32), embree.valid()
        count = _trace(*tools, place, _ways(), known.of, free, first, met)
        joined = np.zeros((2, ACROSS, ACROSS), np.uint8)
        _join(*tools, place, joined)
        told = _spread((free != 0).astype(np.float32), joined)
        body = np.zeros(int(known.of.max()) + 1, np.bool_)
        body[known.of] = scene.slots[scene.parts] == 0
        share = np.where(told > 0, 1 / np.maximum(told, 1e-6), 0).astype(np.float32)
        _sights[scene] = Sight(free, first, met[:count].copy(), joined, share, body, place)
    return _sights[scene]


def _ways() -> np.ndarray:
    """float32 (SHARES, 3, WAYS): directions above the floor, as likely as their cosine."""
    return np.ascontiguousarray(sampling.lobes(WAYS)[:, [0, 2, 1]])


@cache
def _around() -> tuple[np.ndarray, np.ndarray]:
    """Many directions, float32 (n, 3), and the nearest of all ways to each, int64 (n,)."""
    ways = np.moveaxis(_ways(), 1, 2).reshape(-1, 3)
    many = np.moveaxis(sampling.lobes(FINE)[:, [0, 2, 1]], 1, 2).reshape(-1, 3)
    return many, np.argmax(many @ ways.T, axis=1)


@lru_cache(maxsize=16)
def _by_byte(light: Light) -> tuple[np.ndarray, float]:
    """The share of light that comes along a byte's free ways, and the light on the open floor.

    The first is float32 (SHARES, 2, 256), the second irradiance over π. A way stands for all
    directions that are nearer to it than to any other.
    """
    many, nearest = _around()
    shining = np.empty(len(many), np.float32)
    _shine(many, light.lamps, light.sky, LUMINANCE, shining)
    weights = np.bincount(nearest, shining, sampling.SHARES * WAYS).reshape(sampling.SHARES, 2, 8)
    weights /= weights.sum(axis=(1, 2), keepdims=True)
    bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little")
    return (weights @ bits.T).astype(np.float32), float(shining.mean())


@cache
def _fade() -> np.ndarray:
    """Lets the shadow run out towards the rim, so that the map's edge never shows."""
    inwards = np.minimum(np.arange(ACROSS), np.arange(ACROSS)[::-1]) / (0.22 * ACROSS)
    fade = np.clip(inwards, 0, 1) ** 2 * (3 - 2 * np.clip(inwards, 0, 1))
    return (fade[:, None] * fade[None, :]).astype(np.float32)


@compiled
def _shine(ways, lamps, sky, luminance, shining):
    for way in range(len(ways)):
        red, green, blue = radiance(lamps, sky, ways[way, 0], ways[way, 1], ways[way, 2], 0.0)
        shining[way] = luminance[0] * red + luminance[1] * green + luminance[2] * blue


@compiled
def _trace(handle, packet, numbers, valid, place, ways, patch_of, free, first, met):
    """First every STEP-th texel, then all those with something near; returns how much they met."""
    packet[:] = 0
    numbers[9] = -1
    packet[1] = place[4] - 0.05
    nearest = np.full(free.shape, np.float32(FAR_MM), np.float32)
    near = np.float32(NEAR / min(place[2], place[3]))
    count = 0
    for again in range(2):
        for row in range(ACROSS):
            packet[2] = place[1] + (row + 0.5) / place[3]
            for column in range(ACROSS):
                coarse = row % STEP == 0 and column % STEP == 0
                if coarse == (again == 1):
                    continue
                top, left = row - row % STEP, column - column % STEP
                low, right = min(top + STEP, ACROSS - STEP), min(left + STEP, ACROSS - STEP)
                own = (row % 4) * 4 + column % 4
                if again:
                    about = min(nearest[top, left], nearest[top, right])
                    if min(about, nearest[low, left], nearest[low, right]) > near:
                        continue
                packet[0] = place[0] + (column + 0.5) / place[2]
                packet[4:7] = ways[own]
                packet[FAR] = np.float32(FAR_MM)
                numbers[MESH] = -1
                intersect16(valid.ctypes.data, handle, packet.ctypes.data, 0)
                bits = np.uint16(0)
                first[row, column] = count
                for ray in range(WAYS):
                    if numbers[MESH, ray] == -1:
                        bits |= np.uint16(1) << np.uint16(ray)
                    else:
                        met[count] = patch_of[numbers[FACE, ray]]
                        count += 1
                        nearest[row, column] = min(nearest[row, column], packet[FAR, ray])
                free[row, column] = bits
    return count


@compiled
def _join(handle, packet, numbers, valid, place, joined):
    """Look from each texel along the floor to the next ones."""
    packet[:] = 0
    numbers[9] = -1
    packet[1] = place[4] + CLEAR_MM
    for ray in range(embree.PACKET):
        packet[4 + 2 * (ray % 2), ray] = 1
    packet[4, 0::2], packet[4, 1::2] = 0, 1
    packet[6, 0::2], packet[6, 1::2] = 1, 0
    half = embree.PACKET // 2
    for row in range(ACROSS):
        packet[2] = place[1] + (row + 0.5) / place[3]
        for column in range(0, ACROSS, half):
            for ray in range(embree.PACKET):
                packet[0, ray] = place[0] + (column + ray // 2 + 0.5) / place[2]
                packet[FAR, ray] = 1 / place[2 + (ray + 1) % 2]
            occluded16(valid.ctypes.data, handle, packet.ctypes.data, 0)
            for ray in range(embree.PACKET):
                joined[ray % 2, row, column + ray // 2] = packet[FAR, ray] >= 0
    joined[0, ACROSS - 1] = 0
    joined[1, :, ACROSS - 1] = 0


@compiled
def _look_up(free, table, values):
    for row in range(ACROSS):
        for column in range(ACROSS):
            own, bits = (row % 4) * 4 + column % 4, free[row, column]
            values[row, column] = table[own, 0, bits & 255] + table[own, 1, bits >> 8]


@compiled
def _gather(free, first, met, back, body, bounce):
    """What is thrown along the ways that are not free, by the body and by all others."""
    bounce[:] = 0
    for row in range(ACROSS):
        for column in range(ACROSS):
            start, hidden = first[row, column], ~free[row, column] & 0xFFFF
            if free[row, column] == 0:
                continue
            while hidden:
                hidden &= hidden - 1
                patch = met[start]
                bounce[0 if body[patch] else 1, row, column] += back[patch, 0]
                start += 1


def _evened(values: np.ndarray, seen: Sight) -> np.ndarray:
    """Averages over neighbours that see each other; those beneath the piece learn from others."""
    evened = _spread(values, seen.joined) * seen.known
    _fill(evened, seen.known)
    return evened


@streaming
def _spread(values, joined):
    """A symmetric kernel run along both axes, only as far as nothing stands in between."""
    down, both = np.empty_like(values), np.empty_like(values)
    last = len(values) - 1
    below, beside = joined[0], joined[1]
    for row in range(last + 1):
        a, b = min(row + 1, last), min(row + 2, last)
        c, d = max(row - 1, 0), max(row - 2, 0)
        for column in range(last + 1):
            one = np.float32(below[row, column])
            two = one * np.float32(below[a, column])
            back = np.float32(below[c, column]) if row > 0 else np.float32(0)
            further = back * np.float32(below[d, column]) if row > 1 else np.float32(0)
            down[row, column] = (
                MIDDLE * values[row, column]
                + NEXT * (one * values[a, column] + back * values[c, column])
                + SIDE * (two * values[b, column] + further * values[d, column])
            )
        both[row] = MIDDLE * down[row]
        for column in range(last):
            link = NEXT * np.float32(beside[row, column])
            both[row, column] += link * down[row, column + 1]
            both[row, column + 1] += link * down[row, column]
        for column in range(last - 1):
            link = SIDE * np.float32(beside[row, column]) * np.float32(beside[row, column + 1])
            both[row, column] += link * down[row, column + 2]
            both[row, column + 2] += link * down[row, column]
    return both


@compiled
def _fill(values, known):
    """Beneath the piece: the mean of those texels beside it that know something."""
    for row in range(1, ACROSS - 1):
        for column in range(1, ACROSS - 1):
            if known[row, column] > 0:
                continue
            total = count = np.float32(0)
            for down in range(-1, 2):
                for right in range(-1, 2):
                    if known[row + down, column + right] > 0:
                        total += values[row + down, column + right]
                        count += 1
            values[row, column] = total / max(count, np.float32(1))
