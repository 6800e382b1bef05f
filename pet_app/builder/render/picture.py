"""Pictures: a model in a look, seen by a camera in the studio."""

from collections.abc import Callable, Sequence

import numpy as np

from pet_app.builder.design import Design, Look
from pet_app.builder.geometry.build import build
from pet_app.builder.geometry.mesh import Model
from pet_app.builder.render import room
from pet_app.builder.render.cache import kept
from pet_app.builder.render.camera import CAMERAS, Camera
from pet_app.builder.render.develop import develop
from pet_app.builder.render.expose import Exposure, expose
from pet_app.builder.render.frame import Frame, frame
from pet_app.builder.render.light import STUDIO, Studio
from pet_app.builder.render.material import Materials, materials
from pet_app.builder.render.pose import posed
from pet_app.builder.render.scene import SLOTS, Scene, scene
from pet_app.builder.studios import USUAL, light_sets
from pet_app.core import offload
from pet_app.core.errors import Invalid

SIZES = range(16, 2049)
PAPER = light_sets()[USUAL].paper
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
    _check(size)
    taken = frame(scene(model), camera or Camera(), size, studio)
    worn = materials(look)
    return develop(expose(taken, worn), worn, background)


def photograph(
    design: Design,
    size: int = 800,
    background: tuple[int, int, int] | None = PAPER,
    camera: Camera | None = None,
    studio: Studio | None = None,
) -> np.ndarray:
    """The picture of a design in its kind's pose, from its kind's camera unless told otherwise."""
    return take(
        *(design.geometry_key(), lambda: posed(build(design), design.kind), SLOTS),
        *(materials(design.look, design.options), camera or CAMERAS[design.kind], size),
        *(studio or STUDIO, background),
    )


def take(
    key: str,
    shape: Callable[[], Model],
    slots: Sequence[str],
    worn: Materials,
    camera: Camera,
    size: int,
    studio: Studio,
    background: tuple[int, int, int] | None,
) -> np.ndarray:
    """A picture of the model that `key` names, from what is kept of it; `shape` makes it anew.

    Reports `shaping`, `lighting`, `shading` and `saving` through `offload.progress`.
    """
    _check(size)
    view = (key, tuple(slots), camera, size, studio)

    another = False

    def laid_out() -> Scene:
        nonlocal another
        another = True
        kept.make_room()
        return scene(shape(), slots)

    def looked_at() -> Frame:
        built = kept.of(("scene", key, tuple(slots)), laid_out)
        offload.progress("lighting")
        return frame(built, camera, size, studio)

    def exposed() -> Exposure:
        taken = kept.of(("frame", *view), looked_at)
        offload.progress("shading")
        return expose(taken, worn)

    offload.progress("shaping")
    pixels = develop(kept.of(("exposure", *view, worn.key), exposed), worn, background)
    offload.progress("saving")
    if another:
        # What was dropped for it, and what its first look took, lies all over the memory.
        room.give_back()
    return pixels


def _check(size: int) -> None:
    if size not in SIZES:
        raise Invalid(f"A picture is {SIZES[0]} to {SIZES[-1]} pixels wide.")
