"""The course of a martingale: a strap round the neck, and a smaller loop that draws it together.

The strap ends in two rings beside the nape; the control loop goes through both and carries the ring
for the leash. Places along the strap are ways along its inner face from the ring on the right.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from pet_app.builder import library
from pet_app.builder.courses.around import around
from pet_app.builder.courses.band import GRIP_MM, SETTLE_BARS, Fit
from pet_app.builder.courses.control import Control, control
from pet_app.builder.courses.course import Course, Courses, HeldRing
from pet_app.builder.courses.lay import same_place, stretch
from pet_app.builder.curve import Curve
from pet_app.builder.design import Design
from pet_app.builder.rules import Lining

GAP_MM = 3.0
"""Left between one thing on the strap and the next."""

ROOM = 1.05
"""A turn round a ring's bar is this much wider than the bar."""


@dataclass(frozen=True)
class Plan:
    """Where everything is, mm. `gap_mm` is between the bars of the two rings as worn, `tight_mm`
    when they are drawn together; `strap_mm` the strap's inner face from bar to bar. `fold_mm` and
    `tail_mm` are its second layers, the slider is `hump_mm` from the left ring's bar. `let_out_mm`
    is what the slider gives."""

    gap_mm: float
    tight_mm: float
    strap_mm: float
    bar_mm: float
    fold_mm: float
    tail_mm: float
    hump_mm: float
    let_out_mm: float
    text_mm: float
    text_room_mm: float


def loop_lengths(design: Design) -> dict[str, int]:
    """The inner length of the loop as worn: the neck and its ease, in mm."""
    neck = design.measurements.neck_mm
    return {"martingale": neck + library.ease("martingale").of(neck)}


def control_width_mm(width_mm: int) -> int:
    """The webbing of the control loop."""
    share = library.table("martingale")["control"]["width_share"]
    sizes = sorted(int(size) for size in library.table("hardware")["d_ring"]["sizes"])
    return max(size for size in sizes if size <= max(share * width_mm, sizes[0]))


def text_room_mm(design: Design) -> float:
    """How long a text on it may be."""
    return plan(design).text_room_mm


def plan(design: Design) -> Plan:
    return _plan(design, lay(design).webbing_loop("martingale").length)


def control_loop(design: Design) -> Control:
    """The control loop as worn, and how far it opens."""
    return _worked_out(_shape(design))[1]


def lay(design: Design) -> Courses:
    """Where everything lies; the same for every look that is as thick."""
    return _worked_out(_shape(design))[0]


def _shape(design: Design) -> Design:
    """The design without what changes nothing in its courses."""
    return replace(design.with_options(text=""), age_weeks=0)


def edged_mm(design: Design) -> tuple[float, float] | None:
    """Between which ways along the strap its edges are sewn to lining or tape; None for neither."""
    if not (design.options.reflective or design.options.lining is not Lining.NONE):
        return None
    parts = plan(design)
    return parts.fold_mm + GAP_MM, parts.strap_mm - parts.tail_mm - GAP_MM


def layers(design: Design) -> int:
    """How many layers are sewn together along the edges."""
    return 1 + design.options.reflective + (design.options.lining is not Lining.NONE)


@lru_cache(maxsize=64)
def _worked_out(design: Design) -> tuple[Courses, Control]:
    fit = Fit(design)
    inner = around(fit, loop_lengths(design)["martingale"])
    web = inner.offset(fit.lining)
    parts = _plan(design, web.length)
    first = parts.gap_mm / 2
    strap = Course("martingale", "martingale", stretch(web, first, first + parts.strap_mm)[0])
    straps = [strap]
    if fit.is_lined:
        start, end = (same_place(way, web, inner) for way in (first, first + parts.strap_mm))
        straps.append(Course("martingale_lining", "martingale", stretch(inner, start, end)[0]))
    straps += fit.taped(strap, parts.fold_mm + GAP_MM, parts.strap_mm - parts.tail_mm - GAP_MM)
    held = _control(design, web)
    straps.append(Course("control", "", held.curve))
    rings = (
        HeldRing("martingale_ring_right", "", "martingale", 0.0),
        HeldRing("martingale_ring_left", "", "martingale", parts.strap_mm),
    )
    loops = {"martingale": inner}, {"martingale": web}
    return Courses(*loops, tuple(straps), (), rings), held


def _plan(design: Design, total_mm: float) -> Plan:
    fit = Fit(design)
    ring = library.hardware("d_ring", fit.width)
    bar = ROOM * ring.bar_mm
    tight = 2 * d_ring_deep_mm(fit.width) + ring.bar_mm
    neck = design.measurements.neck_mm
    gap = tight + loop_lengths(design)["martingale"] - neck
    strap = total_mm - gap
    fold = fit.fold_leg(bar)
    shortest = SETTLE_BARS * bar + fit.slider + GRIP_MM
    spare = strap - fold - 2 * GAP_MM
    wanted = shortest + library.table("collar")["let_out"]["share"] * total_mm
    tail = max(min(wanted, 0.5 * spare), min(shortest, spare))
    low, high = fold + GAP_MM, strap - tail - GAP_MM
    return Plan(
        gap_mm=gap,
        tight_mm=tight,
        strap_mm=strap,
        bar_mm=bar,
        fold_mm=fold,
        tail_mm=tail,
        hump_mm=max(tail - GRIP_MM - 0.6 * fit.slider, 0.5 * tail),
        let_out_mm=max(tail - shortest, 0.0),
        text_mm=(low + high) / 2,
        text_room_mm=max(high - low, 0.0),
    )


def d_ring_deep_mm(width_mm: int) -> float:
    """From a D-ring's bar to the top of its bow, between the middles of the wire."""
    return 0.82 * width_mm


def _control(design: Design, web: Curve) -> Control:
    fit = Fit(design)
    parts = _plan(design, web.length)
    ring = library.hardware("d_ring", fit.width)
    narrow = control_width_mm(fit.width)
    held = library.hardware("d_ring", narrow)
    # The narrower strap lies in the bow where that is as wide as it.
    half = fit.width / 2 + 0.6 + ring.bar_mm / 2
    corner = 1.3 * ring.bar_mm
    wide = min((narrow / 2 + ring.bar_mm / 2) / half, 0.98)
    deep = corner + (d_ring_deep_mm(fit.width) - corner) * (1 - wide**2) ** 0.43
    neck = design.measurements.neck_mm
    opened = library.table("martingale")["head"]["over_neck"] * neck
    return control(
        web,
        turn_mm=parts.gap_mm / 2 - deep,
        height_mm=fit.thick + ring.bar_mm / 2,
        bars_mm=(ring.bar_mm, held.bar_mm),
        thickness_mm=fit.thick,
        opens_mm=max(opened - loop_lengths(design)["martingale"], 0.0) + 2.0,
    )
