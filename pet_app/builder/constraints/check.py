"""Every rule put to a design, in the order in which one answer can bring up the next question."""

from collections.abc import Callable

from pet_app.builder.constraints import colour, details, pairs, text, width
from pet_app.builder.constraints.refusal import Refusal
from pet_app.builder.design import Design

Rule = Callable[[Design], Refusal | None]

RULES: tuple[tuple[str, Rule], ...] = (
    ("build", details.build),
    ("look.pattern", colour.pattern),
    ("look.colour", colour.colour),
    ("look.accent", colour.accent),
    ("options.rings", details.rings),
    ("options.leash_mm", details.leash_mm),
    ("options.tag_mm", details.tag_mm),
    ("width_mm", width.no_width),
    ("width_mm", width.width),
    ("options.lining", details.lining),
    ("options.reflective", details.reflective),
    ("options.handle", details.handle),
)
"""The rules that are no pairs, and the field each refuses; texts come last of all."""

LAID_OUT_ANYHOW = {"look.pattern", "look.colour", "look.accent"}
"""With one of these refused a piece can still be laid out and priced."""


def check(design: Design) -> tuple[Refusal, ...]:
    """Every refusal for a design, one for each field; empty when it can be made and is safe."""
    found: dict[str, Refusal] = {}
    # A cat's rules are for cats: everything else is asked of the animal it then is.
    if refusal := details.build(design):
        return (refusal,)
    for field in pairs.fields():
        if refusal := pairs.refused(design, field):
            found.setdefault(refusal.field, refusal)
    for _, rule in RULES:
        if refusal := rule(design):
            found.setdefault(refusal.field, refusal)
    # How much room a text has, only a piece that can be laid out tells.
    if found.keys() <= LAID_OUT_ANYHOW and (refusal := text.text(design)):
        found[refusal.field] = refusal
    return tuple(found.values())


def refusal_at(design: Design, field: str) -> Refusal | None:
    """Why the design cannot have what it has in one field."""
    rules = (rule(design) for name, rule in RULES if name == field)
    found = (pairs.refused(design, field), *rules)
    return next((refusal for refusal in found if refusal and refusal.field == field), None)
