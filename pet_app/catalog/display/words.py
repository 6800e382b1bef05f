"""What the values of a filter or an option are called, and the colours they show."""

import json
from functools import cache
from pathlib import Path

from pet_app.catalog.rules import Species, slug

COLOURS = Path(__file__).parents[1] / "colours.json"
NAMES = {
    "recycled_pet": "Recycled PET",
    "paracord": "Paracord",
    "xs": "XS",
    "s": "S",
    "m": "M",
    "l": "L",
    "xl": "XL",
    "xxl": "XXL",
}
SIZES = ("xs", "s", "m", "l", "xl", "xxl")
FOR = {Species.DOG.value: "Dogs", Species.CAT.value: "Cats", Species.BOTH.value: "Dogs and cats"}
FACETS = {"size": "Size", "colour": "Colour", "material": "Material"}
COLOUR = "colour"


def named(value: str) -> str:
    """A value as a person reads it: `recycled_pet` is Recycled PET."""
    return NAMES.get(value) or value.replace("_", " ").capitalize()


def colour_of(value: str) -> str:
    """The CSS colour of a value by its name; empty for what is no colour of ours."""
    return colours().get(slug(value), "")


@cache
def colours() -> dict[str, str]:
    """Every colour by name, as the builder's palette has it."""
    return json.loads(COLOURS.read_text("utf-8"))


def in_order(facet: str, values: list[str]) -> list[str]:
    """The values of a facet in the order people look for them: sizes by size, others by name."""
    if facet == "size":
        return sorted(values, key=lambda value: (_place(value), value))
    return sorted(values, key=named)


def _place(value: str) -> int:
    return SIZES.index(value) if value in SIZES else len(SIZES)
