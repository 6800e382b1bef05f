"""One price everywhere: breakdown, cart, order, invoice and payment, for designs drawn at random.

`CARTS` says how many; all of `make faults` are 500.
"""

import os
import random

import pytest

from pet_app.builder import service as builder
from pet_app.catalog.models import Variant
from pet_app.checkout import service as checkout
from pet_app.checkout.rules import PromotionKind
from pet_app.core import db
from pet_app.order import service as orders
from pet_app.order.billing import invoice_of
from pet_app.payment.models import Payment
from tests.builder.factory import random_designs
from tests.checkout import factory
from tests.checkout.factory import AUSTIN, EMAIL, MONTREAL, guest

CARTS = int(os.environ.get("CARTS", "12"))
pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_price_cart_order_invoice_and_payment_agree() -> None:
    dice = random.Random(7)
    designs = random_designs(CARTS, seed=7)
    with db.writing() as session:
        shelf = [
            factory.make_variant(session, f"thing-{cents}", cents=cents, stock=None)
            for cents in (1, 333, 1999, 7205)
        ]
        factory.make_promotion(session, "TENTH")
        factory.make_promotion(
            session, "FIVE", kind=PromotionKind.AMOUNT, percent=0, amount_cents=500
        )
    wrong = [
        (number, fault)
        for number, design in enumerate(designs)
        if (fault := _fault(number, design.to_dict(), dice, shelf))
    ]
    assert wrong == []


def _fault(number: int, data: dict[str, object], dice: random.Random, shelf: list[Variant]) -> str:
    """What does not agree for one cart; nothing when all does."""
    who, priced = guest(number), builder.quote_of(data)
    assert priced.breakdown is not None
    with db.writing() as session:
        design_id = builder.save_design(session, who, data, "Mine", "a click").id
        checkout.add_design(session, who, design_id, dice.randint(1, 4), "click-1")
        for variant in dice.sample(shelf, dice.randint(0, 3)):
            factory.put(session, variant, dice.randint(1, 9), who)
        checkout.say_where(session, who, EMAIL, dice.choice([AUSTIN, MONTREAL]))
        for code in dice.sample(["TENTH", "FIVE"], dice.randint(0, 2)):
            checkout.enter_code(session, who, code)
        if dice.random() < 0.3:
            _, code = factory.make_card(session, dice.randint(500, 9000))
            checkout.enter_code(session, who, code)
        shown = checkout.review(session, who)
        placed = checkout.place_order(session, who, shown.digest, "click-2")
        order, lines = (
            factory.order_of(session, placed),
            orders.order_lines(session, placed.order_id),
        )
        payment = session.get_one(Payment, placed.payment_id)
    cart = shown.cart.lines[0]
    line = next(found for found in lines if found.content_key)
    invoice = invoice_of(order, lines)
    bom = sum(one.amount.cents for one in priced.breakdown.lines)
    agree = {
        "breakdown": bom == priced.breakdown.total.cents == cart.unit.cents,
        "cart": sum(cost.cents for _, _, cost in cart.breakdown) == cart.unit.cents,
        "order line": line.unit_cents == sum(cents for *_, cents in line.breakdown) == bom,
        "lines": sum(found.line_cents for found in lines) == order.items_cents == shown.items.cents,
        "invoice": invoice.sums[-1][1] == str(shown.total)
        and next(row for row in invoice.rows if row.sku == line.sku).unit == str(cart.unit),
        "payment": payment.amount_cents
        == sum(cents * count for _, cents, count in payment.lines)
        == order.due_cents
        == shown.due.cents,
        "total": order.total_cents == shown.total.cents == order.due_cents + order.gift_cents,
    }
    return ", ".join(name for name, agrees in agree.items() if not agrees)
