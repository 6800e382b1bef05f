"""The flat collar: one strap, its buckle, what adjusts it, rings and a text."""

from pet_app.builder.courses import collar as courses
from pet_app.builder.geometry.assembly import Assembly
from pet_app.builder.geometry.edges import edges
from pet_app.builder.geometry.joins import pin_end
from pet_app.builder.geometry.layers import TurnBack
from pet_app.builder.geometry.letters import letters_on_strap
from pet_app.builder.geometry.track import Track
from pet_app.builder.rules import RingPlace

LEAN = {RingPlace.BUCKLE: 0.0, RingPlace.NAPE: 58.0}
"""How far a ring leans along the strap, in degrees: at the throat it hangs, on the nape it lies."""


def assemble(work: Assembly) -> None:
    parts = courses.plan(work.resolved.design)
    track = work.loops["collar"] = Track(work.laid.webbing_loop("collar"), closed=True)
    before = [parts.strap_mm + hole for hole in parts.holes if hole < 0]
    work.straps(holes={"collar": before})
    (buckle,) = work.laid.buckles
    work.buckle(buckle, -1)
    sewn, free = (buckle.middle_mm + sign * buckle.span_mm / 2 for sign in (1, -1))
    if parts.held_mm:
        work.ring_fold("collar", sewn, parts.held_mm)
    else:
        work.fold("collar_fold_start", "collar", "collar", sewn, 1)
    if parts.holes:
        through = [hole for hole in parts.holes if hole > 0]
        pin_end(work, "collar_end", "collar", buckle, -1, parts.tail_mm, through, "keeper")
    else:
        gap = work.bar_gap_mm("collar")
        turn = TurnBack(free, -1, parts.tail_mm, gap, parts.hump_mm)
        work.tail("collar_tail", "collar", "collar", turn, "collar_slider")
    edged = courses.edged_mm(work.resolved.design)
    if edged:
        edges(work, "collar_edge", track, (sewn + edged[0], sewn + edged[1]))
    for place in work.laid.rings:
        work.ring(place, LEAN[RingPlace(place.name.removesuffix("_d_ring"))])
    for letter in work.resolved.letterings:
        letters_on_strap(work, letter, track, sewn + letter.at_mm, work.thickness)
