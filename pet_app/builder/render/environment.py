"""The studio as a picture of all directions, for viewers that take their light from one."""

import numpy as np

from pet_app.builder.render.light import Studio, arriving_from, light

MANTISSA = 256.0


def equirectangular(studio: Studio, turn_deg: float, height: int) -> np.ndarray:
    """float64 (height, 2 * height, 3): the radiance from everywhere, the zenith in the first row.

    Columns go round as three.js has them: the middle one looks along +x, and z grows to the right.
    """
    tilt = np.pi * (0.5 - (np.arange(height) + 0.5) / height)[:, None]
    turn = np.pi * ((np.arange(2 * height) + 0.5) / height - 1)[None, :]
    flat = np.cos(tilt)
    sides = (flat * np.cos(turn), np.sin(tilt) + 0 * turn, flat * np.sin(turn))
    set_up = light(studio, turn_deg)
    directions = np.stack(sides, axis=-1).reshape(-1, 3)
    return arriving_from(set_up.lamps, set_up.sky, directions).reshape(height, 2 * height, 3)


def hdr(image: np.ndarray) -> bytes:
    """A picture (h, w, 3) of radiance as a Radiance file, without run lengths (Ward, RGBE)."""
    height, width, _ = image.shape
    most = np.maximum(image.max(axis=2), 1e-9)
    exponent = np.floor(np.log2(most)) + 1
    scale = MANTISSA / np.exp2(exponent)
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[..., :3] = np.clip(image * scale[..., None], 0, 255)
    pixels[..., 3] = exponent + 128
    head = f"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y {height} +X {width}\n"
    return head.encode() + pixels.tobytes()
