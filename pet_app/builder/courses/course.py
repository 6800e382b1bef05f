"""Where the straps of a piece run: the middle lines of their inner faces, in millimetres."""

from dataclasses import dataclass, field

import numpy as np

from pet_app.builder.curve import Curve


@dataclass(frozen=True, eq=False)
class Course:
    """Where one strap lies. `loop` names the closed loop it is part of, empty when of none.

    `cup` (n,) in 1/mm is how strongly it is bent across at each point of its curve; flat without.
    """

    name: str
    loop: str
    curve: Curve
    cup: np.ndarray | None = None

    def inner_mm(self) -> float:
        return self.curve.length

    def neutral_mm(self, thickness_mm: float) -> float:
        """The length of the fibre half-way through, which neither stretches nor creases."""
        return self.curve.squared().offset(thickness_mm / 2).length


@dataclass(frozen=True, eq=False)
class BucklePlace:
    """A closed buckle bridging a gap: its middle as a way along the loop, and its span."""

    loop: str
    side: str
    middle_mm: float
    span_mm: float


@dataclass(frozen=True)
class HeldRing:
    """Where the bar of a ring lies: on which strap, and how far along its inner face.

    `tab` names the short strap that holds it, empty when the strap's own fold does.
    """

    name: str
    tab: str
    strap: str
    place_mm: float


@dataclass(frozen=True, eq=False)
class Turn:
    """A strap's end turned back over itself round `about`: a fold sewn down, or a tail.

    It lies at the strap's end, or at its start. The second layer runs back `leg_mm` from the middle
    of what it goes round, which is `bar_mm` thick, and keeps that far off for `hold_mm`. A tail is
    led over a `slider` whose middle is `hump_mm` from the turn; by it the strap can be let out and
    taken in.
    """

    name: str
    strap: str
    at_end: bool
    about: str
    leg_mm: float
    bar_mm: float
    hold_mm: float = 0.0
    slider: str = ""
    hump_mm: float = 0.0
    out_mm: float = 0.0
    in_mm: float = 0.0

    def place_mm(self, length_mm: float) -> float:
        """Where it turns on a strap of this length."""
        return length_mm if self.at_end else 0.0

    @property
    def direction(self) -> int:
        """Which way along the strap the second layer runs."""
        return -1 if self.at_end else 1


@dataclass(frozen=True)
class Sewn:
    """Layers held together on a strap: the middle and length of the field, and how many lie there
    above the strap's inner face."""

    name: str
    strap: str
    stitch: str
    middle_mm: float
    length_mm: float
    layers: int


@dataclass(frozen=True)
class Spot:
    """Something to be marked on a strap at a way along its course."""

    strap: str
    at_mm: float
    what: str


@dataclass(frozen=True, eq=False)
class Courses:
    """All straps of a piece with the closed loops, rings and buckles they belong to.

    `loops` are closed curves on the innermost face of what lies on the coat, `above` on the inner
    face of the webbing where something lies between: point for point the same places. Buckles
    are placed along the webbing's.
    """

    loops: dict[str, Curve] = field(default_factory=dict)
    above: dict[str, Curve] = field(default_factory=dict)
    straps: tuple[Course, ...] = ()
    buckles: tuple[BucklePlace, ...] = ()
    rings: tuple[HeldRing, ...] = ()
    turns: tuple[Turn, ...] = ()
    seams: tuple[Sewn, ...] = ()
    spots: tuple[Spot, ...] = ()

    def webbing_loop(self, name: str) -> Curve:
        return self.above.get(name, self.loops[name])

    def strap(self, name: str) -> Course:
        return next(strap for strap in self.straps if strap.name == name)
