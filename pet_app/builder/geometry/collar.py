"""The flat collar: one strap, a buckle, an adjuster and a ring."""

from pet_app.builder import library
from pet_app.builder.geometry import hardware
from pet_app.builder.geometry.assembly import Assembly
from pet_app.builder.geometry.layers import TurnBack


def assemble(work: Assembly) -> None:
    work.straps()
    (buckle,) = work.laid.buckles
    work.buckle(buckle, -1)
    work.fold("collar_fold", "collar", "collar", buckle.middle_mm + buckle.span_mm / 2, 1)
    allowed, _ = library.allowance_mm("tail", work.width)
    male = buckle.middle_mm - buckle.span_mm / 2
    turn = TurnBack(male, -1, float(allowed), hardware.bar_gap_mm(work.width), 0.7 * allowed)
    work.tail("collar_tail", "collar", "collar", turn, "collar_slider")
    for place in work.laid.d_rings:
        work.ring(place, 0.0)
