"""Texts: what can be written where, and whether there is room for it."""

from collections.abc import Callable

from pet_app.builder import lettering, library
from pet_app.builder.constraints.refusal import Refusal
from pet_app.builder.courses import collar, harness, leash, martingale
from pet_app.builder.design import Design
from pet_app.builder.lettering import Fault
from pet_app.builder.resolve import bandana, tag
from pet_app.builder.rules import Kind

ROOM: dict[Kind, Callable[[Design], float]] = {
    Kind.HARNESS: harness.text_room_mm,
    Kind.COLLAR: collar.text_room_mm,
    Kind.MARTINGALE: martingale.text_room_mm,
    Kind.LEASH: leash.text_room_mm,
}
"""How long a text may be on the strap of each kind, in mm."""


def text(design: Design) -> Refusal | None:
    """What is wrong with the text; the nearest is one that can be made, and fits."""
    if not lettering.tidy(design.options.text):
        return None
    fault = _fault(design)
    return Refusal("options.text", fault.reason, fault.nearest or "") if fault else None


def _fault(design: Design) -> Fault | None:
    options = design.options
    if design.kind in ROOM and design.width_mm in library.widths(design.kind):
        room = ROOM[design.kind](design)
        edge = library.tape_edge_mm(design.width_mm) if options.reflective else 0.0
        return lettering.strap_fault(options.text, options.method, design.width_mm, room, edge)
    if design.kind is Kind.TAG:
        return lettering.fault(options.text, options.method, tag.room(design))
    if design.kind is Kind.BANDANA:
        return lettering.fault(options.text, options.method, bandana.room(design))
    return None
