"""A resolved piece in words, for those who do not see the model."""

from collections.abc import Iterator

from pet_app.builder import library
from pet_app.builder.design import Design
from pet_app.builder.palette import colour
from pet_app.builder.resolve import Resolved
from pet_app.builder.rules import Buckle, Kind, Lining, Pattern, RingPlace
from pet_app.builder.spoken import in_units
from pet_app.core.measures import Units

KINDS = {
    Kind.HARNESS: "A Y-front harness",
    Kind.COLLAR: "A flat collar",
    Kind.MARTINGALE: "A martingale collar",
    Kind.LEASH: "A leash",
    Kind.TAG: "A tag",
    Kind.BANDANA: "A bandana",
}
BUCKLES = {
    Buckle.SIDE_RELEASE: "a side release buckle",
    Buckle.METAL: "a metal side release buckle",
    Buckle.PIN: "a pin buckle",
    Buckle.BREAKAWAY: "a breakaway buckle, which opens when it is caught",
}
RINGS = {
    RingPlace.BACK: "on the back",
    RingPlace.CHEST: "on the chest",
    RingPlace.BUCKLE: "beside the buckle",
    RingPlace.NAPE: "at the nape",
}


def describe(resolved: Resolved, units: Units | None = None) -> str:
    """The piece in words, every choice named; in millimetres when no units are given."""
    design = resolved.design
    said = " ".join(
        (
            _what(design),
            *_options(design),
            *_text(design),
            *_loops(resolved),
            *_hardware(resolved),
        )
    )
    return said if units is None else in_units(said, units)


def listed(words: list[str]) -> str:
    """Words joined as people do: `a, b and c`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _what(design: Design) -> str:
    """Kind, size, material and colours in one sentence."""
    kind, options = design.kind, design.options
    metal = f"{design.look.finish.value} metal"
    if kind is Kind.TAG:
        return f"A {options.tag_shape.value} tag, {options.tag_mm} mm wide, of {metal}."
    web = library.webbing(design.look.material)
    width = f"{design.width_mm} mm " if library.widths(kind) else ""
    name = web.name.lower() if width else web.name.lower().removesuffix(" webbing")
    words = [f"{KINDS[kind]} of {width}{name}", _coloured(design), _joined(design)]
    if kind is Kind.LEASH:
        words.insert(1, f"{options.leash_mm} mm long from snap to hand")
    if kind is not Kind.BANDANA:
        words.append(f"with {metal}")
    return ", ".join(words) + "."


def _coloured(design: Design) -> str:
    look = design.look
    first = colour(look.colour).name.lower()
    if look.pattern is Pattern.PLAIN:
        return f"plain {first}"
    return f"{first} with a {look.pattern.value} pattern in {colour(look.accent).name.lower()}"


def _joined(design: Design) -> str:
    look = design.look
    riveted = bool(library.widths(design.kind)) and not library.webbing(look.material).is_sewn
    if look.thread != "match":
        return (
            f"{'riveted, ' if riveted else 'sewn '}with {colour(look.thread).name.lower()} thread"
        )
    return "riveted" if riveted else "sewn with thread to match"


def _options(design: Design) -> Iterator[str]:
    """A sentence for what it has, and one for what it could have and has not."""
    has, options = library.options(design.kind), design.options
    there: list[str] = []
    absent: list[str] = []
    if "buckle" in has:
        there.append(BUCKLES[options.buckle])
    if "rings" in has and options.rings:
        ring = "a ring" if len(options.rings) == 1 else "rings"
        there.append(f"{ring} {listed([RINGS[place] for place in options.rings])}")
    if "lining" in has:
        lined = options.lining is not Lining.NONE
        (there if lined else absent).append(
            f"a lining of {options.lining.value}" if lined else "lining"
        )
    if "handle" in has:
        place = "near the snap" if design.kind is Kind.LEASH else "on the back"
        (there if options.handle else absent).append(
            f"a handle {place}" if options.handle else "handle"
        )
    if "reflective" in has:
        edges = "reflective edges"
        (there if options.reflective else absent).append(edges)
    if there:
        yield f"It has {listed(there)}."
    if absent:
        yield f"It has {listed([f'no {name}' for name in absent])}."


def _text(design: Design) -> Iterator[str]:
    lines = [line for line in design.options.text.split("\n") if line.strip()]
    if lines:
        quoted = " / ".join(f"“{line}”" for line in lines)
        yield f"The text {quoted} is {design.options.method.value} on it."
    else:
        yield "There is no text on it."


def _loops(resolved: Resolved) -> Iterator[str]:
    for loop in resolved.loops:
        yield (
            f"The {loop.name} loop measures {loop.inner_mm} mm inside, {loop.measurement_mm} mm "
            f"of {loop.measurement} and {loop.ease_mm} mm of ease."
        )


def _hardware(resolved: Resolved) -> Iterator[str]:
    fitted = {fitting.sku for fitting in resolved.fittings}
    parts = [f"{line.quantity} x {line.name}" for line in resolved.bom if line.sku in fitted]
    if parts:
        yield f"Hardware: {'; '.join(parts)}."
