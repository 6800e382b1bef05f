"""The courses of a Y-front harness."""

from dataclasses import dataclass, replace
from functools import lru_cache

from pet_app.builder import library
from pet_app.builder.body import body
from pet_app.builder.courses.band import Band, Fit
from pet_app.builder.courses.chest import chest_band, least_mm
from pet_app.builder.courses.course import Course, Courses, Spot
from pet_app.builder.courses.girth import BUCKLE_PLACE, crossings, girth_band
from pet_app.builder.courses.lay import OVERHANG_MM, tab
from pet_app.builder.courses.spine import back_band
from pet_app.builder.courses.yoke import joint, open_rows, yoke
from pet_app.builder.curve import Curve
from pet_app.builder.design import Design, Look
from pet_app.builder.rules import Finish, Pattern, RingPlace

ONE_BUCKLE_BELOW_MM = 360
"""Loops shorter than this have room for one girth buckle only."""


TEXT_ROOM_MM = 3.0
BETWEEN_WIDTHS = 1.25
"""On the back, the middle lines of neck and girth straps are at least so many widths apart."""


def loop_lengths(design: Design) -> dict[str, int]:
    """The inner length of each closed loop: the measurement and its ease, in mm."""
    measured = design.measurements
    return {
        "neck": measured.neck_mm + library.ease("neck").of(measured.neck_mm),
        "girth": measured.girth_mm + library.ease("girth").of(measured.girth_mm),
    }


def has_one_buckle(design: Design) -> bool:
    """Whether the girth has room for one buckle only."""
    return loop_lengths(design)["girth"] < ONE_BUCKLE_BELOW_MM


def lay(design: Design) -> Courses:
    """Where everything lies. Raises Invalid for a width that some part is not stocked in."""
    shape = Look(design.look.material, Pattern.PLAIN, "", "", Finish.POLISHED)
    return _lay(replace(design, look=shape).with_options(text=""))


@lru_cache(maxsize=64)
def _lay(design: Design) -> Courses:
    fit = Fit(design)
    lengths = loop_lengths(design)
    neck = _neck(fit, lengths["neck"])
    assert neck.inner
    assert neck.web
    is_adjusted = _chest_mm(fit, neck.inner) >= least_mm(
        fit, has_ring=RingPlace.CHEST in design.options.rings, is_adjusted=True
    )
    girth = girth_band(
        fit, lengths["girth"], one_buckle=has_one_buckle(design), chest_under=is_adjusted
    )
    assert girth.inner
    assert girth.web
    chest = chest_band(fit, neck.inner, girth.inner, is_adjusted=is_adjusted)
    back = back_band(fit, neck.web, girth.web)
    bands = (neck, girth, chest, back)
    courses = [course for band in bands for course in band.courses]
    rings = [ring for band in bands for ring in band.rings]
    by_name = {course.name: course for course in courses}
    courses += [tab(design, ring, by_name[ring.strap]) for ring in rings]
    return Courses(
        loops={"neck": neck.inner, "girth": girth.inner},
        above={"neck": neck.web, "girth": girth.web},
        straps=tuple(courses),
        buckles=girth.buckles,
        rings=tuple(rings),
        turns=tuple(turn for band in bands for turn in band.turns),
        seams=tuple(seam for band in bands for seam in band.seams),
        spots=tuple(spot for band in bands for spot in band.spots),
    )


@dataclass(frozen=True)
class TextPlace:
    """The free stretch for a text: its strap, and middle and length along it, mm."""

    strap: str
    middle_mm: float
    length_mm: float


def text_place(design: Design) -> TextPlace:
    """On the girth strap's right side, between the back strap and the buckle or the belly."""
    laid = lay(design)
    strap = "girth" if has_one_buckle(design) else "girth_top"
    fit = Fit(design)
    web = laid.webbing_loop("girth")
    left = next(buckle for buckle in laid.buckles if buckle.side == "left")
    top, bottom = crossings(web, left)
    first = top + fit.reach + TEXT_ROOM_MM
    last = laid.strap(strap).curve.length
    last -= next(turn.leg_mm for turn in laid.turns if turn.strap == strap and turn.at_end)
    last = min(last, top + BUCKLE_PLACE * 1.25 * web.length, bottom - fit.reach) - TEXT_ROOM_MM
    return TextPlace(strap, (first + last) / 2, last - first)


def text_room_mm(design: Design) -> float:
    """How long a text may be."""
    return text_place(design).length_mm


def widest_on_back_mm(design: Design) -> float:
    """The widest strap for which neck and girth straps keep apart on the back.

    A ring or a handle that has no room between them goes behind the girth strap.
    """
    animal = body(design.measurements, design.build)
    plane = animal.neck_plane(loop_lengths(design)["neck"])
    up = plane.up[None]
    top = plane.point + animal.exits(plane.point[None], up)[0] * plane.up
    return max((float(top[0]) - 2 * OVERHANG_MM) / BETWEEN_WIDTHS, 0.0)


def has_room_for_front_ring(design: Design) -> bool:
    """Whether the chest strap is long enough for a ring between the breastbone and the belly."""
    fit = Fit(design)
    neck, _ = yoke(fit.body, loop_lengths(design)["neck"], fit.on_coat, fit.joint_radius)
    return _chest_mm(fit, neck) >= least_mm(fit, has_ring=True, is_adjusted=False)


def _chest_mm(fit: Fit, neck: Curve) -> float:
    """About how long the chest strap is from the ring to the belly strap."""
    lowest = fit.body.landmarks["brisket"]
    meeting, _, _ = joint(neck)
    across, down = abs(meeting[0] - lowest[0]), abs(meeting[1] - lowest[1])
    # Round the front of the chest it is longer than straight, and shorter than round the corner.
    return 0.5 * (across + down + (across**2 + down**2) ** 0.5) - fit.joint_radius


def _neck(fit: Fit, length_mm: int) -> Band:
    """One strap from the ring over the breastbone over the left shoulder, the withers and the
    right shoulder back to it."""
    inner, cup = yoke(fit.body, length_mm, fit.on_coat, fit.joint_radius)
    web = inner.offset(fit.lining)
    rows = open_rows(inner)
    strap = Course("neck", "neck", Curve(web.points[rows], web.normals[rows]), cup[rows])
    courses = [strap]
    if fit.is_lined:
        under = Curve(inner.points[rows], inner.normals[rows])
        courses.append(Course("neck_lining", "neck", under, cup[rows]))
    length = strap.curve.length
    room = length / 2 - fit.reach - 2
    turns = tuple(
        fit.tail(
            f"neck_tail_{side}", "neck", side == "right", "breast_ring", fit.joint_bar, room,
            f"neck_slider_{side}",
        )
        for side in ("left", "right")
    )  # fmt: skip
    courses += fit.taped(strap, turns[0].leg_mm + 2, length - turns[1].leg_mm - 2)
    spots = (Spot("neck", length / 2, "cross back"),)
    return Band(tuple(courses), inner, web, turns=turns, spots=spots)
