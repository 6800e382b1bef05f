"""The back strap of a harness, its ring and its handle."""

import numpy as np

from pet_app.builder import library
from pet_app.builder.courses.band import LAYER_MM, Band, Fit
from pet_app.builder.courses.chest import TAB_ROOM_MM, tab_seams
from pet_app.builder.courses.course import Course, HeldRing, Sewn, Spot
from pet_app.builder.courses.lay import tab_reach_mm
from pet_app.builder.courses.midline import heights, midline
from pet_app.builder.courses.settle import settled
from pet_app.builder.curve import Curve
from pet_app.builder.rules import RingPlace

FOOT_WIDTHS = 1.1
"""How much of a handle is sewn down at either end, in widths."""


SAG = 0.8
"""Webbing is no wire: over the hollow behind the withers it sinks by this share of its depth."""

ROUND = 1.5
"""How round a handle's bow is: 1 leaves the back at a corner, 2 is a bell with a narrow top."""


def back_band(fit: Fit, neck: Curve, girth: Curve) -> Band:
    """`neck` and `girth` are the loops under the webbing."""
    base, cup, over_neck, over_girth = _base(fit, neck, girth)
    first, last = over_neck + fit.reach, over_girth - fit.reach
    behind = over_girth + fit.reach
    end, taken = behind, first
    handle: tuple[float, float] | None = None
    if fit.design.options.handle:
        foot, grip = FOOT_WIDTHS * fit.width, grip_mm(fit.width)
        stop = first + 1 + 2 * foot + grip
        if stop > last:
            stop = max(stop, behind + 1 + foot)
        handle = (first + 1, stop)
        taken = stop
        end = max(end, stop + 3)
    rings: tuple[HeldRing, ...] = ()
    if RingPlace.BACK in fit.design.options.rings:
        reach = tab_reach_mm(fit.design) + TAB_ROOM_MM / 2
        place = (first + last) / 2
        if handle or last - first < 2 * reach:
            place = max(behind, taken) + reach
            end = max(end, place + reach)
        rings = (HeldRing("back_d_ring", "back_tab", "back", place),)
    end = min(end, base.length)
    places = np.linspace(0.0, end, max(32, int(end / 2.5)))
    strap = Course("back", "", base.at(places), np.interp(places, base.arc, cup))
    side = 0.74 * fit.width
    seams = [
        Sewn("back_start", "back", "box and cross", over_neck, side, 1),
        Sewn("back_end", "back", "box and cross", over_girth, side, 1),
    ]
    seams += [seam for ring in rings for seam in tab_seams(fit, ring)]
    courses = [strap]
    if handle:
        courses += _handle(fit, strap, *handle)
        foot = FOOT_WIDTHS * fit.width
        seams += [
            Sewn(f"handle_{name}", "back", "box and cross", middle, 0.8 * foot, 2)
            for name, middle in (
                ("start", handle[0] + foot / 2),
                ("end", handle[1] - foot / 2),
            )
        ]
    spots = (Spot("back", over_neck, "cross neck"), Spot("back", over_girth, "cross girth"))
    return Band(
        tuple(courses), None, None, (), rings, (), tuple(seams), spots
    )  # fmt: skip


def grip_mm(width_mm: int) -> float:
    """How long the free part of a handle is: for a hand, or two fingers on narrow webbing."""
    row = library.table("making")["handle"]
    return row["hand_mm"] if width_mm >= row["hand_from_width_mm"] else row["fingers_mm"]


def _base(fit: Fit, neck: Curve, girth: Curve) -> tuple[Curve, np.ndarray, float, float]:
    """The inner face from before the neck strap to behind the girth's; where it crosses them."""
    top, out = neck.points[0], neck.normals[0]
    ahead = np.array([out[1], -out[0], 0.0])
    room = 3 * fit.width + 4 * tab_reach_mm(fit.design)
    if fit.design.options.handle:
        room += 2 * fit.width + grip_mm(fit.width)
    marks = fit.body.landmarks
    far = min(room, -0.85 * marks["tail_base"][0])
    line = midline(fit.body, top + (fit.reach + 2) * ahead, marks["back_top"], far)
    line = line.offset(-SAG * np.maximum(fit.body.depth(line.points), 0.0))
    line, cup = settled(fit.body, line, fit.width, straight=True)
    arc = line.arc
    over_neck = float(arc[np.argmin(np.linalg.norm(line.points - top, axis=1))])
    over_girth = float(np.interp(0.0, -line.points[:, 0], arc))
    tops = np.stack([top, girth.points[0]])
    high = fit.body.depth(tops) + fit.thick + fit.tape + LAYER_MM
    bands = [
        (over_neck, fit.width / 2 + 1, float(high[0])),
        (over_girth, fit.width / 2 + 1, float(high[1])),
    ]
    wanted = heights(arc, bands, 1.2 * fit.width)
    line = line.offset(np.maximum(wanted - fit.body.depth(line.points), 0.0))
    arc = line.arc
    over_neck = float(arc[np.argmin(np.linalg.norm(line.points - top, axis=1))])
    over_girth = float(np.interp(0.0, -line.points[:, 0], arc))
    start = over_neck - fit.reach
    places = np.linspace(start, line.length, max(48, int(line.length / 2.5)))
    cut = line.at(places)
    return cut, np.interp(places, arc, cup), over_neck - start, over_girth - start


def _handle(fit: Fit, strap: Course, first_mm: float, last_mm: float) -> list[Course]:
    """The handle's strap, flat on the back strap at both ends, and its padded grip."""
    foot = FOOT_WIDTHS * fit.width
    along = np.linspace(first_mm, last_mm, 193)
    span = last_mm - first_mm - 2 * foot
    share = np.clip((along - first_mm - foot) / span, 0.0, 1.0)
    top = library.table("making")["handle"]["rise_share"] * grip_mm(fit.width)
    high = top * np.sin(np.pi * share) ** ROUND
    under = strap.curve.at(along)
    # High over the back every unevenness of the way out would show: it turns evenly.
    angle = np.unwrap(np.arctan2(under.normals[:, 1], under.normals[:, 0]))
    angle = np.polynomial.Polynomial.fit(along, angle, 3)(along)
    out = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    handle = Curve(under.points, out).offset(fit.thick + LAYER_MM + high).squared()
    found = [Course("handle", "", handle)]
    if fit.is_lined:
        arc = handle.arc
        grip = handle.at(np.linspace(0.27 * arc[-1], 0.73 * arc[-1], 48)).offset(-fit.lining)
        found.append(Course("handle_lining", "", grip))
    return found
