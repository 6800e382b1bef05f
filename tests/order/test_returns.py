"""What comes back, what is made again, and what neither."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pet_app.core import clock, db
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.order import service as orders
from pet_app.order.models import Order, Shipment
from pet_app.order.rules import ReturnState
from pet_app.order.terms import terms
from tests.order.factory import (
    GUEST,
    STAFF,
    STRANGER,
    bowl,
    done,
    harness,
    lines,
    paid,
    seen,
    sent,
    shelf,
    steps,
    stock,
)
from tests.order.test_paying import kinds, money_back

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_what_came_back_is_paid_back_and_on_the_shelf_again(database: str) -> None:
    variant = shelf(5)
    order_id = sent(bowl(variant, 3))
    [line] = lines(order_id)
    asked = done(orders.ask_return, GUEST, order_id, line.id, 2, "too_small", "A bit tight")
    assert seen(order_id).status == "return_requested"
    done(orders.decide_return, STAFF, asked.id, ReturnState.APPROVED)
    for _ in range(2):
        done(orders.decide_return, STAFF, asked.id, ReturnState.RECEIVED)
    assert seen(order_id).status == "partly_refunded"
    assert money_back(order_id) == [4400]
    assert stock(variant) == (4, 0)
    [line] = lines(order_id)
    assert (line.returned, line.refunded) == (2, 2)
    assert kinds()[3:] == [
        "order.return_asked",
        "order.return_decided",
        "order.return_decided",
        "order.refunded",
    ]
    # The third one may come back as well.
    asked = done(orders.ask_return, GUEST, order_id, line.id, 1, "damaged")
    done(orders.decide_return, STAFF, asked.id, ReturnState.RECEIVED, restock=False)
    assert sum(money_back(order_id)) == 6600
    assert stock(variant) == (4, 0)


def test_a_return_is_declined_with_a_reason_and_the_order_stands_as_before() -> None:
    order_id = sent(bowl(shelf()))
    [line] = lines(order_id)
    asked = done(orders.ask_return, GUEST, order_id, line.id, 1, "changed_mind")
    with pytest.raises(Invalid), db.writing() as session:
        orders.decide_return(session, STAFF, asked.id, ReturnState.DECLINED, " ")
    for _ in range(2):
        done(orders.decide_return, STAFF, asked.id, ReturnState.DECLINED, "It was chewed on.")
    assert seen(order_id).status == "delivered"
    assert money_back(order_id) == []
    with pytest.raises(Conflict), db.writing() as session:
        orders.decide_return(session, STAFF, asked.id, ReturnState.RECEIVED)


def test_nothing_is_asked_for_that_cannot_be() -> None:
    order_id, waiting = sent(bowl(shelf(), 2), harness()), paid(bowl(shelf(5, "cup")))
    bought, made = lines(order_id)
    [unsent] = lines(waiting)

    def refused(error: type[Exception], *args: object) -> None:
        with pytest.raises(error), db.writing() as session:
            orders.ask_return(session, GUEST, *args)  # pyright: ignore[reportArgumentType]

    for quantity in (0, -1, 3):
        refused(Invalid, order_id, bought.id, quantity, "damaged")
    refused(Invalid, order_id, bought.id, 1, "because")
    refused(NotFound, order_id, unsent.id, 1, "damaged")
    refused(NotFound, "nothing", bought.id, 1, "damaged")
    refused(Conflict, order_id, made.id, 1, "changed_mind")
    refused(Conflict, waiting, unsent.id, 1, "damaged")
    with pytest.raises(NotFound), db.writing() as session:
        orders.ask_return(session, STRANGER, order_id, bought.id, 1, "damaged")
    with pytest.raises(Conflict), db.writing() as session:
        orders.ask_remake(session, GUEST, order_id, bought.id, "Too tight")
    with pytest.raises(Invalid), db.writing() as session:
        orders.ask_remake(session, GUEST, order_id, made.id, "  ")
    done(orders.ask_return, GUEST, order_id, bought.id, 1, "damaged")
    refused(Conflict, order_id, bought.id, 1, "damaged")


def arrived(order_id: str, ago: timedelta) -> None:
    with db.writing() as session:
        for parcel in session.exec(select(Shipment).where(Shipment.order_id == order_id)):
            parcel.delivered = clock.now() - ago


def test_the_time_for_it_ends() -> None:
    order_id = sent(bowl(shelf()), harness())
    bought, made = lines(order_id)
    arrived(order_id, terms().returns + timedelta(minutes=1))
    with pytest.raises(Conflict, match="until"), db.writing() as session:
        orders.ask_return(session, GUEST, order_id, bought.id, 1, "damaged")
    with db.reading() as session:
        left = orders.chances(session, seen(order_id))
    assert (left[bought.id].returns, left[made.id].remakes) == (0, 1)
    arrived(order_id, terms().fit + timedelta(minutes=1))
    with pytest.raises(Conflict), db.writing() as session:
        orders.ask_remake(session, GUEST, order_id, made.id, "Too tight")


def test_what_does_not_fit_is_made_once_more_for_nothing(database: str) -> None:
    order_id = sent(harness())
    [line] = lines(order_id)
    asked = done(orders.ask_remake, GUEST, order_id, line.id, "It chafes behind the legs")
    assert seen(order_id).status == "delivered"
    for _ in range(2):
        done(orders.decide_return, STAFF, asked.id, ReturnState.APPROVED, "One size up")
    with db.reading() as session:
        made = session.exec(select(Order).where(Order.id != order_id)).one()
        again = orders.order_lines(session, made.id)
    assert (made.status, made.total_cents, made.owner) == ("paid", 0, GUEST.owner)
    assert made.invoice_number is None
    assert [(found.title, found.unit_cents) for found in again] == [("Biscuit's harness", 0)]
    assert again[0].design == line.design
    done(orders.begin_production, STAFF, made.id)
    done(orders.ship, STAFF, made.id, "ups", "1ZREMAKE")
    assert seen(made.id).status == "shipped"
    assert "remade" in steps(order_id)
    assert money_back(order_id) == []


def test_a_line_is_made_again_so_often_and_no_more() -> None:
    order_id = sent(harness())
    [line] = lines(order_id)
    for _ in range(terms().remakes):
        asked = done(orders.ask_remake, GUEST, order_id, line.id, "Still tight")
        with pytest.raises(Conflict), db.writing() as session:
            orders.ask_remake(session, GUEST, order_id, line.id, "Again")
        done(orders.decide_return, STAFF, asked.id, ReturnState.APPROVED)
    with pytest.raises(Conflict), db.writing() as session:
        orders.ask_remake(session, GUEST, order_id, line.id, "And again")


def test_a_remake_never_comes_back() -> None:
    order_id = sent(harness())
    [line] = lines(order_id)
    asked = done(orders.ask_remake, GUEST, order_id, line.id, "Tight")
    with pytest.raises(Conflict), db.writing() as session:
        orders.decide_return(session, STAFF, asked.id, ReturnState.RECEIVED)
    with pytest.raises(NotFound), db.writing() as session:
        orders.decide_return(session, STAFF, "nothing", ReturnState.APPROVED)


def test_the_photo_of_a_request_is_for_its_customer_and_the_staff() -> None:
    order_id = sent(harness())
    [line] = lines(order_id)
    asked = done(orders.ask_remake, GUEST, order_id, line.id, "Tight", "private/photo")
    with db.reading() as session:
        for who in (GUEST, STAFF):
            assert orders.photo_of(session, who, asked.id) == "private/photo"
        with pytest.raises(NotFound):
            orders.photo_of(session, STRANGER, asked.id)
