"""The picture of a thing: the same studio and the same light as for gear."""

import numpy as np

from pet_app.builder.geometry.mesh import Model, Part
from pet_app.builder.render.camera import Camera
from pet_app.builder.render.light import STUDIO, Studio
from pet_app.builder.render.material import materials_of
from pet_app.builder.render.picture import PAPER, take
from pet_app.builder.things.finish import scale_of, surface_of
from pet_app.builder.things.shape import standing
from pet_app.builder.things.thing import Thing


def photograph(
    thing: Thing,
    size: int = 800,
    background: tuple[int, int, int] | None = PAPER,
    camera: Camera | None = None,
    studio: Studio | None = None,
) -> np.ndarray:
    """uint8 (size, size, 3), with alpha when there is no background: the thing, from its form's
    camera unless told otherwise."""
    parts = thing.made_by.parts
    surfaces = [
        surface_of(thing.finish[part], thing.accent if part == parts[0] else "") for part in parts
    ]
    # A finish decides how large its texture lies on the piece, not only how it looks.
    key = f"{thing.shape_key()} {[scale_of(thing.finish[part]) for part in parts]}"
    return take(
        *(key, lambda: model(thing), parts, materials_of(surfaces, thing.pattern)),
        *(camera or thing.made_by.camera, size, studio or STUDIO, background),
    )


def model(thing: Thing) -> Model:
    """All pieces of a thing as parts whose slot is the name of their finish."""
    parts = []
    for piece in thing.made_by.make(thing.mm):
        solid = standing(piece.solid)
        parts.append(
            Part(
                name=piece.name,
                slot=piece.part,
                vertices=solid.vertices,
                faces=solid.faces,
                normals=solid.normals.astype(np.float32),
                uv=(solid.uv * scale_of(thing.finish[piece.part])).astype(np.float32),
            )
        )
    return Model(thing.shape_key(), tuple(parts))
