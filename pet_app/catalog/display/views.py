"""The further pictures of a product: other sides, close up, once round, and its share card."""

from dataclasses import dataclass

from pet_app.catalog import service as catalog
from pet_app.catalog.display.card import MEDIA
from pet_app.catalog.models import Product

NAMES = {
    "front": "Front",
    "side": "Side",
    "top": "Above",
    "detail": "Close up",
    catalog.TURNING: "See it turn",
}
"""What each is called, in the order a shop shows them."""


@dataclass(frozen=True)
class View:
    """One picture of a product, what it shows in a word, and what stands for it in small."""

    name: str
    picture: str
    small: str
    turns: bool


def views_of(product: Product) -> list[View]:
    """The first picture and every other; none while there is only the first."""
    if not product.picture:
        return []
    photo, small = MEDIA + product.picture, MEDIA + (product.picture_small or product.picture)
    further = []
    for key, name in NAMES.items():
        if key in product.views:
            picture, turns = MEDIA + product.views[key], key == catalog.TURNING
            further.append(View(name, picture, small if turns else picture, turns))
    return [View("Photo", photo, small, False), *further] if further else []


def share_card(product: Product) -> str:
    """Where the card is that bears the product's present price; empty while there is none."""
    made = product.views.get(catalog.card_name(product), "")
    return MEDIA + made if made else ""
