"""What the courses of several kinds share."""

import numpy as np

from pet_app.builder import library
from pet_app.builder.courses.course import Course, HeldRing
from pet_app.builder.curve import Curve
from pet_app.builder.design import Design
from pet_app.builder.rules import Buckle, Lining

OVERHANG_MM = 2.0
"""How far a strap's end reaches past the band it is sewn on."""

TAB_LEG_WIDTHS = 0.7
"""Each leg of a ring tab, in widths of its webbing."""

BUCKLE_PIECES = {
    Buckle.SIDE_RELEASE: "side_release_buckle",
    Buckle.METAL: "metal_buckle",
    Buckle.PIN: "pin_buckle",
    Buckle.BREAKAWAY: "breakaway_buckle",
}
"""The table of `data/hardware.toml` for each kind of buckle."""


def lining_mm(design: Design) -> float:
    """How thick what lies under the webbing is; 0 without."""
    lining = design.options.lining
    return 0.0 if lining is Lining.NONE else library.sheet(lining).thickness_mm


def on_coat_mm(design: Design) -> int:
    """How wide what touches the coat is."""
    width = design.width_mm
    return width if design.options.lining is Lining.NONE else library.lining_width_mm(width)


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
    places = place.place_mm + along
    cup = None
    if under.cup is not None:
        middle = float(np.interp(place.place_mm, under.curve.arc, under.cup))
        cup = np.full(len(along), middle)
    return Course(place.tab, "", under.curve.at(places).offset(height), cup)


def stretch(
    loop: Curve, first_mm: float, last_mm: float, cup: np.ndarray | None = None
) -> tuple[Curve, np.ndarray | None]:
    """The part of a closed loop between two ways along it, the second greater than the first."""
    total = loop.length
    count = max(16, round(len(loop.points) * (last_mm - first_mm) / total))
    places = np.linspace(first_mm, last_mm, count) % total
    bent = None if cup is None else np.interp(places, loop.arc, cup)
    return loop.at(places), bent


def same_place(place_mm: float, web: Curve, inner: Curve) -> float:
    """The way along a closed inner loop to where the webbing's has this way."""
    rounds, rest = divmod(place_mm, web.length)
    return rounds * inner.length + float(np.interp(rest, web.arc, inner.arc))
