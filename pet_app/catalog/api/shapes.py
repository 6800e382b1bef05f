"""Products and what is said of them, as partners and apps see them."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from pet_app.catalog import service as catalog
from pet_app.catalog.rules import FEW, Kind, ReviewState, Species
from pet_app.catalog.service import Product, Review, Variant


class Price(BaseModel):
    """An amount in cents and its currency."""

    cents: int
    currency: str


class VariantOut(BaseModel):
    """One size and colour. `left` is said only when there are few; nothing is left of what is not
    `in_stock`, and what is `made` to order always is."""

    id: str
    sku: str
    options: dict[str, str]
    price: Price
    weight_g: int
    made: bool
    in_stock: bool
    left: int | None


class ProductOut(BaseModel):
    """A product; `stars` is the mean of its `ratings`, 0 without any."""

    id: str
    handle: str
    kind: Kind
    species: Species
    title: str
    subtitle: str
    story: str
    details: dict[str, str]
    tags: list[str]
    price: Price
    picture: str | None
    alt: str
    design: dict[str, Any]
    ratings: int
    stars: float


class ProductWithVariants(ProductOut):
    """A product with everything of it that can be put into a cart."""

    variants: list[VariantOut]


class ProductList(BaseModel):
    """One stretch of the shelf; pass `next_cursor` as `after` for the next.

    `counts` says of each value of each filter how many there would be, all others kept. `meant` is
    what was searched for, when nothing was found for what was typed.
    """

    products: list[ProductOut]
    next_cursor: str | None
    total: int
    counts: dict[str, dict[str, int]]
    in_stock: int
    lowest_cents: int
    highest_cents: int
    meant: str


class ReviewOut(BaseModel):
    """What a buyer says, and what the shop answers."""

    id: str
    product_id: str
    rating: int
    title: str
    text: str
    shown_name: str
    state: ReviewState
    answer: str
    created: datetime
    changed: datetime


class ReviewsOut(BaseModel):
    """One stretch of reviews; pass `next_cursor` as `after` for the next."""

    reviews: list[ReviewOut]
    next_cursor: str | None


def product_out(product: Product) -> ProductOut:
    """The product as it is shown."""
    return ProductOut(**_product(product))


def with_variants(product: Product, variants: tuple[Variant, ...]) -> ProductWithVariants:
    """The product as it is shown, and what of it can be bought."""
    forms = [variant_out(variant) for variant in variants]
    return ProductWithVariants(**_product(product), variants=forms)


def variant_out(variant: Variant) -> VariantOut:
    """The variant as it is shown."""
    left = catalog.available(variant)
    return VariantOut(
        id=variant.id,
        sku=variant.sku,
        options=dict(variant.options),
        price=Price(cents=variant.price_cents, currency=variant.currency),
        weight_g=variant.weight_g,
        made=left is None,
        in_stock=left is None or left > 0,
        left=left if left is not None and left <= FEW else None,
    )


def reviews_out(found: catalog.ReviewList) -> ReviewsOut:
    """The reviews as they are shown."""
    shown = [review_out(review) for review in found.reviews]
    return ReviewsOut(reviews=shown, next_cursor=found.next_cursor)


def review_out(review: Review) -> ReviewOut:
    """The review as it is shown; never whose it is."""
    return ReviewOut(
        id=review.id,
        product_id=review.product_id,
        rating=review.rating,
        title=review.title,
        text=review.text,
        shown_name=review.shown_name,
        state=ReviewState(review.state),
        answer=review.answer,
        created=review.created,
        changed=review.changed,
    )


def _product(product: Product) -> dict[str, Any]:
    stars = product.rating_sum / product.ratings if product.ratings else 0.0
    return {
        "id": product.id,
        "handle": product.handle,
        "kind": Kind(product.kind),
        "species": Species(product.species),
        "title": product.title,
        "subtitle": product.subtitle,
        "story": product.story,
        "details": dict(product.details),
        "tags": product.tags,
        "price": Price(cents=product.price_cents, currency=product.currency),
        "picture": f"/media/{product.picture}" if product.picture else None,
        "alt": product.alt,
        "design": product.design,
        "ratings": product.ratings,
        "stars": round(stars, 2),
    }
