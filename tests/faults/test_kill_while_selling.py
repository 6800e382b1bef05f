"""A shop killed while people buy and Stripe tells of it: no order is lost, none is paid twice, and
every buyer has their letter. `make faults` kills sixty times in each mode."""

import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from sqlmodel import col, delete, func, select

from pet_app.catalog.models import Reservation, Variant
from pet_app.catalog.rules import NewVariant, ReservationState
from pet_app.checkout import service as checkout
from pet_app.checkout.models import Promotion, PromotionUse
from pet_app.checkout.rules import PromotionKind
from pet_app.checkout.service import NewPromotion
from pet_app.core import db
from pet_app.core.money import Money
from pet_app.core.security import Identity, Role
from pet_app.core.settings import settings
from pet_app.messaging.models import JobRow, JobState, OutboxRow
from pet_app.order.models import Order, OrderLine
from pet_app.order.rules import OrderStatus
from pet_app.payment.models import Payment, Refund
from pet_app.payment.rules import PaymentState, RefundState
from tests import servers
from tests.catalog.factory import make_product
from tests.faults.idle import wait_until_idle
from tests.faults.part import Part
from tests.faults.till import CODE, PORT
from tests.mailbox import Mailbox
from tests.stripe.fake import Fake

KILLS = int(os.environ.get("KILLS", "1"))
LIFE_S = (0.05, 1.0)
PROMISES = (1, 8)
PATIENCE_S = 180
STOCK = 100_000
STAFF = Identity(user_id="0staff", role=Role.STAFF, name="Sam", strong=True)
CALLED_OFF = (OrderStatus.CANCELLED, OrderStatus.REFUNDED)
THANKS = "Thank you for your order "
MONEY_BACK = " is on its way back to you"


@pytest.fixture
def mailbox(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """The mail server of the shop."""
    found = Mailbox(shop).start()
    monkeypatch.setenv("MAIL_URL", f"smtp://{found.address}?tls=none")
    settings.cache_clear()
    yield found
    found.kill()


@pytest.fixture
def fake(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    """A Stripe of this test's own, which tells the shop everything twice, in any order."""
    port = servers.free_port()
    found = Fake(f"http://127.0.0.1:{port}/webhooks/stripe/payment").start()
    found.set("deliveries", copies=2, jitter_s=0.3, backoff_s=0.05, longest_s=2, attempts=10_000)
    monkeypatch.setenv(PORT, str(port))
    monkeypatch.setenv("STRIPE_SECRET_KEY", found.key)
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", found.secret)
    monkeypatch.setenv("STRIPE_API_BASE", found.base)
    settings.cache_clear()
    yield found
    found.stop()


def stock_up() -> None:
    """Three things on the shelf and a code that takes something off."""
    with db.writing() as session:
        for name, cents in (("bowl", 1900), ("brush", 1250), ("ball", 700)):
            form = NewVariant(f"SKU-{name.upper()}", Money(cents), weight_g=300, stock=STOCK)
            make_product(session, name, title=name, variants=(form,), made=False)
        checkout.add_promotion(
            session, STAFF, NewPromotion(CODE, "10% off", PromotionKind.PERCENT, percent=10)
        )
        # Nothing is sold better for their pictures.
        session.connection().execute(delete(OutboxRow))


def wait_for_promises(parts: list[Part]) -> None:
    """Let buyers get somewhere, then let everything live on for a moment."""
    wanted = sum(len(part.promised) for part in parts) + random.randint(*PROMISES)
    deadline = monotonic() + PATIENCE_S
    while sum(len(part.promised) for part in parts) < wanted:
        assert monotonic() < deadline
        sleep(0.01)
    sleep(random.uniform(*LIFE_S))


def untold(fake: Fake) -> int:
    """How much Stripe has still to tell."""
    return fake.http.get("/fake/deliveries").json()["left"]


def promised(parts: list[Part], what: str) -> set[str]:
    """The orders of which that was said, in all lives."""
    said = (line.partition(" ") for part in parts for line in part.promised)
    return {order_id for word, _, order_id in said if word == what}


def test_a_small_shop_is_killed_while_it_sells(
    sqlite_database: str, mailbox: Mailbox, fake: Fake
) -> None:
    stock_up()
    shop = Part("tests.faults.till", "shop")
    try:
        for _ in range(KILLS):
            wait_for_promises([shop])
            shop.kill()
            shop.start()
        wait_for_promises([shop])
        shop.kill()
        shop.role = "finisher"
        shop.start()
        wait_until_idle(PATIENCE_S, lambda: untold(fake))
    finally:
        shop.kill()
    judge([shop], fake, mailbox)


@pytest.mark.usefixtures("valkey")
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_large_shop_is_killed_while_it_sells(database: str, mailbox: Mailbox, fake: Fake) -> None:
    stock_up()
    web = Part("tests.faults.till", "web")
    workers = [Part("tests.faults.till", "worker") for _ in range(2)]
    parts = [web, *workers]
    try:
        for turn in range(KILLS):
            wait_for_promises([web])
            victim = parts[turn % len(parts)]
            victim.kill()
            victim.start()
        wait_for_promises([web])
        web.kill()
        web.role = "door"
        web.start()
        wait_until_idle(PATIENCE_S, lambda: untold(fake))
    finally:
        for part in parts:
            part.kill()
    judge([web], fake, mailbox)


def judge(parts: list[Part], fake: Fake, mailbox: Mailbox) -> None:
    """Compare what buyers were promised and what Stripe took with what the shop has."""
    with db.reading() as session:
        orders = {order.id: order for order in session.exec(select(Order))}
        payments = {row.id: row for row in session.exec(select(Payment))}
        refunds = list(session.exec(select(Refund)))
        states = Counter(session.exec(select(JobRow.state)))
    assert promised(parts, "placed") <= orders.keys()
    assert set(states) == {JobState.DONE}, states
    known = fake.state()
    taken = judge_money(known, orders, payments, refunds)
    assert promised(parts, "paid") <= taken
    for order_id in promised(parts, "cancelled"):
        assert orders[order_id].status in CALLED_OFF
    letters = judge_letters(mailbox, [orders[order_id] for order_id in taken])
    judge_told_once(taken)
    judge_stock(orders)
    deliveries = Counter(found["state"] for found in known["delivery"])
    assert set(deliveries) == {"taken"}
    print(
        f"\n{KILLS} kills: {len(orders)} orders, {len(taken)} paid, {len(refunds)} paid back,"
        f" {deliveries['taken']} webhooks taken in"
        f" {sum(found['attempts'] for found in known['delivery'])} attempts,"
        f" {letters} letters more than once; none lost, none paid twice, no letter missing"
    )


def judge_money(
    known: dict[str, list[dict[str, Any]]],
    orders: dict[str, Order],
    payments: dict[str, Payment],
    refunds: list[Refund],
) -> set[str]:
    """Every cent that Stripe took is an order's, once; the orders that were paid."""
    taken: set[str] = set()
    for session in known["checkout.session"]:
        payment = payments[session["client_reference_id"]]
        if session["payment_status"] != "paid":
            continue
        order = orders[payment.reference]
        assert payment.state == PaymentState.PAID
        assert session["amount_total"] == payment.received_cents == order.due_cents
        assert order.id not in taken
        taken.add(order.id)
        assert order.status in (OrderStatus.PAID, *CALLED_OFF)
        back = order.due_cents if order.status in CALLED_OFF else 0
        assert payment.refunded_cents == back
    assert {order.id for order in orders.values() if order.paid} <= taken
    charged = Counter(
        charge["payment_intent"] for charge in known["charge"] if charge["status"] == "succeeded"
    )
    assert set(charged.values()) <= {1}
    assert len(charged) == len(taken)
    assert {refund.state for refund in refunds} <= {RefundState.DONE}
    sent = Counter(refund["metadata"]["refund_id"] for refund in known["refund"])
    assert sent == Counter(refund.id for refund in refunds)
    return taken


def judge_letters(mailbox: Mailbox, taken: list[Order]) -> int:
    """One thank-you for each order that came to be paid, one word for each whose money went back,
    however often they were sent; how many came more than once."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    letters = mailbox.letters()
    for letter in letters:
        subject = str(letter.message["Subject"])
        found[subject, letter.to[0]].add(str(letter.message["Message-ID"]))
    thanked = {to for subject, to in found if subject.startswith(THANKS)}
    assert thanked == {order.email for order in taken if order.paid is not None}
    repaid = {to for subject, to in found if subject.endswith(MONEY_BACK)}
    assert repaid == {order.email for order in taken if order.status in CALLED_OFF}
    assert {len(ids) for ids in found.values()} <= {1}
    again = len(letters) - sum(len(ids) for ids in found.values())
    assert again <= 2 * (KILLS + 1)
    return again


def judge_told_once(taken: set[str]) -> None:
    """The shop itself heard of each payment and each purchase once."""
    with db.reading() as session:
        rows = session.exec(
            select(OutboxRow.name, OutboxRow.payload).where(
                col(OutboxRow.name).in_(("payment.settled", "order.paid"))
            )
        ).all()
    settled = Counter(payload["reference"] for name, payload in rows if name == "payment.settled")
    paid = Counter(payload["order_id"] for name, payload in rows if name == "order.paid")
    assert settled == Counter(taken)
    assert set(paid.values()) <= {1}
    assert paid.keys() <= taken


def judge_stock(orders: dict[str, Order]) -> None:
    """What left the shelf is what was sold; what is promised is what waits to be paid."""
    with db.reading() as session:
        variants = list(session.exec(select(Variant)))
        lines = list(session.exec(select(OrderLine)))
        held = dict(
            session.exec(
                select(Reservation.variant_id, func.sum(Reservation.quantity))
                .where(Reservation.state == ReservationState.HELD)
                .group_by(col(Reservation.variant_id))
            ).all()
        )
        uses = session.exec(
            select(func.count()).where(col(PromotionUse.given_back).is_(False))
        ).one()
        code = session.exec(select(Promotion)).one()
    gone: Counter[str] = Counter()
    for line in lines:
        if orders[line.order_id].status == OrderStatus.PAID:
            gone[line.variant_id] += line.quantity
    for variant in variants:
        assert variant.stock == STOCK - gone[variant.id]
        assert variant.reserved == held.get(variant.id, 0)
    assert code.uses == uses
