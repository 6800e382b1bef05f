"""What the staff does to the shelf, over HTTP."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from pet_app.catalog import service as catalog
from pet_app.catalog.api.shapes import ProductOut, VariantOut, product_out, variant_out
from pet_app.catalog.rules import LARGEST_STOCK
from pet_app.core.http import RequestBody, WriteSession
from pet_app.core.money import Money
from pet_app.core.security import Identity, Scope, with_scope

router = APIRouter()
Staff = Annotated[Identity, with_scope(Scope.CATALOGUE_WRITE)]


class NewPrice(RequestBody):
    """For how much a variant is sold from now on."""

    cents: int = Field(gt=0, le=10_000_000)
    currency: str = Field("USD", pattern="^[A-Z]{3}$")


class Counted(RequestBody):
    """How many of a variant lie on the shelf, those promised to orders among them."""

    stock: int = Field(ge=0, le=LARGEST_STOCK)


class Showing(RequestBody):
    """Whether a product stands on the shelf."""

    published: bool


@router.put("/variants/{variant_id}/price")
def change_price(
    session: WriteSession, identity: Staff, variant_id: str, sent: NewPrice
) -> VariantOut:
    """For the staff: sell a variant for another price."""
    price = Money(sent.cents, sent.currency)
    return variant_out(catalog.change_price(session, identity, variant_id, price))


@router.put("/variants/{variant_id}/stock")
def change_stock(
    session: WriteSession, identity: Staff, variant_id: str, sent: Counted
) -> VariantOut:
    """For the staff: say how many there are."""
    return variant_out(catalog.change_stock(session, identity, variant_id, sent.stock))


@router.put("/products/{handle}/published")
def show_product(session: WriteSession, identity: Staff, handle: str, sent: Showing) -> ProductOut:
    """For the staff: put a product onto the shelf, or take it off."""
    change = catalog.publish_product if sent.published else catalog.withdraw_product
    return product_out(change(session, identity, handle))
