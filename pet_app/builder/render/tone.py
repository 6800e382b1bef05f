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


@compiled
def neutral(red, green, blue):
    """Tone-map one colour; the result is linear, from 0 to 1."""
    low = min(red, green, blue)
    offset = low - low * low / (4 * GLOSS) if low < 2 * GLOSS else GLOSS
    red, green, blue = red - offset, green - offset, blue - offset
    peak = max(red, green, blue)
    if peak < COMPRESS_FROM:
        return red, green, blue
    room = 1 - COMPRESS_FROM
    new = 1 - room * room / (peak + room - COMPRESS_FROM)
    scale = new / peak
    white = 1 - 1 / (DESATURATION * (peak - new) + 1)
    return (
        red * scale + (new - red * scale) * white,
        green * scale + (new - green * scale) * white,
        blue * scale + (new - blue * scale) * white,
    )


def linear(colour: tuple[int, int, int]) -> np.ndarray:
    """float64 (3,): an sRGB colour from 0 to 255 as linear light from 0 to 1."""
    part = np.array(colour) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def _table() -> np.ndarray:
    light = np.linspace(0, 1, 1 << 14)
    value = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.rint(value * 255).astype(np.uint8)


SRGB = _table()
"""uint8: sRGB of linear light from 0 to 1, in steps fine enough for 8 bits."""
