"""The bill of materials: everything a resolved piece is made of, counted and costed."""

from collections.abc import Iterable
from itertools import groupby
from math import ceil

from pet_app.builder import library
from pet_app.builder.design import Design
from pet_app.builder.resolve.made import BomLine, Fitting, Lettering, Making, Panel, Strap
from pet_app.builder.rules import Kind, Method, Role

STITCH_MM = 3.0
THREAD_PER_STITCH_MM = 9.0
"""Needle and bobbin thread that one stitch uses."""


def bill(design: Design, making: Making) -> tuple[BomLine, ...]:
    """Rolls by the millimetre, flat material by its area, hardware by the piece, then thread and
    the label."""
    return (
        *_rolls(design, making.straps),
        *_sheets(design, making.panels),
        *_hardware(design, making.fittings),
        *_thread(design, making),
        *_label(design),
    )


def _rolls(design: Design, straps: Iterable[Strap]) -> Iterable[BomLine]:
    for sku, cut in groupby(sorted(straps, key=lambda strap: strap.sku), lambda strap: strap.sku):
        first, *others = cut
        length = first.cut_mm + sum(strap.cut_mm for strap in others)
        per_m = _cents_per_m(design, first)
        yield BomLine(sku, first.material, length, "mm", ceil(round(length * per_m / 1000, 6)))


def _cents_per_m(design: Design, strap: Strap) -> float:
    cost = {
        Role.WEBBING: lambda: library.webbing(design.look.material).cost_cents_per_m_25mm,
        Role.LINING: lambda: library.sheet(design.options.lining).cost_cents_per_m_25mm,
        Role.REFLECTIVE: lambda: library.tape().cost_cents_per_m_25mm,
    }[strap.role]()
    return cost * strap.width_mm / 25


def _sheets(design: Design, panels: Iterable[Panel]) -> Iterable[BomLine]:
    """Flat material by its area, with what lies between the pieces on the sheet."""
    rows = {row["sku"]: row for row in library.table("materials")["sheet"].values()}
    used = library.table("making")["sheet"]["used_share"]
    for panel in panels:
        row = rows[panel.sku]
        area, title = ceil(panel.area_mm2 / used), panel.material
        cost = ceil(area * row["cost_cents_per_m2"] / 1e6)
        if row.get("finished"):
            cost += library.finish_surcharge_cents(design.look.finish)
            title = f"{title}, {design.look.finish.value}"
        yield BomLine(panel.sku, title, area, "mm2", cost)


def _hardware(design: Design, fittings: Iterable[Fitting]) -> Iterable[BomLine]:
    counted: dict[str, list[Fitting]] = {}
    for fitting in fittings:
        counted.setdefault(fitting.sku, []).append(fitting)
    for sku, alike in counted.items():
        part = library.hardware(alike[0].piece, alike[0].size_mm)
        each, title = part.cost_cents, alike[0].title
        if part.is_finished:
            each += library.finish_surcharge_cents(design.look.finish)
            title = f"{title}, {design.look.finish.value}"
        yield BomLine(sku, title, len(alike), "piece", each * len(alike))


def _thread(design: Design, making: Making) -> Iterable[BomLine]:
    sewn = sum(seam.line_mm for seam in making.seams)
    length = ceil(sewn / STITCH_MM * THREAD_PER_STITCH_MM)
    length += sum(_embroidery_mm(lettering) for lettering in making.letterings)
    if length:
        spool = library.thread(design.width_mm)
        cost = ceil(length * spool.cost_cents_per_m / 1000)
        yield BomLine(spool.sku, spool.name, length, "mm", cost)


def _label(design: Design) -> Iterable[BomLine]:
    """What says who made it and how to wash it: sewn in where there is a seam, else a card."""
    sewn = bool(library.widths(design.kind)) and library.webbing(design.look.material).is_sewn
    row = library.table("making")["label"][
        "sewn" if sewn or design.kind is Kind.BANDANA else "card"
    ]
    yield BomLine(row["sku"], row["name"], 1, "piece", row["cost_cents"])


def _embroidery_mm(lettering: Lettering) -> int:
    """Thread for a sewn text: every letter is filled with satin stitch."""
    if lettering.method is not Method.EMBROIDERED:
        return 0
    letters = sum(not letter.isspace() for line in lettering.lines for letter in line)
    per_letter = library.table("making")["embroidery"]["thread_per_letter_and_mm"]
    return ceil(letters * lettering.height_mm * per_letter)
