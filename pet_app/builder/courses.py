"""The course of every strap over the body: the middle line of its inner face, in millimetres."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder import library
from pet_app.builder.body import Curve, Ring, collar_ring, girth_ring, neck_ring
from pet_app.builder.design import Design
from pet_app.builder.rules import Kind

GIRTH_BUCKLE_PLACE = 0.27
"""Where the middle of a girth buckle is, as a share of the loop from its top."""

ONE_BUCKLE_BELOW_MM = 360
"""Loops shorter than this have room for one girth buckle only."""

OVERHANG_MM = 2.0
"""How far a strap's end reaches past the band it is sewn on."""

TAB_LEG_WIDTHS = 0.7
"""Each leg of a ring tab, in widths of its webbing."""


@dataclass(frozen=True, eq=False)
class Course:
    """Where one strap lies. `loop` names the closed loop it is part of, empty when of none."""

    name: str
    loop: str
    curve: Curve

    def inner_mm(self) -> float:
        return self.curve.length

    def neutral_mm(self, thickness_mm: float) -> float:
        """The length of the fibre half-way through, which neither stretches nor creases."""
        return self.curve.squared().offset(thickness_mm / 2).length


@dataclass(frozen=True, eq=False)
class Buckle:
    """A closed buckle bridging a gap: its middle as a way along the loop, and its span."""

    loop: str
    side: str
    middle_mm: float
    span_mm: float


@dataclass(frozen=True)
class RingPlace:
    """Where the bar of a D-ring lies: on which strap, and how far along its inner face.

    `tab` names the short strap that holds it, empty when the strap's own fold does.
    """

    name: str
    tab: str
    strap: str
    place_mm: float


@dataclass(frozen=True, eq=False)
class Courses:
    """All straps of a piece with the rings and buckles they belong to."""

    rings: dict[str, Ring]
    straps: tuple[Course, ...]
    buckles: tuple[Buckle, ...]
    d_rings: tuple["RingPlace", ...]

    def strap(self, name: str) -> Course:
        return next(strap for strap in self.straps if strap.name == name)


def loop_lengths(design: Design) -> dict[str, int]:
    """The inner length of each closed loop: the measurement and its ease, in mm."""
    measured = design.measurements
    if design.kind is Kind.COLLAR:
        return {"collar": measured.neck_mm + library.ease("collar").of(measured.neck_mm)}
    return {
        "neck": measured.neck_mm + library.ease("neck").of(measured.neck_mm),
        "girth": measured.girth_mm + library.ease("girth").of(measured.girth_mm),
    }


def courses(design: Design) -> Courses:
    """Lay every strap of a design on the simple body."""
    if design.kind is Kind.COLLAR:
        return _collar(design)
    return _harness(design)


def _collar(design: Design) -> Courses:
    length = loop_lengths(design)["collar"]
    ring = collar_ring(design.measurements, length)
    span = library.hardware("side_release_buckle", design.width_mm).span_mm
    ring_mm = collar_ring_mm(design)
    buckle = Buckle("collar", "right", length / 2 - ring_mm - span / 2, span)
    strap = Course("collar", "collar", _piece(ring, buckle, buckle))
    place = RingPlace("d_ring", "", "collar", ring_mm)
    return Courses({"collar": ring}, (strap,), (buckle,), (place,))


def collar_ring_mm(design: Design) -> float:
    """How far from the buckle's bar a collar's ring hangs, caught in the fold sewn there."""
    fold_mm, _ = library.allowance_mm("ring_fold", design.width_mm)
    return fold_mm - tab_reach_mm(design) - 2 * OVERHANG_MM


def _harness(design: Design) -> Courses:
    lengths = loop_lengths(design)
    girth = girth_ring(lengths["girth"])
    neck = neck_ring(design.measurements, lengths["girth"], lengths["neck"])
    span = library.hardware("side_release_buckle", design.width_mm).span_mm
    place = GIRTH_BUCKLE_PLACE * girth.perimeter_mm
    left = Buckle("girth", "left", girth.perimeter_mm - place, span)
    if girth.perimeter_mm < ONE_BUCKLE_BELOW_MM:
        buckles = (left,)
        girths = (Course("girth", "girth", _piece(girth, left, left)),)
    else:
        right = Buckle("girth", "right", place, span)
        buckles = (right, left)
        girths = (
            Course("girth_top", "girth", _piece(girth, left, right)),
            Course("girth_belly", "girth", _piece(girth, right, left)),
        )
    width = design.width_mm
    thickness = library.webbing(design.look.material).thickness_mm
    chest = Course("chest", "", _between(neck, girth, "bottom", width, thickness))
    back = Course("back", "", _between(neck, girth, "top", width, thickness))
    clear = width + 2 * OVERHANG_MM
    front_ring = RingPlace("front_d_ring", "front_tab", "chest", clear + tab_reach_mm(design))
    back_ring = RingPlace("back_d_ring", "back_tab", "back", back.curve.length / 2)
    straps = (
        Course("neck", "neck", neck.curve()),
        *girths,
        chest,
        back,
        _tab(design, front_ring, chest),
        _tab(design, back_ring, back),
    )
    rings = {"neck": neck, "girth": girth}
    return Courses(rings, straps, buckles, (front_ring, back_ring))


def tab_reach_mm(design: Design) -> float:
    """Half the length that a ring tab takes up on its strap."""
    return TAB_LEG_WIDTHS * design.width_mm + bump_mm(design)


def bump_mm(design: Design) -> float:
    """Half the length of the bump that a strap makes over the bar of a ring."""
    bar = library.hardware("d_ring", design.width_mm).bar_mm
    return 1.3 * bar + 0.9 * library.webbing(design.look.material).thickness_mm


def _tab(design: Design, place: RingPlace, under: Course) -> Course:
    """The short piece over the bar of a ring, sewn down on both sides of it."""
    bar = library.hardware("d_ring", design.width_mm).bar_mm
    thickness = library.webbing(design.look.material).thickness_mm
    reach = tab_reach_mm(design)
    along = np.linspace(-reach, reach, 81)
    bump = np.clip(1 - np.abs(along) / bump_mm(design), 0.0, 1.0)
    height = thickness + bar * bump**2 * (3 - 2 * bump)
    return Course(place.tab, "", under.curve.at(place.place_mm + along).offset(height))


def _piece(ring: Ring, start: Buckle, end: Buckle) -> Curve:
    """The part of a loop from one buckle's bar round to the next one's."""
    total = ring.perimeter_mm
    first = start.middle_mm + start.span_mm / 2
    last = end.middle_mm - end.span_mm / 2
    if last <= first:
        last += total
    loop = ring.curve()
    count = max(16, round(len(loop.points) * (last - first) / total))
    places = np.linspace(first, last, count) % total
    return loop.at(places)


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
