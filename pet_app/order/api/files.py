"""Invoices and photographs: only for who owns the order, holds its key, or works on it."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from pet_app.core import storage
from pet_app.core.errors import NotFound
from pet_app.core.http import ReadSession
from pet_app.core.security import Identity, Scope, with_scope
from pet_app.order import service as orders
from pet_app.order.api.shapes import Id, Key

router = APIRouter()

Reader = Annotated[Identity, with_scope(Scope.ORDERS_READ)]

NOT_YET = "There is no invoice for this order yet. Try again in a minute."
PRIVATE = {"Cache-Control": "private, no-store"}


@router.get("/orders/{order_id}/invoice.pdf", response_class=StreamingResponse)
def invoice(
    order_id: Id, session: ReadSession, identity: Reader, key: Key = ""
) -> StreamingResponse:
    """The invoice of an order that is paid."""
    order = orders.order_of(session, identity, order_id, key)
    if not order.invoice_key:
        raise NotFound(NOT_YET)
    name = f"attachment; filename={order.invoice_number}.pdf"
    return StreamingResponse(
        storage.read_private(order.invoice_key),
        media_type="application/pdf",
        headers={**PRIVATE, "Content-Disposition": name},
    )


@router.get("/order-requests/{request_id}/photo.webp", response_class=StreamingResponse)
def photo(
    request_id: Id, session: ReadSession, identity: Reader, key: Key = ""
) -> StreamingResponse:
    """The photograph that came with a request."""
    stored = orders.photo_of(session, identity, request_id, key)
    return StreamingResponse(storage.read_private(stored), media_type="image/webp", headers=PRIVATE)
