"""Pictures as files."""

from collections.abc import Sequence
from io import BytesIO

import numpy as np
from PIL import Image

LANCZOS = Image.Resampling.LANCZOS
QUALITY = 86
METHOD = 2
"""WebP's effort: 2 takes a third of the default's time for a few per cent more bytes."""

TURNING_QUALITY = 84
TURN_MS = 3000
"""How long a piece takes to turn once round."""


def webps(pixels: np.ndarray, sizes: Sequence[int]) -> tuple[bytes, ...]:
    """A WebP file of a square picture in each size: its own, or smaller ones made from it."""
    drawn = Image.fromarray(pixels)
    return tuple(
        webp(pixels if size == len(pixels) else np.asarray(drawn.resize((size, size), LANCZOS)))
        for size in sizes
    )


def webp(pixels: np.ndarray) -> bytes:
    """A WebP file from uint8 (h, w, 3 or 4)."""
    file = BytesIO()
    Image.fromarray(pixels).save(file, "WEBP", quality=QUALITY, method=METHOD, exact=False)
    return file.getvalue()


def turning(frames: Sequence[np.ndarray]) -> bytes:
    """An animated WebP that goes round for ever, from uint8 (h, w, 3) each."""
    first, *others = (Image.fromarray(frame) for frame in frames)
    file = BytesIO()
    first.save(
        *(file, "WEBP"),
        save_all=True,
        append_images=others,
        duration=TURN_MS // len(frames),
        loop=0,
        quality=TURNING_QUALITY,
        method=METHOD,
    )
    return file.getvalue()
