"""Payments to test with, at the stand-in for Stripe, and its word brought to us by hand."""

import json
import time
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any

from fastapi import FastAPI
from sqlmodel import col, select
from starlette.testclient import TestClient

from pet_app.core import clock, db, http
from pet_app.core.ids import new_id
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.messaging.models import OutboxRow
from pet_app.payment import service as payments
from pet_app.payment.api import router
from pet_app.payment.models import Dispute, Payment, Refund
from pet_app.payment.service import Wanted
from tests.messaging.factory import drain
from tests.stripe.deliveries import signature
from tests.stripe.fake import Fake

HOOK = "/webhooks/stripe/payment"
VISITOR = "a" * 64
OWNER = f"visitor:{VISITOR}"
BUYER = Identity(visitor=VISITOR)


def make_wanted(cents: int = 4900, **more: Any) -> Wanted:
    """Something to pay for, in one line."""
    given: dict[str, Any] = {
        "owner": OWNER,
        "purpose": "order",
        "reference": new_id(),
        "amount": Money(cents, more.pop("currency", "USD")),
        "lines": (("Harness", cents, 1),),
        "back_to": "/checkout/done?order=1",
        "expires": clock.now() + timedelta(minutes=45),
        "description": "Order HH-1",
        "email": "olive@example.com",
    }
    return Wanted(**given | more)


def opened(wanted: Wanted | None = None) -> str:
    """The id of a payment that waits to be begun."""
    with db.writing() as session:
        return payments.open_payment(session, wanted or make_wanted()).id


def begun(wanted: Wanted | None = None) -> tuple[str, str]:
    """The ids of a payment that may be paid now, and of its session at Stripe."""
    payment_id = opened(wanted)
    payments.begin(payment_id)
    return payment_id, row(payment_id).session_id or ""


def paid(fake: Fake, number: str = "4242424242424242", wanted: Wanted | None = None) -> str:
    """The id of a payment that is settled."""
    payment_id, session_id = begun(wanted)
    fake.pay(session_id, number)
    payments.catch_up(payment_id)
    return payment_id


def row(payment_id: str) -> Payment:
    """A payment as it is kept."""
    with db.reading() as session:
        return session.get_one(Payment, payment_id)


def refunds(payment_id: str) -> list[Refund]:
    """What goes back of it."""
    with db.reading() as session:
        return payments.refunds_of(session, payment_id)


def disputes(payment_id: str) -> list[Dispute]:
    """What a bank asks back of it."""
    with db.reading() as session:
        return list(session.exec(select(Dispute).where(Dispute.payment_id == payment_id)))


def announced(name: str) -> list[dict[str, Any]]:
    """What was published under that name, the oldest first."""
    with db.reading() as session:
        found = select(OutboxRow).where(OutboxRow.name == name).order_by(col(OutboxRow.id))
        return [event.payload for event in session.exec(found)]


def signed(body: bytes, secret: str, ago_s: float = 0.0) -> dict[str, str]:
    """The header Stripe would send with this body."""
    return {"stripe-signature": signature(secret, body, int(time.time() - ago_s))}


def written(event: dict[str, Any]) -> bytes:
    """An event as it travels."""
    return json.dumps(event, indent=2).encode()


@cache
def program() -> TestClient:
    """Our door for webhooks alone, which is quickly made."""
    app = FastAPI()
    http.install_errors(app)
    app.include_router(router)
    return TestClient(app, raise_server_exceptions=False)


def send(body: bytes, headers: dict[str, str]) -> int:
    """What is answered to that."""
    return program().post(HOOK, content=body, headers=headers).status_code


def tell(events: Iterable[dict[str, Any]], secret: str = Fake.secret) -> list[int]:
    """Bring these events to our webhook; what it answered."""
    bodies = [written(event) for event in events]
    return [send(body, signed(body, secret)) for body in bodies]


def tell_all(fake: Fake) -> list[int]:
    """Bring every event of the stand-in to us, and work them off."""
    answers = tell(fake.state()["event"])
    drain()
    return answers
