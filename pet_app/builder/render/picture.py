"""Pictures: a model in a look, seen by a camera in the studio."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pet_app.builder.design import Design, Look
from pet_app.builder.geometry.build import build
from pet_app.builder.geometry.mesh import Model
from pet_app.builder.reading import parse
from pet_app.builder.render.camera import CAMERAS, Camera
from pet_app.builder.render.encode import webps
from pet_app.builder.render.frame import Frame, develop, frame
from pet_app.builder.render.light import STUDIO, Studio
from pet_app.builder.render.material import materials
from pet_app.builder.render.pose import posed
from pet_app.builder.render.scene import scene
from pet_app.core import offload
from pet_app.core.errors import Invalid

SIZES = range(16, 2049)
PAPER = (247, 244, 238)
"""The warm off-white that product pictures stand on."""

KEPT_FRAMES = 3
"""Frames kept for recolouring; each takes about 15 MB."""

_kept: dict[tuple[str, int, Camera, Studio], Frame] = {}


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
    return develop(taken, materials(look), background)


def pictures(design: Mapping[str, Any], sizes: Sequence[int]) -> tuple[bytes, ...]:
    """The product picture of a design written as plain values, as WebP files of several sizes.

    It is rendered once, in the largest. Reports `shaping`, `lighting`, `shading` and `saving`
    through `offload.progress`. Raises Invalid when the values are no design.
    """
    return webps(photograph(parse(design), max(sizes)), sizes)


def photograph(
    design: Design,
    size: int = 800,
    background: tuple[int, int, int] | None = PAPER,
    camera: Camera | None = None,
    studio: Studio | None = None,
) -> np.ndarray:
    """The picture of a design in its kind's pose, from its kind's camera unless told otherwise."""
    offload.progress("shaping")
    camera, studio = camera or CAMERAS[design.kind], studio or STUDIO
    key = (design.geometry_key(), size, camera, studio)
    taken = _kept.get(key)
    if taken is None:
        built = scene(posed(build(design), design.kind))
        offload.progress("lighting")
        taken = frame(built, camera, size, studio)
        _kept[key] = taken
        while len(_kept) > KEPT_FRAMES:
            del _kept[next(iter(_kept))]
    offload.progress("shading")
    pixels = develop(taken, materials(design.look, design.options), background)
    offload.progress("saving")
    return pixels
