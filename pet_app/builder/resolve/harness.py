"""A Y-front harness worked out."""

from dataclasses import replace
from math import ceil, hypot

from pet_app.builder import library
from pet_app.builder.courses import Course, Courses, Sewn, Turn
from pet_app.builder.courses import harness as courses
from pet_app.builder.courses.band import BOX_WIDTHS, joint_ring_mm, round_bar_mm
from pet_app.builder.courses.lay import BUCKLE_PIECES
from pet_app.builder.design import Design
from pet_app.builder.resolve.letters import plate_fittings, strap_letters
from pet_app.builder.resolve.made import Allowance, Fitting, Loop, Making, Mark, Seam, Strap
from pet_app.builder.resolve.strap import (
    allowance,
    fitting,
    lining_strap,
    loop,
    rivets,
    tape_strap,
    webbing_strap,
)
from pet_app.builder.rules import RingPlace

TITLES = {
    "neck": "Neck strap",
    "girth": "Girth strap",
    "girth_top": "Girth strap, over the back",
    "girth_belly": "Girth strap, under the belly",
    "chest": "Chest strap",
    "back": "Back strap",
    "handle": "Handle",
    "front_tab": "Front ring tab",
    "back_tab": "Back ring tab",
}
"""What each strap is called."""

RIVETS = {"box and cross": 2, "box": 1}
"""How many rivets stand in for a seam on leather or biothane."""

WIDE_MM = 30
"""From this width a fold takes one rivet more."""


def work_out(design: Design) -> Making:
    laid = courses.lay(design)
    written = courses.text_place(design)
    straps = tuple(_strap(design, laid, course) for course in laid.straps)
    by_name = {strap.name: strap for strap in straps}
    letterings = strap_letters(design, by_name[written.strap], written.middle_mm, written.length_mm)
    sewn = library.webbing(design.look.material).is_sewn
    return Making(
        laid=laid,
        loops=(_loop(design, laid, "neck"), _loop(design, laid, "girth")),
        straps=straps,
        fittings=(
            *_hardware(design, laid),
            *(() if sewn else _rivets(design, laid)),
            *plate_fittings(design, letterings),
        ),
        seams=tuple(_seam(design, seam) for seam in laid.seams) if sewn else (),
        letterings=letterings,
    )


def _loop(design: Design, laid: Courses, name: str) -> Loop:
    """How far the adjusters of a loop reach; the two sides share what is free between them."""
    tails = [turn for turn in laid.turns if turn.slider.startswith(name)]
    made = loop(design, name, f"{name}_mm")
    return replace(
        made,
        shortest_mm=made.inner_mm - int(sum(turn.in_mm for turn in tails)),
        longest_mm=made.inner_mm + int(sum(turn.out_mm for turn in tails)),
    )


def _strap(design: Design, laid: Courses, course: Course) -> Strap:
    if course.name.endswith("_lining"):
        title = TITLES[course.name.removesuffix("_lining")]
        return lining_strap(design, course, f"Lining of the {title[0].lower()}{title[1:]}")
    if "_tape_" in course.name:
        under, _, side = course.name.partition("_tape_")
        return tape_strap(design, course, f"Reflective tape, {under.replace('_', ' ')}, {side}")
    start, end = (_added(design, laid, course, at_end) for at_end in (False, True))
    strap = webbing_strap(design, course, TITLES[course.name], ())
    added = (start, end)
    return replace(
        strap,
        allowances=added,
        cut_mm=ceil(strap.neutral_mm + sum(part.length_mm for part in added)),
        marks=_marks(design, laid, course, strap, start.length_mm),
    )


def _added(design: Design, laid: Courses, course: Course, at_end: bool) -> Allowance:
    """What is cut longer at one end: a second layer turned round something, or a hem."""
    turn = _turn(laid, course.name, at_end)
    if turn is None:
        return allowance("hem", design.width_mm)
    _, why = library.allowance_mm("tail" if turn.slider else "fold", design.width_mm)
    why = why.replace("the buckle bar", turn.about.replace("_", " "))
    return Allowance("tail" if turn.slider else "fold", ceil(_second_mm(design, turn)), why)


def _second_mm(design: Design, turn: Turn) -> float:
    thickness = library.webbing(design.look.material).thickness_mm
    return turn.leg_mm + round_bar_mm(turn.bar_mm, thickness)


def _turn(laid: Courses, strap: str, at_end: bool) -> Turn | None:
    found = (turn for turn in laid.turns if turn.strap == strap and turn.at_end == at_end)
    return next(found, None)


def _marks(
    design: Design, laid: Courses, course: Course, strap: Strap, first_mm: int
) -> tuple[Mark, ...]:
    """What is marked on a strap, from its first cut end; `first_mm` of it are turned back."""
    stretch = strap.neutral_mm / course.inner_mm()

    def flat(at_mm: float) -> int:
        return round(first_mm + at_mm * stretch)

    found: list[Mark] = []
    for at_end in (False, True):
        turn = _turn(laid, course.name, at_end)
        at = flat(course.inner_mm() if at_end else 0.0)
        away = 1 if at_end else -1
        if turn is None:
            found.append(Mark(at, "fold hem under"))
            continue
        found.append(Mark(at, f"fold round {turn.about.replace('_', ' ')}"))
        if turn.slider:
            around = _second_mm(design, turn) - turn.leg_mm
            found.append(Mark(round(at + away * (around + turn.hump_mm)), f"slider {turn.slider}"))
    for seam in laid.seams:
        if seam.strap == course.name:
            found += [
                Mark(flat(seam.middle_mm + sign * seam.length_mm / 2), f"seam {word} {seam.name}")
                for word, sign in (("from", -1), ("to", 1))
            ]
    found += [
        Mark(flat(ring.place_mm), f"ring {ring.name}, under {ring.tab}")
        for ring in laid.rings
        if ring.strap == course.name
    ]
    found += [Mark(flat(spot.at_mm), spot.what) for spot in laid.spots if spot.strap == course.name]
    if course.name.endswith("_tab"):
        ring = next(ring for ring in laid.rings if ring.tab == course.name)
        found.append(Mark(flat(course.inner_mm() / 2), f"ring {ring.name}"))
    if design.options.text and course.name == courses.text_place(design).strap:
        found.append(Mark(flat(courses.text_place(design).middle_mm), f"text {course.name}"))
    return tuple(sorted(found, key=lambda mark: mark.at_mm))


def _hardware(design: Design, laid: Courses) -> tuple[Fitting, ...]:
    """Buckles, sliders and rings. What only one of two rings pulls on does not bear without it."""
    front = RingPlace.CHEST in design.options.rings
    buckle = BUCKLE_PIECES[design.options.buckle]
    count = len(laid.buckles)
    size = joint_ring_mm(design.width_mm)
    ring = library.hardware("o_ring", size)
    sliders = [turn.slider for turn in laid.turns if turn.slider]
    return (
        *(fitting(design, f"girth_buckle_{at.side}", buckle, count) for at in laid.buckles),
        *(replace(fitting(design, name, "slider"), bears=False) for name in sliders),
        Fitting(
            "breast_ring",
            "o_ring",
            ring.sku,
            f"{ring.name} {size} mm",
            size,
            ring.strength_n,
            front,
        ),
        *(fitting(design, place.name, "d_ring") for place in laid.rings),
    )


def _rivets(design: Design, laid: Courses) -> tuple[Fitting, ...]:
    """Rivets where nothing is sewn. Both ends of a tab, of the back strap and of a girth share."""
    found: list[Fitting] = []
    for seam in laid.seams:
        count = RIVETS[seam.stitch]
        if seam.stitch == "box and cross" and design.width_mm >= WIDE_MM and seam.layers > 1:
            count += 1
        bears = not seam.name.startswith(("chest", "front")) or (
            RingPlace.CHEST in design.options.rings
        )
        shared = 1 if seam.name.startswith("chest") else 2
        found += [
            replace(rivet, bears=bears, shared_by=shared * count)
            for rivet in rivets(design, seam.name, count)
        ]
    return tuple(found)


def _seam(design: Design, sewn: Sewn) -> Seam:
    side, length = BOX_WIDTHS * design.width_mm, sewn.length_mm
    line = 2 * (side + length)
    if sewn.stitch == "box and cross":
        line += 2 * hypot(side, length)
    return Seam(sewn.name, sewn.stitch, line, max(sewn.layers, 2))
