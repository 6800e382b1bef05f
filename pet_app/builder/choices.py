"""The choices on the page, all of them text as typed or picked, and the design they stand for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

from pet_app.builder.design import MEASUREMENT_NAMES, Design, Measurements
from pet_app.builder.sizes import sizes
from pet_app.builder.starting import STARTING
from pet_app.core import measures
from pet_app.core.errors import Invalid
from pet_app.core.measures import Units

Choice = Literal["kind", "width", "material", "pattern", "colour", "accent", "finish"]
Typed = Literal["neck", "girth", "back", "weight"]

LONGEST_TYPED = 24
LOOK = ("material", "pattern", "colour", "accent", "finish")
FIELD_OF: dict[Choice, str] = {
    "kind": "kind",
    "width": "width_mm",
    "material": "look.material",
    "pattern": "look.pattern",
    "colour": "look.colour",
    "accent": "look.accent",
    "finish": "look.finish",
}
"""What `design.parse` and the refusals call each choice."""


@dataclass(frozen=True)
class Choices:
    """The page as it stands. `fit` is a pet's id, a size's key or empty for typed measurements."""

    kind: str = ""
    fit: str = ""
    units: str = Units.CM.value
    neck: str = ""
    girth: str = ""
    back: str = ""
    weight: str = ""
    width: str = ""
    material: str = ""
    pattern: str = ""
    colour: str = ""
    accent: str = ""
    finish: str = ""

    def design_data(self) -> dict[str, Any]:
        """The design as plain values, ready for `design.parse`.

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
        if faults:
            raise Invalid("Some of the measurements cannot be read.", faults)
        return {
            "kind": self.kind,
            "measurements": measured,
            "width_mm": int(self.width) if self.width.isascii() and self.width.isdecimal() else 0,
            "look": {name: getattr(self, name) for name in LOOK},
        }

    def measuring(self, measured: Measurements, fit: str) -> "Choices":
        """The same choices for another animal."""
        units = Units(self.units)
        return replace(
            self,
            fit=fit,
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

    def to_dict(self) -> dict[str, str]:
        return asdict(self)


def choices_of(design: Design, units: Units = Units.CM, fit: str = "") -> Choices:
    """The choices that make a design."""
    look = {name: str(getattr(design.look, name)) for name in LOOK}
    empty = Choices(kind=design.kind.value, units=units.value, width=str(design.width_mm), **look)
    return empty.measuring(design.measurements, fit)


def choices_from(draft: Mapping[str, str]) -> Choices | None:
    """The choices in a draft; None when it holds none. Unknown entries are passed over."""
    if draft.get("kind") not in list(STARTING):
        return None
    known = {f.name: draft[f.name] for f in fields(Choices) if f.name in draft}
    found = Choices(**known)
    return found if found.units in list(Units) else replace(found, units=Units.CM.value)


def size_measurements(key: str) -> Measurements:
    """What a standard size is cut for. Raises `Invalid` for a size we do not have."""
    if key not in sizes():
        raise Invalid("Please choose one of the sizes shown.")
    return sizes()[key].measurements
