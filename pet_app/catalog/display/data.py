"""A product in schema.org's words, for search engines."""

from collections.abc import Sequence
from typing import Any

from pet_app.catalog import service as catalog
from pet_app.catalog.display.card import MEDIA
from pet_app.catalog.models import Product, Review, Variant
from pet_app.catalog.rules import Kind, words_of
from pet_app.core.settings import settings

SCHEMA = "https://schema.org/"
MOST_REVIEWS = 3


def product_data(
    product: Product, forms: Sequence[Variant], reviews: Sequence[Review] = ()
) -> dict[str, Any]:
    """The product with an offer for each of its forms; a rating only when somebody gave one."""
    address = f"{settings().site_url}/product/{product.handle}"
    data: dict[str, Any] = {
        "@type": "Product",
        "name": product.title,
        "description": product.story,
        "category": Kind(product.kind).plural,
        "sku": product.handle,
        "url": address,
        "brand": {"@type": "Brand", "name": "Harness Hero"},
        "offers": [_offer(form, address) for form in forms],
    }
    if product.picture:
        data["image"] = f"{settings().site_url}{MEDIA}{product.picture}"
    if product.ratings:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": f"{product.rating_sum / product.ratings:.1f}",
            "reviewCount": product.ratings,
        }
        data["review"] = [_review(review) for review in reviews[:MOST_REVIEWS]]
    return data


def _offer(form: Variant, address: str) -> dict[str, Any]:
    offer = {
        "@type": "Offer",
        "sku": form.sku,
        "price": f"{form.price_cents / 100:.2f}",
        "priceCurrency": form.currency,
        "availability": SCHEMA + _availability(form),
        "itemCondition": f"{SCHEMA}NewCondition",
        "url": f"{address}?variant={form.sku}",
    }
    return offer | ({"name": words_of(form.options)} if form.options else {})


def _availability(form: Variant) -> str:
    left = catalog.available(form)
    if left is None:
        return "MadeToOrder"
    return "InStock" if left > 0 else "OutOfStock"


def _review(review: Review) -> dict[str, Any]:
    return {
        "@type": "Review",
        "name": review.title,
        "reviewBody": review.text,
        "datePublished": review.created.date().isoformat(),
        "author": {"@type": "Person", "name": review.shown_name},
        "reviewRating": {"@type": "Rating", "ratingValue": review.rating, "bestRating": 5},
    }
