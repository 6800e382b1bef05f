"""The catalogue over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from pet_app.catalog import service
from pet_app.catalog.rules import Kind, Sort
from pet_app.catalog.service import Product
from pet_app.core.http import ReadSession
from pet_app.core.security import ANYBODY

router = APIRouter(prefix="/api/v1/products", tags=["catalog"], dependencies=[ANYBODY])


class Price(BaseModel):
    """An amount in cents and its currency."""

    cents: int
    currency: str


class ProductOut(BaseModel):
    """A product as partners and apps see it."""

    id: str
    handle: str
    kind: Kind
    title: str
    subtitle: str
    story: str
    details: dict[str, str]
    price: Price
    picture: str | None
    alt: str
    design: dict[str, Any]


class ProductList(BaseModel):
    """One stretch of the shelf; pass `next_cursor` as `after` for the next."""

    products: list[ProductOut]
    next_cursor: str | None


@router.get("")
def list_products(
    session: ReadSession,
    kind: Kind | None = None,
    sort: Sort = Sort.FEATURED,
    after: Annotated[str | None, Query(max_length=40)] = None,
    limit: Annotated[int, Query(ge=1, le=service.LONGEST_SHELF)] = 24,
) -> ProductList:
    """The published products, in order."""
    shelf = service.list_products(session, kind, sort, after, limit)
    return ProductList(
        products=[_out(product) for product in shelf.products], next_cursor=shelf.next_cursor
    )


@router.get("/{handle}")
def read_product(session: ReadSession, handle: str) -> ProductOut:
    """One product by its handle."""
    return _out(service.product_by_handle(session, handle))


def _out(product: Product) -> ProductOut:
    return ProductOut(
        id=product.id,
        handle=product.handle,
        kind=Kind(product.kind),
        title=product.title,
        subtitle=product.subtitle,
        story=product.story,
        details=dict(product.details),
        price=Price(cents=product.price_cents, currency=product.currency),
        picture=f"/media/{product.picture}" if product.picture else None,
        alt=product.alt,
        design=product.design,
    )
