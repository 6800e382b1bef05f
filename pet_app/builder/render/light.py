"""The studio: softboxes round a light sweep, in closed form.

Light is radiance, scaled so that a matt surface turned to the camera gets about 1: then a strap's
colour in the picture is its colour in the palette. A softbox is a rectangle on the plane that
touches the sphere of directions, with a soft rim.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from math import cos, exp, pi, radians, sin, sqrt

import numpy as np

from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.harmonics import harmonics, turned
from pet_app.builder.render.vector import dot
from pet_app.builder.studios import USUAL, Softbox, Studio, light_sets

TOWARDS, ACROSS, UP, HALF, RADIANCE = 0, 3, 6, 9, 11
LAMP_COLUMNS = 14
ZENITH, HORIZON, FLOOR = 0, 1, 2

STEPS = 96
"""Rows of directions over which irradiance is summed."""

SOFT = 0.07
"""The width of a softbox's rim, in the units of its size."""

SOFTENED = 0.9
"""The share of the key lamp's width over which its cosine is softened."""

HAZE = 0.03
"""How far above the horizon the floor goes over into the sky."""

REST, KEY = 0, 1

GLOW = 48
"""Cells along each side of the map of directions."""

TALL, ROUND = 96, 384
"""Steps from the horizon up and all round in which a studio's brightness is kept."""

BELOW = -1.0
"""The height of directions below the horizon in those steps."""

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


STUDIO = light_sets()[USUAL].studio
"""What everything is pictured in that is not asked for otherwise."""

NO_LAMP = Softbox(0, 90, 0.5, 0.5, (0.0, 0.0, 0.0))
FURNACE = Studio(NO_LAMP, (), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0))
"""The same light from everywhere: a white matt body must vanish in it."""


@dataclass(frozen=True, eq=False)
class Light:
    """A studio set up round a camera, as arrays.

    studio, turn_deg: what it was set up from. lamps: float64 (l, LAMP_COLUMNS), the key first. sky:
    float64 (3, 3), zenith, horizon and floor. ambient: float64 (9, 3), irradiance over π without
    the key, as spherical harmonics of the normal. key_power: float64 (3,), the key's irradiance
    over π on a surface that faces it. glow: float32 (GLOW², 2), how bright it is in a direction, by
    `glow_cell`: REST is the studio without its key, KEY the key alone.
    """

    studio: Studio
    turn_deg: float
    lamps: np.ndarray
    sky: np.ndarray
    ambient: np.ndarray
    key_power: np.ndarray
    glow: np.ndarray

    @property
    def below(self) -> float:
        """How bright the open floor is."""
        return float(self.sky[FLOOR] @ LUMINANCE)


@dataclass(frozen=True, eq=False)
class _Still:
    """A studio before it is turned: as `Light` has it, and how bright it is round about.

    around: float32 (TALL + 1, ROUND + 1, 2), REST and KEY, from the horizon up, once round. below:
    the same for all below the horizon.
    """

    lamps: np.ndarray
    sky: np.ndarray
    ambient: np.ndarray
    key_power: np.ndarray
    around: np.ndarray
    below: np.ndarray


@lru_cache(maxsize=64)
def light(studio: Studio, turn_deg: float) -> Light:
    """Set the studio up for a camera turned by `turn_deg`."""
    still = _still(studio)
    turn = radians(turn_deg)
    around = np.array([[cos(turn), 0, -sin(turn)], [0, 1, 0], [sin(turn), 0, cos(turn)]])
    lamps = still.lamps.copy()
    lamps[:, :HALF] = (lamps[:, :HALF].reshape(-1, 3, 3) @ around).reshape(-1, HALF)
    glow = shining(studio, turn_deg, _cells())
    ambient = turned(still.ambient, turn)
    return Light(studio, turn_deg, lamps, still.sky, ambient, still.key_power, glow)


def shining(studio: Studio, turn_deg: float, ways: np.ndarray) -> np.ndarray:
    """float32 (n, 2): how bright the turned studio is in the directions `ways`, see `looked_up`."""
    still, found = _still(studio), np.empty((len(ways), 2), np.float32)
    turn = np.float32(turn_deg / 360 % 1 * ROUND)
    _look_round(still.around, still.below, ways, turn, found)
    return found


def looked_up(directions: np.ndarray) -> np.ndarray:
    """float32 (n, 2): where directions (n, 3) lie in what is kept of a studio, for `shining`."""
    x, y, z = directions.T
    height = np.where(y < 0, BELOW, np.arcsin(np.clip(y, 0, 1)) * (2 * TALL / pi))
    return np.stack([height, np.arctan2(x, z) * (ROUND / (2 * pi))], axis=1).astype(np.float32)


@lru_cache(maxsize=8)
def _still(studio: Studio) -> _Still:
    lamps = np.array([_lamp(box) for box in (studio.key, *studio.others)])
    sky = np.array([studio.zenith, studio.horizon, studio.floor])
    height, turn = np.meshgrid(
        np.arange(TALL + 1) * (pi / 2 / TALL),
        np.arange(ROUND + 1) * (2 * pi / ROUND),
        indexing="ij",
    )
    flat = np.cos(height)
    ways = np.stack([flat * np.sin(turn), np.sin(height), flat * np.cos(turn)], axis=-1)
    ways = ways.reshape(-1, 3)
    rest = arriving_from(_without_key(lamps), sky, ways) @ LUMINANCE
    key = arriving_from(lamps[:1], np.zeros((3, 3)), ways) @ LUMINANCE
    around = np.stack([rest, key], axis=1).astype(np.float32).reshape(TALL + 1, ROUND + 1, 2)
    below = np.array([sky[FLOOR] @ LUMINANCE, 0], np.float32)
    return _Still(lamps, sky, *_power(lamps, sky), around, below)


def _power(lamps: np.ndarray, sky: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`Light.ambient` and `key_power`, summed over all directions."""
    directions, areas = _sphere()
    arriving = arriving_from(_without_key(lamps), sky, directions)
    ambient = harmonics(directions).T @ (arriving * areas[:, None])
    # Cosine lobe over π, band by band: 1, 2/3, 1/4.
    ambient *= np.array([1] + [2 / 3] * 3 + [1 / 4] * 5)[:, None]
    key = arriving_from(lamps[:1], np.zeros((3, 3)), directions)
    towards = np.maximum(directions @ lamps[0, TOWARDS : TOWARDS + 3], 0)
    return ambient, (towards * areas) @ key / pi


@cache
def _cells() -> np.ndarray:
    """float32 (GLOW², 2): the cells that `glow_cell` names, see `looked_up`."""
    at = (np.arange(GLOW) + 0.5) * 2 / GLOW - 1
    down, across = np.meshgrid(at, at, indexing="ij")
    return looked_up(folded(across.ravel(), down.ravel()))


def folded(across: np.ndarray, down: np.ndarray) -> np.ndarray:
    """float64 (n, 3): the directions that lie at places of `unfolded`'s square."""
    y = 1 - np.abs(across) - np.abs(down)
    below = y < 0
    x = np.where(below, (1 - np.abs(down)) * np.sign(across), across)
    z = np.where(below, (1 - np.abs(across)) * np.sign(down), down)
    directions = np.stack([x, y, z], axis=-1)
    return directions / np.linalg.norm(directions, axis=-1, keepdims=True)


def _without_key(lamps: np.ndarray) -> np.ndarray:
    dark = lamps.copy()
    dark[0, RADIANCE:] = 0
    return dark


def _lamp(box: Softbox) -> list[float]:
    turn, height = radians(box.turn_deg), radians(box.height_deg)
    towards = (sin(turn) * cos(height), sin(height), cos(turn) * cos(height))
    across = (cos(turn), 0.0, -sin(turn))
    up = (-sin(turn) * sin(height), cos(height), -cos(turn) * sin(height))
    return [*towards, *across, *up, box.width / 2, box.tall / 2, *box.radiance]


def _sphere() -> tuple[np.ndarray, np.ndarray]:
    """Directions (n, 3) over the whole sphere and the solid angle of each (n,)."""
    y = 1 - (np.arange(STEPS) + 0.5) * 2 / STEPS
    turn = (np.arange(2 * STEPS) + 0.5) * np.pi / STEPS
    y, turn = (grid.ravel() for grid in np.meshgrid(y, turn, indexing="ij"))
    flat = np.sqrt(1 - y * y)
    directions = np.stack([flat * np.sin(turn), y, flat * np.cos(turn)], axis=1)
    return directions, np.full(len(y), 4 * np.pi / len(y))


@compiled
def _step(x):
    """0 below -1, 1 above 1, smooth between."""
    t = min(max(0.5 + 0.5 * x, 0.0), 1.0)
    return t * t * (3 - 2 * t)


@compiled
def radiance(lamps, sky, x, y, z):
    """What shines from a direction: red, green, blue."""
    above = _step(y / HAZE)
    high = _step(2 * y - 1)
    red, green, blue = 0.0, 0.0, 0.0
    if y < 0:
        # A lamp that reaches below the horizon stands behind the floor.
        return sky[2, 0], sky[2, 1], sky[2, 2]
    for lamp in lamps:
        ahead = dot(x, y, z, lamp[0], lamp[1], lamp[2])
        if ahead <= 0.05:
            continue
        right = dot(x, y, z, lamp[3], lamp[4], lamp[5]) / ahead
        up = dot(x, y, z, lamp[6], lamp[7], lamp[8]) / ahead
        wide, tall = lamp[HALF], lamp[HALF + 1]
        part = _step((right + wide) / SOFT) - _step((right - wide) / SOFT)
        part *= _step((up + tall) / SOFT) - _step((up - tall) / SOFT)
        # A softbox is brightest in its middle.
        part *= 0.72 + 0.4 * exp(-(right * right / (wide * wide) + up * up / (tall * tall)))
        red += part * lamp[RADIANCE]
        green += part * lamp[RADIANCE + 1]
        blue += part * lamp[RADIANCE + 2]
    sky_part, floor_part = above, 1 - above
    return (
        red + sky_part * (sky[1, 0] + high * (sky[0, 0] - sky[1, 0])) + floor_part * sky[2, 0],
        green + sky_part * (sky[1, 1] + high * (sky[0, 1] - sky[1, 1])) + floor_part * sky[2, 1],
        blue + sky_part * (sky[1, 2] + high * (sky[0, 2] - sky[1, 2])) + floor_part * sky[2, 2],
    )


@compiled
def arriving_from(lamps, sky, directions):
    arriving = np.empty_like(directions)
    for place in range(len(directions)):
        x, y, z = directions[place]
        arriving[place] = radiance(lamps, sky, x, y, z)
    return arriving


@compiled
def _look_round(around, below, ways, turn, found):
    """Straight lines between what is kept; turn: how far the studio is turned, in its steps, from 0
    up to once round."""
    rows, line = around.reshape(-1, 2), np.uint64(ROUND + 1)
    none, one, whole = np.float32(0), np.uint64(1), np.float32(ROUND)
    for way in range(np.uint64(len(ways))):
        height, along = max(ways[way, 0], none), ways[way, 1] - turn
        # Ways lie up to half round to either side.
        along += whole if along < none else none
        along += whole if along < none else none
        row = min(np.int32(height), np.int32(TALL - 1))
        column = min(np.int32(along), np.int32(ROUND - 1))
        at = np.uint64(row) * line + np.uint64(column)
        a, b = along - np.float32(column), height - np.float32(row)
        hidden = ways[way, 0] < none
        for part in range(np.uint64(2)):
            low = rows[at, part] + a * (rows[at + one, part] - rows[at, part])
            up = at + line
            high = rows[up, part] + a * (rows[up + one, part] - rows[up, part])
            found[way, part] = below[part] if hidden else low + b * (high - low)


@compiled
def glow_cell(x, y, z):
    """The cell of the map of directions that a direction falls into, rows one after the other."""
    a, b = unfolded(x, y, z)
    column = max(0, min(int((a + 1) * (GLOW / 2)), GLOW - 1))
    row = max(0, min(int((b + 1) * (GLOW / 2)), GLOW - 1))
    return row * GLOW + column


@compiled
def unfolded(x, y, z):
    """Where a direction lies if the sphere is an octahedron unfolded to a square from -1 to 1."""
    scale = 1 / (abs(x) + abs(y) + abs(z))
    a, b = x * scale, z * scale
    if y < 0:
        a, b = (1 - abs(b)) * (1 if a >= 0 else -1), (1 - abs(a)) * (1 if b >= 0 else -1)
    return a, b


@compiled
def facing(lamps, x, y, z):
    """The cosine to the key lamp, softened over the lamp's own width."""
    lamp = lamps[0]
    cosine = dot(x, y, z, lamp[0], lamp[1], lamp[2])
    soft = SOFTENED * sqrt(lamp[HALF] * lamp[HALF + 1])
    if cosine >= soft:
        return cosine
    if cosine <= -soft:
        return 0.0
    return (cosine + soft) * (cosine + soft) / (4 * soft)
