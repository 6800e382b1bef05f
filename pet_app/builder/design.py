"""A design: what the customer chose, in millimetres and grams, and its stable keys."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace

from pet_app.builder.rules import Finish, Kind, Material, Pattern

FORMAT = 1
"""The version of the stored shape; a frozen copy keeps the one it was written with."""


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

    def with_look(self, **changes: object) -> "Design":
        """The same piece in another look."""
        return replace(self, look=replace(self.look, **changes))  # pyright: ignore[reportArgumentType]

    def to_dict(self) -> dict[str, object]:
        """Plain JSON values, with the format's version."""
        return {"format": FORMAT, **asdict(self)}

    def content_key(self) -> str:
        """SHA-256 over everything chosen: two designs with one key are the same piece."""
        return _digest(self.to_dict())


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
