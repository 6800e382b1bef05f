"""The Y-front harness: neck and girth loops joined over the breastbone and along the back."""

import numpy as np

from pet_app.builder import library
from pet_app.builder.courses.lay import OVERHANG_MM
from pet_app.builder.geometry import hardware
from pet_app.builder.geometry.assembly import Assembly
from pet_app.builder.geometry.layers import TurnBack

NECK_SLIDER_SHARE = 0.16
"""Where the neck's adjusters turn, as a share of the loop from its top."""

BACK_RING_LEAN_DEG = 38.0
FRONT_RING_LEAN_DEG = 62.0


def assemble(work: Assembly) -> None:
    work.straps()
    _crossings(work)
    _girth(work)
    _neck(work)
    for place in work.laid.rings:
        front = place.strap == "chest"
        work.ring(place, FRONT_RING_LEAN_DEG if front else BACK_RING_LEAN_DEG)


def _crossings(work: Assembly) -> None:
    """Boxes and crosses where the straps on the middle line lie on neck and girth."""
    side = 0.74 * work.width
    for name in ("chest", "back"):
        track = work.track(name)
        reach = work.width / 2 + OVERHANG_MM
        work.sew(f"{name}_start", track, reach, side, layers=1)
        work.sew(f"{name}_end", track, track.length - reach, side, layers=1)


def _girth(work: Assembly) -> None:
    length = work.loops["girth"].length
    single = len(work.laid.buckles) == 1
    for buckle in work.laid.buckles:
        sign = 1 if buckle.side == "right" else -1
        work.buckle(buckle, sign)
        female = buckle.middle_mm - sign * buckle.span_mm / 2
        male = buckle.middle_mm + sign * buckle.span_mm / 2
        top, belly = ("girth", "girth") if single else ("girth_top", "girth_belly")
        work.fold(f"girth_fold_{buckle.side}", top, "girth", female, -sign)
        room = abs(length / 2 - male) - work.width / 2 - OVERHANG_MM - 2
        leg = min(work.allowed("tail"), room)
        turn = TurnBack(male, sign, leg, hardware.bar_gap_mm(work.width), 0.66 * leg)
        work.tail(f"girth_tail_{buckle.side}", belly, "girth", turn, f"girth_slider_{buckle.side}")


def _neck(work: Assembly) -> None:
    length = work.loops["neck"].length
    span = library.hardware("slider", work.width).span_mm
    room = (0.5 - NECK_SLIDER_SHARE) * length - work.width / 2 - OVERHANG_MM - 2
    leg = float(np.clip(work.allowed("tail"), 1.6 * span, max(room, 1.6 * span)))
    for side, sign in (("right", 1), ("left", -1)):
        place = NECK_SLIDER_SHARE * length if sign > 0 else (1 - NECK_SLIDER_SHARE) * length
        turn = TurnBack(place, sign, leg, 0.6, 0.7 * span)
        work.tail(f"neck_tail_{side}", "neck", "neck", turn, f"neck_slider_{side}")
