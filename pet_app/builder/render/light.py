"""The studio: softboxes round a light sweep, in closed form.

Light is radiance, scaled so that a matt surface turned to the camera gets about 1: then a strap's
colour in the picture is its colour in the palette. A softbox is a rectangle on the plane that
touches the sphere of directions, with a soft rim.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, exp, radians, sin, sqrt

import numpy as np

from pet_app.builder.render import sampling
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.sampling import SHARES
from pet_app.builder.render.vector import dot
from pet_app.builder.studios import USUAL, Softbox, Studio, light_sets

TOWARDS, ACROSS, UP, HALF, RADIANCE = 0, 3, 6, 9, 11
LAMP_COLUMNS = 14
ZENITH, HORIZON, FLOOR = 0, 1, 2

STEPS = 96
"""Rows of directions over which irradiance is summed."""

KEY_RAYS = 5
"""Rays to the key in one packet."""

SOFT = 0.07
"""The width of a softbox's rim, in the units of its size."""

HAZE = 0.03
"""How far above the horizon the floor goes over into the sky."""

REST, KEY = 0, 1

GLOW = 48
"""Cells along each side of the map of directions."""

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


STUDIO = light_sets()[USUAL].studio
"""What everything is pictured in that is not asked for otherwise."""

NO_LAMP = Softbox(0, 90, 0.5, 0.5, (0.0, 0.0, 0.0))
FURNACE = Studio(NO_LAMP, (), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0))
"""The same light from everywhere: a white matt body must vanish in it."""


@dataclass(frozen=True, eq=False)
class Light:
    """A studio set up round a camera, as arrays.

    lamps: float64 (l, LAMP_COLUMNS), the key first. sky: float64 (3, 3), zenith, horizon and floor.
    ambient: float64 (9, 3), irradiance over π without the key, as spherical harmonics of the
    normal. key_power: float64 (3,), the key's irradiance over π on a surface that faces it. glow:
    float32 (GLOW², 2), how bright it is in a direction, by `glow_cell`: REST is the studio
    without its key, KEY the key alone. key_rays: float32 (SHARES, KEY_RAYS, 4), directions to the
    key and how much light comes along each.
    """

    lamps: np.ndarray
    sky: np.ndarray
    ambient: np.ndarray
    key_power: np.ndarray
    glow: np.ndarray
    key_rays: np.ndarray


@lru_cache(maxsize=64)
def light(studio: Studio, turn_deg: float) -> Light:
    """Set the studio up for a camera turned by `turn_deg`."""
    lamps = _lamps(studio, turn_deg)
    sky = np.array([studio.zenith, studio.horizon, studio.floor])
    still, power = _power(studio)
    ambient = _turned(still, turn_deg)
    glow = np.empty((GLOW * GLOW, 2), np.float32)
    _fill_glow(
        *(_without_key(lamps), lamps, sky, _octahedron(), LUMINANCE, glow),
    )
    return Light(lamps, sky, ambient, power, glow, _key_rays(lamps[0]))


@lru_cache(maxsize=8)
def _power(studio: Studio) -> tuple[np.ndarray, np.ndarray]:
    """The `ambient` and `key_power` of a studio that is not turned, summed over all directions."""
    lamps = _lamps(studio, 0.0)
    sky = np.array([studio.zenith, studio.horizon, studio.floor])
    directions, areas = _sphere()
    arriving = arriving_from(_without_key(lamps), sky, directions)
    ambient = harmonics(directions).T @ (arriving * areas[:, None])
    # Cosine lobe over π, band by band: 1, 2/3, 1/4.
    ambient *= np.array([1] + [2 / 3] * 3 + [1 / 4] * 5)[:, None]
    key = arriving_from(lamps[:1], np.zeros((3, 3)), directions)
    towards = np.maximum(directions @ lamps[0, TOWARDS : TOWARDS + 3], 0)
    return ambient, (towards * areas) @ key / np.pi


def _turned(ambient: np.ndarray, turn_deg: float) -> np.ndarray:
    """Spherical harmonics turned round the vertical axis: those that agree in many directions."""
    directions = _octahedron()[:: GLOW + 5]
    turn = radians(turn_deg)
    x, y, z = directions.T
    before = np.stack([cos(turn) * x - sin(turn) * z, y, sin(turn) * x + cos(turn) * z], axis=1)
    return np.linalg.lstsq(harmonics(directions), harmonics(before) @ ambient, rcond=None)[0]


def _lamps(studio: Studio, turn_deg: float) -> np.ndarray:
    return np.array([_lamp(box, turn_deg) for box in (studio.key, *studio.others)])


def _without_key(lamps: np.ndarray) -> np.ndarray:
    dark = lamps.copy()
    dark[0, RADIANCE:] = 0
    return dark


def _key_rays(key: np.ndarray) -> np.ndarray:
    """Directions that fill the key and its soft rim, worth what shines along them."""
    points = 2 * sampling.points(KEY_RAYS) - 1
    right = points[..., 0] * (key[HALF] + SOFT)
    up = points[..., 1] * (key[HALF + 1] + SOFT)
    ways = key[0:3] + right[..., None] * key[3:6] + up[..., None] * key[6:9]
    ways /= np.linalg.norm(ways, axis=-1, keepdims=True)
    white = np.concatenate([key[:RADIANCE], np.ones(3)])[None]
    shining = arriving_from(white, np.zeros((3, 3)), ways.reshape(-1, 3))[:, 0]
    # A piece of the plane fills fewer directions the further it lies from where it touches.
    worth = shining.reshape(SHARES, KEY_RAYS) * (ways @ key[0:3]) ** 3
    return np.concatenate([ways, worth[..., None]], axis=-1).astype(np.float32)


def harmonics(directions: np.ndarray) -> np.ndarray:
    """float64 (n, 9): real spherical harmonics of bands 0 to 2, in the order of `irradiance`."""
    x, y, z = directions.T
    return np.stack(
        [
            0.282095 + 0 * x,
            *(0.488603 * y, 0.488603 * z, 0.488603 * x),
            *(1.092548 * x * y, 1.092548 * y * z, 0.315392 * (3 * z * z - 1)),
            *(1.092548 * x * z, 0.546274 * (x * x - y * y)),
        ],
        axis=1,
    )


def _lamp(box: Softbox, turn_deg: float) -> list[float]:
    turn, height = radians(turn_deg + box.turn_deg), radians(box.height_deg)
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


def _octahedron() -> np.ndarray:
    """float64 (GLOW * GLOW, 3): the directions of the cells that `glow_cell` names."""
    at = (np.arange(GLOW) + 0.5) * 2 / GLOW - 1
    z, x = (grid.ravel() for grid in np.meshgrid(at, at, indexing="ij"))
    y = 1 - np.abs(x) - np.abs(z)
    below = y < 0
    folded_x = np.where(below, (1 - np.abs(z)) * np.sign(x), x)
    folded_z = np.where(below, (1 - np.abs(x)) * np.sign(z), z)
    directions = np.stack([folded_x, y, folded_z], axis=1)
    return directions / np.linalg.norm(directions, axis=1, keepdims=True)


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
def _fill_glow(without_key, lamps, sky, directions, luminance, glow):
    for place in range(len(directions)):
        x, y, z = directions[place]
        red, green, blue = radiance(without_key, sky, x, y, z)
        glow[place, REST] = red * luminance[0] + green * luminance[1] + blue * luminance[2]
        red, green, blue = radiance(lamps, sky, x, y, z)
        glow[place, KEY] = red * luminance[0] + green * luminance[1] + blue * luminance[2]
        glow[place, KEY] -= glow[place, REST]


@compiled
def glow_cell(x, y, z):
    """The cell of the map of directions that a direction falls into, rows one after the other."""
    scale = 1 / (abs(x) + abs(y) + abs(z))
    a, b = x * scale, z * scale
    if y < 0:
        a, b = (1 - abs(b)) * (1 if a >= 0 else -1), (1 - abs(a)) * (1 if b >= 0 else -1)
    column = max(0, min(int((a + 1) * (GLOW / 2)), GLOW - 1))
    row = max(0, min(int((b + 1) * (GLOW / 2)), GLOW - 1))
    return row * GLOW + column


@compiled
def irradiance(ambient, x, y, z, channel):
    """What arrives on a surface with that normal, over π and without the key lamp."""
    value = (
        0.282095 * ambient[0, channel]
        + 0.488603 * (y * ambient[1, channel] + z * ambient[2, channel] + x * ambient[3, channel])
        + 1.092548
        * (x * y * ambient[4, channel] + y * z * ambient[5, channel] + x * z * ambient[7, channel])
        + 0.315392 * (3 * z * z - 1) * ambient[6, channel]
        + 0.546274 * (x * x - y * y) * ambient[8, channel]
    )
    return max(value, 0.0)


@compiled
def facing(lamps, x, y, z):
    """The cosine to the key lamp, softened over the lamp's own width."""
    lamp = lamps[0]
    cosine = dot(x, y, z, lamp[0], lamp[1], lamp[2])
    soft = 0.9 * sqrt(lamp[HALF] * lamp[HALF + 1])
    if cosine >= soft:
        return cosine
    if cosine <= -soft:
        return 0.0
    return (cosine + soft) * (cosine + soft) / (4 * soft)
