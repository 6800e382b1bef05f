"""Stripe tells of everything three times, in any order, to a shop that is killed meanwhile: each
payment is settled once. `make faults` sends 24,000 webhooks."""

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlmodel import col, func, select

from pet_app.core import clock, db
from pet_app.core.money import Money
from pet_app.core.settings import settings
from pet_app.messaging.models import OutboxRow
from pet_app.payment import gateway
from pet_app.payment import service as payments
from pet_app.payment.models import Payment
from pet_app.payment.rules import PaymentState
from pet_app.payment.service import Wanted
from pet_app.webhook.models import InboxRow
from pet_app.webhook.rules import InboxState
from tests import servers
from tests.faults.idle import waiting
from tests.faults.part import Part
from tests.faults.till import PORT
from tests.stripe.fake import Fake

WEBHOOKS = int(os.environ.get("WEBHOOKS", "60"))
COPIES = 3
PAYMENTS = WEBHOOKS // COPIES
KILLS = WEBHOOKS // 1_200
PATIENCE_S = 60 + WEBHOOKS // 8
AT_ONCE = 4


@pytest.fixture
def fake(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    """A Stripe of this test's own, which keeps what it has to tell until it is told to."""
    port = servers.free_port()
    found = Fake().start()
    found.hear(f"http://127.0.0.1:{port}/webhooks/stripe/payment", "checkout.session.completed")
    found.set("deliveries", copies=COPIES, hold=True, backoff_s=0.05, longest_s=2, attempts=10_000)
    monkeypatch.setenv(PORT, str(port))
    monkeypatch.setenv("STRIPE_SECRET_KEY", found.key)
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", found.secret)
    monkeypatch.setenv("STRIPE_API_BASE", found.base)
    settings.cache_clear()
    yield found
    gateway.close()
    found.stop()


def wanted(number: int) -> Wanted:
    """Something to pay for, at a price of its own."""
    cents = 1000 + number % 900
    return Wanted(
        owner=f"visitor:{number}",
        purpose="proof",
        reference=str(number),
        amount=Money(cents),
        lines=(("Proof", cents, 1),),
        back_to="/",
        expires=clock.now() + timedelta(hours=3),
    )


def pay_for(fake: Fake, number: int) -> None:
    """Somebody pays, and nobody here has heard of it yet."""
    with db.writing() as session:
        payment_id = payments.open_payment(session, wanted(number)).id
    payments.begin(payment_id)
    with db.reading() as session:
        session_id = session.get_one(Payment, payment_id).session_id
    fake.set(f"sessions/{session_id}")


def left(fake: Fake) -> int:
    """How many webhooks are not taken, or not worked off."""
    return fake.http.get("/fake/deliveries").json()["left"] + waiting()


def wait_for(fake: Fake, number: int) -> None:
    """Wait until only so many are left."""
    deadline = monotonic() + PATIENCE_S
    while (found := left(fake)) > number:
        assert monotonic() < deadline, f"{found} left"
        # Counting many takes a while, in which nobody else gets anywhere.
        sleep(0.05 + WEBHOOKS / 20_000)


def test_each_of_many_webhooks_is_applied_once(sqlite_database: str, fake: Fake) -> None:
    with ThreadPoolExecutor(AT_ONCE) as people:
        list(people.map(lambda number: pay_for(fake, number), range(PAYMENTS)))
    assert fake.set("release", shuffle=True) == {"released": PAYMENTS * COPIES}
    began = monotonic()
    shop = Part("tests.faults.till", "finisher")
    try:
        for turn in range(KILLS):
            wait_for(fake, PAYMENTS * COPIES * (KILLS - turn) // (KILLS + 1))
            shop.kill()
            shop.start()
        wait_for(fake, 0)
    finally:
        shop.kill()
    took_s = monotonic() - began
    judge(fake)
    print(
        f"\n{PAYMENTS * COPIES} webhooks of {PAYMENTS} payments, {KILLS} kills, {took_s:.0f} s:"
        " each applied once"
    )


def judge(fake: Fake) -> None:
    """Every payment is settled once, with what Stripe took for it."""
    with db.reading() as session:
        found = list(session.exec(select(Payment)))
        inbox = Counter(session.exec(select(InboxRow.state)))
        deliveries = session.exec(select(func.sum(InboxRow.deliveries))).one()
        settled = Counter(
            payload["payment_id"]
            for payload in session.exec(
                select(OutboxRow.payload).where(col(OutboxRow.name) == "payment.settled")
            )
        )
    known = fake.state()
    assert inbox == {InboxState.APPLIED: PAYMENTS}
    # One that was kept, and whose answer a kill cut off, comes once more.
    assert PAYMENTS * COPIES <= deliveries <= PAYMENTS * COPIES + KILLS * AT_ONCE
    assert {row.state for row in found} == {PaymentState.PAID}
    assert settled == Counter(row.id for row in found)
    taken = {one["client_reference_id"]: one["amount_total"] for one in known["checkout.session"]}
    assert {row.id: row.received_cents for row in found} == taken
    assert {one["state"] for one in known["delivery"]} == {"taken"}
    assert known["refund"] == []
