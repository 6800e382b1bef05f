"""What the bands of a harness are laid with: its design's numbers, and what each band comes to."""

from dataclasses import dataclass, field
from functools import cached_property
from math import pi, sqrt

import numpy as np

from pet_app.builder import library
from pet_app.builder.body import Body, body
from pet_app.builder.courses.course import BucklePlace, Course, HeldRing, Sewn, Spot, Turn
from pet_app.builder.courses.lay import OVERHANG_MM, lining_mm, on_coat_mm
from pet_app.builder.curve import Curve
from pet_app.builder.design import Design
from pet_app.builder.rules import Lining

RING_OVER_WIDTH = 1.45
"""The ring over the breastbone is at least so many widths wide inside: three straps meet in it."""

POCKET = 1.15
"""A fold round a ring is this much wider than its bar, which bends away to both sides."""

LAYER_MM = 0.08
"""What layers that lie on each other keep apart."""

SETTLE_BARS = 3.5
"""So many thicknesses of what a strap turns round away from it, its two layers lie together."""

GRIP_MM = 12.0
"""So much of a tail is left beyond its slider however far it is let out."""

BOX_WIDTHS = 0.74
"""How wide a seam's field is, in widths of the webbing."""


def joint_ring_mm(width_mm: int) -> int:
    """The size of the O-ring in which neck and chest straps of this width meet."""
    sizes = sorted(int(size) for size in library.table("hardware")["o_ring"]["sizes"])
    wide = [s for s in sizes if library.hardware("o_ring", s).span_mm >= RING_OVER_WIDTH * width_mm]
    return wide[0] if wide else sizes[-1]


@dataclass(frozen=True, eq=False)
class Band:
    """What one band of a harness adds to the courses. `inner` is the loop on the coat, `web` that
    under the webbing; both None for straps on the middle line."""

    courses: tuple[Course, ...]
    inner: Curve | None = None
    web: Curve | None = None
    buckles: tuple[BucklePlace, ...] = ()
    rings: tuple[HeldRing, ...] = ()
    turns: tuple[Turn, ...] = ()
    seams: tuple[Sewn, ...] = ()
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, eq=False)
class Fit:
    """A design's numbers, mm."""

    design: Design
    body: Body = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "body", body(self.design.measurements, self.design.build))

    @cached_property
    def width(self) -> int:
        return self.design.width_mm

    @cached_property
    def thick(self) -> float:
        return library.webbing(self.design.look.material).thickness_mm

    @cached_property
    def lining(self) -> float:
        return lining_mm(self.design)

    @property
    def is_lined(self) -> bool:
        return self.design.options.lining is not Lining.NONE

    @cached_property
    def on_coat(self) -> int:
        """How wide what touches the coat is."""
        return on_coat_mm(self.design)

    @cached_property
    def tape(self) -> float:
        """How thick the reflective tape is; 0 without."""
        return library.tape().thickness_mm if self.design.options.reflective else 0.0

    @cached_property
    def reach(self) -> float:
        """Half the length that a strap takes up where another crosses it."""
        return self.width / 2 + OVERHANG_MM

    @cached_property
    def joint_bar(self) -> float:
        """How wide a fold round the ring over the breastbone is inside."""
        return POCKET * library.hardware("o_ring", joint_ring_mm(self.width)).bar_mm

    @cached_property
    def joint_radius(self) -> float:
        """How far from the ring's middle straps turn round it, as its bar bends away from them."""
        part = library.hardware("o_ring", joint_ring_mm(self.width))
        radius = (part.span_mm + part.bar_mm) / 2
        return (radius + sqrt(max(radius**2 - (self.width / 2) ** 2, 0.0))) / 2

    @cached_property
    def slider(self) -> float:
        return library.hardware("slider", self.width).span_mm

    def allowed(self, name: str, bar_mm: float) -> float:
        """The second layer that the allowance of this name leaves when turned round a bar."""
        return library.allowance_mm(name, self.width)[0] - round_bar_mm(bar_mm, self.thick)

    def fold_leg(self, bar_mm: float) -> float:
        """The second layer of a fold: what is allowed, and enough for its seam."""
        least = SETTLE_BARS * bar_mm + 0.7 * self.width + 3
        return max(self.allowed("fold", bar_mm), least)

    def tail(
        self, name: str, strap: str, at_end: bool, about: str, bar_mm: float, room_mm: float,
        slider: str, hold_mm: float = 0.0,
    ) -> Turn:  # fmt: skip
        """An adjuster's tail with `room_mm` along the strap up to what is in its way."""
        settle = hold_mm + SETTLE_BARS * bar_mm
        shortest = settle + self.slider + GRIP_MM
        wanted = max(self.allowed("tail", bar_mm) + hold_mm, shortest + 0.8 * self.slider)
        leg = max(min(wanted, room_mm), min(shortest, room_mm))
        hump = max(settle + 0.55 * self.slider, min(0.68 * leg, leg - GRIP_MM))
        return Turn(
            name, strap, at_end, about, leg, bar_mm, hold_mm, slider,
            hump_mm=min(hump, leg - 0.6 * self.slider),
            out_mm=max(leg - shortest, 0.0),
            in_mm=max((room_mm - leg) / 2, 0.0),
        )  # fmt: skip

    def fold(self, name: str, strap: str, at_end: bool, about: str, bar_mm: float) -> Turn:
        return Turn(name, strap, at_end, about, self.fold_leg(bar_mm), bar_mm)

    def fold_seam(self, turn: Turn, length_mm: float) -> Sewn:
        """The box and cross that holds a fold, on a strap of this length."""
        settle = SETTLE_BARS * turn.bar_mm
        middle = turn.place_mm(length_mm) + turn.direction * (settle + turn.leg_mm) / 2
        field_mm = turn.leg_mm - settle - 0.12 * self.width
        return Sewn(turn.name, turn.strap, "box and cross", middle, field_mm, 2)

    def taped(self, strap: Course, first_mm: float, last_mm: float) -> tuple[Course, ...]:
        """The reflective tapes along both edges of a strap between two ways along it."""
        if not self.tape or last_mm - first_mm < 2 * self.width:
            return ()
        count = max(12, int((last_mm - first_mm) / 6))
        places = np.linspace(first_mm, last_mm, count)
        line = strap.curve.at(places).squared()
        cup = np.zeros(count)
        if strap.cup is not None:
            cup = np.interp(places, strap.curve.arc, strap.cup)
        ahead = np.gradient(line.points, axis=0)
        across = np.cross(line.normals, ahead)
        across /= np.linalg.norm(across, axis=1, keepdims=True)
        aside = self.width / 2 + library.tape_width_mm(self.width) / 2
        aside -= library.tape_edge_mm(self.width)
        found = []
        for side, sign in (("left", -1), ("right", 1)):
            out = line.normals + across * (cup * sign * aside)[:, None]
            out /= np.linalg.norm(out, axis=1, keepdims=True)
            high = -cup * aside**2 / 2
            points = line.points + across * sign * aside + line.normals * high[:, None]
            raised = Curve(points, out).offset(self.thick + LAYER_MM / 2)
            found.append(Course(f"{strap.name}_tape_{side}", "", raised))
        return tuple(found)


def round_bar_mm(bar_mm: float, thickness_mm: float) -> float:
    """What half a turn round a bar takes of a strap, along its middle."""
    return pi * (bar_mm + thickness_mm) / 2
