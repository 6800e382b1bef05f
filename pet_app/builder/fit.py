"""The fit report: how each loop lies on the animal, how far it adjusts, and by which rule."""

from dataclasses import dataclass
from enum import StrEnum
from math import acos, atan, hypot, pi, sqrt

from pet_app.builder import library
from pet_app.builder.design import Measurements
from pet_app.builder.resolve import Loop, Resolved
from pet_app.builder.rules import Kind

MOST_FINGERS = 6


class Verdict(StrEnum):
    FITS = "fits"
    WARN = "warn"
    REFUSE = "refuse"


@dataclass(frozen=True)
class LoopFit:
    """How one loop lies. `clearance_mm` is how far it stands off, if evenly all round.

    `fingers` is how many flat fingers go side by side under it in one place, `fingers_asked` how
    many should. `tighter_mm` and `looser_mm` are the adjustment left each way. `source` says whose
    rule it is, `is_assumed` whether a number in it is ours.
    """

    name: str
    measurement: str
    measured_mm: int
    made_mm: int
    ease_mm: int
    clearance_mm: float
    fingers: float
    fingers_asked: int
    tighter_mm: int
    looser_mm: int
    verdict: Verdict
    says: str
    rule: str
    source: str
    is_assumed: bool


@dataclass(frozen=True)
class Note:
    """Something else worth knowing about the fit."""

    verdict: Verdict
    says: str
    rule: str
    source: str
    is_assumed: bool


@dataclass(frozen=True)
class FitReport:
    """How a piece fits: its loops, and notes on where it lies and on the measurements."""

    loops: tuple[LoopFit, ...]
    notes: tuple[Note, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of all."""
        found = {part.verdict for part in (*self.loops, *self.notes)}
        return next((v for v in (Verdict.REFUSE, Verdict.WARN) if v in found), Verdict.FITS)


def fit(resolved: Resolved) -> FitReport:
    """The fit report of a resolved design; what is worn by no body has no loops."""
    design = resolved.design
    loops = tuple(_loop(loop) for loop in resolved.loops)
    notes = []
    if design.kind is Kind.HARNESS:
        notes.append(_girth_place(design.measurements))
    if design.kind not in (Kind.TAG, Kind.LEASH):
        notes += _weight(design.measurements)
    return FitReport(loops, tuple(notes))


def fingers_under(ease_mm: float, loop_mm: float) -> float:
    """How many flat fingers side by side go under a loop of this length with this ease.

    A round body, the fingers a block lying on it, and the strap taut over the block's corners.
    """
    low, high = 0.0, float(MOST_FINGERS)
    if ease_for(high, loop_mm) <= ease_mm:
        return high
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if ease_for(middle, loop_mm) <= ease_mm else (low, middle)
    return low


def ease_for(fingers: float, loop_mm: float) -> float:
    """The ease in mm that so many fingers need under a loop round a body of this girth."""
    finger = library.table("fit")["finger"]
    radius = loop_mm / 2 / pi
    half, top = fingers * finger["wide_mm"] / 2, radius + finger["thick_mm"]
    corner = hypot(half, top)
    tangent = sqrt(corner**2 - radius**2)
    return 2 * (half + tangent - radius * (atan(half / top) + acos(radius / corner)))


def fingers_asked(loop_mm: int) -> int:
    """How many fingers should go under a loop round so much of a body."""
    row = library.table("fit")["fingers"]
    return row["few"] if loop_mm < row["few_below_mm"] else row["usual"]


def expected_g(measured: Measurements) -> float:
    """What an animal of this girth and length weighs, roughly."""
    return measured.girth_mm**2 * measured.back_mm / library.plausible("weight_divisor")


def _loop(loop: Loop) -> LoopFit:
    row = library.table("fit")["ease"][loop.name]
    fingers = fingers_under(loop.ease_mm, loop.measurement_mm)
    asked = fingers_asked(loop.measurement_mm)
    tighter, looser = loop.inner_mm - loop.shortest_mm, loop.longest_mm - loop.inner_mm
    verdict, says = _judge(loop, fingers, asked, tighter, looser)
    return LoopFit(
        name=loop.name,
        measurement=loop.measurement,
        measured_mm=loop.measurement_mm,
        made_mm=loop.inner_mm,
        ease_mm=loop.ease_mm,
        clearance_mm=loop.ease_mm / 2 / pi,
        fingers=fingers,
        fingers_asked=asked,
        tighter_mm=tighter,
        looser_mm=looser,
        verdict=verdict,
        says=says,
        rule=loop.rule,
        source=loop.source,
        is_assumed=row.get("assumption", False) or "assumed" in loop.source,
    )


def _judge(
    loop: Loop, fingers: float, asked: int, tighter: int, looser: int
) -> tuple[Verdict, str]:
    if loop.inner_mm < loop.measurement_mm or looser < 0 or tighter < 0:
        return Verdict.REFUSE, f"The {loop.name} loop cannot be set to fit this {loop.measurement}."
    word = "finger" if asked == 1 else "fingers"
    # A finger gives: nobody feels a tenth of one.
    if fingers < asked - 0.15:
        return Verdict.WARN, (
            f"The {loop.name} loop is snug: {spoken(fingers)} under it where there should be "
            f"{asked} {word}. Let it out a little."
        )
    least = library.table("fit")["adjustment"]["least_share"] * loop.measurement_mm
    if looser < least or tighter < least:
        way = "out" if looser < tighter else "in"
        return Verdict.WARN, (
            f"The {loop.name} loop fits as measured, with only {min(looser, tighter)} mm left to "
            f"take it {way}. Measure once more to be sure."
        )
    return Verdict.FITS, (
        f"The {loop.name} loop is made {loop.inner_mm} mm round a {loop.measurement} of "
        f"{loop.measurement_mm} mm: {_under(fingers, asked)}. It goes {tighter} mm tighter and "
        f"{looser} mm looser."
    )


def _under(fingers: float, asked: int) -> str:
    """What the rule asks for goes under it; more than that is room, and no looseness to count."""
    if fingers < asked + 1:
        return f"{spoken(fingers)} under it"
    return f"{spoken(asked)} under it with room to spare"


def spoken(fingers: float) -> str:
    """How many fingers go under a strap, as people say it: `two and a half fingers go`."""
    halves = int(fingers * 2 + 0.3)
    if halves < 2:
        return "less than one finger goes"
    if halves == 2:
        return "one finger goes"
    if halves > 2 * 4:
        return "more than four fingers go"
    words = ("one", "two", "three", "four")
    return f"{words[halves // 2 - 1]}{' and a half' if halves % 2 else ''} fingers go"


def _girth_place(measured: Measurements) -> Note:
    row = library.table("fit")["girth_place"]
    fingers = row["fingers"] if measured.girth_mm >= row["from_girth_mm"] else row["fingers_small"]
    word = {2: "two", 3: "three", 4: "four"}.get(fingers, str(fingers))
    return Note(
        Verdict.FITS,
        f"Set the girth strap {word} fingers behind the front legs, so that it does not rub them.",
        row["rule"],
        row["source"],
        row.get("assumption", False),
    )


def _weight(measured: Measurements) -> list[Note]:
    row = library.table("fit")["weight_hint"]
    expected = expected_g(measured)
    if expected / row["factor"] <= measured.weight_g <= expected * row["factor"]:
        return []
    says = (
        f"An animal of this girth and length often weighs about {expected / 1000:.1f} kg, and you "
        f"gave {measured.weight_g / 1000:.1f} kg. If you are sure of both, go on."
    )
    return [Note(Verdict.WARN, says, row["rule"], row["source"], row.get("assumption", False))]
