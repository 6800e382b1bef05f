"""Variants: what of a product can be bought, for how much, and how many are left."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from pet_app.catalog.models import Product, Variant
from pet_app.catalog.rules import Kind, words_of
from pet_app.core.money import Money


@dataclass(frozen=True)
class Sellable:
    """A variant that can be bought now. `words` are its options as said (`M · Pine`); `available`
    is how many are left, None for what is made to order; `picture` is a storage key or empty."""

    variant_id: str
    product_id: str
    sku: str
    handle: str
    kind: str
    title: str
    words: str
    price: Money
    weight_g: int
    available: int | None
    picture: str
    design: dict[str, Any]
    shippable: bool


@dataclass(frozen=True)
class Glance:
    """What a card says of a product: the lowest and the highest price of its variants, how many are
    left in all (None when any is made to order), and how many variants there are."""

    low_cents: int
    high_cents: int
    available: int | None
    variants: int


def variants_of(session: Session, product: Product) -> tuple[Variant, ...]:
    """What of a product can be put into a cart, in its order; `options` say which is which."""
    sold = select(Variant).where(Variant.product_id == product.id, col(Variant.published))
    return tuple(session.exec(sold.order_by(col(Variant.position), col(Variant.id))))


def glances(session: Session, product_ids: Collection[str]) -> dict[str, Glance]:
    """What cards say of these products, by their id; those with nothing to sell are left out."""
    sold = col(Variant.product_id).in_(set(product_ids)) & col(Variant.published)
    found: dict[str, list[Variant]] = {}
    for variant in session.exec(select(Variant).where(sold)):
        found.setdefault(variant.product_id, []).append(variant)
    return {product_id: _glance(variants) for product_id, variants in found.items()}


def sellable(session: Session, variant_ids: Collection[str]) -> dict[str, Sellable]:
    """Those of the variants that are sold at the moment, by their id; others are left out."""
    wanted = (
        select(Variant, Product)
        .join(Product, col(Product.id) == Variant.product_id)
        .where(col(Variant.id).in_(set(variant_ids)))
        .where(col(Variant.published), col(Product.published))
    )
    return {
        variant.id: Sellable(
            variant_id=variant.id,
            product_id=product.id,
            sku=variant.sku,
            handle=product.handle,
            kind=product.kind,
            title=product.title,
            words=words_of(variant.options),
            price=variant.price,
            weight_g=variant.weight_g,
            available=available(variant),
            picture=product.picture_small or product.picture,
            design=variant.design,
            shippable=Kind(product.kind).shippable,
        )
        for variant, product in session.exec(wanted)
    }


def available(variant: Variant) -> int | None:
    """How many can still be promised; None for what is made to order."""
    return None if variant.stock is None else max(0, variant.stock - variant.reserved)


def _glance(variants: list[Variant]) -> Glance:
    prices = [variant.price_cents for variant in variants]
    left = [available(variant) for variant in variants]
    made = None in left
    total = None if made else sum(number or 0 for number in left)
    return Glance(min(prices), max(prices), total, len(variants))
