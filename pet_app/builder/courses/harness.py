"""The courses of a Y-front harness."""

import numpy as np

from pet_app.builder import library
from pet_app.builder.courses.course import BucklePlace, Course, Courses, HeldRing
from pet_app.builder.courses.lay import OVERHANG_MM, piece, tab, tab_reach_mm
from pet_app.builder.courses.ring import Ring, girth_ring, neck_ring
from pet_app.builder.curve import Curve
from pet_app.builder.design import Design

GIRTH_BUCKLE_PLACE = 0.27
"""Where the middle of a girth buckle is, as a share of the loop from its top."""

ONE_BUCKLE_BELOW_MM = 360
"""Loops shorter than this have room for one girth buckle only."""


def loop_lengths(design: Design) -> dict[str, int]:
    """The inner length of each closed loop: the measurement and its ease, in mm."""
    measured = design.measurements
    return {
        "neck": measured.neck_mm + library.ease("neck").of(measured.neck_mm),
        "girth": measured.girth_mm + library.ease("girth").of(measured.girth_mm),
    }


def lay(design: Design) -> Courses:
    lengths = loop_lengths(design)
    girth = girth_ring(lengths["girth"])
    neck = neck_ring(design.measurements, lengths["girth"], lengths["neck"])
    span = library.hardware("side_release_buckle", design.width_mm).span_mm
    place = GIRTH_BUCKLE_PLACE * girth.perimeter_mm
    left = BucklePlace("girth", "left", girth.perimeter_mm - place, span)
    if girth.perimeter_mm < ONE_BUCKLE_BELOW_MM:
        buckles = (left,)
        girths = (Course("girth", "girth", piece(girth, left, left)),)
    else:
        right = BucklePlace("girth", "right", place, span)
        buckles = (right, left)
        girths = (
            Course("girth_top", "girth", piece(girth, left, right)),
            Course("girth_belly", "girth", piece(girth, right, left)),
        )
    width = design.width_mm
    thickness = library.webbing(design.look.material).thickness_mm
    chest = Course("chest", "", _between(neck, girth, "bottom", width, thickness))
    back = Course("back", "", _between(neck, girth, "top", width, thickness))
    clear = width + 2 * OVERHANG_MM
    front_ring = HeldRing("front_d_ring", "front_tab", "chest", clear + tab_reach_mm(design))
    back_ring = HeldRing("back_d_ring", "back_tab", "back", back.curve.length / 2)
    straps = (
        Course("neck", "neck", neck.curve()),
        *girths,
        chest,
        back,
        tab(design, front_ring, chest),
        tab(design, back_ring, back),
    )
    loops = {"neck": neck.curve(), "girth": girth.curve()}
    return Courses(loops, straps, buckles, (front_ring, back_ring))


def _between(neck: Ring, girth: Ring, end: str, width_mm: float, thickness_mm: float) -> Curve:
    """The strap on the middle line from the neck band to the girth band, lying on both."""
    start, goal = (neck.highest, girth.highest) if end == "top" else (neck.lowest, girth.lowest)
    leaving, arriving = -neck.along(end), -girth.along(end)
    reach = width_mm / 2 + OVERHANG_MM
    if end == "top":
        pull = np.full(2, np.linalg.norm(goal - start) / 3)
    else:
        fall = (goal - start)[1] / leaving[1]
        corner = start + fall * leaving
        pull = 0.66 * np.array([fall, max(corner[0] - goal[0], 0.3 * start[0])])
    handles = np.stack([start, start + pull[0] * leaving, goal - pull[1] * arriving, goal])
    turn = np.linspace(0.0, 1.0, 256)[:, None]
    weights = [
        (1 - turn) ** 3,
        3 * turn * (1 - turn) ** 2,
        3 * turn**2 * (1 - turn),
        turn**3,
    ]
    middle = sum(weight * handle for weight, handle in zip(weights, handles, strict=True))
    points = np.concatenate(
        [
            start - np.linspace(reach, 0, 12, endpoint=False)[:, None] * leaving,
            middle,
            goal + np.linspace(0, reach, 13)[1:, None] * arriving,
        ]
    )
    forward = np.gradient(points, axis=0)
    forward /= np.linalg.norm(forward, axis=1, keepdims=True)
    side = 1.0 if end == "top" else -1.0
    normals = side * np.stack([forward[:, 1], -forward[:, 0], 0 * forward[:, 0]], axis=1)
    lying = Curve(points, normals)
    arc = lying.arc
    from_band = np.minimum(np.abs(arc - reach), np.abs(arc - (arc[-1] - reach)))
    fall_off = np.clip((from_band - width_mm / 2) / width_mm, 0.0, 1.0)
    raised = lying.offset(thickness_mm * (1 - fall_off**2 * (3 - 2 * fall_off)))
    return raised.at(np.linspace(0.0, raised.length, 160))
