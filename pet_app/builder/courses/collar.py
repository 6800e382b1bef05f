"""The course of a flat collar."""

from pet_app.builder import library
from pet_app.builder.courses.course import BucklePlace, Course, Courses, HeldRing
from pet_app.builder.courses.lay import OVERHANG_MM, piece, tab_reach_mm
from pet_app.builder.courses.ring import collar_ring
from pet_app.builder.design import Design


def loop_lengths(design: Design) -> dict[str, int]:
    """The inner length of the loop: the neck and its ease, in mm."""
    neck = design.measurements.neck_mm
    return {"collar": neck + library.ease("collar").of(neck)}


def lay(design: Design) -> Courses:
    length = loop_lengths(design)["collar"]
    ring = collar_ring(design.measurements, length)
    span = library.hardware("side_release_buckle", design.width_mm).span_mm
    ring_mm = collar_ring_mm(design)
    buckle = BucklePlace("collar", "right", length / 2 - ring_mm - span / 2, span)
    strap = Course("collar", "collar", piece(ring, buckle, buckle))
    place = HeldRing("d_ring", "", "collar", ring_mm)
    return Courses({"collar": ring.curve()}, (strap,), (buckle,), (place,))


def collar_ring_mm(design: Design) -> float:
    """How far from the buckle's bar a collar's ring hangs, caught in the fold sewn there."""
    fold_mm, _ = library.allowance_mm("ring_fold", design.width_mm)
    return fold_mm - tab_reach_mm(design) - 2 * OVERHANG_MM
