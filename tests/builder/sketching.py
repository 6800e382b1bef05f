"""A studio that is quick, since it draws next to nothing."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from PIL import Image

from pet_app.builder.subject import content_key
from pet_app.core import offload
from tests.builder.studio import Files


def sketch(kinds: Sequence[str], data: Mapping[str, Any]) -> Files:
    """A small picture of its own for every content and kind, without the time a render takes."""
    offload.progress("shading")
    file = BytesIO()
    Image.new("RGB", (8, 8), f"#{content_key(data)[:6]}").save(file, "WEBP", lossless=True)
    return tuple((file.getvalue() + kind.encode(), ".webp") for kind in kinds)


def other_sketch(kinds: Sequence[str], data: Mapping[str, Any]) -> Files:
    """What another renderer makes of the same."""
    return tuple((file + b"anew", suffix) for file, suffix in sketch(kinds, data))
