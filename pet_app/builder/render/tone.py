"""From light to screen: the Khronos PBR Neutral tone map, and sRGB.

The tone map leaves colours alone up to 0.8 and rolls brighter ones off towards white, so that a
product keeps its colour: https://github.com/KhronosGroup/ToneMapping.
"""

import numpy as np

from pet_app.builder.render.compiled import compiled

GLOSS = 0.016
"""What the studio adds to a matt colour by reflection, and the tone map takes off again. Khronos
assumes 0.04, the gloss of plastic in a white room; ours is darker where a strap mirrors it."""

COMPRESS_FROM = 0.8 - GLOSS
DESATURATION = 0.15

STEPS = (1 << 12) - 1

_ZERO, _ONE = np.float32(0), np.float32(1)
_GLOSS, _TWICE, _QUARTER = (np.float32(v) for v in (GLOSS, 2 * GLOSS, 1 / (4 * GLOSS)))
_FROM, _ROOM = np.float32(COMPRESS_FROM), np.float32(1 - COMPRESS_FROM)
_WHITER = np.float32(DESATURATION)


@compiled
def neutral(red, green, blue):
    """Tone-map one colour, in float32; the result is linear, from 0 to 1."""
    low = max(min(red, green, blue), _ZERO)
    offset = low - low * low * _QUARTER if low < _TWICE else _GLOSS
    red, green, blue = red - offset, green - offset, blue - offset
    peak = max(red, green, blue)
    over = max(peak, _FROM)
    new = _ONE - _ROOM * _ROOM / (over + _ROOM - _FROM)
    white = _ONE - _ONE / (_WHITER * (over - new) + _ONE)
    scale = new / over * (_ONE - white)
    lift = new * white
    if peak < _FROM:
        scale, lift = _ONE, _ZERO
    return red * scale + lift, green * scale + lift, blue * scale + lift


def neutral_picture(light: np.ndarray) -> np.ndarray:
    """float32 (h, w, 3): a whole picture's radiance tone-mapped."""
    mapped = np.empty(light.shape, np.float32)
    _map(np.ascontiguousarray(light, np.float32).reshape(-1, 3), mapped.reshape(-1, 3))
    return mapped


@compiled
def _map(light, mapped):
    for place in range(len(light)):
        red, green, blue = neutral(light[place, 0], light[place, 1], light[place, 2])
        mapped[place, 0], mapped[place, 1], mapped[place, 2] = red, green, blue


def linear(colour: tuple[int, int, int]) -> np.ndarray:
    """float64 (3,): an sRGB colour from 0 to 255 as linear light from 0 to 1."""
    part = np.array(colour) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def _table() -> np.ndarray:
    light = np.linspace(0, 1, STEPS + 1)
    value = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return (value * 255).astype(np.float32)


SRGB = _table()
"""float32 (STEPS + 1,): sRGB, from 0 to 255, of linear light from 0 to 1."""

WHOLE_SRGB = (SRGB + np.float32(0.5)).astype(np.uint8)
"""uint8 (STEPS + 1,): the same as pixels have it."""
