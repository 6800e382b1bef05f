"""What the page says of a design while it is being made: price, refusals, options, words."""

from dataclasses import dataclass, replace

from pet_app.builder import library, palette
from pet_app.builder.constraints import Refusal, allowed_widths, check
from pet_app.builder.describe import describe
from pet_app.builder.design import Design
from pet_app.builder.fit import FitReport, fit
from pet_app.builder.growth import GrowthPlan, growth
from pet_app.builder.load import LoadReport, load
from pet_app.builder.price import Breakdown, price
from pet_app.builder.resolve import Resolved, resolve
from pet_app.builder.rules import Finish, Material, Pattern


@dataclass(frozen=True)
class Option:
    """One value a field could take; `reason` says why it cannot, and is empty when it can."""

    value: str
    reason: str


@dataclass(frozen=True)
class Quote:
    """A design judged. What is worked out of it is None while its width cannot be made.

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
    refusals = check(design)
    resolved = None
    if all(refusal.field != "width_mm" for refusal in refusals):
        resolved = resolve(design)
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
    # Each answer can bring up one more question: a narrower strap, then another colour.
    for _ in range(8):
        found = next((refusal for refusal in check(design) if refusal.nearest is not None), None)
        if found is None:
            break
        design = with_choice(design, found.field, found.nearest)
    return design


def with_choice(design: Design, field: str, value: str | int | None) -> Design:
    """The design with one field, named as in a refusal, given another value."""
    if field == "width_mm":
        return replace(design, width_mm=value)
    name = field.removeprefix("look.")
    kinds = {"material": Material, "pattern": Pattern, "finish": Finish}
    return design.with_look(**{name: kinds.get(name, str)(value)})


def _options(design: Design) -> dict[str, tuple[Option, ...]]:
    return {
        "width_mm": tuple(_option(design, "width_mm", w) for w in library.widths(design.kind)),
        "look.material": tuple(_material(design, material) for material in Material),
        "look.pattern": tuple(_option(design, "look.pattern", p) for p in Pattern),
        "look.colour": tuple(_option(design, "look.colour", c) for c in palette.colours()),
        "look.accent": tuple(_option(design, "look.accent", c) for c in palette.colours()),
        "look.finish": tuple(Option(finish.value, "") for finish in Finish),
    }


def _option(design: Design, field: str, value: str | int) -> Option:
    other = with_choice(design, field, value)
    reason = next((found.reason for found in check(other) if found.field == field), "")
    return Option(str(value), reason)


def _material(design: Design, material: Material) -> Option:
    if allowed_widths(design.with_look(material=material)):
        return Option(material.value, "")
    name = library.webbing(material).name
    return Option(material.value, f"{name} in no width suits these measurements.")
