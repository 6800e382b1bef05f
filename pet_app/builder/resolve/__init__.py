"""What a design comes to: every strap with its lengths, the hardware, and the bill of materials."""

from pet_app.builder import library
from pet_app.builder.design import Design
from pet_app.builder.resolve import bandana, collar, harness, leash, martingale, tag
from pet_app.builder.resolve.bill import bill
from pet_app.builder.resolve.made import (
    Allowance,
    BomLine,
    Fitting,
    Lettering,
    Loop,
    Making,
    Mark,
    Panel,
    Resolved,
    Seam,
    Strap,
)
from pet_app.builder.rules import Kind
from pet_app.core.errors import Invalid

__all__ = [
    "Allowance",
    "BomLine",
    "Fitting",
    "Lettering",
    "Loop",
    "Making",
    "Mark",
    "Panel",
    "Resolved",
    "Seam",
    "Strap",
    "resolve",
]

WORK_OUT = {
    Kind.HARNESS: harness.work_out,
    Kind.COLLAR: collar.work_out,
    Kind.MARTINGALE: martingale.work_out,
    Kind.LEASH: leash.work_out,
    Kind.TAG: tag.work_out,
    Kind.BANDANA: bandana.work_out,
}


def resolve(design: Design) -> Resolved:
    """Work out a design that `constraints.check` lets pass.

    Raises Invalid at `width_mm` for webbing that the kind is not made of, before anything is laid.
    """
    widths = library.widths(design.kind)
    if widths and design.width_mm not in widths:
        sentence = f"We make no {design.kind.value} of {design.width_mm} mm webbing."
        raise Invalid(sentence, {"width_mm": sentence})
    making = WORK_OUT[design.kind](design)
    return Resolved(
        design=design,
        loops=making.loops,
        straps=making.straps,
        panels=making.panels,
        fittings=making.fittings,
        seams=making.seams,
        letterings=making.letterings,
        bom=bill(design, making),
        laid=making.laid,
    )
