"""Texts on straps, worked out."""

from dataclasses import replace

from pet_app.builder import lettering, library
from pet_app.builder.design import Design
from pet_app.builder.lettering import Laid
from pet_app.builder.resolve.made import Fitting, Lettering, Strap
from pet_app.builder.resolve.strap import fitting
from pet_app.builder.rules import Method


def strap_letters(
    design: Design, strap: Strap, at_mm: float, length_mm: float
) -> tuple[Lettering, ...]:
    """The design's text on a strap, none when it is blank.

    `at_mm` is the middle of the free stretch as a way along the strap's course, `length_mm` how
    long that is. Raises ValueError for a text that `lettering.strap_fault` finds fault with.
    """
    options = design.options
    if not lettering.tidy(options.text):
        return ()
    edge = library.tape_edge_mm(design.width_mm) if options.reflective else 0.0
    laid = lettering.lay_on_strap(options.text, options.method, design.width_mm, length_mm, edge)
    return (letters(strap.name, strap.name, at_mm, laid),)


def letters(name: str, on: str, at_mm: float, laid: Laid | lettering.Fault) -> Lettering:
    """A text in its room as the resolved design has it."""
    if isinstance(laid, lettering.Fault):
        raise ValueError(laid.reason)
    return Lettering(
        name=name,
        method=laid.method,
        lines=laid.lines,
        on=on,
        at_mm=at_mm,
        height_mm=laid.capital_mm,
        length_mm=laid.length_mm,
        feet_mm=laid.feet_mm,
    )


def plate_fittings(design: Design, letterings: tuple[Lettering, ...]) -> tuple[Fitting, ...]:
    """The riveted plate under an engraved text on a strap; its rivets come with it."""
    return tuple(
        replace(fitting(design, "name_plate", "name_plate"), bears=False)
        for written in letterings
        if written.method is Method.ENGRAVED
    )
