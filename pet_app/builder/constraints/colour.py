"""Patterns and colours that a material is stocked in."""

from pet_app.builder import library, palette
from pet_app.builder.constraints.field import has
from pet_app.builder.constraints.refusal import Refusal
from pet_app.builder.design import Design
from pet_app.builder.rules import Pattern


def pattern(design: Design) -> Refusal | None:
    web = library.webbing(design.look.material)
    if not has(design.kind, "look.pattern") or design.look.pattern in web.patterns:
        return None
    return Refusal("look.pattern", web.no_pattern, Pattern.PLAIN)


def colour(design: Design) -> Refusal | None:
    return _stocked(design, "look.colour", design.look.colour)


def accent(design: Design) -> Refusal | None:
    if design.look.pattern is Pattern.PLAIN:
        return None
    return _stocked(design, "look.accent", design.look.accent)


def _stocked(design: Design, field: str, key: str) -> Refusal | None:
    wanted, material = palette.colour(key), design.look.material
    if not has(design.kind, field) or wanted.comes_in(material):
        return None
    nearest = palette.nearest(wanted, material)
    name = library.webbing(material).name.lower()
    reason = f"We do not stock {name} in {wanted.name.lower()}; {nearest.name.lower()} is nearest."
    return Refusal(field, reason, nearest.key)
