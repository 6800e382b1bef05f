"""The growth plan of a young animal: which loop runs out when, and what to do about it."""

from dataclasses import dataclass
from math import exp, inf, log

from pet_app.builder import library
from pet_app.builder.design import Design
from pet_app.builder.fit import ease_for
from pet_app.builder.resolve import Loop, Resolved
from pet_app.builder.rules import Build

HALF, GROWN = 0.5, 0.99
"""The shares of the grown weight that the data's two ages stand for."""


@dataclass(frozen=True)
class Curve:
    """How an animal of one size grows: half of its weight at `half_weeks`, all at `grown_weeks`."""

    name: str
    up_to_kg: float
    half_weeks: float
    grown_weeks: float

    def weight_share(self, weeks: float) -> float:
        """The share of the grown weight at this age, along a Gompertz curve."""
        rate = log(log(HALF) / log(GROWN)) / (self.grown_weeks - self.half_weeks)
        return exp(log(HALF) * exp(-rate * (weeks - self.half_weeks)))

    def length_share(self, weeks: float) -> float:
        """The share of the grown girth and neck: weight goes with the third power of length."""
        return self.weight_share(weeks) ** (1 / 3)


@dataclass(frozen=True)
class Outgrown:
    """When one loop runs out: `in_weeks` from now, None when it lasts until the animal is grown.

    `holds_mm` is the largest measurement it can be set to with room for one finger; `grown_mm` what
    the measurement will be about when grown.
    """

    name: str
    measurement: str
    now_mm: int
    holds_mm: int
    grown_mm: int
    in_weeks: int | None
    at_weeks: int | None
    says: str


@dataclass(frozen=True)
class GrowthPlan:
    """What growing means for a piece; `loops` has the one that runs out first at its front."""

    age_weeks: int
    grown_weeks: int
    grown_kg: float
    size: str
    loops: tuple[Outgrown, ...]
    says: str
    rule: str
    source: str
    is_assumed: bool

    @property
    def first(self) -> Outgrown | None:
        return self.loops[0] if self.loops and self.loops[0].in_weeks is not None else None


def curves() -> tuple[Curve, ...]:
    """The growth of dogs by the weight they will have, lightest first."""
    return tuple(
        Curve(name, row["up_to_kg"], row["half_weeks"], row["grown_weeks"])
        for name, row in library.table("fit")["growth"]["dog"].items()
    )


def curve_of(design: Design) -> Curve:
    """The curve that agrees with an animal's weight at its age."""
    if design.build is Build.CAT:
        row = library.table("fit")["growth"]["cat"]
        return Curve("cat", inf, row["half_weeks"], row["grown_weeks"])
    weight_kg = design.measurements.weight_g / 1000
    found = curves()
    return next(
        (
            curve
            for curve in found
            if weight_kg / curve.weight_share(design.age_weeks) <= curve.up_to_kg
        ),
        found[-1],
    )


def is_growing(design: Design) -> bool:
    """Whether the animal has some growing before it."""
    return 0 < design.age_weeks < curve_of(design).grown_weeks


def growth(resolved: Resolved) -> GrowthPlan | None:
    """The growth plan of a piece worn by a growing animal; None for others."""
    design = resolved.design
    if not is_growing(design) or not resolved.loops:
        return None
    curve = curve_of(design)
    age = design.age_weeks
    loops = sorted(
        (_outgrown(loop, curve, age) for loop in resolved.loops),
        key=lambda found: (inf if found.in_weeks is None else found.in_weeks, found.name),
    )
    row = library.table("fit")["growth"]
    grown_kg = design.measurements.weight_g / 1000 / curve.weight_share(age)
    grown = round(curve.grown_weeks)
    return GrowthPlan(
        age_weeks=age,
        grown_weeks=grown,
        grown_kg=grown_kg,
        size=curve.name,
        loops=tuple(loops),
        says=_plan(loops, age, grown, grown_kg),
        rule=row["rule"],
        source=row.get("source", ""),
        is_assumed=row.get("assumption", False),
    )


def _outgrown(loop: Loop, curve: Curve, age: int) -> Outgrown:
    share = curve.length_share(age)
    holds = _holds_mm(loop)
    grown_mm = round(loop.measurement_mm / share)
    runs_out = next(
        (
            weeks
            for weeks in range(age, round(curve.grown_weeks) + 1)
            if loop.measurement_mm * curve.length_share(weeks) / share > holds
        ),
        None,
    )
    if runs_out is None:
        says = f"The {loop.name} loop lasts: it can be let out as the {loop.measurement} grows."
    else:
        says = (
            f"The {loop.name} loop runs out {_from_now(runs_out - age)}, when the "
            f"{loop.measurement} passes {holds} mm: order the next size then."
        )
    return Outgrown(
        name=loop.name,
        measurement=loop.measurement,
        now_mm=loop.measurement_mm,
        holds_mm=holds,
        grown_mm=grown_mm,
        in_weeks=None if runs_out is None else runs_out - age,
        at_weeks=runs_out,
        says=says,
    )


def _holds_mm(loop: Loop) -> int:
    """The largest measurement the loop can be let out for, with a finger under it."""
    least = library.table("fit")["fingers"]["few"]
    return int(loop.longest_mm - ease_for(least, loop.measurement_mm))


def _plan(loops: list[Outgrown], age: int, grown: int, grown_kg: float) -> str:
    start = f"At {age} weeks we expect about {grown_kg:.1f} kg when grown, at some {grown} weeks."
    first = loops[0]
    if first.in_weeks is None:
        return f"{start} This piece can be let out until then."
    return (
        f"{start} The {first.name} loop runs out first, {_from_now(first.in_weeks)}: size up at "
        f"{first.at_weeks} weeks of age, or when the {first.measurement} measures "
        f"{first.holds_mm} mm."
    )


def _from_now(weeks: int) -> str:
    return {0: "now", 1: "in one week"}.get(weeks, f"in {weeks} weeks")
