"""Money of orders going back: in part, by line, never more than came, each click once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from pet_app.core import db
from pet_app.core.errors import Conflict, Invalid
from pet_app.core.money import Money
from pet_app.messaging.models import OutboxRow
from pet_app.order import service as orders
from pet_app.order.rules import share
from tests.order.factory import (
    STAFF,
    bowl,
    done,
    harness,
    lines,
    paid,
    placed,
    seen,
    shelf,
    steps,
    stock,
)
from tests.order.test_paying import kinds, money_back

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_a_part_goes_back_once_for_each_click(database: str) -> None:
    order_id = paid(harness())
    for _ in range(2):
        done(orders.refund, STAFF, order_id, "click", amount=Money(1500), reason="Late")
    order = seen(order_id)
    assert (order.status, order.refunded_cents) == ("partly_refunded", 1500)
    assert steps(order_id) == ["placed", "paid", "refunded"]
    done(orders.refund, STAFF, order_id, "another click")
    order = seen(order_id)
    assert (order.status, order.refunded_cents) == ("refunded", order.due_cents)
    assert money_back(order_id) == [1500, order.due_cents - 1500]
    assert kinds() == ["order.confirmed", "order.refunded", "order.refunded"]


def test_lines_go_back_with_their_share_of_discount_and_tax() -> None:
    variant = shelf(5)
    order_id = paid(bowl(variant, 3, discount_cents=500), harness())
    bowls, _ = lines(order_id)
    for click, cents in (("1", (6000 - 500 + 600) // 3), ("2", None)):
        done(orders.refund, STAFF, order_id, click, lines={bowls.id: 1}, restock=True)
        if cents:
            assert money_back(order_id) == [cents]
    done(orders.refund, STAFF, order_id, "3", lines={bowls.id: 1})
    assert sum(money_back(order_id)) == 6100
    assert stock(variant) == (4, 0)
    with pytest.raises(Invalid), db.writing() as session:
        orders.refund(session, STAFF, order_id, "4", lines={bowls.id: 1})


@pytest.mark.parametrize("cents", [0, -5, 10_401, 10**9])
def test_no_more_goes_back_than_came(cents: int) -> None:
    order_id = paid(harness())
    with pytest.raises((Conflict, Invalid)), db.writing() as session:
        orders.refund(session, STAFF, order_id, "click", amount=Money(cents))
    with pytest.raises(Invalid), db.writing() as session:
        orders.refund(session, STAFF, order_id, "click", amount=Money(100, "EUR"))
    assert money_back(order_id) == []


def test_two_parts_are_never_more_than_the_whole() -> None:
    order_id = paid(harness())
    done(orders.refund, STAFF, order_id, "1", amount=Money(10_000))
    with pytest.raises(Conflict, match=r"\$4\.00"), db.writing() as session:
        orders.refund(session, STAFF, order_id, "2", amount=Money(401))
    done(orders.refund, STAFF, order_id, "3", amount=Money(400))
    with pytest.raises(Conflict), db.writing() as session:
        orders.refund(session, STAFF, order_id, "4")


def test_nothing_goes_back_of_what_was_not_paid() -> None:
    order_id = placed(harness())
    with pytest.raises(Conflict), db.writing() as session:
        orders.refund(session, STAFF, order_id, "click")


def test_the_card_is_paid_back_first_and_gift_money_after() -> None:
    order_id = paid(harness(), gift=Money(4000))
    done(orders.refund, STAFF, order_id, "click", amount=Money(7000))
    order = seen(order_id)
    assert money_back(order_id) == [6400]
    assert (order.gift_back_cents, order.status) == (600, "partly_refunded")
    done(orders.refund, STAFF, order_id, "rest")
    order = seen(order_id)
    assert (order.gift_back_cents, order.status) == (4000, "refunded")
    with db.reading() as session:
        told = session.exec(
            select(OutboxRow).where(OutboxRow.name == "order.gift_money_back")
        ).all()
    assert [row.payload["cents"] for row in told] == [600, 3400]


def test_a_refund_that_fails_calls_the_staff_once() -> None:
    order_id = paid(harness())
    for _ in range(2):
        done(orders.note_refund_failure, order_id, "refund-1")
    assert steps(order_id, internal=True).count("trouble") == 1


def test_a_refund_of_another_payment_is_not_this_orders() -> None:
    order_id = paid(harness())
    done(orders.note_refund, order_id, "another payment", "refund-1", Money(500))
    assert (seen(order_id).status, seen(order_id).refunded_cents) == ("paid", 0)


@given(cents=st.integers(0, 10**7), parts=st.lists(st.integers(1, 20), min_size=1, max_size=8))
def test_shares_of_a_line_always_come_to_the_whole(cents: int, parts: list[int]) -> None:
    quantity, before, paid_back = sum(parts), 0, 0
    for more in parts:
        one = share(cents, quantity, before, more)
        assert one >= 0
        before, paid_back = before + more, paid_back + one
    assert paid_back == cents
