"""A flat collar worked out."""

from dataclasses import replace
from math import ceil, floor

from pet_app.builder import library
from pet_app.builder.courses import collar as courses
from pet_app.builder.courses.band import SETTLE_BARS, round_bar_mm
from pet_app.builder.courses.lay import BUCKLE_PIECES, bump_mm, tab_reach_mm
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
from pet_app.builder.rules import Buckle


def work_out(design: Design) -> Making:
    laid, parts = courses.lay(design), courses.plan(design)
    main = _main(design, parts)
    straps = [main]
    for course in laid.straps[1:]:
        title = course.name.replace("_", " ").capitalize()
        if course.name.endswith("_tab"):
            straps.append(_tab(webbing_strap(design, course, title, ("hem", "hem"))))
        elif course.name.endswith("_lining"):
            straps.append(lining_strap(design, course, title))
        else:
            straps.append(tape_strap(design, course, title))
    letters = strap_letters(design, main, parts.text_mm, parts.text_room_mm)
    seams, riveted = _joined(design, parts)
    inner = courses.loop_lengths(design)["collar"]
    return Making(
        laid=laid,
        loops=(
            loop(
                design,
                "collar",
                "neck_mm",
                shortest_mm=ceil(inner - parts.take_in_mm),
                longest_mm=floor(inner + parts.let_out_mm),
            ),
        ),
        straps=tuple(straps),
        fittings=(*_fittings(design, parts), *riveted, *plate_fittings(design, letters)),
        seams=seams,
        letterings=letters,
    )


def _tab(strap: Strap) -> Strap:
    """The piece over a ring's bar with its marks: turned under at both ends, the ring between."""
    start, end = (added.length_mm for added in strap.allowances)
    ring = strap.name.replace("_tab", "_d_ring")
    marks = (
        Mark(start, "fold hem under"),
        Mark(round((start + strap.cut_mm - end) / 2), f"ring {ring}"),
        Mark(strap.cut_mm - end, "fold hem under"),
    )
    return replace(strap, marks=marks)


def _main(design: Design, parts: courses.Plan) -> Strap:
    """The strap itself, the end that is sewn first."""
    thick = library.webbing(design.look.material).thickness_mm
    course = courses.lay(design).strap("collar")
    if parts.holes:
        free = Allowance("free_end", ceil(parts.tail_mm), "through the buckle, with its holes")
    else:
        turned = round_bar_mm(courses.BAR_SHARE * design.width_mm, thick)
        why = "adjuster tail turned back through the slider"
        free = Allowance("tail", ceil(parts.tail_mm + turned), why)
    held = "ring_fold" if parts.held_mm else "fold"
    strap = webbing_strap(design, course, "Collar strap", (held,))
    fold = strap.allowances[0].length_mm
    return replace(
        strap,
        allowances=(*strap.allowances, free),
        cut_mm=ceil(strap.neutral_mm + fold + free.length_mm),
        marks=_marks(design, parts, fold, strap.neutral_mm / parts.strap_mm),
    )


def _fittings(design: Design, parts: courses.Plan) -> tuple[Fitting, ...]:
    piece = BUCKLE_PIECES[design.options.buckle]
    found = [fitting(design, "collar_buckle_right", piece)]
    if parts.holes:
        found.append(fitting(design, "keeper", "keeper"))
    else:
        found.append(fitting(design, "collar_slider", "slider"))
    rings = design.options.rings
    found += [fitting(design, f"{ring}_d_ring", "d_ring", len(rings)) for ring in rings]
    return tuple(found)


def _joined(design: Design, parts: courses.Plan) -> tuple[tuple[Seam, ...], tuple[Fitting, ...]]:
    """What holds its layers: seams, or rivets in what is not sewn."""
    side = 0.74 * design.width_mm
    names = {"collar_fold_start": "box and cross"}
    if parts.held_mm:
        names["collar_fold_end"] = "box"
    for place, _ in parts.tabs:
        names |= {f"{place}_tab_start": "box", f"{place}_tab_end": "box"}
    if not library.webbing(design.look.material).is_sewn:
        count = {name: 2 if name == "collar_fold_start" else 1 for name in names}
        return (), tuple(rivet for name in names for rivet in rivets(design, name, count[name]))
    lines = {"box": 4 * side, "box and cross": (4 + 2 * 2**0.5) * side}
    seams = [Seam(name, stitch, lines[stitch]) for name, stitch in names.items()]
    edged = courses.edged_mm(design)
    if edged:
        seams.append(Seam("collar_edge", "line", 2 * (edged[1] - edged[0]), courses.layers(design)))
    return tuple(seams), ()


def _marks(design: Design, parts: courses.Plan, fold: int, stretch: float) -> tuple[Mark, ...]:
    """From the end that is sewn round the buckle; `stretch` is the middle fibre over the inner."""
    buckle, slider, settle = "collar_buckle_right", "collar_slider", SETTLE_BARS * courses.BAR_SHARE
    found: list[tuple[float, str]] = [(0.0, f"fold round the bar of {buckle}")]
    first = (settle * design.width_mm, parts.fold_mm)
    if parts.held_mm:
        bump = bump_mm(design)
        found.append((parts.held_mm, "ring buckle_d_ring, caught in the fold"))
        found.append((parts.held_mm + bump, "seam from collar_fold_end"))
        found.append((parts.fold_mm, "seam to collar_fold_end"))
        first = (first[0], parts.held_mm - bump)
    found.append((first[0], "seam from collar_fold_start"))
    found.append((first[1], "seam to collar_fold_start"))
    reach, free = tab_reach_mm(design), bump_mm(design)
    for place, at in parts.tabs:
        found.append((at, f"cross {place}_tab"))
        for name, first, last in (("start", -reach, -free), ("end", free, reach)):
            found.append((at + first, f"seam from {place}_tab_{name}"))
            found.append((at + last, f"seam to {place}_tab_{name}"))
    if design.options.text:
        found.append((parts.text_mm, "text collar"))
    for number, hole in enumerate(parts.holes, 1):
        found.append((parts.strap_mm + hole, f"hole {number} of {len(parts.holes)}"))
    if design.options.buckle is not Buckle.PIN:
        found.append((parts.strap_mm - parts.hump_mm, f"slider {slider} lies on the strap here"))
        found.append((parts.strap_mm, f"fold round the bar of {buckle} that slides"))
        found.append((parts.strap_mm + parts.hump_mm, f"slider {slider} holds the tail here"))
    marks = (Mark(round(fold + way * stretch), what) for way, what in found)
    return tuple(sorted(marks, key=lambda mark: mark.at_mm))
