"""One price from the bill of materials to what Stripe is asked for and the invoice that is printed,
for carts drawn at random. `make proofs` tries 500, a test run a few."""

import os
import random
from collections import Counter
from io import BytesIO

from pypdf import PdfReader

from pet_app.builder import service as builder
from pet_app.builder.design import Design
from pet_app.builder.price import MADE_BY_HAND, price
from pet_app.builder.resolve import resolve
from pet_app.catalog.models import Variant
from pet_app.checkout import service as checkout
from pet_app.core import clock, db
from pet_app.core.money import Money
from pet_app.order import service as orders
from pet_app.order.billing import invoice_of
from pet_app.order.invoice import draw
from pet_app.order.models import Order, OrderLine
from pet_app.payment import service as payments
from pet_app.payment.models import Payment
from tests.builder.factory import random_designs
from tests.checkout import factory
from tests.checkout.factory import AUSTIN, EMAIL, MONTREAL, guest
from tests.stripe.fake import Fake

CARTS = int(os.environ.get("CARTS", "8"))
SEED = 11


def test_bill_cart_order_stripe_and_printed_invoice_agree(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    dice = random.Random(SEED)
    with db.writing() as session:
        shelf = [
            factory.make_variant(session, f"thing-{cents}", cents=cents, stock=None)
            for cents in (99, 333, 1999, 7205)
        ]
        factory.make_promotion(session, "TENTH")
    seen: Counter[str] = Counter()
    for number, design in enumerate(random_designs(CARTS, seed=SEED)):
        order, lines, payment = bought(number, design, dice, shelf)
        check_design(design, next(line for line in lines if line.content_key))
        check_stripe(stripe_fake, payment, order)
        check_print(order, lines)
        seen.update(kind for kind in ("gift", "discount", "tax") if getattr(order, f"{kind}_cents"))
    print(f"\n{CARTS} carts agree to the cent, of them {dict(seen)}")


def bought(
    number: int, design: Design, dice: random.Random, shelf: list[Variant]
) -> tuple[Order, list[OrderLine], Payment]:
    """A design and some things besides, ordered by somebody who is about to pay."""
    who = guest(number)
    with db.writing() as session:
        named = builder.save_design(session, who, design.to_dict(), "Mine", "a click").id
        checkout.add_design(session, who, named, dice.randint(1, 4), "click-1")
        for variant in dice.sample(shelf, dice.randint(0, 3)):
            factory.put(session, variant, dice.randint(1, 9), who)
        checkout.say_where(session, who, EMAIL, dice.choice([AUSTIN, MONTREAL]))
        if dice.random() < 0.5:
            checkout.enter_code(session, who, "TENTH")
        if dice.random() < 0.3:
            _, code = factory.make_card(session, dice.randint(500, 2500))
            checkout.enter_code(session, who, code)
        shown = checkout.review(session, who)
        placed = checkout.place_order(session, who, shown.digest, "click-2")
        order = factory.order_of(session, placed)
        lines = orders.order_lines(session, order.id)
    assert order.due_cents == shown.due.cents == placed.due.cents
    if order.due_cents:
        payments.begin(placed.payment_id)
    with db.reading() as session:
        return order, lines, session.get_one(Payment, placed.payment_id)


def check_design(design: Design, line: OrderLine) -> None:
    """The bill of materials, work and the shop's share are the price, and are what is ordered."""
    resolved = resolve(design)
    asked = price(resolved)
    material = [(row.name, row.cost_cents) for row in resolved.bom]
    told = [(name, cents) for name, _, cents in line.breakdown]
    assert told[: len(material)] == material
    assert told[len(material)][0] == MADE_BY_HAND
    assert sum(cents for _, cents in told) == asked.total.cents == line.unit_cents
    assert line.line_cents == line.unit_cents * line.quantity


def check_stripe(fake: Fake, payment: Payment, order: Order) -> None:
    """What Stripe asks for on its page is what is due, line by line."""
    if not order.due_cents:
        assert payment.session_id is None
        return
    client = fake.client()
    there = client.v1.checkout.sessions.retrieve(
        payment.session_id or "", {"expand": ["line_items"]}
    )
    assert there.line_items is not None
    assert (there.amount_total, there.currency) == (order.due_cents, order.currency.lower())
    listed = [(one.description, one.amount_total) for one in there.line_items.data]
    assert listed == [(name, cents * many) for name, cents, many in payment.lines]
    assert sum(cents for _, cents in listed) == order.due_cents
    if not order.gift_cents:
        sent, tax = order.shipping_cents, order.tax_cents
        goods = order.items_cents - order.discount_cents
        assert sum(cents for _, cents in listed) == goods + sent + tax


def check_print(order: Order, lines: list[OrderLine]) -> None:
    """The invoice that is drawn says the same amounts, as anybody reads them."""
    order.paid, order.invoice_number = clock.now(), "HH-2026-000001"
    pages = PdfReader(BytesIO(draw(invoice_of(order, lines)))).pages
    words = " ".join(" ".join(page.extract_text().split()) for page in pages)
    for line in lines:
        assert str(Money(line.unit_cents, order.currency)) in words, line.title
        assert str(Money(line.line_cents, order.currency)) in words, line.title
    taxes = [cents for _, _, cents, *_ in order.tax_lines]
    assert sum(taxes) == order.tax_cents
    for cents in (order.items_cents, order.shipping_cents, *taxes, order.total_cents):
        assert str(Money(cents, order.currency)) in words, words
