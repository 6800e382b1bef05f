"""Straps, hardware and loops, worked out the same way for every kind."""

from math import ceil

from pet_app.builder import library
from pet_app.builder.courses import Course
from pet_app.builder.design import MEASUREMENT_NAMES, Design
from pet_app.builder.library import Sheet
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


def lining_strap(design: Design, course: Course, title: str, marks: tuple[Mark, ...] = ()) -> Strap:
    """The design's lining along its course, cut flush; named after its course."""
    sheet = library.sheet(design.options.lining)
    return _strip(
        course, title, Role.LINING, sheet, library.lining_width_mm(design.width_mm), marks
    )


def tape_strap(design: Design, course: Course, title: str) -> Strap:
    """One of the two reflective tapes along its course, cut flush."""
    width = library.tape_width_mm(design.width_mm)
    return _strip(course, title, Role.REFLECTIVE, library.tape(), width)


def _strip(
    course: Course,
    title: str,
    role: Role,
    sheet: Sheet,
    width_mm: int,
    marks: tuple[Mark, ...] = (),
) -> Strap:
    neutral = course.neutral_mm(sheet.thickness_mm)
    return Strap(
        name=course.name,
        title=title,
        role=role,
        loop=course.loop,
        sku=f"{sheet.sku}-{width_mm}",
        material=f"{sheet.name} {width_mm} mm",
        width_mm=width_mm,
        thickness_mm=sheet.thickness_mm,
        neutral_mm=neutral,
        allowances=(),
        cut_mm=ceil(neutral),
        marks=marks,
    )


def rivets(design: Design, seam: str, count: int) -> tuple[Fitting, ...]:
    """The rivets that hold layers together where nothing is sewn: `<seam>_rivet_1` and on."""
    return tuple(
        fitting(design, f"{seam}_rivet_{number}", "rivet", count) for number in range(1, count + 1)
    )


def loop(
    design: Design,
    name: str,
    measurement: str,
    shortest_mm: int | None = None,
    longest_mm: int | None = None,
) -> Loop:
    """A loop and its ease; `measurement` names the field of `Measurements` it goes round.

    `shortest_mm` and `longest_mm` are how far its adjusters reach; without any it stays as made.
    """
    measured: int = getattr(design.measurements, measurement)
    ease = library.ease(name)
    inner = measured + ease.of(measured)
    return Loop(
        name=name,
        measurement=MEASUREMENT_NAMES[measurement],
        measurement_mm=measured,
        ease_mm=inner - measured,
        inner_mm=inner,
        shortest_mm=inner if shortest_mm is None else shortest_mm,
        longest_mm=inner if longest_mm is None else longest_mm,
        rule=ease.rule,
        source=ease.source,
    )
