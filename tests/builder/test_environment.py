"""The studio as a picture of all directions, which lights the live model."""

import numpy as np
import pytest

from pet_app.builder.render.environment import equirectangular, hdr
from pet_app.builder.render.light import FURNACE, STUDIO
from tools import studio_light


def _read(data: bytes) -> np.ndarray:
    """float64 (h, w, 3) of a Radiance file without run lengths."""
    head, _, rest = data.partition(b"\n\n")
    assert head.startswith(b"#?RADIANCE")
    size, _, body = rest.partition(b"\n")
    _, height, _, width = size.split()
    pixels = np.frombuffer(body, np.uint8).reshape(int(height), int(width), 4).astype(float)
    return (pixels[..., :3] + 0.5) / 256 * np.exp2(pixels[..., 3:] - 128)


def test_the_live_model_has_the_light_that_pictures_have():
    kept, fresh = _read(studio_light.FILE.read_bytes()), _read(studio_light.light_file())
    assert kept == pytest.approx(fresh, rel=0.02), "run: python tools/studio_light.py"


def test_a_file_holds_its_radiance():
    image = equirectangular(STUDIO, 0.0, 32)
    assert _read(hdr(image)) == pytest.approx(image, rel=0.02, abs=0.01)


def test_light_from_everywhere_is_the_same_everywhere():
    assert equirectangular(FURNACE, 0.0, 8) == pytest.approx(1.0)


def test_a_turned_studio_is_the_same_picture_moved():
    still, turned = equirectangular(STUDIO, 0.0, 32), equirectangular(STUDIO, 90.0, 32)
    assert turned == pytest.approx(np.roll(still, -16, axis=1), abs=1e-6)


def test_the_key_stands_where_the_camera_has_it():
    image = equirectangular(STUDIO, 30.0, 64)
    row, column = np.unravel_index(image.sum(axis=2).argmax(), image.shape[:2])
    tilt = 90 - (row + 0.5) * 180 / 64
    turn = (90 - ((column + 0.5) * 360 / 128 - 180)) % 360
    assert tilt == pytest.approx(STUDIO.key.height_deg, abs=4)
    assert turn == pytest.approx((30.0 + STUDIO.key.turn_deg) % 360, abs=4)
