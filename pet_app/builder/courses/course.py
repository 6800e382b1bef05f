"""Where the straps of a piece run: the middle lines of their inner faces, in millimetres."""

from dataclasses import dataclass, field

from pet_app.builder.curve import Curve


@dataclass(frozen=True, eq=False)
class Course:
    """Where one strap lies. `loop` names the closed loop it is part of, empty when of none."""

    name: str
    loop: str
    curve: Curve

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
class Courses:
    """All straps of a piece with the closed loops, rings and buckles they belong to.

    `loops` are closed curves on the innermost face of what lies on the coat.
    """

    loops: dict[str, Curve] = field(default_factory=dict)
    straps: tuple[Course, ...] = ()
    buckles: tuple[BucklePlace, ...] = ()
    rings: tuple[HeldRing, ...] = ()

    def strap(self, name: str) -> Course:
        return next(strap for strap in self.straps if strap.name == name)
