"""The Y-front harness: neck and girth loops joined over the breastbone and along the back."""

import numpy as np

from pet_app.builder import library
from pet_app.builder.courses import Turn
from pet_app.builder.geometry import hardware
from pet_app.builder.geometry.assembly import Assembly
from pet_app.builder.geometry.layers import CLEARANCE_MM, TurnBack, turn_back
from pet_app.builder.geometry.letters import letters_on_strap
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.rules import Method

BACK_RING_LEAN_DEG = 38.0
FRONT_RING_LEAN_DEG = 62.0


def assemble(work: Assembly) -> None:
    work.straps()
    for turn in work.laid.turns:
        _turned(work, turn)
    for buckle in work.laid.buckles:
        work.buckle(buckle, 1 if buckle.side == "right" else -1)
    _joint(work)
    for seam in work.laid.seams:
        if "_tab_" not in seam.name:
            work.sew(seam.name, work.track(seam.strap), seam.middle_mm, seam.length_mm, seam.layers)
    for place in work.laid.rings:
        front = place.strap == "chest"
        work.ring(place, FRONT_RING_LEAN_DEG if front else BACK_RING_LEAN_DEG)
    for lettering in work.resolved.letterings:
        high = work.thickness
        if lettering.method is Method.ENGRAVED and work.resolved.design.options.reflective:
            high += library.tape().thickness_mm + CLEARANCE_MM  # the plate lies on both tapes
        letters_on_strap(work, lettering, work.track(lettering.on), lettering.at_mm, high)


def _turned(work: Assembly, turn: Turn) -> None:
    """A strap's second layer, with the slider that a tail is led over."""
    track = work.track(turn.strap)
    place = turn.place_mm(track.length)
    if not turn.slider:
        back = TurnBack(place, turn.direction, turn.leg_mm, turn.bar_mm, hold_mm=turn.hold_mm)
        solid = turn_back(track, back, work.width, work.thickness)
        work.add(turn.name, Slot.WEBBING, solid, turn.strap)
        return
    span = library.hardware("slider", work.width).span_mm
    half = hardware.SLIDER_MM / 2 * work.scale
    back = TurnBack(
        place,
        turn.direction,
        turn.leg_mm,
        turn.bar_mm,
        turn.hump_mm,
        work.thickness + 2 * half + 0.1,
        0.34 * span,
        turn.hold_mm,
    )
    solid = turn_back(track, back, work.width, work.thickness)
    work.add(turn.name, Slot.WEBBING, solid, turn.strap)
    high = 2 * work.thickness + CLEARANCE_MM + half + 0.05
    ladder = hardware.slider(work.width, span).moved(out=high)
    placed = ladder.placed(track, place + turn.direction * turn.hump_mm)
    work.fitting(turn.slider, Slot.PLASTIC, placed)


def _joint(work: Assembly) -> None:
    """The ring over the breastbone, in the plane of the three folds round it."""
    ring = work.made("breast_ring")
    part = library.hardware("o_ring", ring.size_mm)
    turns = [turn for turn in work.laid.turns if turn.about == "breast_ring"]
    bars, outs = [], []
    for turn in turns:
        track = work.track(turn.strap)
        frames = track.at(np.array([turn.place_mm(track.length)]))
        bars.append(frames.point[0] + frames.out[0] * (work.thickness + turn.bar_mm / 2))
        outs.append(frames.out[0])
    first, second, third = bars
    out = np.cross(second - first, third - first)
    out *= np.sign(out @ sum(outs)) / np.linalg.norm(out)
    centre = _round(first, second, third)
    ahead = np.cross(out, [0.0, 0.0, 1.0])
    ahead /= np.linalg.norm(ahead)
    turned = np.stack([ahead, np.cross(out, ahead), out], axis=1)
    solid = hardware.o_ring(part.span_mm, part.bar_mm).turned(turned).moved(*centre)
    work.fitting(ring.name, Slot.METAL, solid)


def _round(first: np.ndarray, second: np.ndarray, third: np.ndarray) -> np.ndarray:
    """The middle of the circle through three points."""
    a, b = first - third, second - third
    normal = np.cross(a, b)
    out = np.cross((a @ a) * b - (b @ b) * a, normal) / (2 * normal @ normal)
    return third + out
