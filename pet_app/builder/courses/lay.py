"""What the courses of several kinds share."""

import numpy as np

from pet_app.builder import library
from pet_app.builder.courses.course import BucklePlace, Course, HeldRing
from pet_app.builder.courses.ring import Ring
from pet_app.builder.curve import Curve
from pet_app.builder.design import Design

OVERHANG_MM = 2.0
"""How far a strap's end reaches past the band it is sewn on."""

TAB_LEG_WIDTHS = 0.7
"""Each leg of a ring tab, in widths of its webbing."""


def tab_reach_mm(design: Design) -> float:
    """Half the length that a ring tab takes up on its strap."""
    return TAB_LEG_WIDTHS * design.width_mm + bump_mm(design)


def bump_mm(design: Design) -> float:
    """Half the length of the bump that a strap makes over the bar of a ring."""
    bar = library.hardware("d_ring", design.width_mm).bar_mm
    return 1.3 * bar + 0.9 * library.webbing(design.look.material).thickness_mm


def tab(design: Design, place: HeldRing, under: Course) -> Course:
    """The short piece over the bar of a ring, sewn down on both sides of it."""
    bar = library.hardware("d_ring", design.width_mm).bar_mm
    thickness = library.webbing(design.look.material).thickness_mm
    reach = tab_reach_mm(design)
    along = np.linspace(-reach, reach, 81)
    bump = np.clip(1 - np.abs(along) / bump_mm(design), 0.0, 1.0)
    height = thickness + bar * bump**2 * (3 - 2 * bump)
    return Course(place.tab, "", under.curve.at(place.place_mm + along).offset(height))


def piece(ring: Ring, start: BucklePlace, end: BucklePlace) -> Curve:
    """The part of a loop from one buckle's bar round to the next one's."""
    total = ring.perimeter_mm
    first = start.middle_mm + start.span_mm / 2
    last = end.middle_mm - end.span_mm / 2
    if last <= first:
        last += total
    loop = ring.curve()
    count = max(16, round(len(loop.points) * (last - first) / total))
    places = np.linspace(first, last, count) % total
    return loop.at(places)
