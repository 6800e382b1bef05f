"""An order is placed as it was agreed, once, or not at all."""

from dataclasses import replace

import pytest

from pet_app.core import db
from pet_app.core.errors import Invalid
from pet_app.core.money import Money
from pet_app.order import service as orders
from pet_app.order.service import Discount
from tests.order.factory import bowl, done, harness, lines, make_variant, new_order, seen, steps

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_an_order_keeps_what_was_agreed() -> None:
    with db.writing() as session:
        variant = make_variant(session)
        new = new_order(bowl(variant, discount_cents=400), harness(), gift=Money(1000))
        order = orders.place(session, new)
    order = seen(order.id)
    assert (order.items_cents, order.discount_cents, order.shipping_cents) == (13000, 400, 500)
    assert (order.tax_cents, order.total_cents, order.due_cents) == (1300, 14400, 13400)
    assert order.id == new.id
    assert order.status == "pending_payment"
    first, second = lines(order.id)
    assert (first.line_cents, first.discount_cents, first.tax_cents) == (4000, 400, 400)
    assert second.breakdown == [["Webbing", "2.1 m", 6000], ["Sewing", "38 min", 3000]]
    assert steps(order.id) == ["placed"]


def test_the_same_click_places_one_order(database: str) -> None:
    new = new_order(harness())
    first = done(orders.place, new)
    again = done(orders.place, replace(new, id="another"))
    assert (first.id, first.number) == (again.id, again.number)
    assert len(lines(first.id)) == 1
    assert steps(first.id) == ["placed"]


@pytest.mark.parametrize(
    "changes",
    [
        {"total": Money(1)},
        {"total": Money(10400, "EUR")},
        {"lines": ()},
        {"lines": (harness(0),)},
        {"lines": (harness(-1),)},
        {"lines": (harness(100),)},
        {"lines": (harness(unit=Money(9000, "EUR")),)},
        {"lines": (harness(discount_cents=9001),)},
        {"gift": Money(99_999)},
        {"gift": Money(-1)},
        {"shipping": Money(-500), "total": Money(9400)},
        {"discounts": (Discount("X", "x", 501),), "total": Money(9899)},
        {"discounts": (Discount("X", "x", -500),), "total": Money(10900)},
        {"tax_lines": ()},
    ],
)
def test_an_order_whose_sums_do_not_come_out_is_refused(changes: dict) -> None:
    new = new_order(harness())
    assert new.total == Money(10400)
    with pytest.raises(Invalid), db.writing() as session:
        orders.place(session, replace(new, **changes))
