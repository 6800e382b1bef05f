"""A product as a page shows it: plain text, the same whether it is prerendered or sent later."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pet_app.catalog.models import Product
from pet_app.core.settings import settings

MEDIA = "/media/"


@dataclass(frozen=True)
class Card:
    """A product on the shelf. `picture` and `picture_set` are empty until it has been rendered."""

    handle: str
    kind: str
    title: str
    subtitle: str
    price: str
    picture: str
    picture_set: str
    alt: str


@dataclass(frozen=True)
class Shown:
    """A product on its own page."""

    card: Card
    story: str
    category: str
    details: list[list[str]]


def card(product: Product) -> Card:
    """The product as it stands on the shelf."""
    return Card(
        handle=product.handle,
        kind=product.kind,
        title=product.title,
        subtitle=product.subtitle,
        price=str(product.price),
        picture=MEDIA + product.picture if product.picture else "",
        picture_set=_picture_set(product),
        alt=product.alt,
    )


def likeness(cards: Sequence[Card]) -> str:
    """A short digest: two shelves with one digest look the same."""
    return hashlib.sha256(repr(tuple(cards)).encode()).hexdigest()[:16]


def shown(product: Product) -> Shown:
    """The product as its page shows it."""
    return Shown(
        card=card(product), story=product.story, category=product.plural, details=product.details
    )


def product_data(product: Product) -> dict[str, Any]:
    """The product in schema.org's words, for search engines."""
    address = settings().site_url
    data: dict[str, Any] = {
        "@type": "Product",
        "name": product.title,
        "description": product.story,
        "category": product.plural,
        "sku": product.handle,
        "url": f"{address}/product/{product.handle}",
        "brand": {"@type": "Brand", "name": "Harness Hero"},
        "offers": {
            "@type": "Offer",
            "price": f"{product.price_cents / 100:.2f}",
            "priceCurrency": product.currency,
            "availability": "https://schema.org/MadeToOrder",
            "itemCondition": "https://schema.org/NewCondition",
            "url": f"{address}/product/{product.handle}",
        },
    }
    if product.picture:
        data["image"] = f"{address}{MEDIA}{product.picture}"
    return data


def _picture_set(product: Product) -> str:
    if not product.picture or not product.picture_small:
        return ""
    return f"{MEDIA}{product.picture_small} 400w, {MEDIA}{product.picture} 800w"
