"""A leash worked out."""

from dataclasses import replace

from pet_app.builder import library
from pet_app.builder.courses import leash as courses
from pet_app.builder.design import Design
from pet_app.builder.resolve.letters import plate_fittings, strap_letters
from pet_app.builder.resolve.made import Fitting, Making, Mark, Seam, Strap
from pet_app.builder.resolve.strap import fitting, rivets, tape_strap, webbing_strap


def work_out(design: Design) -> Making:
    laid, parts = courses.lay(design), courses.plan(design)
    leash = webbing_strap(design, laid.strap("leash"), "Leash", ("fold",))
    letters = tuple(
        replace(letter, at_mm=parts.text_end_mm - letter.length_mm / 2)
        for letter in strap_letters(design, leash, parts.text_mm, courses.text_room_mm(design))
    )
    text_mm = letters[0].at_mm if letters else None
    straps: list[Strap] = [replace(leash, marks=_marks(parts, text_mm))]
    for course in laid.straps[1:]:
        if course.name == "handle":
            straps.append(
                webbing_strap(design, course, "Traffic handle", ("hem", "hem"), _handle(parts))
            )
        else:
            side = course.name.rpartition("_")[2]
            straps.append(tape_strap(design, course, f"Reflective tape, {side} edge"))
    seams, riveted = _joined(design, parts)
    return Making(
        laid=laid,
        straps=tuple(straps),
        fittings=(
            fitting(design, "snap_hook", "snap_hook"),
            *riveted,
            *plate_fittings(design, letters),
        ),
        seams=seams,
        letterings=letters,
    )


def _joined(design: Design, parts: courses.Plan) -> tuple[tuple[Seam, ...], tuple[Fitting, ...]]:
    """What holds its layers: seams, or rivets in what is not sewn."""
    names = {"snap_fold": 2, "hand_seam": 2}
    if parts.handle_mm:
        names |= {"handle_start": 2, "handle_end": 2}
    if not library.webbing(design.look.material).is_sewn:
        return (), tuple(rivet for name in names for rivet in rivets(design, name, 2))
    side = 0.74 * design.width_mm
    line = (4 + 2 * 2**0.5) * side
    return tuple(Seam(name, "box and cross", line, count) for name, count in names.items()), ()


def _marks(parts: courses.Plan, text_mm: float | None) -> tuple[Mark, ...]:
    """From the end that is folded round the snap."""
    fold = round(parts.fold_mm)
    neck = fold + parts.neck_mm
    returned = neck + 2 * parts.hand_loop_mm
    found = [
        Mark(0, "seam to snap_fold"),
        Mark(fold, "fold round the bar of snap_hook"),
        Mark(2 * fold, "seam from snap_fold: the cut end comes to lie here"),
    ]
    if parts.handle_mm:
        middle, half = fold + parts.handle_mm, parts.handle_base_mm / 2
        found += [
            Mark(round(middle - half), "cross handle: its first end, on the inner face"),
            Mark(round(middle + half), "cross handle: its second end, on the inner face"),
        ]
    if text_mm is not None:
        found.append(Mark(round(fold + text_mm), "text leash"))
    return (
        *found,
        Mark(round(neck - parts.overlap_mm), "seam from hand_seam: the far end comes to lie here"),
        Mark(round(neck), "seam to hand_seam: the hand loop leaves here"),
        Mark(round((neck + returned) / 2), "fold tip of the hand loop"),
        Mark(round(returned), "seam to hand_seam: the hand loop comes back here"),
    )


def _handle(parts: courses.Plan) -> tuple[Mark, ...]:
    hem, _ = library.allowance_mm("hem", 0)
    leg, end = round(parts.handle_leg_mm), round(parts.handle_strap_mm)
    return (
        Mark(hem, "fold hem under; seam from handle_start"),
        Mark(hem + leg, "seam to handle_start"),
        Mark(hem + end - leg, "seam from handle_end"),
        Mark(hem + end, "fold hem under; seam to handle_end"),
    )
