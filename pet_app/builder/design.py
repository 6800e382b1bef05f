"""A design: what the customer chose, in millimetres and grams, and its stable keys."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from pet_app.builder import library, palette
from pet_app.builder.rules import Finish, Kind, Material, Pattern
from pet_app.core.errors import Invalid

Option = TypeVar("Option", bound=StrEnum)

FORMAT = 1
"""The version of the stored shape; a frozen copy keeps the one it was written with."""

GEOMETRY_VERSION = 1
"""Raised whenever the same design gives another mesh, so that no stale model is served."""

MEASUREMENT_NAMES = {
    "neck_mm": "neck",
    "girth_mm": "girth",
    "back_mm": "back length",
    "weight_g": "weight",
}


@dataclass(frozen=True)
class Measurements:
    """Body lengths in millimetres and weight in grams, as the owner measured them."""

    neck_mm: int
    girth_mm: int
    back_mm: int
    weight_g: int


@dataclass(frozen=True)
class Look:
    """What can change without a new mesh. Colours are keys into the palette."""

    material: Material
    pattern: Pattern
    colour: str
    accent: str
    finish: Finish


@dataclass(frozen=True)
class Design:
    """One piece of gear as designed."""

    kind: Kind
    measurements: Measurements
    width_mm: int
    look: Look

    def with_look(self, **changes: Any) -> "Design":
        """The same piece in another look."""
        return replace(self, look=replace(self.look, **changes))

    def to_dict(self) -> dict[str, object]:
        """Plain JSON values, with the format's version."""
        return {"format": FORMAT, **asdict(self)}

    def content_key(self) -> str:
        """SHA-256 over everything chosen: two designs with one key are the same piece."""
        return _digest(self.to_dict())

    def geometry_key(self) -> str:
        """SHA-256 over what the mesh depends on: of the look, only how thick the material is."""
        return _digest(
            {
                "version": GEOMETRY_VERSION,
                "kind": self.kind,
                "measurements": asdict(self.measurements),
                "width_mm": self.width_mm,
                "thickness_mm": library.webbing(self.look.material).thickness_mm,
            }
        )


def parse(data: Mapping[str, Any]) -> Design:
    """The design written as plain values, the inverse of `Design.to_dict`.

    Raises Invalid, with a sentence for every field that cannot be used: `kind`, `width_mm`,
    `measurements.girth_mm`, `look.colour`, … Whether the choices go together is for
    `constraints.check`.
    """
    reading = _Reading()
    data = reading.table(data, "", {"format", "kind", "measurements", "width_mm", "look"})
    if data.get("format", FORMAT) != FORMAT:
        reading.fields["format"] = "This design was saved in a form we no longer read."
    measured = reading.table(data.get("measurements"), "measurements", set(MEASUREMENT_NAMES))
    chosen = reading.table(data.get("look"), "look", {*Look.__dataclass_fields__})
    kind = reading.one_of(Kind, data, "kind")
    width_mm = reading.whole(data.get("width_mm"), "width_mm", "strap width", 5, 60, "mm")
    values = {name: reading.measurement(measured, name) for name in MEASUREMENT_NAMES}
    material = reading.one_of(Material, chosen, "look.material")
    pattern = reading.one_of(Pattern, chosen, "look.pattern")
    finish = reading.one_of(Finish, chosen, "look.finish")
    colour = reading.colour(chosen, "look.colour")
    accent = reading.colour(chosen, "look.accent")
    if not reading.fields:
        reading.fields.update(contradictions(Measurements(**values)))
    if reading.fields:
        raise Invalid("Some of the design cannot be used.", reading.fields)
    return Design(
        kind,
        Measurements(**values),
        width_mm,
        Look(material, pattern, colour, accent, finish),
    )


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
        for key in value:
            if key not in known:
                place = f"{field}.{key}" if field else str(key)
                self.fields[place[:80]] = "This is not something a design has."
        return dict(value)

    def one_of(self, options: type[Option], data: Mapping[str, Any], field: str) -> Option:
        value = data.get(field.rpartition(".")[2])
        for option in options:
            if isinstance(value, str) and value == option.value:
                return option
        names = ", ".join(option.value.replace("_", " ") for option in options)
        self.fields.setdefault(field, f"Please choose one of: {names}.")
        return next(iter(options))

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


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
