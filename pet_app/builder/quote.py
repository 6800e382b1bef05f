"""What the page says of a design while it is being made: price, refusals, options, words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pet_app.builder import library, palette
from pet_app.builder.constraints import (
    CANNOT,
    LAID_OUT_ANYHOW,
    Refusal,
    Value,
    allowed_widths,
    check,
    has,
    refusal_at,
    value_of,
    ways_out,
    with_choice,
)
from pet_app.builder.describe import describe
from pet_app.builder.design import Design
from pet_app.builder.fit import FitReport, fit
from pet_app.builder.growth import GrowthPlan, growth
from pet_app.builder.load import LoadReport, load
from pet_app.builder.price import Breakdown, price
from pet_app.builder.resolve import Resolved, resolve
from pet_app.builder.rules import (
    Buckle,
    Finish,
    Kind,
    Lining,
    Material,
    Method,
    Pattern,
    RingPlace,
    TagShape,
)

MOST_STEPS = 24

HOLDING = ("kind", "width_mm", "look.material", "options.buckle")
"""The fields that decide how much a piece holds."""


@dataclass(frozen=True)
class Option:
    """One value a field could take; `reason` says why it cannot, and is empty when it can."""

    value: str
    reason: str


@dataclass(frozen=True)
class Quote:
    """A design judged. What is worked out of it is None while it cannot be laid out.

    A refused design may have a price, and is not sold. `growth` is None for who is grown.
    """

    design: Design
    refusals: tuple[Refusal, ...]
    breakdown: Breakdown | None
    description: str
    options: dict[str, tuple[Option, ...]]
    resolved: Resolved | None = None
    load: LoadReport | None = None
    fit: FitReport | None = None
    growth: GrowthPlan | None = None

    @property
    def can_be_made(self) -> bool:
        return not self.refusals


def quote(design: Design) -> Quote:
    """Judge a design and price it."""
    refusals = judged(design)
    laid_out = {refusal.field for refusal in refusals} <= LAID_OUT_ANYHOW
    resolved = resolve(design) if laid_out else None
    return Quote(
        design=design,
        refusals=refusals,
        breakdown=price(resolved) if resolved else None,
        description=describe(resolved) if resolved else "",
        options=_options(design),
        resolved=resolved,
        load=load(resolved) if resolved else None,
        fit=fit(resolved) if resolved else None,
        growth=growth(resolved) if resolved else None,
    )


def settled(design: Design) -> Design:
    """The nearest design that can be made; the same one when no nearest is known."""
    return _settled(design, judged)


def judged(design: Design) -> tuple[Refusal, ...]:
    """Every refusal for a design, and what only the worked out piece can tell: whether it holds.

    When nothing of its kind can be made for the animal, the nearest is another kind.
    """
    refusals = _judged(design)
    dead = next((found for found in refusals if found.field == "width_mm"), None)
    ways = (found.nearest is not None for found in refusals if found.field in HOLDING)
    if dead is None or any(ways) or (kind := _other_kind(design)) is None:
        return refusals
    others = (refusal for refusal in refusals if refusal is not dead)
    return (Refusal("kind", f"{dead.reason} A {kind.value} we can make.", kind), *others)


def _settled(design: Design, judge: Callable[[Design], tuple[Refusal, ...]]) -> Design:
    # Each answer can bring up one more question: a narrower strap, then another colour.
    for _ in range(MOST_STEPS):
        found = next((refusal for refusal in judge(design) if refusal.nearest is not None), None)
        if found is None or found.nearest is None:
            break
        design = with_choice(design, found.field, found.nearest)
    return design.essential()


def _judged(design: Design) -> tuple[Refusal, ...]:
    """Every refusal for a design while it stays of its kind."""
    refusals = check(design)
    if refusals:
        return refusals
    refusal = _overloaded(design)
    return (refusal,) if refusal else ()


def _other_kind(design: Design) -> Kind | None:
    """The first of the kinds worn instead that can be made for this animal."""
    for name in library.table("making")["instead"].get(design.kind.value, ()):
        other = _settled(with_choice(design, "kind", name), _judged)
        if other.kind.value == name and not _judged(other):
            return other.kind
    return None


def _overloaded(design: Design) -> Refusal | None:
    """When some part breaks too early: the nearest that holds, a wider strap if there is one."""
    report = load(resolve(design))
    if report.passes:
        return None
    reason = f"{report.says} It may carry one third of its breaking strength."
    for width in allowed_widths(design):
        if width > design.width_mm and _holds(with_choice(design, "width_mm", width)):
            return Refusal("width_mm", reason, width)
    for field, other in ways_out(design):
        if any(_holds(with_choice(other, "width_mm", w)) for w in allowed_widths(other)):
            return Refusal(field, reason, value_of(other, field))
    return Refusal("width_mm", f"{reason} {CANNOT.format(kind=design.kind.value)}", None)


def _holds(design: Design) -> bool:
    """Whether a design holds its animal in this width, material and buckle.

    What else is refused of it is mended first: a text too long for another strap gets shorter.
    """
    for _ in range(MOST_STEPS):
        found = next((r for r in check(design) if r.field not in LAID_OUT_ANYHOW), None)
        if found is None:
            return load(resolve(design)).passes
        if found.field in HOLDING or found.nearest is None:
            return False
        design = with_choice(design, found.field, found.nearest)
    return False


def _options(design: Design) -> dict[str, tuple[Option, ...]]:
    kind = design.kind
    fields = ("width_mm", *_LOOK, *_OPTIONS)
    return {
        field: tuple(_option(design, field, value) for value in _values(design, field))
        for field in fields
        if has(kind, field)
    } | ({"options.rings": _rings(design)} if has(kind, "options.rings") else {})


def _values(design: Design, field: str) -> Iterable[Value]:
    """What the page offers of a field, in its order."""
    kind = design.kind
    if field == "width_mm":
        return library.widths(kind)
    if field in ("look.colour", "look.accent"):
        return palette.colours()
    if field == "look.thread":
        return ("match", *palette.colours())
    offers = library.table("offers").get(field.removeprefix("options."), {})
    if kind.value in offers:
        return offers[kind.value]
    if field == "options.method":
        return library.table("lettering")["text"]["methods"][kind.value]
    return {**_LOOK, **_OPTIONS}[field]


def _option(design: Design, field: str, value: Value) -> Option:
    other = with_choice(design, field, value)
    refusal = refusal_at(other, field)
    if refusal is None and field == "width_mm" and 0 < other.width_mm < design.width_mm:
        # A narrower strap may be too weak in a seam that only the worked out piece has.
        refusal = next((found for found in judged(other) if found.field == field), None)
    if refusal is None and field == "look.material" and library.widths(design.kind):
        refusal = _no_width(other)
    return Option(str(value_of(other, field)), refusal.reason if refusal else "")


def _no_width(design: Design) -> Refusal | None:
    if allowed_widths(design):
        return None
    name = library.webbing(design.look.material).name
    return Refusal("look.material", f"{name} in no width suits these measurements.", None)


def _rings(design: Design) -> tuple[Option, ...]:
    """For each place, why its ring cannot be added, or taken away when it is there."""
    chosen = design.options.rings
    found = []
    for name in _values(design, "options.rings"):
        place = RingPlace(name)
        after = [*chosen, place] if place not in chosen else [p for p in chosen if p != place]
        refusal = refusal_at(with_choice(design, "options.rings", tuple(after)), "options.rings")
        found.append(Option(place.value, refusal.reason if refusal else ""))
    return tuple(found)


_LOOK: dict[str, Iterable[Value]] = {
    "look.material": tuple(Material),
    "look.pattern": tuple(Pattern),
    "look.colour": (),
    "look.accent": (),
    "look.finish": tuple(Finish),
    "look.thread": (),
}
_OPTIONS: dict[str, Iterable[Value]] = {
    "options.lining": tuple(Lining),
    "options.buckle": tuple(Buckle),
    "options.handle": (False, True),
    "options.reflective": (False, True),
    "options.leash_mm": (),
    "options.tag_shape": tuple(TagShape),
    "options.tag_mm": (),
    "options.method": tuple(Method),
}
"""The fields with a choice of values, and those values where no data names them."""
