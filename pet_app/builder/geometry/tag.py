"""A tag hanging in its ring at the throat, its text towards whoever meets the animal."""

from collections.abc import Callable

import numpy as np

from pet_app.builder import library
from pet_app.builder.body import body
from pet_app.builder.geometry import hardware
from pet_app.builder.geometry.assembly import Assembly
from pet_app.builder.geometry.letters import engraved, outlines
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.geometry.solid import Solid
from pet_app.builder.resolve.tag import blank

FORWARD = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]])
"""Turns what lies in x and y with its face to +z so that it faces the animal's nose."""

RING_LIES = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
"""Stands a ring that lies flat up on its edge, square to the plate that hangs in it."""

COILS = 1.04
"""The middles of a split ring's two turns lie this many wires apart."""

PLAY_MM = 0.05
"""Between the wire and the edge of the hole that rests on it."""

CLEAR_MM = 1.0
"""Between the tag and the coat."""


def assemble(work: Assembly) -> None:
    options = work.resolved.design.options
    (panel,) = work.resolved.panels
    shape = blank(options.tag_shape, options.tag_mm)
    shapes = [letter for text in work.resolved.letterings for letter in outlines(text)]
    bevel = library.table("tag")["bevel_mm"]
    holes = [np.array(hole) for hole in panel.holes_mm]
    plate, paint = engraved(np.array(panel.outline_mm), holes, shapes, panel.thickness_mm, bevel)
    fitting = work.made("split_ring")
    part = library.hardware(fitting.piece, fitting.size_mm)
    ring = hardware.split_ring(part.span_mm, part.bar_mm).turned(RING_LIES)
    half = part.bar_mm / 2
    aside = COILS * half
    low = shape.hole_at_mm + np.sqrt((shape.hole_mm / 2 - half) ** 2 - aside**2) - half - PLAY_MM
    ring = ring.moved(across=low + part.span_mm / 2, out=panel.thickness_mm / 2)
    place = _hung(work, plate, ring)
    work.add(panel.name, Slot.METAL, place(plate), panel.sku)
    work.fitting("split_ring", Slot.METAL, place(ring))
    for text in work.resolved.letterings:
        if paint:
            work.add(f"{text.name}_letters", Slot.ENGRAVING, place(paint))


def _hung(work: Assembly, plate: Solid, ring: Solid) -> Callable[[Solid], Solid]:
    """The way from the tag's own frame to the throat, as far forward as the chest asks."""
    design = work.resolved.design
    animal = body(design.measurements, design.build)
    top = ring.vertices[:, 1].max()
    shift = animal.landmarks["throat"] - [0.0, top + CLEAR_MM, 0.0]
    points = np.concatenate([plate.vertices, ring.vertices]) @ FORWARD.T + shift
    for _ in range(6):
        inside = CLEAR_MM - float(animal.depth(points[::7]).min())
        if inside <= 0:
            break
        points[:, 0] += inside
        shift[0] += inside
    return lambda solid: solid.turned(FORWARD).moved(*shift)
