"""Reading a design from plain values, with a sentence for everything that cannot be used."""

from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from itertools import islice
from typing import Any, TypeVar

from pet_app.builder import lettering, library, palette
from pet_app.builder.design import FORMAT, MEASUREMENT_NAMES, Design, Look, Measurements, Options
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
from pet_app.core.errors import Invalid

Option = TypeVar("Option", bound=StrEnum)

LONGEST_TEXT = 120
MOST_STRANGE = 20


def parse(data: Mapping[str, Any]) -> Design:
    """The design written as plain values, the inverse of `Design.to_dict`; older formats too.

    What does not show on its kind is left out: see `Design.essential`.

    Raises Invalid, with a sentence for every field that cannot be used: `kind`, `width_mm`,
    `measurements.girth_mm`, `look.colour`, `options.text`, … Whether the choices go together is for
    `constraints.check`.
    """
    reading = _Reading()
    data = reading.table(data, "", {"format", *Design.__dataclass_fields__})
    if data.get("format", FORMAT) == 1:
        data = _from_first(data)
    elif data.get("format", FORMAT) != FORMAT:
        reading.fields["format"] = "This design was saved in a form we no longer read."
    measured = reading.table(data.get("measurements"), "measurements", set(MEASUREMENT_NAMES))
    chosen = reading.table(data.get("look"), "look", {*Look.__dataclass_fields__})
    kind = reading.one_of(Kind, data, "kind")
    width_mm = 0
    if library.widths(kind) or data.get("width_mm"):
        least = 5 if library.widths(kind) else 0
        width_mm = reading.whole(data.get("width_mm"), "width_mm", "strap width", least, 60, "mm")
    values = {name: reading.measurement(measured, name) for name in MEASUREMENT_NAMES}
    build = reading.one_of(Build, {"build": Build.RETRIEVER, **data}, "build")
    age_weeks = reading.whole(data.get("age_weeks", 0), "age_weeks", "age", 0, 1500, "weeks")
    material = reading.one_of(Material, chosen, "look.material")
    pattern = reading.one_of(Pattern, chosen, "look.pattern")
    finish = reading.one_of(Finish, chosen, "look.finish")
    colour = reading.colour(chosen, "look.colour")
    accent = reading.colour(chosen, "look.accent")
    thread = "match"
    if chosen.get("thread", thread) != thread:
        thread = reading.colour(chosen, "look.thread")
    options = reading.options(data.get("options", {}), kind)
    if not reading.fields:
        reading.fields.update(contradictions(Measurements(**values)))
    if reading.fields:
        raise Invalid("Some of the design cannot be used.", reading.fields)
    read = Design(
        kind,
        Measurements(**values),
        width_mm,
        Look(material, pattern, colour, accent, finish, thread),
        build,
        age_weeks,
        options,
    )
    return read.essential()


def _from_first(data: Mapping[str, Any]) -> dict[str, Any]:
    """A design of format 1, which had harness and collar with their usual rings and no more."""
    rings = {"harness": ["back", "chest"], "collar": ["buckle"]}.get(str(data.get("kind")), [])
    return {**data, "format": FORMAT, "options": {"rings": rings}}


def contradictions(measured: Measurements) -> dict[str, str]:
    """The fields that cannot be of one animal together, each with a sentence."""
    fields: dict[str, str] = {}
    neck, girth, back = measured.neck_mm, measured.girth_mm, measured.back_mm
    least = library.plausible("girth_over_neck_min") * neck
    if girth < least:
        fields["measurements.girth_mm"] = (
            f"The girth goes round the chest behind the front legs and is more than the neck: with "
            f"a neck of {neck} mm we expect {least:.0f} mm or more."
        )
    elif girth > library.plausible("girth_over_neck_max") * neck:
        fields["measurements.neck_mm"] = (
            f"A neck of {neck} mm is too thin for a girth of {girth} mm. Please measure both again."
        )
    shortest = library.plausible("back_over_girth_min") * girth
    longest = library.plausible("back_over_girth_max") * girth
    if not shortest <= back <= longest:
        word = "short" if back < shortest else "long"
        fields["measurements.back_mm"] = (
            f"A back of {back} mm is too {word} for a girth of {girth} mm: we expect "
            f"{shortest:.0f} to {longest:.0f} mm from the base of the neck to the base of the tail."
        )
    expected_g = girth**2 * back / library.plausible("weight_divisor")
    factor = library.plausible("weight_factor")
    if not fields and not expected_g / factor <= measured.weight_g <= expected_g * factor:
        fields["measurements.weight_g"] = (
            f"An animal of this size weighs about {expected_g / 1000:.1f} kg, not "
            f"{measured.weight_g / 1000:.1f} kg. Please check the weight and the measurements."
        )
    return fields


class _Reading:
    """Collects a sentence for every field that cannot be read."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}

    def table(self, value: object, field: str, known: set[str]) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            self.fields[field or "design"] = "This part of the design is missing."
            return {}
        strange = (key for key in value if key not in known)
        for key in islice(strange, MOST_STRANGE):
            place = f"{field}.{key}" if field else str(key)
            self.fields[place[:80]] = "This is not something a design has."
        return {key: value[key] for key in value if key in known}

    def one_of(self, options: type[Option], data: Mapping[str, Any], field: str) -> Option:
        value = data.get(field.rpartition(".")[2])
        for option in options:
            if isinstance(value, str) and value == option.value:
                return option
        names = ", ".join(option.value.replace("_", " ") for option in options)
        self.fields.setdefault(field, f"Please choose one of: {names}.")
        return next(iter(options))

    def options(self, value: object, kind: Kind) -> Options:
        """The options of a kind; one that the kind has not must be absent or say nothing."""
        chosen = self.table(value, "options", {*Options.__dataclass_fields__})
        usual = asdict(Options())
        has = library.options(kind)
        for name, given in chosen.items():
            if name in usual and name not in has and given not in (usual[name], [], None):
                self.fields[f"options.{name}"] = f"A {kind.value} does not have this."
        own = {**usual, **{name: chosen[name] for name in chosen if name in has}}
        return Options(
            lining=self.one_of(Lining, own, "options.lining"),
            buckle=self.one_of(Buckle, own, "options.buckle"),
            rings=self.rings(own["rings"]),
            handle=self.yes_or_no(own["handle"], "options.handle"),
            reflective=self.yes_or_no(own["reflective"], "options.reflective"),
            leash_mm=self.whole(own["leash_mm"], "options.leash_mm", "leash", 0, 20_000, "mm"),
            tag_shape=self.one_of(TagShape, own, "options.tag_shape"),
            tag_mm=self.whole(own["tag_mm"], "options.tag_mm", "tag", 0, 100, "mm"),
            text=self.text(own["text"], "options.text"),
            method=self.one_of(Method, own, "options.method"),
        )

    def rings(self, value: object) -> tuple[RingPlace, ...]:
        names = list(value) if isinstance(value, list | tuple) else [None]
        if all(name in [*RingPlace] for name in names) and len(set(names)) == len(names):
            return tuple(place for place in RingPlace if place in names)
        self.fields["options.rings"] = "Please choose from the places shown."
        return ()

    def yes_or_no(self, value: object, field: str) -> bool:
        if not isinstance(value, bool):
            self.fields[field] = "Please choose yes or no."
        return value is True

    def text(self, value: object, field: str) -> str:
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            self.fields[field] = f"Please use up to {LONGEST_TEXT} characters."
        elif any("\ud800" <= sign <= "\udfff" for sign in value):
            self.fields[field] = "Part of this text is no character. Please write it again."
        else:
            return "\n".join(lettering.tidy(value))
        return ""

    def colour(self, data: Mapping[str, Any], field: str) -> str:
        value = data.get(field.rpartition(".")[2])
        if isinstance(value, str) and value in palette.colours():
            return value
        self.fields.setdefault(field, "Please choose one of the colours shown.")
        return ""

    def measurement(self, measured: Mapping[str, Any], name: str) -> int:
        low, high = library.limits(name)
        field = f"measurements.{name}"
        unit = name.rpartition("_")[2]
        return self.whole(measured.get(name), field, MEASUREMENT_NAMES[name], low, high, unit)

    def whole(self, value: object, field: str, name: str, low: int, high: int, unit: str) -> int:
        if value is None:
            self.fields.setdefault(field, f"Please enter the {name}.")
        elif isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
            self.fields.setdefault(field, f"The {name} has to be a whole number of {unit}.")
        elif not low <= value <= high:
            self.fields.setdefault(field, f"The {name} has to be between {low} and {high} {unit}.")
        else:
            return int(value)
        return low
