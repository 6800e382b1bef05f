"""Designs as they are sold: frozen with their price, and priced afresh by today's rules."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any

from sqlmodel import Session

from pet_app.builder import library
from pet_app.builder.design import FORMAT, Design
from pet_app.builder.palette import colour
from pet_app.builder.price import price
from pet_app.builder.quote import judged
from pet_app.builder.reading import parse
from pet_app.builder.resolve import resolve
from pet_app.builder.rules import Kind, Pattern
from pet_app.builder.service.designs import CANNOT_BE_MADE, ON_SHOW, get_design, title_of
from pet_app.builder.service.pictures import want_pictures
from pet_app.builder.weight import weigh
from pet_app.core.errors import Invalid
from pet_app.core.money import Money
from pet_app.core.security import Identity

RECKONING = 1
"""Raised whenever the same data gives another price, or refuses what it did not."""

REMEMBERED = 1024
"""Designs whose price is remembered; a cart is priced anew every time somebody looks at it."""


@dataclass(frozen=True)
class FrozenDesign:
    """A design that can be made, and what it costs. `data` are plain JSON values; `breakdown` is
    (label, quantity, amount), whose sum is `price`. `rules_version` names the rules it was judged
    and priced by; `weight_g` is what the finished piece weighs."""

    data: dict[str, Any] = field(hash=False)
    title: str
    words: str
    kind: str
    content_key: str
    price: Money
    breakdown: tuple[tuple[str, str, Money], ...]
    rules_version: str
    weight_g: int
    design_id: str = ""


def freeze(session: Session, identity: Identity, design_id: str) -> FrozenDesign:
    """A saved design of theirs as it can be sold now.

    Raises `NotFound`, and `Invalid` with the fields at fault for what cannot be made.
    """
    record = get_design(session, identity, design_id)
    frozen = priced(record.design.to_dict())
    # What is sold is shown as it is now, however the design is changed afterwards.
    want_pictures(session, ON_SHOW, frozen.data, kept=True)
    return replace(frozen, design_id=record.id, title=record.name)


def priced(data: Mapping[str, Any]) -> FrozenDesign:
    """A frozen design by today's rules. Raises `Invalid` for what cannot be made any more."""
    return _priced(json.dumps(data, sort_keys=True, default=str), rules_version())


@cache
def rules_version() -> str:
    """What today's rules and prices are called: twelve hexadecimal digits, other for other data."""
    told = hashlib.sha256(f"{RECKONING} {FORMAT}".encode())
    for path in sorted(library.FOLDER.glob("*.toml")):
        told.update(path.read_bytes())
    return told.hexdigest()[:12]


@lru_cache(REMEMBERED)
def _priced(text: str, version: str) -> FrozenDesign:
    design = parse(json.loads(text))
    if refusals := judged(design):
        raise Invalid(CANNOT_BE_MADE, {refusal.field: refusal.reason for refusal in refusals})
    resolved = resolve(design)
    breakdown = price(resolved)
    return FrozenDesign(
        data=design.to_dict(),
        title=title_of(design),
        words=" · ".join(_words(design)),
        kind=design.kind.value,
        content_key=design.content_key(),
        price=breakdown.total,
        breakdown=tuple((line.label, line.quantity, line.amount) for line in breakdown.lines),
        rules_version=version,
        weight_g=weigh(resolved),
    )


def _words(design: Design) -> Iterator[str]:
    """What tells one piece from another of its kind, in few words: `25 mm nylon`, `Pine`."""
    look, options = design.look, design.options
    if design.kind is Kind.TAG:
        yield f"{options.tag_mm} mm {options.tag_shape.value}"
        yield f"{look.finish.value} metal".capitalize()
    else:
        material = library.webbing(look.material).name.removesuffix(" webbing").lower()
        material = material.replace("pet", "PET").replace("biothane", "BioThane")
        wide = f"{design.width_mm} mm " if library.widths(design.kind) else ""
        yield f"{wide}{material}".capitalize() if not wide else f"{wide}{material}"
        shown = colour(look.colour).name
        if look.pattern is not Pattern.PLAIN:
            shown += f", {look.pattern.value} in {colour(look.accent).name.lower()}"
        yield shown
    if design.kind is Kind.LEASH:
        yield f"{options.leash_mm / 10:.0f} cm"
    if options.text:
        yield "“" + options.text.replace("\n", " / ") + "”"
