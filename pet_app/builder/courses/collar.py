"""The course of a flat collar: one strap from its buckle round the neck and back.

Places along the strap are ways along its inner face from the bar of the buckle that its sewn end
goes round; from there it runs under the throat, up the left side and over the nape.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from pet_app.builder import library
from pet_app.builder.courses.around import around
from pet_app.builder.courses.band import GRIP_MM, SETTLE_BARS, Fit, round_bar_mm
from pet_app.builder.courses.course import BucklePlace, Course, Courses, HeldRing
from pet_app.builder.courses.lay import (
    BUCKLE_PIECES,
    OVERHANG_MM,
    same_place,
    stretch,
    tab,
    tab_reach_mm,
)
from pet_app.builder.design import Design
from pet_app.builder.rules import Buckle, Lining, RingPlace

BAR_SHARE = 2.4 / 25
"""How far a buckle's bar holds the layers of a strap apart, in widths."""

GAP_MM = 3.0
"""Left between one thing on the strap and the next."""


@dataclass(frozen=True)
class Plan:
    """Where everything is on a collar, mm. `strap_mm` is its inner face from bar to bar.

    `fold_mm` and `tail_mm` are the second layers at its two ends; the tail's slider is `hump_mm`
    from the bar. A ring held by the fold is `held_mm` along the strap, 0 for none; `tabs` are where
    the others are. `holes` are ways from the roller of a pin buckle along the free end, which
    reaches `tail_mm` from there; those before it are negative. `let_out_mm` and `take_in_mm` are
    how far the collar goes from as made, `text_mm` and `text_room_mm` the middle and length of what
    is free for a text.
    """

    strap_mm: float
    span_mm: float
    fold_mm: float
    tail_mm: float
    hump_mm: float
    held_mm: float
    tabs: tuple[tuple[RingPlace, float], ...]
    holes: tuple[float, ...]
    let_out_mm: float
    take_in_mm: float
    text_mm: float
    text_room_mm: float

    @property
    def under_tail_mm(self) -> float:
        """How far along the strap the buckle's other end and its tail begin to cover it."""
        return self.strap_mm - (0.0 if self.holes else self.tail_mm)

    @property
    def over_fold_mm(self) -> float:
        """Up to where the sewn end, or the free end lying on it, covers the strap."""
        return self.tail_mm - self.span_mm if self.holes else self.fold_mm


def loop_lengths(design: Design) -> dict[str, int]:
    """The inner length of the loop: the neck and its ease, in mm."""
    neck = design.measurements.neck_mm
    return {"collar": neck + library.ease("collar").of(neck)}


def text_room_mm(design: Design) -> float:
    """How long a text on it may be."""
    return plan(design).text_room_mm


def edged_mm(design: Design) -> tuple[float, float] | None:
    """Between which ways along the strap its edges are sewn to lining or tape; None for neither."""
    if not (design.options.reflective or design.options.lining is not Lining.NONE):
        return None
    parts = plan(design)
    return parts.over_fold_mm + GAP_MM, parts.under_tail_mm - GAP_MM


def layers(design: Design) -> int:
    """How many layers are sewn together along the edges."""
    return 1 + design.options.reflective + (design.options.lining is not Lining.NONE)


def plan(design: Design) -> Plan:
    return _plan(design, lay(design).webbing_loop("collar").length)


def lay(design: Design) -> Courses:
    """Where everything lies; the same for every look that is as thick."""
    return _lay(replace(design.with_options(text=""), age_weeks=0))


@lru_cache(maxsize=64)
def _lay(design: Design) -> Courses:
    fit = Fit(design)
    inner = around(fit, loop_lengths(design)["collar"])
    web = inner.offset(fit.lining)
    total = web.length
    parts = _plan(design, total)
    buckle = BucklePlace("collar", "right", _buckle_mm(parts, total), parts.span_mm)
    first = buckle.middle_mm + parts.span_mm / 2
    strap = Course("collar", "collar", stretch(web, first, first + parts.strap_mm)[0])
    straps = [strap]
    if fit.is_lined:
        start, end = (same_place(way, web, inner) for way in (first, first + parts.strap_mm))
        straps.append(Course("collar_lining", "collar", stretch(inner, start, end)[0]))
    straps += fit.taped(strap, parts.over_fold_mm + GAP_MM, parts.under_tail_mm - GAP_MM)
    rings = [HeldRing(f"{place}_d_ring", f"{place}_tab", "collar", at) for place, at in parts.tabs]
    straps += [tab(design, ring, strap) for ring in rings]
    if parts.held_mm:
        rings.insert(0, HeldRing(f"{RingPlace.BUCKLE}_d_ring", "", "collar", parts.held_mm))
    return Courses({"collar": inner}, {"collar": web}, tuple(straps), (buckle,), tuple(rings))


def _plan(design: Design, total_mm: float) -> Plan:
    pinned = design.options.buckle is Buckle.PIN
    return (_pinned if pinned else _adjusted)(design, total_mm)


def _buckle_mm(parts: Plan, total_mm: float) -> float:
    """Where the middle of the buckle is: a ring beside it hangs from the throat."""
    hanging = next((at for place, at in parts.tabs if place is RingPlace.BUCKLE), parts.held_mm)
    return total_mm / 2 - (hanging or parts.fold_mm / 2) - parts.span_mm / 2


def _adjusted(design: Design, total_mm: float) -> Plan:
    """With a slider: its tail lies on the strap, and the sewn end may hold a ring."""
    fit, span = Fit(design), _span_mm(design)
    strap = total_mm - span
    bar = BAR_SHARE * fit.width
    held = RingPlace.BUCKLE in design.options.rings
    fold = library.allowance_mm("ring_fold" if held else "fold", fit.width)[0]
    held_mm = fold - tab_reach_mm(design) - 2 * OVERHANG_MM if held else 0.0
    fold_leg = fold - round_bar_mm(bar, fit.thick)
    shortest = SETTLE_BARS * bar + fit.slider + GRIP_MM
    nape = RingPlace.NAPE in design.options.rings
    spare = strap - fold_leg - 2 * GAP_MM - (2 * tab_reach_mm(design) if nape else 0.0)
    wanted = shortest + library.table("collar")["let_out"]["share"] * total_mm
    tail = max(min(wanted, 0.62 * spare), min(shortest, spare))
    free = (fold_leg + GAP_MM, strap - tail - GAP_MM)
    tabs, text, room = _shared(design, free, total_mm - _top_mm(total_mm, held_mm, fold_leg))
    return Plan(
        strap_mm=strap,
        span_mm=span,
        fold_mm=fold_leg,
        tail_mm=tail,
        hump_mm=max(tail - GRIP_MM - 0.1 * fit.slider - fit.slider / 2, 0.5 * tail),
        held_mm=held_mm,
        tabs=tabs,
        holes=(),
        let_out_mm=max(tail - shortest, 0.0),
        take_in_mm=max((free[1] - free[0]) / 2, 0.0),
        text_mm=text,
        text_room_mm=room,
    )


def _pinned(design: Design, total_mm: float) -> Plan:
    """With a pin: its free end goes over the sewn one, and every ring has a tab."""
    fit, span = Fit(design), _span_mm(design)
    strap = total_mm - span
    part = library.hardware("pin_buckle", fit.width)
    fold_leg = library.allowance_mm("fold", fit.width)[0] - round_bar_mm(
        1.5 * part.bar_mm, fit.thick
    )
    rules = library.table("collar")["holes"]
    apart = next(mm for width, mm in rules["apart_mm"].items() if fit.width <= int(width))
    most = rules["count"] // 2
    holes = tuple(span / 2 + apart * number for number in range(-most, most + 1))
    keeper = library.hardware("keeper", fit.width).span_mm
    kept = span + fold_leg + 3 * fit.thick + 1.5 * keeper + 0.5 * fit.width
    tail = max(holes[-1] + 1.2 * apart, kept)
    free = (tail - span + GAP_MM, strap + holes[0] - 0.6 * apart)
    tabs, text, room = _shared(design, free, total_mm / 2)
    return Plan(
        strap_mm=strap,
        span_mm=span,
        fold_mm=fold_leg,
        tail_mm=tail,
        hump_mm=0.0,
        held_mm=0.0,
        tabs=tabs,
        holes=holes,
        let_out_mm=most * apart,
        take_in_mm=most * apart,
        text_mm=text,
        text_room_mm=room,
    )


def _span_mm(design: Design) -> float:
    return library.hardware(BUCKLE_PIECES[design.options.buckle], design.width_mm).span_mm


def _top_mm(total_mm: float, held_mm: float, fold_mm: float) -> float:
    """How far the sewn end's bar is past the nape, the ring beside it hanging from the throat."""
    return total_mm / 2 - (held_mm or fold_mm / 2)


def _shared(
    design: Design, free: tuple[float, float], nape_mm: float
) -> tuple[tuple[tuple[RingPlace, float], ...], float, float]:
    """Rings' tabs and a text on what is free of the strap: the text takes the longest part left."""
    reach = tab_reach_mm(design)
    pinned = design.options.buckle is Buckle.PIN
    low, high = free
    tabs = []
    if pinned and RingPlace.BUCKLE in design.options.rings:
        tabs.append((RingPlace.BUCKLE, low + reach))
        low += 2 * reach + GAP_MM
    parts = [(low, high)]
    if RingPlace.NAPE in design.options.rings:
        at = min(max(nape_mm, low + reach), max(high - reach, low + reach))
        tabs.append((RingPlace.NAPE, at))
        parts = [(low, at - reach - GAP_MM), (at + reach + GAP_MM, high)]
    start, end = max(parts, key=lambda part: part[1] - part[0])
    return tuple(tabs), (start + end) / 2, max(end - start, 0.0)
