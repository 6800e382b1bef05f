"""Pictures: a model in a look, seen by a camera in the studio."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pet_app.builder.design import Design, Look
from pet_app.builder.geometry.build import build
from pet_app.builder.geometry.mesh import Model
from pet_app.builder.reading import parse
from pet_app.builder.render.camera import CAMERAS, Camera
from pet_app.builder.render.develop import develop
from pet_app.builder.render.encode import webps
from pet_app.builder.render.expose import Exposure, expose
from pet_app.builder.render.frame import frame
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
"""Exposures kept for recolouring; each takes about 15 MB."""

_kept: dict[tuple[str, int, Camera, Studio], Exposure] = {}


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
    worn = materials(look)
    return develop(expose(taken, worn), worn, background)


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
    kept = _kept.get(key)
    taken = kept.frame if kept else None
    if taken is None:
        built = scene(posed(build(design), design.kind))
        offload.progress("lighting")
        taken = frame(built, camera, size, studio)
    offload.progress("shading")
    worn = materials(design.look, design.options)
    if kept is None or kept.key != worn.key:
        kept = _kept[key] = expose(taken, worn)
    while len(_kept) > KEPT_FRAMES:
        del _kept[next(iter(_kept))]
    pixels = develop(kept, worn, background)
    offload.progress("saving")
    return pixels
