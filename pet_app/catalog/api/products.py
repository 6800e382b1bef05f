"""Products over HTTP: searched, filtered and counted, and one by one."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from pet_app.catalog import service as catalog
from pet_app.catalog.api.kept import answer
from pet_app.catalog.api.shapes import (
    ProductList,
    ProductWithVariants,
    product_out,
    with_variants,
)
from pet_app.catalog.rules import Kind, Sort, Species, slug
from pet_app.core.security import ANYBODY

router = APIRouter(dependencies=[ANYBODY])
Values = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=20)]


class Asked(BaseModel):
    """What somebody looks for; of `size`, `colour` and `material` several may be named."""

    q: str = Field("", max_length=200, description="Words; slips of the finger are forgiven.")
    kind: Kind | None = None
    species: Species | None = None
    size: Values = []
    colour: Values = []
    material: Values = []
    low_cents: int | None = Field(None, ge=0, le=1_000_000_000)
    high_cents: int | None = Field(None, ge=0, le=1_000_000_000)
    in_stock: bool = False
    rating: int = Field(0, ge=0, le=5, description="The least mean of stars.")
    sort: Sort | None = Field(None, description="Best fit for words, else featured.")
    after: str | None = Field(None, max_length=40)
    limit: int = Field(24, ge=1, le=catalog.LONGEST_SHELF)

    def to_query(self) -> catalog.Query:
        """The same as the catalogue takes it."""
        facets = {"size": self.size, "colour": self.colour, "material": self.material}
        return catalog.Query(
            text=self.q,
            kind=self.kind,
            species=self.species,
            facets={name: [slug(value) for value in values] for name, values in facets.items()},
            low_cents=self.low_cents,
            high_cents=self.high_cents,
            in_stock=self.in_stock,
            rating=self.rating,
            sort=self.sort,
            after=self.after,
            limit=self.limit,
        )


@router.get("/products", response_model=ProductList)
async def list_products(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """The published products that fit, in order, and how many there would be of others."""
    return await answer(f"list?{request.url.query}", lambda session: _listed(session, asked))


@router.get("/products/{handle}", response_model=ProductWithVariants)
async def read_product(handle: str) -> Response:
    """One product by its handle, with all that can be bought of it."""
    return await answer(f"one/{handle}", lambda session: _one(session, handle))


def _listed(session: Session, asked: Asked) -> ProductList:
    found = catalog.search(session, asked.to_query())
    lowest, highest = found.price
    return ProductList(
        products=[product_out(product) for product in found.products],
        next_cursor=found.next_cursor,
        total=found.total,
        counts=found.counts,
        in_stock=found.in_stock,
        lowest_cents=lowest,
        highest_cents=highest,
        meant=found.meant,
    )


def _one(session: Session, handle: str) -> ProductWithVariants:
    product = catalog.product_by_handle(session, handle)
    return with_variants(product, catalog.variants_of(session, product))
