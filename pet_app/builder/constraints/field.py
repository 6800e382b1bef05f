"""The fields of a design by the names that refusals and pages use, to read and to change."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from pet_app.builder import library
from pet_app.builder.design import Design, Options
from pet_app.builder.rules import (
    Buckle,
    Build,
    Finish,
    Kind,
    Lining,
    Material,
    Method,
    Pattern,
    RingPlace,
    TagShape,
)

Value = str | int | bool | tuple[str, ...]
"""What a field of a design can hold."""


def _rings(places: Iterable[str]) -> tuple[RingPlace, ...]:
    chosen = set(places)
    return tuple(place for place in RingPlace if place in chosen)


FIELDS: dict[str, Callable[[Any], Any]] = {
    "kind": Kind,
    "build": Build,
    "age_weeks": int,
    "width_mm": int,
    "look.material": Material,
    "look.pattern": Pattern,
    "look.colour": str,
    "look.accent": str,
    "look.finish": Finish,
    "look.thread": str,
    "options.lining": Lining,
    "options.buckle": Buckle,
    "options.rings": _rings,
    "options.handle": bool,
    "options.reflective": bool,
    "options.leash_mm": int,
    "options.tag_shape": TagShape,
    "options.tag_mm": int,
    "options.text": str,
    "options.method": Method,
}
"""Every field that can be chosen, and how a plain value becomes one of it."""


def has(kind: Kind, field: str) -> bool:
    """Whether a kind of gear has a field."""
    if field == "width_mm":
        return bool(library.widths(kind))
    group, _, name = field.rpartition(".")
    if group == "options":
        return name in library.options(kind)
    if group == "look":
        return name in library.look(kind)
    return True


def value_of(design: Design, field: str) -> Any:
    """What a design holds in a field."""
    group, _, name = field.rpartition(".")
    return getattr(getattr(design, group) if group else design, name)


def with_choice(design: Design, field: str, value: Value) -> Design:
    """The design with one field given another value; another kind keeps what it has."""
    kept = FIELDS[field](value)
    if field == "kind":
        return _as_kind(design, kept)
    group, _, name = field.rpartition(".")
    if not group:
        return replace(design, **{name: kept})
    return replace(design, **{group: replace(getattr(design, group), **{name: kept})})


def _as_kind(design: Design, kind: Kind) -> Design:
    own = {name: getattr(design.options, name) for name in library.options(kind)}
    widths = library.widths(kind)
    width = min(widths, key=lambda other: abs(other - design.width_mm)) if widths else 0
    return replace(design, kind=kind, width_mm=width, options=Options(**own))
