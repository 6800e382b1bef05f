"""The martingale: a strap between two rings, and the control loop through both."""

import numpy as np

from pet_app.builder import library
from pet_app.builder.courses import martingale as courses
from pet_app.builder.curve import Curve
from pet_app.builder.geometry import hardware
from pet_app.builder.geometry.assembly import Assembly
from pet_app.builder.geometry.edges import edges
from pet_app.builder.geometry.joins import held_fold
from pet_app.builder.geometry.layers import CLEARANCE_MM, TurnBack
from pet_app.builder.geometry.letters import letters_on_strap
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.geometry.solid import strap
from pet_app.builder.geometry.track import Track, exactly, unit

RING_LEAN = 0.35
"""The leash's ring lies over by this slope."""


def assemble(work: Assembly) -> None:
    design = work.resolved.design
    parts = courses.plan(design)
    work.straps()
    loop = work.loops["martingale"] = Track(work.laid.webbing_loop("martingale"), closed=True)
    first, last = parts.gap_mm / 2, parts.gap_mm / 2 + parts.strap_mm
    fold = TurnBack(first, 1, parts.fold_mm, parts.bar_mm)
    held_fold(work, "martingale_fold", "martingale", loop, fold, "martingale_fold")
    tail = TurnBack(last, -1, parts.tail_mm, parts.bar_mm, parts.hump_mm)
    work.tail("martingale_tail", "martingale", "martingale", tail, "martingale_slider")
    for side, place, sign in (("right", first, -1), ("left", last, 1)):
        _ring(work, f"martingale_ring_{side}", loop, place, sign)
    _control(work)
    edged = courses.edged_mm(design)
    if edged:
        edges(work, "martingale_edge", loop, (first + edged[0], first + edged[1]))
    for letter in work.resolved.letterings:
        letters_on_strap(work, letter, loop, first + letter.at_mm, work.thickness)


def _ring(work: Assembly, name: str, loop: Track, place_mm: float, sign: int) -> None:
    """A ring in its turn, its bow towards the other one over the nape."""
    part = library.hardware("d_ring", work.width)
    height = work.thickness + part.bar_mm / 2
    bow = place_mm + sign * courses.d_ring_deep_mm(work.width)
    frames = loop.at(np.array([place_mm, bow]))
    here, there = frames.point + frames.out * height
    out = unit(there - here)
    across = frames.across[0]
    across = unit(across - out * (across @ out))
    axes = np.stack([np.cross(across, out), across, out], axis=1)
    ring = hardware.d_ring(work.width, part.bar_mm).turned(axes).moved(*here)
    work.fitting(name, Slot.METAL, ring)


def _control(work: Assembly) -> None:
    """The control loop, its ends sewn over each other, and the ring that it carries."""
    made = work.resolved.strap("control")
    found = courses.control_loop(work.resolved.design)
    solid = strap(exactly(found.curve), made.width_mm, made.thickness_mm, closed=True)
    work.add("control_strap", Slot.WEBBING, solid, "control")
    overlap = made.allowances[0].length_mm
    total = found.curve.length
    outer = found.curve.offset(made.thickness_mm + CLEARANCE_MM)
    middle = 0.5 * (found.top_mm + total)
    ways = np.linspace(middle - overlap / 2, middle + overlap / 2, 25)
    share = np.interp(ways, found.curve.arc, np.arange(len(found.curve.points)))
    rows = np.arange(len(found.curve.points))
    points = np.stack([np.interp(share, rows, axis) for axis in outer.points.T], axis=1)
    normals = np.stack([np.interp(share, rows, axis) for axis in outer.normals.T], axis=1)
    second = exactly(Curve(points, unit(normals)))
    work.add(
        "control_end", Slot.WEBBING, strap(second, made.width_mm, made.thickness_mm), "control"
    )
    track = Track(Curve(points, unit(normals)))
    work.sew(
        "control_seam", track, track.length / 2, 0.8 * overlap, layers=1,
        width_mm=0.74 * made.width_mm,
    )  # fmt: skip
    part = library.hardware("d_ring", made.width_mm)
    across = unit(found.across)
    out = unit(found.out - RING_LEAN * np.cross(across, found.out))
    out = unit(out - across * (across @ out))
    axes = np.stack([np.cross(across, out), across, out], axis=1)
    ring = hardware.d_ring(made.width_mm, part.bar_mm).turned(axes).moved(*found.bar)
    work.fitting("leash_d_ring", Slot.METAL, ring)
