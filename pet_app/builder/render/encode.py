"""Pictures as files."""

from io import BytesIO

import numpy as np
from PIL import Image

QUALITY = 86
METHOD = 2
"""WebP's effort: 2 takes a third of the default's time for a few per cent more bytes."""


def webp(pixels: np.ndarray) -> bytes:
    """A WebP file from uint8 (h, w, 3 or 4)."""
    file = BytesIO()
    Image.fromarray(pixels).save(file, "WEBP", quality=QUALITY, method=METHOD, exact=False)
    return file.getvalue()
