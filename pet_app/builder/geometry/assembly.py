"""Straps, hardware and seams put together on the courses of a design."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pet_app.builder import library
from pet_app.builder.courses import BucklePlace, HeldRing
from pet_app.builder.courses.lay import bump_mm, tab_reach_mm
from pet_app.builder.geometry import hardware
from pet_app.builder.geometry.layers import CLEARANCE_MM, SETTLE_BARS, TurnBack, turn_back
from pet_app.builder.geometry.mesh import Part, Slot
from pet_app.builder.geometry.solid import Hole, Solid, padding, strap
from pet_app.builder.geometry.solid.woven import HOLE_ROOM
from pet_app.builder.geometry.track import Track
from pet_app.builder.resolve import Fitting, Resolved
from pet_app.builder.rules import Role

CHORD_MM = 0.18
"""A strap's frames lie so close that it strays from its course by no more than about this."""

MOST_WIDTHS = 1.2
"""Frames along a strap lie at most this many widths apart."""

RIVET_ROOM = 1.15
"""Rivets in a row lie at least so many of their heads apart."""

RIVETED_SHARE = 0.84
"""How much of a strap's width rivets beside each other share out between them."""

ROLE_SLOTS = {
    Role.WEBBING: Slot.WEBBING,
    Role.LINING: Slot.LINING,
    Role.REFLECTIVE: Slot.REFLECTIVE,
}


@dataclass(eq=False)
class Assembly:
    """Collects the parts of one piece of gear."""

    resolved: Resolved
    parts: list[Part] = field(default_factory=list)
    cups: dict[str, tuple[float, float]] = field(default_factory=dict)
    """How strongly straps are bent across at their ends, in 1/mm, by name; 0 where not said."""

    def __post_init__(self) -> None:
        design = self.resolved.design
        self.laid = self.resolved.laid
        self.width = design.width_mm
        self.thickness = library.webbing(design.look.material).thickness_mm
        self.scale = self.width / hardware.NOMINAL_MM
        self.loops = {
            name: Track(self.laid.webbing_loop(name), closed=True) for name in self.laid.loops
        }

    def add(self, name: str, slot: Slot, solid: Solid, sku: str = "") -> None:
        self.parts.append(
            Part(
                name=name,
                slot=slot,
                vertices=np.ascontiguousarray(solid.vertices, np.float64),
                faces=np.ascontiguousarray(solid.faces, np.int32),
                normals=np.ascontiguousarray(solid.normals, np.float32),
                uv=np.ascontiguousarray(solid.uv, np.float32),
                sku=sku,
            )
        )

    def cup(self, name: str) -> tuple[float, float] | np.ndarray:
        """How strongly a strap is bent across, in 1/mm: at its ends, or at each of its points."""
        bent = self.laid.strap(name).cup
        return self.cups.get(name, (0.0, 0.0)) if bent is None else bent

    def track(self, name: str) -> Track:
        """The track of a strap that is not a closed loop."""
        return Track(self.laid.strap(name).curve, cup=self.cup(name))

    def straps(self, holes: Mapping[str, Sequence[float]] | None = None) -> None:
        """Every strap of the courses that lies on the coat or another, each swept as its role asks.

        `holes` are the ways along a strap's inner face at which it is pierced for a buckle's pin.
        """
        made = {strap.name: strap for strap in self.resolved.straps}
        for course in self.laid.straps:
            if course.name.endswith("_tab") or course.name == "control":
                continue
            cut = made[course.name]
            points = course.curve.points
            closed = bool(course.loop) and float(np.linalg.norm(points[0] - points[-1])) < 1e-6
            track = Track(course.curve, closed, self.cup(course.name))
            places = track.stations(CHORD_MM, MOST_WIDTHS * self.width)
            pierced, solids = self.pierced(places, (holes or {}).get(course.name, ()))
            frames = track.at(pierced)
            if cut.role is Role.LINING:
                solid = padding(frames, cut.width_mm, cut.thickness_mm, self.width, closed)
            else:
                solid = strap(frames, cut.width_mm, cut.thickness_mm, closed, solids)
            self.add(f"{course.name}_strap", ROLE_SLOTS[cut.role], solid, course.name)

    def pierced(
        self, places: np.ndarray, holes: Sequence[float]
    ) -> tuple[np.ndarray, tuple[Hole, ...]]:
        """Frames' places with room made for holes, and the holes between them."""
        radius = self.hole_mm / 2
        room = HOLE_ROOM * radius
        for at in holes:
            places = places[np.abs(places - at) > 1.5 * room]
        edges = [at + sign * room for at in holes for sign in (-1, 1)]
        places = np.sort(np.concatenate([places, edges]))
        rows = (int(np.searchsorted(places, at)) - 1 for at in holes)
        return places, tuple(Hole(row, radius) for row in rows)

    @property
    def hole_mm(self) -> float:
        """How wide a hole is punched for the pin of a buckle."""
        return 0.85 * library.hardware("pin_buckle", self.width).bar_mm + 0.6

    def buckle(self, buckle: BucklePlace, male_sign: int) -> None:
        """A closed buckle on its loop; the end that lets go lies on the side of `male_sign`."""
        fitting = self.made(f"{buckle.loop}_buckle_{buckle.side}")
        part = library.hardware(fitting.piece, fitting.size_mm)
        for shape in hardware.buckle(fitting.piece, part, self.thickness):
            solid = shape.solid if male_sign > 0 else shape.solid.turned(np.diag([-1.0, -1.0, 1.0]))
            solid = solid.laid(self.loops[buckle.loop], buckle.middle_mm)
            self.fitting(fitting.name, shape.slot, solid, shape.name)

    def bar_gap_mm(self, loop: str) -> float:
        """The space between a strap's layers where it goes round the bar of its loop's buckle."""
        pieces = (made.piece for made in self.resolved.fittings if loop in made.name)
        return hardware.bar_gap_mm(self.width, next((p for p in pieces if "buckle" in p), ""))

    def made(self, name: str) -> Fitting:
        """The resolved hardware of a name. Raises StopIteration when there is none."""
        return next(fitting for fitting in self.resolved.fittings if fitting.name == name)

    def fitting(self, name: str, slot: Slot, solid: Solid, piece: str = "") -> None:
        """One piece of the resolved hardware, or another body of it by the name of `piece`."""
        self.add(f"{name}.{piece}" if piece else name, slot, solid, self.made(name).sku)

    def fold(self, seam: str, sku: str, loop: str, place_mm: float, direction: int) -> None:
        """An end turned back round a buckle's bar and sewn down with a box and cross."""
        gap = self.bar_gap_mm(loop)
        leg = self.allowed("fold") - round_bar_mm(gap, self.thickness)
        turn = TurnBack(place_mm, direction, leg, gap)
        track = self.loops[loop]
        self.add(seam, Slot.WEBBING, turn_back(track, turn, self.width, self.thickness), sku)
        start = SETTLE_BARS * gap
        middle = place_mm + direction * (start + leg) / 2
        self.sew(seam, track, middle, leg - start - 3 * self.scale, layers=2)

    def ring_fold(self, loop: str, place_mm: float, ring_mm: float) -> None:
        """A collar's fixed end: turned back round the buckle's bar and over the ring's."""
        gap = self.bar_gap_mm(loop)
        bar = library.hardware("d_ring", self.width).bar_mm
        leg = self.allowed("ring_fold") - round_bar_mm(gap, self.thickness)
        bump = bump_mm(self.resolved.design)
        turn = TurnBack(place_mm, 1, leg, gap, ring_mm, bar, bump)
        track = self.loops[loop]
        solid = turn_back(track, turn, self.width, self.thickness)
        self.add("collar_fold", Slot.WEBBING, solid, "collar")
        margin = 1.5 * self.scale
        for end, low, high in (
            ("start", SETTLE_BARS * gap, ring_mm - bump),
            ("end", ring_mm + bump, leg),
        ):
            middle = place_mm + (low + high) / 2
            self.sew(f"collar_fold_{end}", track, middle, high - low - 2 * margin, layers=2)

    def allowed(self, name: str) -> float:
        """The length that the cut list allows for a fold or a tail."""
        return float(library.allowance_mm(name, self.width)[0])

    def tail(self, name: str, sku: str, loop: str, turn: TurnBack, slider_name: str) -> None:
        """An adjuster's end turned back and led over a slider's middle bar, at its hump."""
        piece = library.hardware("slider", self.width)
        track = self.loops[loop]
        half = hardware.SLIDER_MM / 2 * self.scale
        turn = replace(
            turn, hump_high_mm=self.thickness + 2 * half + 0.1, hump_long_mm=0.34 * piece.span_mm
        )
        self.add(name, Slot.WEBBING, turn_back(track, turn, self.width, self.thickness), sku)
        ladder = hardware.slider(self.width, piece.span_mm)
        height = 2 * self.thickness + CLEARANCE_MM + half + 0.05
        place = turn.place_mm + turn.direction * (turn.hump_mm or 0.0)
        self.fitting(slider_name, Slot.PLASTIC, ladder.moved(out=height).placed(track, place))

    def ring(self, place: HeldRing, lean_deg: float) -> None:
        """A D-ring under its tab, its bow leaning from the outward towards the strap's far end."""
        bar = library.hardware("d_ring", self.width).bar_mm
        track = self.track(place.strap)
        frames = track.at(np.array([place.place_mm]))
        lean = np.radians(lean_deg)
        out = frames.out[0] * np.cos(lean) + frames.along[0] * np.sin(lean)
        across = frames.across[0]
        solid = hardware.d_ring(self.width, bar).turned(
            np.stack([np.cross(across, out), across, out], axis=1)
        )
        centre = frames.point[0] + frames.out[0] * (self.thickness + bar / 2)
        self.fitting(place.name, Slot.METAL, solid.moved(*centre))
        if place.tab:
            self._tab(place, track, float(frames.cup[0]))

    def _tab(self, place: HeldRing, track: Track, cup: float) -> None:
        """The short strap over a ring's bar, sewn down on both sides of it."""
        tab = Track(self.laid.strap(place.tab).curve, cup=(cup, cup))
        solid = strap(tab.at(np.linspace(0.0, tab.length, 27)), self.width, self.thickness)
        self.add(f"{place.tab}_strap", Slot.WEBBING, solid, place.tab)
        reach = tab_reach_mm(self.resolved.design)
        leg = 0.62 * self.width
        for end, sign in (("start", -1), ("end", 1)):
            where = place.place_mm + sign * (reach - 0.4 * leg)
            self.sew(f"{place.tab}_{end}", track, where, 0.8 * leg, layers=2)

    def sew(
        self,
        seam: str,
        track: Track,
        place_mm: float,
        length_mm: float,
        layers: int = 2,
        width_mm: float | None = None,
        height_mm: float | None = None,
    ) -> None:
        """Hold together the layers that lie on a track, in a field about `place_mm`.

        In the resolved design the seam is either sewn, by its stitch, or held by rivets named after
        it. `layers` of webbing lie there, the track being the innermost one's inner face; where
        there is padding too, `height_mm` is how high the outer face lies.
        """
        across = 0.74 * self.width if width_mm is None else width_mm
        height = layers * self.thickness + (layers - 1) * CLEARANCE_MM
        height = height if height_mm is None else height_mm
        sewn = next((made for made in self.resolved.seams if made.name == seam), None)
        if sewn is None:
            self._rivets(seam, track, place_mm, length_mm, height)
            return
        pitch = float(np.clip(0.125 * self.width, 2.2, 4.0))
        thread = float(np.clip(0.03 * self.width, 0.5, 0.9))
        lines = hardware.lines(sewn.stitch, length_mm, across)
        solid = hardware.stitches(lines, pitch, thread).moved(out=height).laid(track, place_mm)
        self.add(f"{seam}_stitches", Slot.THREAD, solid)

    def _rivets(
        self, seam: str, track: Track, place_mm: float, length_mm: float, height_mm: float
    ) -> None:
        """The rivets `<seam>_rivet_…`, evenly along the field; beside each other in a short one."""
        found = [made for made in self.resolved.fittings if made.name.startswith(f"{seam}_rivet_")]
        if not found:
            return
        head = library.hardware("rivet", found[0].size_mm).span_mm
        along, across = length_mm / len(found), RIVETED_SHARE * self.width / len(found)
        if along >= RIVET_ROOM * head:
            across = 0.0
        elif across >= RIVET_ROOM * head:
            along = 0.0
        for number, made in enumerate(found):
            step = number - (len(found) - 1) / 2
            self.rivet(made.name, track, place_mm + step * along, height_mm, step * across)

    def rivet(
        self,
        name: str,
        track: Track,
        place_mm: float,
        height_mm: float,
        across_mm: float = 0.0,
    ) -> None:
        """A rivet through layers `height_mm` thick together, beside the middle if need be."""
        part = library.hardware("rivet", self.made(name).size_mm)
        solid = hardware.rivet(part.span_mm, part.bar_mm, height_mm).moved(across=across_mm)
        self.fitting(name, Slot.METAL, solid.placed(track, place_mm))


def round_bar_mm(bar_mm: float, thickness_mm: float) -> float:
    """What half a turn round a bar takes of a strap, along its middle."""
    return float(np.pi * (bar_mm + thickness_mm) / 2)
