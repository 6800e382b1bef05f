"""The bill of materials: everything a resolved piece is made of, counted and costed."""

from collections.abc import Iterable
from itertools import groupby
from math import ceil

from pet_app.builder import library
from pet_app.builder.design import Design
from pet_app.builder.resolve.made import BomLine, Fitting, Making, Panel, Seam, Strap
from pet_app.builder.rules import Role

STITCH_MM = 3.0
THREAD_PER_STITCH_MM = 9.0
"""Needle and bobbin thread that one stitch uses."""

FINISHED = ("d_ring",)
"""The hardware that takes the chosen finish."""


def bill(design: Design, making: Making) -> tuple[BomLine, ...]:
    """Rolls by the millimetre, flat material by its area, hardware by the piece, thread last."""
    return (
        *_rolls(design, making.straps),
        *_sheets(making.panels),
        *_hardware(design, making.fittings),
        *_thread(making.seams),
    )


def _rolls(design: Design, straps: Iterable[Strap]) -> Iterable[BomLine]:
    for sku, cut in groupby(sorted(straps, key=lambda strap: strap.sku), lambda strap: strap.sku):
        first, *others = cut
        length = first.cut_mm + sum(strap.cut_mm for strap in others)
        per_m = _cents_per_m(design, first)
        yield BomLine(sku, first.material, length, "mm", ceil(round(length * per_m / 1000, 6)))


def _cents_per_m(design: Design, strap: Strap) -> float:
    if strap.role is Role.WEBBING:
        web = library.webbing(design.look.material)
        return web.cost_cents_per_m_25mm * strap.width_mm / 25
    raise NotImplementedError


def _sheets(panels: Iterable[Panel]) -> Iterable[BomLine]:
    yield from ()


def _hardware(design: Design, fittings: Iterable[Fitting]) -> Iterable[BomLine]:
    counted: dict[str, list[Fitting]] = {}
    for fitting in fittings:
        counted.setdefault(fitting.sku, []).append(fitting)
    for sku, alike in counted.items():
        part = library.hardware(alike[0].piece, alike[0].size_mm)
        each, title = part.cost_cents, alike[0].title
        if alike[0].piece in FINISHED:
            each += library.finish_surcharge_cents(design.look.finish)
            title = f"{title}, {design.look.finish.value}"
        yield BomLine(sku, title, len(alike), "piece", each * len(alike))


def _thread(seams: Iterable[Seam]) -> Iterable[BomLine]:
    sewn = sum(seam.line_mm for seam in seams)
    if sewn:
        spool = library.table("materials")["thread"]
        length = ceil(sewn / STITCH_MM * THREAD_PER_STITCH_MM)
        cost = ceil(length * spool["cost_cents_per_m"] / 1000)
        yield BomLine(spool["sku"], spool["name"], length, "mm", cost)
