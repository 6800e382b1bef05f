"""The chest strap of a harness: from the ring over the breastbone between the forelegs."""

import numpy as np

from pet_app.builder.courses.band import GRIP_MM, LAYER_MM, SETTLE_BARS, Band, Fit
from pet_app.builder.courses.course import Course, HeldRing, Sewn, Spot
from pet_app.builder.courses.lay import OVERHANG_MM, tab_reach_mm
from pet_app.builder.courses.midline import heights, midline
from pet_app.builder.courses.settle import settled
from pet_app.builder.courses.yoke import joint
from pet_app.builder.curve import Curve
from pet_app.builder.rules import RingPlace

TAB_ROOM_MM = 4.0


def chest_band(fit: Fit, neck: Curve, girth: Curve, *, is_adjusted: bool) -> Band:
    """`is_adjusted` says that its lower end is led round the belly strap and through a slider;
    else it is sewn on."""
    base, bent = _base(fit, neck, girth, is_adjusted)
    arc = base.arc
    crossing = float(np.interp(0.0, -base.points[:, 0], arc))
    bar = fit.thick + 0.3
    end = crossing + fit.reach
    if is_adjusted:
        end = crossing + fit.width / 2 + 1.0 + bar / 2
    strap = Course("chest", "", *_part(base, bent, 0.0, end, fit.lining))
    length = strap.curve.length
    crossing = length - (end - crossing)
    fold = fit.fold("chest_fold", "chest", False, "breast_ring", fit.joint_bar)
    turns, seams = [fold], [fit.fold_seam(fold, length)]
    first, last = fold.leg_mm, crossing - fit.reach
    rings = ()
    if RingPlace.CHEST in fit.design.options.rings:
        place = first + TAB_ROOM_MM / 2 + tab_reach_mm(fit.design)
        rings = (HeldRing("front_d_ring", "front_tab", "chest", place),)
        first = place + tab_reach_mm(fit.design) + TAB_ROOM_MM / 2
        seams += tab_seams(fit, rings[0])
    if is_adjusted:
        hold = fit.width + 3.0 + bar
        tail = fit.tail(
            "chest_tail",
            "chest",
            True,
            "the belly strap",
            bar,
            length - first,
            "chest_slider",
            hold,
        )
        turns.append(tail)
        last = length - tail.leg_mm
    else:
        side = 0.74 * fit.width
        seams.append(Sewn("chest_end", "chest", "box and cross", crossing, side, 1))
    courses = [strap]
    if fit.is_lined:
        short = crossing - fit.on_coat / 2 - OVERHANG_MM
        courses.append(Course("chest_lining", "", *_part(base, bent, 0.0, short, 0.0)))
    courses += fit.taped(strap, first + 2, last - 2)
    spots = (Spot("chest", crossing, "cross the belly strap"),)
    return Band(
        tuple(courses), None, None, (), rings, tuple(turns), tuple(seams), spots
    )  # fmt: skip


def least_mm(fit: Fit, *, has_ring: bool, is_adjusted: bool) -> float:
    """How long the strap has to be for what it holds, from the ring to the belly strap."""
    length = fit.fold_leg(fit.joint_bar) + fit.reach
    if has_ring:
        length += 2 * tab_reach_mm(fit.design) + TAB_ROOM_MM
    if is_adjusted:
        bar = fit.thick + 0.3
        length += fit.width / 2 + 4 + SETTLE_BARS * bar + fit.slider + GRIP_MM - fit.reach
    return length


def tab_seams(fit: Fit, ring: HeldRing) -> list[Sewn]:
    """A box on both sides of a ring's tab."""
    reach, leg = tab_reach_mm(fit.design), 0.62 * fit.width
    return [
        Sewn(f"{ring.tab}_{end}", ring.strap, "box", ring.place_mm + sign * (reach - 0.4 * leg),
             0.8 * leg, 2)
        for end, sign in (("start", -1), ("end", 1))
    ]  # fmt: skip


def _base(fit: Fit, neck: Curve, girth: Curve, is_adjusted: bool) -> tuple[Curve, np.ndarray]:
    """The inner face of what lies on the coat, from the ring's bar to behind the belly strap."""
    meeting, _, _ = joint(neck)
    line = midline(fit.body, meeting, fit.body.landmarks["brisket"], fit.width + 8.0)
    line, cup = settled(fit.body, line, fit.on_coat, straight=True)
    arc = line.arc
    away = fit.body.depth(line.points)
    bottom = girth.points[len(girth.points) // 2]
    on_girth = float(fit.body.depth(bottom[None])[0])
    layer = fit.thick + LAYER_MM
    if not is_adjusted:
        on_girth += layer
    elif not fit.is_lined:
        on_girth -= layer
    crossing = float(np.interp(0.0, -line.points[:, 0], arc))
    at_joint = float(fit.body.depth(_ends(neck))[0])
    bands = [
        (0.0, 1.2 * fit.joint_radius, at_joint),
        (crossing, fit.on_coat / 2 + 2.0, on_girth),
    ]
    wanted = heights(arc, bands, 1.2 * fit.width)
    line = line.offset(np.maximum(wanted - away, 0.0))
    from_joint = np.linalg.norm(line.points - meeting, axis=1)
    near = int(np.argmax(from_joint > fit.joint_radius))
    start = float(np.interp(fit.joint_radius, from_joint[: near + 1], line.arc[: near + 1]))
    return _part(line, cup, start, line.length, 0.0)


def _ends(neck: Curve) -> np.ndarray:
    """Where the right half of the yoke ends at the ring, (1, 3)."""
    _, _, gap = joint(neck)
    return neck.at(np.array([neck.length / 2 - gap])).points


def _part(
    base: Curve, cup: np.ndarray, first_mm: float, last_mm: float, height_mm: float
) -> tuple[Curve, np.ndarray]:
    count = max(24, int((last_mm - first_mm) / 2.5))
    places = np.linspace(first_mm, last_mm, count)
    return base.at(places).offset(height_mm), np.interp(places, base.arc, cup)
