"""Straps, hardware and loops, worked out the same way for every kind."""

from math import ceil

from pet_app.builder import library
from pet_app.builder.courses import Course
from pet_app.builder.design import MEASUREMENT_NAMES, Design
from pet_app.builder.resolve.made import Allowance, Fitting, Loop, Mark, Strap
from pet_app.builder.rules import Role


def webbing_strap(
    design: Design,
    course: Course,
    title: str,
    allowances: tuple[str, ...],
    marks: tuple[Mark, ...] = (),
) -> Strap:
    """A strap of the design's own webbing along its course; `allowances` name rows of making."""
    web = library.webbing(design.look.material)
    neutral = course.neutral_mm(web.thickness_mm)
    added = tuple(allowance(name, design.width_mm) for name in allowances)
    return Strap(
        name=course.name,
        title=title,
        role=Role.WEBBING,
        loop=course.loop,
        sku=f"{web.sku}-{design.width_mm}",
        material=f"{web.name} {design.width_mm} mm",
        width_mm=design.width_mm,
        thickness_mm=web.thickness_mm,
        neutral_mm=neutral,
        allowances=added,
        cut_mm=ceil(neutral + sum(part.length_mm for part in added)),
        marks=marks,
    )


def allowance(name: str, width_mm: int) -> Allowance:
    length, why = library.allowance_mm(name, width_mm)
    return Allowance(name, length, why)


def fitting(design: Design, name: str, piece: str, shared_by: int = 1) -> Fitting:
    """A piece of hardware for the design's webbing width."""
    part = library.hardware(piece, design.width_mm)
    title = f"{part.name} {design.width_mm} mm"
    return Fitting(
        name, piece, part.sku, title, design.width_mm, part.strength_n, shared_by=shared_by
    )


def loop(design: Design, name: str, measurement: str) -> Loop:
    """A loop and its ease; `measurement` names the field of `Measurements` it goes round."""
    measured: int = getattr(design.measurements, measurement)
    ease = library.ease(name)
    inner = measured + ease.of(measured)
    return Loop(
        name=name,
        measurement=MEASUREMENT_NAMES[measurement],
        measurement_mm=measured,
        ease_mm=inner - measured,
        inner_mm=inner,
        shortest_mm=inner,
        longest_mm=inner,
        rule=ease.rule,
    )
