"""Everybody's orders over HTTP, for the staff."""

from typing import Annotated

from fastapi import APIRouter, Query

from pet_app.core.errors import Invalid
from pet_app.core.http import ReadSession, WriteSession
from pet_app.core.money import Money
from pet_app.core.security import Identity, Scope, with_scope
from pet_app.order import service as orders
from pet_app.order.api.shapes import (
    After,
    ArrivalIn,
    DecisionIn,
    Id,
    NoteIn,
    OrderBrief,
    OrderOut,
    ParcelIn,
    Reason,
    RefundIn,
    RequestOut,
    brief,
    out,
    request_out,
)
from pet_app.order.models import Order
from pet_app.order.rules import OrderStatus, ReturnState

router = APIRouter(prefix="/sales")

Seller = Annotated[Identity, with_scope(Scope.SALES_WRITE)]
Status = Annotated[OrderStatus | None, Query()]

NO_DECISION = "Decide one of: approved, declined, received."


@router.get("/orders")
def all_orders(
    session: ReadSession, identity: Seller, status: Status = None, after: After = ""
) -> list[OrderBrief]:
    """Everybody's orders, the newest first, fifty at a time."""
    found = orders.all_orders(session, identity, status.value if status else "", after)
    return [brief(order) for order in found]


@router.get("/orders/{order_id}")
def one_order(order_id: Id, session: ReadSession, identity: Seller) -> OrderOut:
    """Any order, with what the timeline says for the staff alone."""
    return _out(session, orders.any_order(session, identity, order_id))


@router.post("/orders/{order_id}/production")
def begin_production(order_id: Id, session: WriteSession, identity: Seller) -> OrderOut:
    """The workshop has begun."""
    return _out(session, orders.begin_production(session, identity, order_id))


@router.post("/orders/{order_id}/parcels")
def ship(order_id: Id, body: ParcelIn, session: WriteSession, identity: Seller) -> OrderOut:
    """A parcel is on its way."""
    orders.ship(session, identity, order_id, body.carrier, body.tracking_number, body.lines)
    return _out(session, orders.any_order(session, identity, order_id))


@router.post("/orders/{order_id}/arrivals")
def deliver(order_id: Id, body: ArrivalIn, session: WriteSession, identity: Seller) -> OrderOut:
    """A parcel has arrived, or all of them."""
    return _out(session, orders.deliver(session, identity, order_id, body.parcel_id))


@router.post("/orders/{order_id}/refunds")
def refund(order_id: Id, body: RefundIn, session: WriteSession, identity: Seller) -> OrderOut:
    """Send money back."""
    order = orders.any_order(session, identity, order_id)
    amount = Money(body.cents, order.currency) if body.cents else None
    order = orders.refund(
        session,
        identity,
        order_id,
        body.request_key,
        amount=amount,
        lines=body.lines,
        reason=body.reason,
        restock=body.restock,
    )
    return _out(session, order)


@router.post("/orders/{order_id}/cancellation")
def cancel(order_id: Id, body: Reason, session: WriteSession, identity: Seller) -> OrderOut:
    """Call an order off, as long as no parcel has left."""
    orders.any_order(session, identity, order_id)
    return _out(session, orders.cancel(session, identity, order_id, body.reason))


@router.post("/orders/{order_id}/notes")
def note(order_id: Id, body: NoteIn, session: WriteSession, identity: Seller) -> OrderOut:
    """Write something into the timeline."""
    order = orders.note(session, identity, order_id, body.words, internal=not body.shown)
    return _out(session, order)


@router.post("/order-requests/{request_id}/decision")
def decide(request_id: Id, body: DecisionIn, session: WriteSession, identity: Seller) -> RequestOut:
    """Answer who wants to send something back, or a better fit."""
    if body.decision not in set(ReturnState) - {ReturnState.ASKED}:
        raise Invalid(NO_DECISION, {"decision": NO_DECISION})
    decided = orders.decide_return(
        session,
        identity,
        request_id,
        ReturnState(body.decision),
        body.answer,
        restock=body.restock,
    )
    return request_out(decided)


def _out(session: ReadSession, order: Order) -> OrderOut:
    return out(orders.whole_of(session, order, internal=True))
