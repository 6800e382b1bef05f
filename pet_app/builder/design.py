"""A design: what the customer chose, in millimetres and grams, and its stable keys."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from pet_app.builder import library
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

FORMAT = 2
"""The version of the stored shape; a frozen copy keeps the one it was written with."""

GEOMETRY_VERSION = 3
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
    """What can change without a new mesh. Colours are keys into the palette.

    `thread` is one too, or `match` for the strap's own colour a shade lighter.
    """

    material: Material
    pattern: Pattern
    colour: str
    accent: str
    finish: Finish
    thread: str = "match"


BARE = Look(Material.NYLON, Pattern.PLAIN, "charcoal", "charcoal", Finish.POLISHED)
"""What stands where a kind shows no such thing."""

NOT_WORN = (Kind.LEASH, Kind.TAG)
"""The kinds that lie on no body: measurements do not shape them."""


@dataclass(frozen=True)
class Options:
    """What else is chosen; each kind has those that `library.options` names, the rest as here.

    `rings` are in the order of `RingPlace`; `leash_mm` is the finished length from snap to hand;
    `tag_mm` the tag's greatest width; `text` may have up to three lines.
    """

    lining: Lining = Lining.NONE
    buckle: Buckle = Buckle.SIDE_RELEASE
    rings: tuple[RingPlace, ...] = ()
    handle: bool = False
    reflective: bool = False
    leash_mm: int = 0
    tag_shape: TagShape = TagShape.ROUND
    tag_mm: int = 0
    text: str = ""
    method: Method = Method.EMBROIDERED


@dataclass(frozen=True)
class Design:
    """One piece of gear as designed, and the animal it is for.

    `width_mm` is the webbing's, 0 for a tag or bandana. `age_weeks` is 0 for a grown animal.
    """

    kind: Kind
    measurements: Measurements
    width_mm: int
    look: Look
    build: Build = Build.RETRIEVER
    age_weeks: int = 0
    options: Options = field(default_factory=Options)

    def with_look(self, **changes: Any) -> "Design":
        """The same piece in another look."""
        return replace(self, look=replace(self.look, **changes))

    def with_options(self, **changes: Any) -> "Design":
        """The same piece with other options."""
        return replace(self, options=replace(self.options, **changes))

    def to_dict(self) -> dict[str, object]:
        """Plain JSON values, with the format's version."""
        return {"format": FORMAT, **asdict(self)}

    def essential(self) -> "Design":
        """The design without what does not show: a plain piece's accent, a tag's webbing."""
        shows, has = library.look(self.kind), library.options(self.kind)
        look = {name: getattr(self.look, name) for name in shows}
        if look.get("pattern") is Pattern.PLAIN:
            look["accent"] = self.look.colour
        options = Options(**{name: getattr(self.options, name) for name in has})
        if not options.text:
            options = replace(options, method=_usual_method(self.kind))
        if not self._is_sewn():
            look.pop("thread", None)
        return replace(
            self,
            width_mm=self.width_mm if library.widths(self.kind) else 0,
            look=replace(BARE, **look),
            options=options,
        )

    def content_key(self) -> str:
        """SHA-256 over all that shows or counts: two designs with one key are the same piece."""
        return _digest(self.essential().to_dict())

    def geometry_key(self) -> str:
        """SHA-256 over what the mesh depends on: of the look, only how the material is made up."""
        design = self.essential()
        parts: dict[str, object] = {
            "version": GEOMETRY_VERSION,
            "kind": design.kind,
            "options": asdict(design.options),
        }
        if library.widths(design.kind):
            web = library.webbing(design.look.material)
            parts |= {
                "width_mm": design.width_mm,
                "thickness_mm": web.thickness_mm,
                "is_sewn": web.is_sewn,
            }
        if design.kind not in NOT_WORN:
            parts |= {"build": design.build, "measurements": asdict(design.measurements)}
        return _digest(parts)

    def _is_sewn(self) -> bool:
        """Whether thread shows: in webbing that is sewn, and round cloth."""
        return self.kind is Kind.BANDANA or library.webbing(self.look.material).is_sewn


def _usual_method(kind: Kind) -> Method:
    return Method.ENGRAVED if kind is Kind.TAG else Method.EMBROIDERED


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
