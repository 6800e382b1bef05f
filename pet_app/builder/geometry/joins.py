"""Joins that only some pieces have: a strap through a roller buckle, a snap hook in a fold."""

from collections.abc import Sequence

import numpy as np

from pet_app.builder import library
from pet_app.builder.courses import BucklePlace
from pet_app.builder.geometry import hardware
from pet_app.builder.geometry.assembly import Assembly, round_bar_mm
from pet_app.builder.geometry.layers import (
    CLEARANCE_MM,
    SETTLE_BARS,
    TurnBack,
    eased,
    laid_over,
    turn_back,
)
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.geometry.solid import strap
from pet_app.builder.geometry.track import Track

STATION_MM = 5.0


def pin_end(
    work: Assembly,
    name: str,
    sku: str,
    buckle: BucklePlace,
    male_sign: int,
    reach_mm: float,
    holes: Sequence[float] = (),
    keeper: str = "",
) -> None:
    """A loop's free end from the roller up through the frame and back over the sewn end.

    `reach_mm` is how far it goes from the roller, `holes` the ways from there at which it is
    pierced: the one the tongue is in lies at half the buckle's span. `keeper` names the fitting
    that holds it down behind the fold, if any.
    """
    track, thickness = work.loops[buckle.loop], work.thickness
    gap = work.bar_gap_mm(buckle.loop)
    leg = work.allowed("fold") - round_bar_mm(gap, thickness)
    span = buckle.span_mm
    settled = span + SETTLE_BARS * gap
    past = span + max(leg, SETTLE_BARS * gap + 1) + 0.5
    flat = 2 * (thickness + CLEARANCE_MM)
    knots = np.array(
        [
            (0.0, 0.0),
            (span, flat + gap),
            (settled, flat),
            (past, flat),
            (past + 3 * thickness, thickness + CLEARANCE_MM),
            (past + 3 * thickness + 1000, thickness + CLEARANCE_MM),
        ]
    )
    places = np.linspace(0.0, span, 12)
    count = max(int((reach_mm - span) / STATION_MM), 6)
    places = np.concatenate([places, np.linspace(span, reach_mm, count + 1)[1:]])
    pierced, opened = work.pierced(places, [at for at in holes if at < reach_mm - work.hole_mm])
    start = buckle.middle_mm + male_sign * span / 2
    frames = laid_over(track, start, -male_sign, pierced, eased(pierced, knots))
    solid = strap(frames, work.width, thickness, holes=opened)
    work.add(name, Slot.WEBBING, solid, sku)
    if keeper:
        part = library.hardware("keeper", work.width)
        at = past + 3 * thickness + part.span_mm / 2 + 1.0
        loop = hardware.keeper(work.width, part.span_mm, part.bar_mm, 2 * thickness + CLEARANCE_MM)
        work.fitting(keeper, Slot.METAL, loop.laid(track, start - male_sign * at))


def held_fold(work: Assembly, name: str, sku: str, track: Track, turn: TurnBack, seam: str) -> None:
    """A strap's end turned back round the bar of a ring or hook and sewn down behind it."""
    work.add(name, Slot.WEBBING, turn_back(track, turn, work.width, work.thickness), sku)
    start = SETTLE_BARS * turn.bar_mm
    middle = turn.place_mm + turn.direction * (start + turn.leg_mm) / 2
    work.sew(seam, track, middle, turn.leg_mm - start - 3 * work.scale, layers=2)


def snap(work: Assembly, name: str, track: Track, place_mm: float, direction: int) -> None:
    """A snap hook whose eye's bar lies in the turn of a fold at a place, pointing `direction`."""
    part = library.hardware("snap_hook", work.width)
    hook = hardware.snap_hook(work.width, part.span_mm, part.bar_mm)
    if direction < 0:
        hook = hook.turned(np.diag([-1.0, -1.0, 1.0]))
    frames = track.at(np.array([place_mm]))
    axes = np.stack([frames.along[0], frames.across[0], frames.out[0]], axis=1)
    centre = frames.point[0] + frames.out[0] * (work.thickness + part.bar_mm / 2)
    work.fitting(name, Slot.METAL, hook.turned(axes).moved(*centre))
