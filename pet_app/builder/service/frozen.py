"""Designs as they are sold: frozen with their price, and priced afresh by today's rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from pet_app.core.money import Money
from pet_app.core.security import Identity


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
    raise NotImplementedError


def priced(data: Mapping[str, Any]) -> FrozenDesign:
    """A frozen design by today's rules. Raises `Invalid` for what cannot be made any more."""
    raise NotImplementedError
