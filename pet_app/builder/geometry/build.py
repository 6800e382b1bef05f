"""From a design to its model, and from a model to a GLB file."""

from collections.abc import Mapping
from typing import Any

from pet_app.builder.design import Design
from pet_app.builder.geometry import bandana, collar, harness, leash, martingale, tag
from pet_app.builder.geometry.assembly import Assembly
from pet_app.builder.geometry.export import glb
from pet_app.builder.geometry.mesh import Model
from pet_app.builder.reading import parse
from pet_app.builder.resolve import resolve
from pet_app.builder.rules import Kind

ASSEMBLE = {
    Kind.HARNESS: harness.assemble,
    Kind.COLLAR: collar.assemble,
    Kind.MARTINGALE: martingale.assemble,
    Kind.LEASH: leash.assemble,
    Kind.TAG: tag.assemble,
    Kind.BANDANA: bandana.assemble,
}


def build(design: Design) -> Model:
    """The model of a design that `constraints.check` lets pass."""
    work = Assembly(resolve(design))
    ASSEMBLE[design.kind](work)
    return Model(design.geometry_key(), tuple(work.parts))


def build_glb(data: Mapping[str, Any]) -> bytes:
    """The GLB of a design written as plain values: what the web process calls in its child.

    Raises Invalid when the values are no design.
    """
    return glb(build(parse(data)))
