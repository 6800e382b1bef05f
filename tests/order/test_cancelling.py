"""Calling orders off: who may, until when, and what goes back."""

from threading import Barrier, Thread

import pytest

from pet_app.core import db
from pet_app.core.errors import Conflict, NotFound
from pet_app.core.money import Money
from pet_app.order import service as orders
from tests.messaging.factory import jobs
from tests.order.factory import (
    GUEST,
    STAFF,
    STRANGER,
    bowl,
    done,
    harness,
    paid,
    pay,
    placed,
    seen,
    sent,
    settle,
    shelf,
    steps,
    stock,
)
from tests.order.test_paying import kinds, money_back


def test_an_unpaid_order_gives_its_stock_back(database: str) -> None:
    variant = shelf(5)
    order_id = placed(bowl(variant))
    for _ in range(2):
        done(orders.cancel, GUEST, order_id, "Wrong size")
    order = seen(order_id)
    assert (order.status, order.reason) == ("cancelled", "Wrong size")
    assert stock(variant) == (5, 0)
    assert money_back(order_id) == []
    assert steps(order_id) == ["placed", "cancelled"]
    assert kinds() == ["order.cancelled"]


def test_a_paid_order_gives_stock_and_money_back_once(database: str) -> None:
    variant = shelf(5)
    order_id = paid(bowl(variant))
    for _ in range(2):
        done(orders.cancel, GUEST, order_id)
    assert stock(variant) == (5, 0)
    assert money_back(order_id) == [seen(order_id).due_cents]
    assert seen(order_id).status == "refunded"
    assert kinds() == ["order.confirmed", "order.cancelled", "order.refunded"]


def test_gift_money_is_left_to_whoever_keeps_the_cards(sqlite_database: str) -> None:
    order_id = paid(harness(), gift=Money(10400))
    done(orders.cancel, GUEST, order_id)
    order = seen(order_id)
    assert (order.status, order.gift_back_cents) == ("cancelled", 10400)
    assert money_back(order_id) == []


def test_what_is_being_made_only_the_staff_call_off(sqlite_database: str) -> None:
    order_id = paid(harness())
    done(orders.begin_production, STAFF, order_id)
    with pytest.raises(Conflict), db.writing() as session:
        orders.cancel(session, GUEST, order_id)
    # Not either when some money has gone back since.
    done(orders.refund, STAFF, order_id, "click", amount=Money(100))
    assert seen(order_id).status == "partly_refunded"
    with pytest.raises(Conflict), db.writing() as session:
        orders.cancel(session, GUEST, order_id)
    done(orders.cancel, STAFF, order_id, "The webbing is sold out")
    assert money_back(order_id) == [100, seen(order_id).due_cents - 100]
    assert seen(order_id).status == "refunded"


def test_what_has_left_nobody_calls_off(sqlite_database: str) -> None:
    order_id = sent(harness())
    for who in (GUEST, STAFF):
        with pytest.raises(Conflict), db.writing() as session:
            orders.cancel(session, who, order_id)


def test_nobody_calls_off_what_is_anothers(sqlite_database: str) -> None:
    order_id = paid(harness())
    for wrong in (order_id, "nothing", ""):
        with pytest.raises(NotFound), db.writing() as session:
            orders.cancel(session, STRANGER, wrong)
    assert seen(order_id).status == "paid"


def test_cancelling_and_paying_at_once_never_keeps_money(database: str) -> None:
    variant = shelf(9)
    for _ in range(3):
        order_id = placed(bowl(variant, 1))
        start = Barrier(2)

        def call_off(order_id: str = order_id, start: Barrier = start) -> None:
            start.wait()
            with db.writing() as session:
                orders.cancel(session, GUEST, order_id)

        other = Thread(target=call_off)
        other.start()
        start.wait()
        try:
            pay(order_id, react=False)
            taken = [seen(order_id).due_cents]
        except Conflict:
            # The payment was closed with the order before any money came.
            taken = []
        other.join()
        settle()
        assert seen(order_id).status == ("refunded" if taken else "cancelled")
        assert money_back(order_id) == taken
        assert stock(variant) == (9, 0)
    assert not [job for job in jobs("order.mark_paid") if job.state == "dead"]


def test_two_clicks_at_once_send_the_money_back_once(database: str) -> None:
    order_id = paid(harness())
    start = Barrier(2)

    def call_off() -> None:
        start.wait()
        with db.writing() as session:
            orders.cancel(session, GUEST, order_id)

    threads = [Thread(target=call_off) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    settle()
    assert money_back(order_id) == [seen(order_id).due_cents]
    assert steps(order_id).count("cancelled") == 1
