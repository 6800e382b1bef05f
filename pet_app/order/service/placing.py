"""Placing an order: its lines frozen as they were agreed."""

from sqlmodel import Session, col, select, update

from pet_app.core import clock, db
from pet_app.core.errors import Unavailable
from pet_app.messaging.outbox import publish
from pet_app.order.agreed import NewLine, NewOrder, check_sums
from pet_app.order.events import OrderPlaced
from pet_app.order.models import Order, OrderLine
from pet_app.order.number import new_number
from pet_app.order.service.moving import CUSTOMER, add_step

TRIES = 8
NO_NUMBER = "We could not number your order. Nothing was charged; please try again."


def place(session: Session, new: NewOrder) -> Order:
    """Place an order, unpaid. The same `checkout_key` again gives the same order.

    Raises `Invalid` when a sum of it does not come out.
    """
    check_sums(new)
    now = clock.now()
    row = db.insert(Order).values(
        id=new.id,
        number=_free_number(session),
        owner=new.owner,
        email=new.email.strip(),
        checkout_key=new.checkout_key,
        status="pending_payment",
        currency=new.total.currency,
        items_cents=new.items_cents,
        discount_cents=new.discount_cents,
        shipping_cents=new.shipping.cents,
        tax_cents=new.tax_cents,
        total_cents=new.total.cents,
        gift_cents=new.gift_cents,
        due_cents=new.total.cents - new.gift_cents,
        refunded_cents=0,
        gift_back_cents=0,
        address=dict(new.address),
        method=new.method,
        method_label=new.method_label,
        discounts=[[found.code, found.words, found.cents] for found in new.discounts],
        tax_lines=[
            [tax.name, tax.percent, tax.cents, tax.source, tax.date] for tax in new.tax_lines
        ],
        payment_id="",
        invoice_key="",
        reason="",
        placed=now,
        pay_by=new.pay_by,
        changed=now,
    )
    made = session.connection().execute(
        row.on_conflict_do_nothing(index_elements=["checkout_key"]).returning(
            Order.id  # pyright: ignore[reportArgumentType, reportCallIssue]
        )
    )
    is_first = made.first() is not None
    order = session.exec(select(Order).where(Order.checkout_key == new.checkout_key)).one()
    if not is_first:
        return order
    session.add_all(_line(order, place, line) for place, line in enumerate(new.lines))
    session.flush()
    add_step(session, order, "placed", "Order placed", CUSTOMER)
    publish(session, OrderPlaced(order.id, order.number))
    return order


def attach_payment(session: Session, order_id: str, payment_id: str) -> None:
    """Say which payment an unpaid order waits for."""
    unpaid = (col(Order.id) == order_id, col(Order.status) == "pending_payment")
    session.exec(update(Order).where(*unpaid).values(payment_id=payment_id))


def _line(order: Order, position: int, new: NewLine) -> OrderLine:
    return OrderLine(
        order_id=order.id,
        position=position,
        variant_id=new.variant_id,
        kind=new.kind,
        sku=new.sku,
        handle=new.handle,
        title=new.title,
        words=new.words,
        design=dict(new.design),
        design_id=new.design_id,
        content_key=new.content_key,
        breakdown=[list(part) for part in new.breakdown],
        picture=new.picture,
        unit_cents=new.unit.cents,
        quantity=new.quantity,
        line_cents=new.cents,
        discount_cents=new.discount_cents,
        tax_cents=new.tax_cents,
        weight_g=new.weight_g,
    )


def _free_number(session: Session) -> str:
    for _ in range(TRIES):
        number = new_number()
        if session.exec(select(Order.id).where(Order.number == number)).first() is None:
            return number
    raise Unavailable(NO_NUMBER)
