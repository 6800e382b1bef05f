"""Kinds of gear, the orders a shelf can stand in, and what a product has to have."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pet_app.core.money import Money


class Kind(StrEnum):
    """What a product is; each kind is a category of the shop."""

    HARNESS = "harness"
    COLLAR = "collar"
    MARTINGALE = "martingale"
    LEASH = "leash"
    TAG = "tag"
    BANDANA = "bandana"

    @property
    def plural(self) -> str:
        return {"harness": "Harnesses", "leash": "Leashes"}.get(
            self.value, f"{self.value.capitalize()}s"
        )


class Sort(StrEnum):
    """The orders a shelf can stand in."""

    FEATURED = "featured"
    PRICE_UP = "price"
    PRICE_DOWN = "price-down"
    NEWEST = "newest"

    @property
    def label(self) -> str:
        return {
            Sort.FEATURED: "Featured",
            Sort.PRICE_UP: "Price, low to high",
            Sort.PRICE_DOWN: "Price, high to low",
            Sort.NEWEST: "Newest",
        }[self]


HANDLE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_HANDLE = 60
LONGEST_TITLE = 80


@dataclass(frozen=True)
class NewProduct:
    """A product as it is put into the shop.

    `details` are (name, value) pairs; `design` is a design of the builder as plain JSON values,
    which the catalogue keeps and hands on but does not read.
    """

    handle: str
    kind: Kind
    title: str
    subtitle: str
    story: str
    alt: str
    price: Money
    design: dict[str, Any]
    details: tuple[tuple[str, str], ...] = ()
    position: int = field(default=0)
    published: bool = True


def faults(product: NewProduct) -> dict[str, str]:
    """A sentence for every field that cannot be used; empty when the product is in order."""
    found: dict[str, str] = {}
    if not HANDLE.fullmatch(product.handle) or len(product.handle) > LONGEST_HANDLE:
        found["handle"] = "A handle is made of small letters, digits and single hyphens."
    if not product.title.strip() or len(product.title) > LONGEST_TITLE:
        found["title"] = f"A title has between 1 and {LONGEST_TITLE} characters."
    if product.price.cents <= 0:
        found["price"] = "A product has to cost something."
    if not product.alt.strip():
        found["alt"] = "Say what the picture shows, for those who cannot see it."
    if not product.design:
        found["design"] = "A product needs the design it is made from."
    return found
