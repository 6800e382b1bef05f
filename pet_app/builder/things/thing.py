"""A simple thing as data: its form, its measures in millimetres, and what its parts are made of."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pet_app.builder import palette
from pet_app.builder.rules import Pattern
from pet_app.builder.things.finish import is_finish
from pet_app.builder.things.forms import FORMS, Form
from pet_app.core.errors import Invalid

FORMAT = 1
LEAST_MM, MOST_MM = 0.5, 2000.0


@dataclass(frozen=True)
class Thing:
    """One simple thing. `mm` has a value for every measure of its form; `finish` names for each of
    its parts a row of `data/finishes.toml` and, where that has none of its own, a colour."""

    form: str
    mm: dict[str, float]
    finish: dict[str, str]
    pattern: Pattern = Pattern.PLAIN
    accent: str = ""

    @property
    def made_by(self) -> Form:
        return FORMS[self.form]

    def shape_key(self) -> str:
        """SHA-256 over what the meshes depend on."""
        text = json.dumps([FORMAT, self.form, self.mm], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def read(data: Mapping[str, Any]) -> Thing:
    """A thing from plain JSON values: `{"format": 1, "thing": "bowl", "mm": …, "finish": …}`.

    What `mm` leaves out is as the form has it. Raises Invalid with the fields at fault.
    """
    form = FORMS.get(data.get("thing", ""))
    if form is None or data.get("format") != FORMAT:
        raise Invalid("We cannot make such a thing.", {"thing": "We know no such form."})
    given, finish = data.get("mm", {}), data.get("finish", {})
    faults = {
        f"mm.{name}": f"This is a length between {LEAST_MM} and {MOST_MM} mm."
        for name, value in given.items()
        if name not in form.mm or not _is_length(value)
    }
    faults |= {
        f"finish.{part}": "Every part of a thing is made of something we have."
        for part in form.parts
        if not is_finish(finish.get(part, ""))
    }
    pattern, accent = data.get("pattern", Pattern.PLAIN), data.get("accent", "")
    if pattern not in list(Pattern):
        faults["pattern"] = "We have no such pattern."
    if accent and accent not in palette.colours():
        faults["accent"] = "We have no such colour."
    if faults:
        raise Invalid("We cannot make this thing.", faults)
    return Thing(
        data["thing"],
        {name: float(given.get(name, usual)) for name, usual in form.mm.items()},
        {part: finish[part] for part in form.parts},
        Pattern(pattern),
        accent,
    )


def _is_length(value: object) -> bool:
    return isinstance(value, int | float) and LEAST_MM <= value <= MOST_MM
