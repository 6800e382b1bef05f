"""One's own orders over HTTP."""

import base64
import binascii
from typing import Annotated

from fastapi import APIRouter

from pet_app.core import db, storage
from pet_app.core.errors import Invalid
from pet_app.core.http import ReadSession, WriteSession
from pet_app.core.security import Identity, Scope, with_scope
from pet_app.order import service as orders
from pet_app.order.api.shapes import (
    After,
    Id,
    Key,
    OrderBrief,
    OrderOut,
    Reason,
    RemakeIn,
    RequestOut,
    ReturnIn,
    brief,
    out,
    request_out,
)
from pet_app.order.keeping import keep_photo
from pet_app.order.photo_limits import NOT_ONE

router = APIRouter()

Reader = Annotated[Identity, with_scope(Scope.ORDERS_READ)]
Writer = Annotated[Identity, with_scope(Scope.ORDERS_WRITE)]


@router.get("/orders")
def list_orders(session: ReadSession, identity: Reader, after: After = "") -> list[OrderBrief]:
    """Your orders, the newest first, fifty at a time."""
    return [brief(order) for order in orders.list_orders(session, identity, after)]


@router.get("/orders/{order_id}")
def get_order(order_id: Id, session: ReadSession, identity: Reader, key: Key = "") -> OrderOut:
    """One of your orders."""
    order = orders.order_of(session, identity, order_id, key)
    return out(orders.whole_of(session, order))


@router.post("/orders/{order_id}/cancellation")
def cancel_order(
    order_id: Id, body: Reason, session: WriteSession, identity: Writer, key: Key = ""
) -> OrderOut:
    """Call an order off, as long as it is not being made. What was paid goes back."""
    order = orders.cancel(session, identity, order_id, body.reason, key)
    return out(orders.whole_of(session, order))


@router.post("/orders/{order_id}/returns", status_code=201)
def ask_return(
    order_id: Id, body: ReturnIn, session: WriteSession, identity: Writer, key: Key = ""
) -> RequestOut:
    """Ask to send something back."""
    request = orders.ask_return(
        session, identity, order_id, body.line_id, body.quantity, body.reason, body.words, key
    )
    return request_out(request)


@router.post("/orders/{order_id}/remakes", status_code=201)
def ask_remake(order_id: Id, body: RemakeIn, identity: Writer, key: Key = "") -> RequestOut:
    """Ask to have something that was made to measure made once more, so that it fits."""
    with db.reading() as session:
        # Before anything is drawn: a picture nobody asked for is not even looked at.
        orders.check_remake(
            session, identity, order_id, body.line_id, body.words, body.quantity, key
        )
    photo = keep_photo(_decoded(body.photo)) if body.photo else ""
    try:
        with db.writing() as session:
            request = orders.ask_remake(
                session, identity, order_id, body.line_id, body.words, photo, body.quantity, key
            )
    except Exception:
        if photo:
            storage.delete(photo)
        raise
    return request_out(request)


def _decoded(photo: str) -> bytes:
    try:
        return base64.b64decode(photo, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid(NOT_ONE, {"photo": NOT_ONE}) from error
