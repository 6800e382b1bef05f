"""The choices on the page, all of them text as typed or picked, and the design they stand for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, get_args

from pet_app.builder import library
from pet_app.builder.constraints import check
from pet_app.builder.design import MEASUREMENT_NAMES, Design, Look, Measurements, Options
from pet_app.builder.quote import settled
from pet_app.builder.reading import parse
from pet_app.builder.rules import Build, Kind, Material
from pet_app.builder.sizes import sizes
from pet_app.builder.starting import OFFERED, STARTING
from pet_app.core import measures
from pet_app.core.errors import Invalid
from pet_app.core.measures import Units

Typed = Literal["neck", "girth", "back", "weight", "age"]
Choice = Literal[
    "kind",
    "build",
    "width",
    "material",
    "pattern",
    "colour",
    "accent",
    "finish",
    "thread",
    "lining",
    "buckle",
    "rings",
    "handle",
    "reflective",
    "leash",
    "tag_shape",
    "tag",
    "text",
    "method",
]

LONGEST_TYPED = 24
LONGEST_WRITTEN = 120
LOOK = tuple(Look.__dataclass_fields__)
YES = "yes"

FIELD_OF: dict[str, str] = {
    "kind": "kind",
    "build": "build",
    "age": "age_weeks",
    "width": "width_mm",
    "leash": "options.leash_mm",
    "tag": "options.tag_mm",
    **{name: f"look.{name}" for name in LOOK},
    **{
        name: f"options.{name}" for name in Options.__dataclass_fields__ if name in get_args(Choice)
    },
}
"""What `reading.parse` and the refusals call each choice."""

CHOICE_OF = {field: choice for choice, field in FIELD_OF.items()}

_TEXTS_OF_OURS = {start.options.text for start in STARTING.values()}
"""Texts nobody typed; another kind begins with its own."""


@dataclass(frozen=True)
class Choices:
    """The page as it stands. `fit` is a pet's id, a size's key or empty for typed measurements.

    `rings` are places joined by commas; `handle` and `reflective` are `yes` or empty. What the kind
    does not have stays as it was, for when another kind is looked at again.
    """

    kind: str = ""
    fit: str = ""
    units: str = Units.CM.value
    build: str = ""
    neck: str = ""
    girth: str = ""
    back: str = ""
    weight: str = ""
    age: str = ""
    width: str = ""
    material: str = ""
    pattern: str = ""
    colour: str = ""
    accent: str = ""
    finish: str = ""
    thread: str = ""
    lining: str = ""
    buckle: str = ""
    rings: str = ""
    handle: str = ""
    reflective: str = ""
    leash: str = ""
    tag_shape: str = ""
    tag: str = ""
    text: str = ""
    method: str = ""

    def design_data(self) -> dict[str, Any]:
        """The design as plain values, ready for `reading.parse`; only what the kind has.

        Raises `Invalid` with a sentence for each measurement that is no number.
        """
        measured: dict[str, int] = {}
        faults: dict[str, str] = {}
        units = Units(self.units)
        for name in MEASUREMENT_NAMES:
            stored = measures.to_grams if name == "weight_g" else measures.to_mm
            typed = getattr(self, name.rpartition("_")[0])
            try:
                measured[name] = stored(measures.read_number(typed), units)
            except ValueError as fault:
                faults[f"measurements.{name}"] = str(fault)
        age = self.age.strip() or "0"
        if not (age.isascii() and age.isdecimal()):
            faults["age_weeks"] = "Enter whole weeks, such as 14; leave it empty when grown up."
        if faults:
            raise Invalid("Some of the measurements cannot be read.", faults)
        kind = Kind(self.kind)
        has = library.options(kind)
        usual = asdict(STARTING[kind].look)
        return {
            "kind": self.kind,
            "build": self.build,
            "age_weeks": int(age),
            "measurements": measured,
            "width_mm": _whole(self.width) if library.widths(kind) else 0,
            "look": {**usual, **{name: getattr(self, name) for name in offered_look(kind)}},
            "options": {name: self._option(name, kind) for name in _READ if name in has},
        }

    def measuring(self, measured: Measurements, fit: str, build: Build | None = None) -> "Choices":
        """The same choices for another animal."""
        units = Units(self.units)
        return replace(
            self,
            fit=fit,
            build=build.value if build else self.build,
            neck=measures.shown_length(measured.neck_mm, units),
            girth=measures.shown_length(measured.girth_mm, units),
            back=measures.shown_length(measured.back_mm, units),
            weight=measures.shown_weight(measured.weight_g, units),
        )

    def converted(self, units: Units) -> "Choices":
        """The same choices with what was typed in other units; what is no number stays."""
        before = Units(self.units)
        changed: dict[str, str] = {}
        for name in ("neck", "girth", "back", "weight"):
            try:
                number = measures.read_number(getattr(self, name))
            except ValueError:
                continue
            changed[name] = (
                measures.shown_weight(measures.to_grams(number, before), units)
                if name == "weight"
                else measures.shown_length(measures.to_mm(number, before), units)
            )
        return replace(self, units=units.value, **changed)

    def switched(self, kind: Kind) -> "Choices":
        """Another kind of gear for the same animal.

        It keeps what that kind has and what goes with it; the rest is as that kind starts out.
        """
        start = choices_of(STARTING[kind])
        moved = replace(self, kind=kind.value)
        if self.text in _TEXTS_OF_OURS:
            moved = replace(moved, text=start.text)
        if moved.width not in map(str, library.widths(kind)):
            moved = replace(moved, width=start.width)
        for option, by_kind in _offers().items():
            choice = CHOICE_OF[f"options.{option}"]
            values = {str(value) for value in by_kind.get(kind.value, ())}
            if len(values) > 1 and set(getattr(moved, choice).split(",")) - values:
                moved = replace(moved, **{choice: getattr(start, choice)})
        try:
            refused = {CHOICE_OF[found.field] for found in check(parse(moved.design_data()))}
            # What is refused becomes the usual; what is refused even so, or the visitor's own, the
            # nearest.
            if "kind" in refused:
                return moved
            ours = refused - {"width", "build", "text"}
            usual = {choice: getattr(start, choice) for choice in ours}
            moved = replace(moved, **usual)
            nearest = choices_of(settled(parse(moved.design_data())))
        except Invalid:
            return moved
        options = {at for name, (at, _) in _READ.items() if len(_values(name, kind)) != 1}
        has = (options | {"width"}) & _had(kind) | {*offered_look(kind)}
        return replace(moved, **{name: getattr(nearest, name) for name in has})

    def with_ring(self, place: str) -> "Choices":
        """The same choices with a ring at that place, or without the one there."""
        before = _places(self.rings)
        after = [found for found in before if found != place]
        return replace(self, rings=",".join(after if place in before else [*before, place]))

    def to_dict(self) -> dict[str, str]:
        return asdict(self)

    def _option(self, name: str, kind: Kind) -> Any:
        """What is chosen of an option; where a kind leaves no choice, the one thing there is."""
        at, read = _READ[name]
        values = _values(name, kind)
        return values[0] if len(values) == 1 else read(getattr(self, at))


def choices_of(design: Design, units: Units = Units.CM, fit: str = "") -> Choices:
    """The choices that make a design."""
    options = {at: written(getattr(design.options, name)) for name, (at, _) in _READ.items()}
    empty = Choices(
        kind=design.kind.value,
        units=units.value,
        build=design.build.value,
        age=str(design.age_weeks or ""),
        width=str(design.width_mm),
        **{name: str(getattr(design.look, name)) for name in LOOK},
        **options,
    )
    return empty.measuring(design.measurements, fit)


def choices_from(draft: Mapping[str, str]) -> Choices | None:
    """The choices in a draft; None when it holds none. Unknown entries are passed over."""
    if draft.get("kind") not in list(OFFERED):
        return None
    known = {f.name: draft[f.name] for f in fields(Choices) if f.name in draft}
    # A draft from before an option was offered has that kind's usual one.
    found = replace(choices_of(STARTING[Kind(draft["kind"])]), **known)
    return found if found.units in list(Units) else replace(found, units=Units.CM.value)


def size_measurements(key: str) -> Measurements:
    """What a standard size is cut for. Raises `Invalid` for a size we do not have."""
    if key not in sizes():
        raise Invalid("Please choose one of the sizes shown.")
    return sizes()[key].measurements


def offered(option: str, kind: Kind) -> tuple[str, ...]:
    """The values the page offers of an option in a kind; see `data/offers.toml`."""
    return tuple(str(value) for value in _offers()[option].get(kind.value, ()))


def offered_look(kind: Kind) -> tuple[str, ...]:
    """The parts of a look that mean something for a kind."""
    return tuple(library.table("offers")["look"][kind.value])


def offered_materials(kind: Kind) -> tuple[str, ...]:
    """What a kind can be made of; nothing where that is no choice."""
    every = [material.value for material in Material]
    offers = library.table("offers")["material"].get(kind.value, every)
    return tuple(offers) if "material" in offered_look(kind) else ()


def written(value: object) -> str:
    """A value of a design as the page holds it: `yes` or nothing, places joined by commas."""
    if isinstance(value, bool):
        return YES if value else ""
    if isinstance(value, tuple | list):
        return ",".join(str(part) for part in value)
    return "" if value is None else str(value)


def _offers() -> dict[str, dict[str, list[Any]]]:
    rows = {name: row for name, row in library.table("offers").items() if name in _READ}
    return {**rows, "method": library.table("lettering")["text"]["methods"]}


def _values(option: str, kind: Kind) -> list[Any]:
    return _offers().get(option, {}).get(kind.value, [])


def _had(kind: Kind) -> set[str]:
    """The choices of width and options that a kind has."""
    options = {_READ[name][0] for name in library.options(kind)}
    return options | {"width"} if library.widths(kind) else options


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def _places(text: str) -> list[str]:
    return [place for place in text.split(",") if place]


def _said_yes(text: str) -> bool:
    return text == YES


_READ: dict[str, tuple[str, Any]] = {
    "lining": ("lining", str),
    "buckle": ("buckle", str),
    "rings": ("rings", _places),
    "handle": ("handle", _said_yes),
    "reflective": ("reflective", _said_yes),
    "leash_mm": ("leash", _whole),
    "tag_shape": ("tag_shape", str),
    "tag_mm": ("tag", _whole),
    "text": ("text", str),
    "method": ("method", str),
}
"""For each field of `Options`, where the page holds it and how that is read."""
