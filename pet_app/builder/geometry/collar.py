"""The flat collar: one strap, a buckle, an adjuster and a ring."""

from pet_app.builder.geometry import hardware
from pet_app.builder.geometry.assembly import Assembly
from pet_app.builder.geometry.layers import TurnBack


def assemble(work: Assembly) -> None:
    work.straps()
    (buckle,) = work.laid.buckles
    work.buckle(buckle, -1)
    (place,) = work.laid.rings
    work.ring_fold("collar", buckle.middle_mm + buckle.span_mm / 2, place.place_mm)
    leg = work.allowed("tail")
    male = buckle.middle_mm - buckle.span_mm / 2
    turn = TurnBack(male, -1, leg, hardware.bar_gap_mm(work.width), 0.7 * leg)
    work.tail("collar_tail", "collar", "collar", turn, "collar_slider")
    work.ring(place, 0.0)
