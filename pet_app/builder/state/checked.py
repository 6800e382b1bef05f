"""Whether a piece fits and holds, in words: a verdict, and the figures behind it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from pet_app.builder.fit import FitReport, LoopFit, Verdict, spoken
from pet_app.builder.growth import GrowthPlan
from pet_app.builder.load import LoadReport
from pet_app.builder.quote import Quote
from pet_app.builder.spoken import in_units
from pet_app.core.measures import Units

Say = Callable[[str], str]

MOST_BEARINGS = 6
OUR_FIGURE = "Our own figure, to be confirmed by the workshop."


@dataclass(frozen=True)
class Cited:
    """A sentence, whether all is well with it, and the rule behind it."""

    says: str
    good: bool
    rule: str = ""
    source: str = ""


@dataclass(frozen=True)
class LoopRow:
    """One loop of the fit report, its figures with their units."""

    name: str
    measured: str
    made: str
    clearance: str
    fingers: str
    tighter: str
    looser: str
    verdict: Cited


@dataclass(frozen=True)
class BearingRow:
    """A component that bears the pull; `percent` is how much of what it may hold is asked of it."""

    name: str
    holds: str
    percent: int
    good: bool


@dataclass(frozen=True)
class Checked:
    """What the page says of fit, load and growth; `verdict` is empty when nothing is known."""

    verdict: str = ""
    good: bool = True
    loops: list[LoopRow] = field(default_factory=list)
    notes: list[Cited] = field(default_factory=list)
    load: Cited = field(default_factory=lambda: Cited("", True))
    bearings: list[BearingRow] = field(default_factory=list)
    growth: Cited = field(default_factory=lambda: Cited("", True))
    outgrown: list[Cited] = field(default_factory=list)


def checked(quote: Quote, units: Units) -> Checked:
    """The words for the checks of a quote, in the visitor's units."""
    if quote.fit is None or quote.load is None:
        return Checked()
    say = partial(in_units, units=units)
    fit, load, growth = quote.fit, quote.load, quote.growth
    return Checked(
        verdict=say(_verdict(fit, load, growth)),
        good=fit.verdict is Verdict.FITS and load.passes,
        loops=[_loop(loop, say) for loop in fit.loops],
        notes=[
            Cited(say(note.says), note.verdict is Verdict.FITS, *_why(note, say))
            for note in fit.notes
        ],
        load=Cited(say(load.says), load.passes, *_why(load, say)),
        bearings=[
            BearingRow(
                bearing.name if bearing.count == 1 else f"{bearing.name} × {bearing.count}",
                say(_kg(bearing.kg)),
                min(100, round(100 * load.animal_kg / bearing.kg)),
                bearing.kg >= load.animal_kg,
            )
            for bearing in load.bearings[:MOST_BEARINGS]
        ],
        growth=Cited(say(growth.says), growth.first is None, *_why(growth, say))
        if growth
        else Cited("", True),
        outgrown=[
            Cited(say(loop.says), loop.in_weeks is None)
            for loop in (growth.loops if growth else ())
        ],
    )


def _verdict(fit: FitReport, load: LoadReport, growth: GrowthPlan | None) -> str:
    said: list[str] = []
    worst = next((loop for loop in fit.loops if loop.verdict is not Verdict.FITS), None)
    if worst:
        said.append(worst.says)
    elif fit.loops:
        least = spoken(min(loop.fingers for loop in fit.loops))
        every = "every strap" if len(fit.loops) > 1 else "it"
        said.append(f"Fits: {least} under {every}.")
    if load.weakest:
        word = "Holds" if load.passes else "Too weak: it holds"
        said.append(f"{word} {_kg(load.weakest.kg)} on the leash.")
    elif load.says:
        said.append(load.says)
    if growth and growth.first:
        first = growth.first
        said.append(f"Outgrown at about {first.at_weeks} weeks of age.")
    return " ".join(said)


def _loop(loop: LoopFit, say: Say) -> LoopRow:
    return LoopRow(
        name=loop.name.capitalize(),
        measured=say(f"{loop.measured_mm} mm"),
        made=say(f"{loop.made_mm} mm"),
        clearance=say(f"{loop.clearance_mm:.0f} mm"),
        fingers="more than 4" if loop.fingers > 4.1 else f"{int(loop.fingers * 2 + 0.3) / 2:g}",
        tighter=say(f"{loop.tighter_mm} mm"),
        looser=say(f"{loop.looser_mm} mm"),
        verdict=Cited(say(loop.says), loop.verdict is Verdict.FITS, *_why(loop, say)),
    )


def _why(found: object, say: Say) -> tuple[str, str]:
    """The rule that was applied, and where it comes from."""
    rule, source = getattr(found, "rule", ""), getattr(found, "source", "")
    ours = OUR_FIGURE if getattr(found, "is_assumed", False) and not source else ""
    return say(rule), say(source or ours)


def _kg(kg: float) -> str:
    return f"{kg:.1f} kg" if kg < 10 else f"{kg:.0f} kg"
