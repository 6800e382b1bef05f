"""Photographs customers send: looked at, judged and drawn afresh, in a child process."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from pet_app.core.errors import Invalid, TooLarge
from pet_app.order.photo_limits import LARGEST_BYTES, NOT_ONE, SIDE_PX

FORMATS = ("JPEG", "PNG", "WEBP")
STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
MOST_PIXELS = 20_000_000
LEAST_PX = 64
QUALITY = 82
TOO_LARGE = "This photograph is too large. Send a smaller one."
TOO_SMALL = "There is too little to be seen on this picture. Send a larger one."


def afresh(data: bytes) -> bytes:
    """The same photograph as a WebP of ours, upright, at most 1600 px a side, with nothing of the
    file that came: no place, no camera, no second meaning.

    Raises `Invalid` for what is no photograph, `TooLarge` for one with too many bytes or pixels.
    """
    if len(data) > LARGEST_BYTES:
        raise TooLarge(TOO_LARGE)
    if not data.startswith(STARTS):
        raise Invalid(NOT_ONE, {"photo": NOT_ONE})
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a file that unfolds into gigabytes.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn(data)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise TooLarge(TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Invalid(NOT_ONE, {"photo": NOT_ONE}) from error


def _drawn(data: bytes) -> bytes:
    with Image.open(BytesIO(data), formats=FORMATS) as found:
        width, height = found.size
        if width * height > MOST_PIXELS:
            raise TooLarge(TOO_LARGE)
        if min(width, height) < LEAST_PX:
            raise Invalid(TOO_SMALL, {"photo": TOO_SMALL})
        # JPEG is read at a fraction of its size where that is enough.
        found.draft("RGB", (SIDE_PX, SIDE_PX))
        upright = ImageOps.exif_transpose(found).convert("RGB")
    upright.thumbnail((SIDE_PX, SIDE_PX))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    with BytesIO() as file:
        bare.save(file, "WEBP", quality=QUALITY, method=4)
        return file.getvalue()
