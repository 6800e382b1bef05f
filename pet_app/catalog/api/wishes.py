"""The wish list over HTTP."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel

from pet_app.catalog import service as catalog
from pet_app.catalog.api.shapes import ProductOut, product_out
from pet_app.core.http import ReadSession, WriteSession
from pet_app.core.security import Identity, Scope, with_scope

router = APIRouter(prefix="/wishes")
Reader = Annotated[Identity, with_scope(Scope.WISHES_READ)]
Writer = Annotated[Identity, with_scope(Scope.WISHES_WRITE)]


class WishList(BaseModel):
    """What somebody wants to find again, the newest first."""

    products: list[ProductOut]


@router.get("")
def list_wishes(session: ReadSession, identity: Reader) -> WishList:
    """What is on the wish list and still sold."""
    wishes = catalog.wishes_of(session, identity)
    return WishList(products=[product_out(product) for product in wishes])


@router.put("/{handle}", status_code=204)
def wish(session: WriteSession, identity: Writer, handle: str) -> None:
    """Keep a product on the wish list."""
    catalog.wish(session, identity, catalog.product_by_handle(session, handle).id)


@router.delete("/{handle}", status_code=204)
def unwish(session: WriteSession, identity: Writer, handle: str) -> None:
    """Take a product off the wish list."""
    catalog.unwish(session, identity, catalog.get_product(session, handle).id)
