"""Straps, hardware and seams put together on the courses of a design."""

from dataclasses import dataclass, field, replace

import numpy as np

from pet_app.builder import library
from pet_app.builder.courses import BucklePlace, HeldRing
from pet_app.builder.courses.lay import bump_mm, tab_reach_mm
from pet_app.builder.geometry import hardware
from pet_app.builder.geometry.layers import CLEARANCE_MM, SETTLE_BARS, TurnBack, turn_back
from pet_app.builder.geometry.mesh import Part, Slot
from pet_app.builder.geometry.solid import Solid, strap
from pet_app.builder.geometry.track import Track
from pet_app.builder.resolve import Resolved

STATION_WIDTHS = 0.33
"""Frames along a strap between loops lie this many widths apart."""

LOOP_STATIONS = 72
"""Frames round a whole loop."""


@dataclass(eq=False)
class Assembly:
    """Collects the parts of one piece of gear."""

    resolved: Resolved
    parts: list[Part] = field(default_factory=list)

    def __post_init__(self) -> None:
        design = self.resolved.design
        self.laid = self.resolved.laid
        self.width = design.width_mm
        self.thickness = library.webbing(design.look.material).thickness_mm
        self.scale = self.width / hardware.NOMINAL_MM
        self.loops = {name: Track(loop, closed=True) for name, loop in self.laid.loops.items()}

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

    def cup(self, name: str) -> tuple[float, float]:
        """How the straps on the middle line are bent across: as round as the loops they join."""
        if name not in ("chest", "back"):
            return (0.0, 0.0)
        ends = np.pi * 2 / np.array([self.loops[loop].length for loop in ("neck", "girth")])
        return (float(ends[0]), float(ends[1]))

    def track(self, name: str) -> Track:
        """The track of a strap that is not a closed loop."""
        return Track(self.laid.strap(name).curve, cup=self.cup(name))

    def straps(self) -> None:
        """Every strap of the courses, but for the tabs."""
        for course in self.laid.straps:
            if course.name.endswith("_tab"):
                continue
            closed = course.name == course.loop == "neck"
            track = self.loops[course.loop] if closed else self.track(course.name)
            if course.loop:
                share = track.length / self.loops[course.loop].length
                count = int(np.ceil(LOOP_STATIONS * share))
            else:
                count = int(np.clip(track.length / (STATION_WIDTHS * self.width), 24, 56))
            frames = track.at(np.linspace(0.0, track.length, count + 1))
            solid = strap(frames, self.width, self.thickness, closed)
            self.add(f"{course.name}_strap", Slot.WEBBING, solid, course.name)

    def buckle(self, buckle: BucklePlace, male_sign: int) -> None:
        """A closed buckle on its loop; the male half lies on the side of `male_sign`."""
        female = hardware.female_buckle(self.width, buckle.span_mm, self.thickness)
        male = hardware.male_buckle(self.width, buckle.span_mm, self.thickness)
        body = hardware.together([female, male])
        if male_sign < 0:
            body = body.turned(np.diag([-1.0, -1.0, 1.0]))
        solid = body.laid(self.loops[buckle.loop], buckle.middle_mm)
        self.fitting(f"{buckle.loop}_buckle_{buckle.side}", Slot.PLASTIC, solid)

    def fitting(self, name: str, slot: Slot, solid: Solid) -> None:
        """One piece of the resolved hardware."""
        sku = next(fitting.sku for fitting in self.resolved.fittings if fitting.name == name)
        self.add(name, slot, solid, sku)

    def fold(self, seam: str, sku: str, loop: str, place_mm: float, direction: int) -> None:
        """An end turned back round a buckle's bar and sewn down with a box and cross."""
        gap = hardware.bar_gap_mm(self.width)
        leg = self.allowed("fold") - _round_bar(gap, self.thickness)
        turn = TurnBack(place_mm, direction, leg, gap)
        track = self.loops[loop]
        self.add(seam, Slot.WEBBING, turn_back(track, turn, self.width, self.thickness), sku)
        start = SETTLE_BARS * gap
        lines = hardware.box_and_cross(leg - start - 3 * self.scale, 0.74 * self.width)
        self.sew(seam, track, place_mm + direction * (start + leg) / 2, lines, layers=2)

    def ring_fold(self, loop: str, place_mm: float, ring_mm: float) -> None:
        """A collar's fixed end: turned back round the buckle's bar and over the ring's."""
        gap = hardware.bar_gap_mm(self.width)
        bar = library.hardware("d_ring", self.width).bar_mm
        leg = self.allowed("ring_fold") - _round_bar(gap, self.thickness)
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
            shape = hardware.box_and_cross if end == "start" else hardware.box
            lines = shape(high - low - 2 * margin, 0.74 * self.width)
            self.sew(f"collar_fold_{end}", track, place_mm + (low + high) / 2, lines, layers=2)

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
        self.fitting(slider_name, Slot.PLASTIC, ladder.moved(out=height).laid(track, place))

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
        self.add(place.tab, Slot.WEBBING, solid, place.tab)
        reach = tab_reach_mm(self.resolved.design)
        leg = 0.62 * self.width
        lines = hardware.box(0.8 * leg, 0.74 * self.width)
        for end, sign in (("start", -1), ("end", 1)):
            where = place.place_mm + sign * (reach - 0.4 * leg)
            self.sew(f"{place.tab}_{end}", track, where, lines, layers=2)

    def sew(self, seam: str, track: Track, place_mm: float, lines: np.ndarray, layers: int) -> None:
        """Stitches on the outermost of the layers that lie on a track."""
        pitch = float(np.clip(0.125 * self.width, 2.2, 4.0))
        thread = float(np.clip(0.03 * self.width, 0.5, 0.9))
        height = layers * self.thickness + (layers - 1) * CLEARANCE_MM
        solid = hardware.stitches(lines, pitch, thread).moved(out=height).laid(track, place_mm)
        self.add(f"{seam}_stitches", Slot.THREAD, solid)


def _round_bar(bar_mm: float, thickness_mm: float) -> float:
    """What half a turn round a bar takes of a strap, along its middle."""
    return float(np.pi * (bar_mm + thickness_mm) / 2)
