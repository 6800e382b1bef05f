"""The words a description has to hold, listed apart from the code that writes it."""

from pet_app.builder import library, palette
from pet_app.builder.design import Design
from pet_app.builder.rules import Kind, Lining, Pattern, RingPlace

KIND = {
    Kind.HARNESS: "harness",
    Kind.COLLAR: "collar",
    Kind.MARTINGALE: "martingale",
    Kind.LEASH: "leash",
    Kind.TAG: "tag",
    Kind.BANDANA: "bandana",
}
RING = {
    RingPlace.BACK: "back",
    RingPlace.CHEST: "chest",
    RingPlace.BUCKLE: "beside the buckle",
    RingPlace.NAPE: "nape",
}


def unsaid(design: Design, description: str) -> list[str]:
    """What was chosen and the description does not name."""
    said = description.casefold()
    return [
        f"the description does not say {word!r}"
        for word in wanted(design)
        if word.casefold() not in said
    ]


def wanted(design: Design) -> list[str]:
    """A word for every option that the design has."""
    return [KIND[design.kind], *_look(design), *_options(design)]


def _look(design: Design) -> list[str]:
    look, kind = design.look, design.kind
    words = [] if kind is Kind.BANDANA else [look.finish.value]
    if kind is Kind.TAG:
        return words
    words += [library.webbing(look.material).name.split()[0], palette.colour(look.colour).name]
    if look.pattern is not Pattern.PLAIN:
        words += [look.pattern.value, palette.colour(look.accent).name]
    if look.thread != "match":
        words.append(palette.colour(look.thread).name)
    if library.widths(kind):
        words.append(f"{design.width_mm} mm")
    return words


def _options(design: Design) -> list[str]:
    has, options = library.options(design.kind), design.options
    said = {
        "lining": [options.lining.value] if options.lining is not Lining.NONE else [],
        "buckle": [options.buckle.value.replace("_", " ")],
        "rings": [RING[place] for place in options.rings],
        "handle": ["handle"] if options.handle else [],
        "reflective": ["reflective"] if options.reflective else [],
        "leash_mm": [f"{options.leash_mm} mm"],
        "tag_shape": [options.tag_shape.value],
        "tag_mm": [f"{options.tag_mm} mm"],
        "text": [*options.text.split("\n"), options.method.value] if options.text else [],
    }
    return [word for name, words in said.items() if name in has for word in words]
