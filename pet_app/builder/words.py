"""What the page calls each value that can be chosen."""

from collections.abc import Callable

from pet_app.builder import library
from pet_app.builder.palette import colours
from pet_app.builder.rules import Material

NAMES: dict[str, dict[str, str]] = {
    "kind": {"harness": "Harness", "collar": "Collar"},
    "pattern": {"paw": "Paws", "camo": "Camo"},
    "thread": {"match": "To match"},
    "lining": {"none": "No lining", "mesh": "Air mesh"},
    "buckle": {
        "side_release": "Click",
        "metal": "Metal click",
        "pin": "Pin",
        "breakaway": "Breakaway",
    },
    "rings": {"buckle": "By the buckle", "nape": "At the nape"},
    "tag_shape": {"bar": "Bar"},
    "build": {
        "toy": "Toy (Chihuahua, Maltese)",
        "terrier": "Terrier (Jack Russell, Schnauzer)",
        "spitz": "Spitz (Husky, Akita)",
        "retriever": "Retriever or shepherd (Labrador, Collie)",
        "sighthound": "Sighthound (Greyhound, Whippet)",
        "dachshund": "Long and low (Dachshund, Corgi)",
        "bulldog": "Stocky (Bulldog, Pug)",
        "mastiff": "Heavy (Mastiff, Rottweiler)",
        "cat": "Cat",
    },
}
"""Where a value's name is not simply the value."""

ABOUT: dict[str, dict[str, str]] = {
    "lining": {
        "none": "The webbing lies on the coat.",
        "fleece": "Soft, for short coats.",
        "neoprene": "Padded, dries fast.",
        "mesh": "Light, lets the coat breathe.",
    },
    "buckle": {
        "side_release": "Acetal, opens with one hand.",
        "metal": "Opens with one hand, lasts longest.",
        "pin": "A pin in a hole, as on a belt.",
        "breakaway": "Lets go when it catches. Not for walking on a leash.",
    },
    "method": {
        "embroidered": "Sewn in your thread, stands up a little.",
        "printed": "Flat, with the finest letters.",
        "engraved": "Cut into the metal, stays readable for years.",
    },
}
"""A line about a value, for those who do not know it."""


def name_of(choice: str, value: str) -> str:
    """A value in words: `25 mm`, `Bridle leather`, `Pine`, `1.8 m`; several joined by commas."""
    special = _SPECIAL.get(choice)
    return special(value) if special else _plain(choice, value)


def about(choice: str, value: str) -> str:
    """A line about a value; empty when its name says enough."""
    return ABOUT.get(choice, {}).get(value, "")


def _plain(choice: str, value: str) -> str:
    return NAMES.get(choice, {}).get(value) or value.replace("_", " ").capitalize()


def _material(value: str) -> str:
    known = value in list(Material)
    return library.webbing(Material(value)).name.removesuffix(" webbing") if known else value


def _colour(value: str) -> str:
    return colours()[value].name if value in colours() else _plain("thread", value)


_SPECIAL: dict[str, Callable[[str], str]] = {
    "width": lambda value: f"{value} mm",
    "tag": lambda value: f"{value} mm",
    "leash": lambda value: f"{int(value) / 1000:g} m" if value.isdecimal() else value,
    "material": _material,
    "colour": _colour,
    "accent": _colour,
    "thread": _colour,
    "rings": lambda value: (
        " and ".join(_plain("rings", place) for place in value.split(",") if place) or "no ring"
    ),
    "handle": lambda value: "yes" if value else "no",
    "reflective": lambda value: "yes" if value else "no",
    "text": lambda value: f"“{value}”" if value else "no text",
}
