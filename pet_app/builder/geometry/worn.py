"""A piece on the animal it is made for, as one model."""

from collections.abc import Mapping
from typing import Any

from pet_app.builder.design import Design
from pet_app.builder.geometry.animal import animal_parts
from pet_app.builder.geometry.build import build
from pet_app.builder.geometry.export import glb
from pet_app.builder.geometry.mesh import Model
from pet_app.builder.reading import parse
from pet_app.builder.worn import worn_key


def worn(design: Design) -> Model:
    """The model of a design and of its animal, in one frame."""
    parts = (*build(design).parts, *animal_parts(design.measurements, design.build))
    return Model(worn_key(design), parts)


def worn_glb(data: Mapping[str, Any]) -> bytes:
    """The GLB of piece and animal: what the web process calls in its child.

    Raises Invalid when the values are no design.
    """
    return glb(worn(parse(data)))
