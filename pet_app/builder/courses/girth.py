"""The girth loop of a harness, upright behind the elbows, and its buckles."""

import numpy as np

from pet_app.builder import library
from pet_app.builder.courses.band import LAYER_MM, Band, Fit
from pet_app.builder.courses.course import BucklePlace, Course, Sewn, Spot, Turn
from pet_app.builder.courses.lay import BUCKLE_PIECES, OVERHANG_MM, stretch
from pet_app.builder.courses.midline import heights
from pet_app.builder.courses.settle import settled, to_length
from pet_app.builder.curve import Curve

BUCKLE_PLACE = 0.27
"""Where the middle of a girth buckle is, as a share of the loop from its top."""

CLOSE_SHARE = 0.12
"""How far off the back the girth strap lies, as a share of how far off the belly: it hangs."""

BAR_SHARE = 2.4 / 25
"""How far a buckle's bar holds the layers of a strap apart, in widths."""


def girth_band(fit: Fit, length_mm: int, *, one_buckle: bool, chest_under: bool) -> Band:
    """`chest_under` says that the chest strap is led round the belly's, and so lies beneath it."""
    plane = fit.body.girth
    section = fit.body.section(plane.point, plane.normal)
    section = Curve(section.points[::2], section.normals[::2])
    on_body, cup = settled(fit.body, section, fit.on_coat, straight=False)
    arc = on_body.arc
    over = heights(arc, [(arc[-1] / 2, fit.width / 2 + 1, fit.thick + LAYER_MM)], 0.6 * fit.width)
    over *= chest_under
    below = (1 - np.cos(2 * np.pi * arc / arc[-1])) / 2
    slack = CLOSE_SHARE + (1 - CLOSE_SHARE) * below**1.5
    if fit.is_lined:
        inner = to_length(on_body, length_mm, slack)
        web = inner.offset(fit.lining + over)
    else:
        inner = web = to_length(on_body.offset(over), length_mm, slack)
    piece = BUCKLE_PIECES[fit.design.options.buckle]
    span = library.hardware(piece, fit.width).span_mm
    place = BUCKLE_PLACE * web.length
    left = BucklePlace("girth", "left", web.length - place, span)
    right = BucklePlace("girth", "right", place, span)
    buckles = (left,) if one_buckle else (right, left)
    names = (
        (("girth", left, left),)
        if one_buckle
        else (("girth_top", left, right), ("girth_belly", right, left))
    )
    courses = [
        course
        for name, start, end in names
        for course in _pieces(fit, name, (inner, web, cup), start, end)
    ]
    lengths = {course.name: course.curve.length for course in courses}
    turns = [turn for buckle in buckles for turn in _turns(fit, buckle, web, one_buckle)]
    tapes: list[Course] = []
    for name, *_ in names[:1]:
        legs = {turn.at_end: turn.leg_mm for turn in turns if turn.strap == name}
        strap = next(course for course in courses if course.name == name)
        last = lengths[name] - legs[True] - 2
        if one_buckle:
            last = min(last, crossings(web, left)[1] - fit.on_coat)
        tapes += fit.taped(strap, legs[False] + 2, last)
    folds = [turn for turn in turns if not turn.slider]
    seams: list[Sewn] = [fit.fold_seam(turn, lengths[turn.strap]) for turn in folds]
    top, bottom = crossings(web, left)
    belly = names[-1][0]
    under = bottom if one_buckle else lengths[belly] / 2
    spots = (Spot(names[0][0], top, "cross back"), Spot(belly, under, "cross chest"))
    return Band(
        (*courses, *tapes), inner, web, buckles, (), tuple(turns), tuple(seams), spots
    )  # fmt: skip


def crossings(web: Curve, left: BucklePlace) -> tuple[float, float]:
    """Where the strap that starts at the left buckle passes under the back strap, and over the
    chest strap if it goes so far."""
    first = left.middle_mm + left.span_mm / 2
    return web.length - first, web.length * 1.5 - first


def _pieces(
    fit: Fit, name: str, loop: tuple[Curve, Curve, np.ndarray], start: BucklePlace, end: BucklePlace
) -> list[Course]:
    inner, web, cup = loop
    first = start.middle_mm + start.span_mm / 2
    last = end.middle_mm - end.span_mm / 2
    last += web.length if last <= first else 0.0
    curve, bent = stretch(web, first, last, cup)
    found = [Course(name, "girth", curve, bent)]
    if fit.is_lined:
        both = [_same_place(place, web, inner) for place in (first, last)]
        found.append(Course(f"{name}_lining", "girth", *stretch(inner, both[0], both[1], cup)))
    return found


def _same_place(place_mm: float, web: Curve, inner: Curve) -> float:
    """The way along the inner loop to where the webbing's has this way."""
    rounds, rest = divmod(place_mm, web.length)
    return rounds * inner.length + float(np.interp(rest, web.arc, inner.arc))


def _turns(fit: Fit, buckle: BucklePlace, web: Curve, one_buckle: bool) -> list[Turn]:
    """The fold on the side of the back, and the tail on that of the belly."""
    bar = BAR_SHARE * fit.width
    is_left = buckle.side == "left"
    top, belly = ("girth", "girth") if one_buckle else ("girth_top", "girth_belly")
    male = buckle.middle_mm + (-1 if is_left else 1) * buckle.span_mm / 2
    room = abs(web.length / 2 - male) - fit.on_coat / 2 - OVERHANG_MM - 2
    about = f"girth_buckle_{buckle.side}"
    return [
        fit.fold(f"girth_fold_{buckle.side}", top, not is_left, about, bar),
        fit.tail(
            f"girth_tail_{buckle.side}", belly, is_left, about, bar, room,
            f"girth_slider_{buckle.side}",
        ),
    ]  # fmt: skip
