"""The shop answers: it comes back and is paid back, it is made once more, or neither."""

from sqlmodel import Session

from pet_app.catalog import service as catalog
from pet_app.core import clock
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.core.money import Money
from pet_app.core.security import Identity, Permission
from pet_app.messaging.outbox import publish
from pet_app.order.agreed import NewLine, NewOrder
from pet_app.order.events import ReturnDecided
from pet_app.order.models import Order, OrderLine, ReturnRequest
from pet_app.order.rules import (
    RETURN_MOVES,
    OrderStatus,
    ReturnKind,
    ReturnState,
    may_move,
)
from pet_app.order.service.moving import (
    SHOP,
    add_step,
    locked,
    move,
    outstanding,
    shipments_of,
)
from pet_app.order.service.placing import place
from pet_app.order.service.reading import open_order, requests_of
from pet_app.order.service.refunds import line_share, pay_back

NO_REQUEST = "There is no such request."
NO_ANSWER = "Say why not, in a sentence the customer can understand."
NOT_SO = "This request is {state} already."
LONGEST_ANSWER = 1000


def decide_return(
    session: Session,
    identity: Identity,
    request_id: str,
    decision: ReturnState,
    answer: str = "",
    *,
    restock: bool = True,
) -> ReturnRequest:
    """Approve or decline a request, or note that what was sent back is here.

    What came back is paid for, and put onto the shelf when `restock`. A remake that is approved
    becomes an order of its own that costs nothing. The same decision again does nothing. Raises
    `Forbidden`, `NotFound`, `Conflict`, and `Invalid` for a refusal without a reason.
    """
    identity.must(Permission.ORDERS)
    request = session.get(ReturnRequest, request_id)
    if request is None:
        raise NotFound(NO_REQUEST)
    order = locked(session, request.order_id)
    session.refresh(request)
    if request.state == decision:
        return request
    unfit = request.kind == ReturnKind.REMAKE and decision == ReturnState.RECEIVED
    if unfit or decision not in RETURN_MOVES[ReturnState(request.state)]:
        raise Conflict(NOT_SO.format(state=request.state))
    if decision == ReturnState.DECLINED and not answer.strip():
        raise Invalid(NO_ANSWER, {"answer": NO_ANSWER})
    line = session.get_one(OrderLine, request.line_id)
    request.state = decision.value
    request.answer = answer.strip()[:LONGEST_ANSWER]
    request.decided_by = f"staff:{identity.user_id}"
    request.changed = clock.now()
    session.add(request)
    session.flush()
    add_step(session, order, f"{request.kind}_{decision.value}", _words(request, line), SHOP)
    if decision == ReturnState.RECEIVED:
        _take_back(session, order, line, request, restock=restock)
    elif decision == ReturnState.DECLINED:
        _stand_again(session, order)
    elif request.kind == ReturnKind.REMAKE:
        _make_again(session, order, line, request)
    publish(session, ReturnDecided(order.id, request.id, decision.value))
    return request


def photo_of(session: Session, identity: Identity, request_id: str, key: str = "") -> str:
    """The private file a request came with, for its customer and the staff. Raises `NotFound`."""
    request = session.get(ReturnRequest, request_id)
    if request is not None and request.photo:
        access = open_order(session, identity, request.order_id, key)
        if access.own or access.staff:
            return request.photo
    raise NotFound(NO_REQUEST)


def _take_back(
    session: Session, order: Order, line: OrderLine, request: ReturnRequest, *, restock: bool
) -> None:
    # Pieces that were paid back before they came are not paid back again.
    unpaid = min(request.quantity, line.quantity - line.refunded)
    cents = line_share(line, unpaid) if unpaid else 0
    line.returned += request.quantity
    line.refunded += unpaid
    session.add(line)
    session.flush()
    if restock and line.variant_id:
        catalog.put_back(session, request.id, {line.variant_id: request.quantity}, "returned")
    if may_move(order.status, OrderStatus.RETURNED):
        move(session, order, OrderStatus.RETURNED)
    if cents:
        key = f"order:{order.id}:return:{request.id}"
        pay_back(session, order, cents, key, f"Return of {line.title}", request.decided_by)


def _stand_again(session: Session, order: Order) -> None:
    """Where the order stood before somebody wanted to send something back."""
    waiting = (ReturnState.ASKED, ReturnState.APPROVED)
    still = any(
        found.kind == ReturnKind.RETURN and found.state in waiting
        for found in requests_of(session, order)
    )
    if still or order.status != OrderStatus.RETURN_REQUESTED:
        return
    if order.refunded_cents + order.gift_back_cents:
        move(session, order, OrderStatus.PARTLY_REFUNDED)
        return
    there = all(parcel.delivered for parcel in shipments_of(session, order))
    whole = there and not outstanding(session, order)
    move(session, order, OrderStatus.DELIVERED if whole else OrderStatus.SHIPPED)


def _make_again(session: Session, order: Order, line: OrderLine, request: ReturnRequest) -> None:
    """An order of its own that costs nothing, so that it is made, sent and followed like any."""
    nothing = Money(0, order.currency)
    made = place(
        session,
        NewOrder(
            checkout_key=f"remake:{request.id}",
            owner=order.owner,
            email=order.email,
            address=order.address,
            method=order.method,
            method_label=order.method_label,
            lines=(
                NewLine(
                    sku=line.sku,
                    title=line.title,
                    words=line.words,
                    unit=nothing,
                    quantity=request.quantity,
                    kind=line.kind,
                    design=line.design,
                    design_id=line.design_id,
                    content_key=line.content_key,
                    picture=line.picture,
                    weight_g=line.weight_g,
                ),
            ),
            shipping=nothing,
            total=nothing,
            pay_by=clock.now(),
        ),
    )
    if made.paid is None:
        made.paid = clock.now()
        made.reason = f"Made once more, for {order.number}"
        move(session, made, OrderStatus.PAID)
        add_step(session, made, "paid", f"Fit guarantee for {order.number}", SHOP)
        add_step(session, order, "remade", f"Made once more as {made.number}", SHOP)


def _words(request: ReturnRequest, line: OrderLine) -> str:
    return {
        ("return", "approved"): f"Please send it back: {line.title}",
        ("return", "declined"): f"Return declined: {line.title}",
        ("return", "received"): f"It is back with us: {line.title}",
        ("remake", "approved"): f"We make it once more: {line.title}",
        ("remake", "declined"): f"Not made again: {line.title}",
    }[request.kind, request.state]
