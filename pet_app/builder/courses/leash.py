"""The course of a leash: coiled on a table, the snap hook to one side, the hand loop to the other.

Lengths along the leash run from the snap's bar to the end that closes the hand loop.
"""

from dataclasses import dataclass

import numpy as np

from pet_app.builder import library
from pet_app.builder.courses import coil
from pet_app.builder.courses.course import Course, Courses
from pet_app.builder.curve import Curve
from pet_app.builder.design import Design

BETWEEN_LAYERS_MM = 0.08
"""Between layers sewn together, so that their faces do not flicker when drawn."""

EXTRA_TURN = np.radians(105.0)
"""How far the arm with the snap goes on round the coil, so that the snap comes to the front."""

SNAP_BEND_PER_MM = 0.0022
"""How the led-out end with the snap curves to the front, in radians."""

TWIST_STEP_MM = 4.0
"""Where the strap twists from its edge onto its face its sides would show facets."""

HAND_TURN = np.radians(-58.0)
HAND_BEND_MM = 62.0
"""Before its seam the hand loop's end turns to the front, along so much of it."""

AIR_MM = 6.0
"""Between one pass of the coil and the next."""

MARGIN_MM = 14.0
"""Between a fold, a seam or a text and what follows it."""

TAPE_INSET = 0.05
"""Between a tape and the edge of its strap, in widths."""


@dataclass(frozen=True)
class Plan:
    """Where everything is along a leash, in mm from the snap's bar.

    `neck_mm` is where the hand loop leaves; the strap comes back there and lies on itself for
    `overlap_mm`. `handle_mm` is the middle of the traffic handle, `handle_base_mm` from end to end
    of it; `text_mm` the middle of a text, which may be `text_room_mm` long.
    """

    fold_mm: float
    twist_mm: float
    neck_mm: float
    hand_loop_mm: float
    overlap_mm: float
    handle_mm: float
    handle_base_mm: float
    handle_strap_mm: float
    handle_leg_mm: float
    text_mm: float
    text_room_mm: float

    @property
    def strap_mm(self) -> float:
        """From the snap's bar to the end sewn down at the hand loop, along the middle fibre."""
        return self.neck_mm + 2 * self.hand_loop_mm + self.overlap_mm

    @property
    def text_end_mm(self) -> float:
        """Where a text ends that reads towards the hand loop."""
        return self.text_mm + self.text_room_mm / 2

    @property
    def snap_run_mm(self) -> float:
        """What is led out of the coil with the snap on it."""
        handle = self.handle_base_mm + 2 * MARGIN_MM if self.handle_mm else 0.0
        return self.fold_mm + self.twist_mm + handle

    @property
    def hand_run_mm(self) -> float:
        """What is led out of the coil before the hand loop."""
        return self.overlap_mm + HAND_BEND_MM + 2 * MARGIN_MM


def plan(design: Design) -> Plan:
    """Divide a leash up; its finished length is from the snap's tip to the hand loop's."""
    width = design.width_mm
    rules = library.table("leash")
    snap = library.hardware("snap_hook", width)
    fold, _ = library.allowance_mm("fold", width)
    overlap, _ = library.allowance_mm("seam", width)
    hand = float(rules["hand_loop"]["long_mm"])
    neck = design.options.leash_mm - snap.span_mm - hand
    has_handle = design.options.handle
    base = rules["traffic_handle"]["base_mm"] + 2 * overlap if has_handle else 0.0
    twist = max(70.0, 4.5 * width)
    text = text_room_mm(design) if design.options.text else 0.0
    return Plan(
        fold_mm=fold,
        twist_mm=twist,
        neck_mm=neck,
        hand_loop_mm=hand,
        overlap_mm=overlap,
        handle_mm=fold + twist + MARGIN_MM + base / 2 if has_handle else 0.0,
        handle_base_mm=base,
        handle_strap_mm=rules["traffic_handle"]["strap_mm"] + 2 * overlap if has_handle else 0.0,
        handle_leg_mm=overlap,
        text_mm=neck - overlap - HAND_BEND_MM - 2 * MARGIN_MM - text / 2,
        text_room_mm=text,
    )


def text_room_mm(design: Design) -> float:
    """How long a text on it may be."""
    return float(library.table("leash")["text"]["room_mm"])


def lay(design: Design) -> Courses:
    parts = plan(design)
    thickness = library.webbing(design.look.material).thickness_mm
    middle = _lifted(_edges(parts, thickness), parts, design.width_mm, thickness)
    leash = Course("leash", "", middle.offset(-thickness / 2))
    straps = [leash]
    if design.options.reflective:
        straps += tapes(leash, design, parts.fold_mm + MARGIN_MM, parts.neck_mm)
    if parts.handle_mm:
        straps.append(Course("handle", "", _handle(middle, parts, thickness)))
    return Courses(straps=tuple(straps))


def tapes(under: Course, design: Design, start_mm: float, end_mm: float) -> list[Course]:
    """The two reflective tapes along the edges of a strap's outer face, from place to place."""
    thickness = library.webbing(design.look.material).thickness_mm
    outer = under.curve.squared().offset(thickness)
    arc = under.curve.offset(thickness / 2).arc
    chosen = np.flatnonzero((arc > start_mm) & (arc < end_mm))
    across = np.cross(outer.normals, np.gradient(outer.points, arc, axis=0))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    reach = (
        design.width_mm - library.tape_width_mm(design.width_mm)
    ) / 2 - TAPE_INSET * design.width_mm
    return [
        Course(
            f"{under.name}_tape_{side}",
            "",
            Curve((outer.points + sign * reach * across)[chosen], outer.normals[chosen]),
        )
        for side, sign in (("left", -1), ("right", 1))
    ]


def _edges(parts: Plan, thickness_mm: float) -> coil.Edges:
    """The whole way in the plane, the hand loop to the right."""
    beside = thickness_mm + BETWEEN_LAYERS_MM
    coiled = parts.neck_mm - parts.snap_run_mm - parts.hand_run_mm
    winding = coil.wind(coiled, 22 + 7 * thickness_mm, thickness_mm + AIR_MM, EXTRA_TURN)
    last = winding.half_turns * np.pi
    snap = winding.arm(winding.extra)
    twisted = parts.fold_mm + parts.twist_mm
    bend = np.array([parts.snap_run_mm - twisted, twisted]) * SNAP_BEND_PER_MM
    out = last + winding.extra
    led = coil.joined(
        coil.straight(parts.snap_run_mm - twisted, out, bend[0]) if bend[0] else coil.NOTHING,
        coil.straight(twisted, out + bend[0], bend[1], TWIST_STEP_MM),
    )
    to_hand, end = last + HAND_TURN, parts.overlap_mm + MARGIN_MM
    hand = coil.joined(
        winding.arm(),
        coil.straight(parts.hand_run_mm - HAND_BEND_MM - end, last),
        coil.straight(HAND_BEND_MM, last, HAND_TURN),
        coil.straight(end, to_hand),
        coil.drop(parts.hand_loop_mm, beside).turned(to_hand),
        coil.straight(parts.overlap_mm, to_hand + np.pi),
    )
    return coil.joined(coil.joined(snap, led).turned(np.pi).reversed(), hand).turned(-last)


def _lifted(edges: coil.Edges, parts: Plan, width_mm: float, thickness_mm: float) -> Curve:
    """The middle fibre in space: on its edge, but flat on its inner face where the snap is."""
    way = np.concatenate([[0.0], np.cumsum(edges.lengths)])
    share = np.clip((way - parts.fold_mm) / parts.twist_mm, 0.0, 1.0)
    stand = np.pi / 2 * share**2 * (3 - 2 * share)
    height = width_mm / 2 * np.sin(stand) + thickness_mm / 2 * np.cos(stand)
    level = np.sqrt(edges.lengths**2 - np.diff(height) ** 2)
    flat, headings = coil.walked(coil.Edges(level, edges.headings))
    points = np.stack([flat[:, 0], height, -flat[:, 1]], axis=1)
    aside = np.stack([np.sin(headings), 0 * headings, np.cos(headings)], axis=1)
    out = np.sin(stand)[:, None] * aside + np.cos(stand)[:, None] * np.array([0.0, 1.0, 0.0])
    middle = points.mean(axis=0) * [1.0, 0.0, 1.0]
    return Curve(points - middle, out)


def _handle(middle: Curve, parts: Plan, thickness_mm: float) -> Curve:
    """The inner face of the traffic handle, which stands off the leash's inner one."""
    leg, reach = parts.handle_leg_mm, parts.handle_base_mm / 2
    bow = coil.arch(parts.handle_strap_mm - 2 * leg, parts.handle_base_mm - 2 * leg)
    edges = coil.joined(coil.straight(leg, 0.0), bow, coil.straight(leg, 0.0))
    flat, headings = coil.walked(edges)
    base = middle.at(parts.handle_mm - reach + flat[:, 0])
    ahead = np.gradient(base.points, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    off = -base.normals
    lift = flat[:, 1] + thickness_mm / 2 + BETWEEN_LAYERS_MM
    points = base.points + off * lift[:, None]
    out = off * np.cos(headings)[:, None] - ahead * np.sin(headings)[:, None]
    return Curve(points, out)
