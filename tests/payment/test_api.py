"""Stripe's webhooks at our door: kept once when Stripe signed them, refused in every other case."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.core.settings import settings
from pet_app.webhook.models import InboxRow
from tests.messaging.factory import drain, hasten
from tests.payment.factory import (
    HOOK,
    announced,
    begun,
    program,
    row,
    send,
    signed,
    tell,
    written,
)
from tests.stripe.fake import Fake

SECRET, OLD = "whsec_new", "whsec_old"


@pytest.fixture(autouse=True)
def _believed(shop: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_test_1")
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", f"{SECRET} {OLD}")
    settings.cache_clear()


def make_event(**more: Any) -> dict[str, Any]:
    """An event as Stripe writes it."""
    thing = {"id": "cs_1", "object": "checkout.session", "client_reference_id": None}
    return {
        "id": "evt_1",
        "object": "event",
        "type": "checkout.session.completed",
        "created": int(time.time()),
        "livemode": False,
        "data": {"object": thing},
        **more,
    }


def inbox() -> list[InboxRow]:
    """Everything that was kept."""
    with db.reading() as session:
        return list(session.exec(select(InboxRow)))


@pytest.mark.parametrize("secret", [SECRET, OLD])
def test_what_stripe_signed_is_kept_before_it_is_answered(database: str, secret: str) -> None:
    body = written(make_event())
    assert send(body, signed(body, secret)) == 200
    (kept,) = inbox()
    assert (kept.source, kept.external_id, kept.topic) == (
        "stripe",
        "evt_1",
        "checkout.session.completed",
    )
    assert kept.kept == {
        "object": "checkout.session",
        "id": "cs_1",
        "session": "cs_1",
        "live": False,
    }
    assert len(announced("webhook.received")) == 1


def test_what_comes_again_is_answered_and_counted(sqlite_database: str) -> None:
    assert tell([make_event()] * 3, SECRET) == [200, 200, 200]
    assert [kept.deliveries for kept in inbox()] == [3]
    assert len(announced("webhook.received")) == 1


def test_what_comes_at_once_is_kept_once(database: str) -> None:
    body = written(make_event())
    with ThreadPoolExecutor(6) as threads:

        def post(_turn: int) -> int:
            return program().post(HOOK, content=body, headers=signed(body, SECRET)).status_code

        assert list(threads.map(post, range(6))) == [200] * 6
    assert [kept.deliveries for kept in inbox()] == [6]
    assert len(announced("webhook.received")) == 1


def test_nothing_personal_is_kept(sqlite_database: str) -> None:
    thing = {
        "id": "cs_1",
        "object": "checkout.session",
        "customer_details": {"email": "olive@example.com", "name": "Olive"},
        "metadata": {"payment_id": "01", "note": "Olive"},
        "payment_intent": {"id": "pi_1", "receipt_email": "olive@example.com"},
    }
    assert tell([make_event(data={"object": thing})], SECRET) == [200]
    (kept,) = inbox()
    assert "olive" not in json.dumps(kept.kept).lower()
    assert (kept.kept["payment"], kept.kept["intent"]) == ("01", "pi_1")


@pytest.mark.parametrize(
    ("ago_s", "answer"), [(0, 200), (290, 200), (310, 400), (-290, 200), (-310, 400), (10**8, 400)]
)
def test_a_signature_holds_for_minutes_to_either_side(
    sqlite_database: str, ago_s: float, answer: int
) -> None:
    body = written(make_event())
    assert send(body, signed(body, SECRET, ago_s)) == answer
    assert len(inbox()) == (answer == 200)


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "t=1",
        "v1=00",
        "t=,v1=",
        "t=now,v1=00",
        "t=1,v1=ü".encode().decode("latin-1"),
        "t=1=2,v1=00",
        "t," * 50,
        "t=" + "9" * 1900 + ",v1=00",
        "x" * 3000,
        "\x00",
    ],
)
def test_no_other_signature_is_believed(sqlite_database: str, signature: str | None) -> None:
    body = written(make_event())
    headers = {} if signature is None else {b"stripe-signature": signature.encode("latin-1")}
    answer = program().post(HOOK, content=body, headers=list(headers.items()))
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert inbox() == []


def test_a_right_signature_written_oddly_is_judged_by_its_own_time(sqlite_database: str) -> None:
    body = written(make_event())
    right = signed(body, SECRET, ago_s=-400)["stripe-signature"]
    for before in ("v0=1,", "t,", "x=t=1,"):
        assert send(body, {"stripe-signature": before + right}) == 400


def test_another_body_or_another_secret_is_not_believed(sqlite_database: str) -> None:
    body = written(make_event())
    assert send(body + b" ", signed(body, SECRET)) == 400
    assert send(body, signed(body, "whsec_stolen")) == 400
    assert send(body, signed(body, "")) == 400


def test_a_shop_without_a_secret_believes_nobody(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", "")
    settings.cache_clear()
    body = written(make_event())
    assert send(body, signed(body, "")) == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"evt"',
        b"1e999",
        b"{}",
        b"[" * 20_000,
        b'{"a":' * 20_000,
        b'{"id": NaN}',
        *(
            json.dumps(make_event(**broken)).encode()
            for broken in (
                {"id": None},
                {"id": 7},
                {"id": ""},
                {"id": "x" * 200},
                {"id": "evt\u0000"},
                {"type": "Käse"},
                {"type": ["a"]},
                {"object": "charge"},
                {"created": "soon"},
                {"created": -1},
                {"created": 10**30},
                {"created": True},
                {"livemode": "no"},
                {"livemode": None},
                {"data": None},
                {"data": {}},
                {"data": {"object": []}},
                {"data": {"object": {"id": "cs_1"}}},
                {"data": {"object": {"id": "cs_1", "object": 1}}},
                {"data": {"object": {"object": "charge", "metadata": "none"}}},
            )
        ),
    ],
)
def test_what_is_signed_and_no_event_is_refused(sqlite_database: str, body: bytes) -> None:
    headers = signed(body, SECRET) if body else {}
    assert send(body, headers) == 400
    assert inbox() == []


def test_more_than_an_event_ever_is_is_not_read(sqlite_database: str) -> None:
    body = written(make_event(padding="x" * 300_000))
    assert send(body, signed(body, SECRET)) == 413


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ({"livemode": True}, "told in live mode, and we are in test mode"),
        ({"type": "customer.created"}, "nothing follows from this here"),
    ],
)
def test_what_is_not_for_us_is_passed_over(
    sqlite_database: str, event: dict[str, Any], why: str
) -> None:
    assert tell([make_event(**event)], SECRET) == [200]
    drain()
    (kept,) = inbox()
    assert (kept.state, kept.error) == ("passed over", why)


def test_an_event_about_money_of_another_shop_is_passed_over(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    other = stripe_fake.client().v1.payment_intents.create(
        {"amount": 100, "currency": "usd", "payment_method": "pm_card_visa", "confirm": True}
    )
    event = next(
        found
        for found in stripe_fake.state()["event"]
        if found["type"] == "payment_intent.succeeded"
    )
    assert event["data"]["object"]["id"] == other.id
    tell([event])
    drain()
    assert [(kept.state, kept.error) for kept in inbox()] == [
        ("passed over", "not about a payment of ours")
    ]


def test_money_whose_session_we_never_heard_of_is_found_by_its_intent(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    payment_id, session_id = begun()
    stripe_fake.pay(session_id)
    events = stripe_fake.state()["event"]
    refund = {"id": "re_1", "object": "refund"}
    intent = next(event for event in events if event["type"] == "payment_intent.succeeded")
    refund["payment_intent"] = intent["data"]["object"]["id"]
    tell([{**intent, "id": "evt_r", "type": "refund.created", "data": {"object": refund}}])
    drain()
    assert row(payment_id).state == "paid"


def test_stripe_being_away_keeps_the_delivery_until_it_is_back(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    payment_id, session_id = begun()
    stripe_fake.pay(session_id)
    events = stripe_fake.state()["event"]
    stripe_fake.set("fault", on="/v1/", times=4, status=503)
    tell(event for event in events if event["type"] == "checkout.session.completed")
    drain()
    assert [kept.state for kept in inbox()] == ["received"]
    for _ in range(3):
        hasten()
        drain()
    assert [kept.state for kept in inbox()] == ["applied"]
    assert row(payment_id).state == "paid"
