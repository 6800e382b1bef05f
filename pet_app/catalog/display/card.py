"""A product as it stands on a shelf."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from pet_app.catalog import service as catalog
from pet_app.catalog.models import Product
from pet_app.catalog.service import Glance
from pet_app.core.money import Money

MEDIA = "/media/"
FEW = 5
"""From this many on, what is left is nobody's hurry."""


@dataclass(frozen=True)
class Card:
    """A product on the shelf. `picture` and `picture_set` are empty until it has been rendered.

    `price` is that of its cheapest form, with `From` before it when others cost more. `rating` is
    empty without reviews; `stock` says something only when there is little or nothing left.
    """

    id: str
    handle: str
    kind: str
    title: str
    subtitle: str
    price: str
    picture: str
    picture_set: str
    alt: str
    rating: str
    ratings: int
    stock: str


def card(product: Product, glance: Glance | None = None) -> Card:
    """The product as it stands on the shelf."""
    return Card(
        id=product.id,
        handle=product.handle,
        kind=product.kind,
        title=product.title,
        subtitle=product.subtitle,
        price=_price(product, glance),
        picture=MEDIA + product.picture if product.picture else "",
        picture_set=_picture_set(product),
        alt=product.alt,
        rating=f"{product.rating_sum / product.ratings:.1f}" if product.ratings else "",
        ratings=product.ratings,
        stock=left(glance.available) if glance else "",
    )


def cards(session: Session, products: Iterable[Product]) -> list[Card]:
    """Several at once, with what their variants cost and what is left of them."""
    found = tuple(products)
    glances: Mapping[str, Glance] = catalog.glances(session, [product.id for product in found])
    return [card(product, glances.get(product.id)) for product in found]


def left(available: int | None) -> str:
    """What is left, in words, where it matters; None is made to order and never runs out."""
    if available is None or available > FEW:
        return ""
    return f"Only {available} left" if available > 0 else "Sold out"


def _price(product: Product, glance: Glance | None) -> str:
    if glance is None or glance.low_cents == glance.high_cents:
        return str(product.price)
    return f"From {Money(glance.low_cents, product.currency)}"


def _picture_set(product: Product) -> str:
    if not product.picture or not product.picture_small:
        return ""
    return f"{MEDIA}{product.picture_small} 400w, {MEDIA}{product.picture} 800w"
