"""A martingale worked out."""

from dataclasses import replace
from math import ceil, floor

from pet_app.builder import library
from pet_app.builder.courses import martingale as courses
from pet_app.builder.courses.band import SETTLE_BARS, round_bar_mm
from pet_app.builder.design import Design
from pet_app.builder.resolve.letters import plate_fittings, strap_letters
from pet_app.builder.resolve.made import Allowance, Fitting, Making, Mark, Seam, Strap
from pet_app.builder.resolve.strap import (
    fitting,
    lining_strap,
    loop,
    rivets,
    tape_strap,
    webbing_strap,
)

MAIN, CONTROL = "martingale", "control"


def work_out(design: Design) -> Making:
    laid, parts = courses.lay(design), courses.plan(design)
    main = _main(design, parts)
    straps = [main]
    for course in laid.straps[1:]:
        title = course.name.replace("_", " ").capitalize()
        if course.name == CONTROL:
            straps.append(_control(design))
        elif course.name.endswith("_lining"):
            straps.append(lining_strap(design, course, title))
        else:
            straps.append(tape_strap(design, course, title))
    letters = strap_letters(design, main, parts.text_mm, parts.text_room_mm)
    seams, riveted = _joined(design)
    inner = courses.loop_lengths(design)[MAIN]
    return Making(
        laid=laid,
        loops=(
            loop(
                design,
                MAIN,
                "neck_mm",
                shortest_mm=ceil(inner - parts.gap_mm + parts.tight_mm),
                longest_mm=floor(inner + courses.control_loop(design).opens_mm),
            ),
        ),
        straps=tuple(straps),
        fittings=(*_fittings(design), *riveted, *plate_fittings(design, letters)),
        seams=seams,
        letterings=letters,
    )


def _main(design: Design, parts: courses.Plan) -> Strap:
    """The strap round the neck, the end that is sewn first."""
    course = courses.lay(design).strap(MAIN)
    turned = round_bar_mm(parts.bar_mm, library.webbing(design.look.material).thickness_mm)
    added = (
        Allowance("fold", ceil(parts.fold_mm + turned), "turned back round the ring and sewn"),
        Allowance(
            "tail", ceil(parts.tail_mm + turned), "adjuster tail turned back through the slider"
        ),
    )
    strap = webbing_strap(design, course, "Collar strap", ())
    return replace(
        strap,
        allowances=added,
        cut_mm=ceil(strap.neutral_mm + sum(part.length_mm for part in added)),
        marks=_marks(design, parts, added[0].length_mm, strap.neutral_mm / parts.strap_mm),
    )


def _control(design: Design) -> Strap:
    """The control loop, cut from narrower webbing."""
    narrow = replace(design, width_mm=courses.control_width_mm(design.width_mm))
    course = courses.lay(design).strap(CONTROL)
    found = webbing_strap(narrow, course, "Control loop", ("seam",))
    overlap, half = found.allowances[0].length_mm, round(found.neutral_mm / 2)
    marks = (
        Mark(0, "seam from control_seam: this end lies below"),
        Mark(overlap, "seam to control_seam"),
        Mark(overlap + half, "ring leash_d_ring hangs here, after both rings of the collar"),
        Mark(found.cut_mm - overlap, "seam from control_seam: from here it lies on the other end"),
    )
    return replace(found, marks=marks)


def _fittings(design: Design) -> tuple[Fitting, ...]:
    narrow = replace(design, width_mm=courses.control_width_mm(design.width_mm))
    return (
        fitting(design, "martingale_slider", "slider"),
        fitting(design, "martingale_ring_right", "d_ring", 2),
        fitting(design, "martingale_ring_left", "d_ring", 2),
        fitting(narrow, "leash_d_ring", "d_ring"),
    )


def _joined(design: Design) -> tuple[tuple[Seam, ...], tuple[Fitting, ...]]:
    """What holds its layers: seams, or rivets in what is not sewn."""
    narrow = replace(design, width_mm=courses.control_width_mm(design.width_mm))
    if not library.webbing(design.look.material).is_sewn:
        return (), (*rivets(design, "martingale_fold", 2), *rivets(narrow, "control_seam", 2))
    line = (4 + 2 * 2**0.5) * 0.74
    seams = [
        Seam("martingale_fold", "box and cross", line * design.width_mm),
        Seam("control_seam", "box and cross", line * narrow.width_mm),
    ]
    edged = courses.edged_mm(design)
    if edged:
        layers = courses.layers(design)
        seams.append(Seam("martingale_edge", "line", 2 * (edged[1] - edged[0]), layers))
    return tuple(seams), ()


def _marks(design: Design, parts: courses.Plan, fold: int, stretch: float) -> tuple[Mark, ...]:
    """From the end that is sewn round its ring; `stretch` is the middle fibre over the inner."""
    found = [
        (0.0, "fold round the bar of martingale_ring_right"),
        (SETTLE_BARS * parts.bar_mm, "seam from martingale_fold"),
        (parts.fold_mm, "seam to martingale_fold: the cut end comes to lie here"),
        (parts.strap_mm - parts.hump_mm, "slider martingale_slider lies on the strap here"),
        (parts.strap_mm, "fold round the bar of martingale_ring_left, which slides"),
        (parts.strap_mm + parts.hump_mm, "slider martingale_slider holds the tail here"),
    ]
    if design.options.text:
        found.append((parts.text_mm, "text martingale"))
    marks = (Mark(round(fold + way * stretch), what) for way, what in found)
    return tuple(sorted(marks, key=lambda mark: mark.at_mm))
