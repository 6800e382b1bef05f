"""Pictures: a model in a look, seen by a camera in the studio."""

import numpy as np

from pet_app.builder.design import Look
from pet_app.builder.geometry.mesh import Model
from pet_app.builder.render.camera import Camera
from pet_app.builder.render.frame import develop, frame
from pet_app.builder.render.light import STUDIO, Studio
from pet_app.builder.render.scene import scene
from pet_app.core.errors import Invalid

SIZES = range(16, 2049)
PAPER = (247, 244, 238)
"""The warm off-white that product pictures stand on."""


def render(
    model: Model,
    look: Look,
    *,
    camera: Camera | None = None,
    size: int = 800,
    background: tuple[int, int, int] | None = PAPER,
    studio: Studio = STUDIO,
) -> np.ndarray:
    """Draw a model: uint8 (size, size, 3) sRGB, or (size, size, 4) when `background` is None.

    With alpha the shadow is part of the picture. The same arguments give the same bytes. Raises
    Invalid for a model that cannot be drawn and for a size outside SIZES.
    """
    if size not in SIZES:
        raise Invalid(f"A picture is {SIZES[0]} to {SIZES[-1]} pixels wide.")
    taken = frame(scene(model), camera or Camera(), size, studio)
    return develop(taken, look, background)
