"""Every object the stand-in for Stripe makes has the shape that Stripe publishes."""

from collections.abc import Iterator

import pytest
import stripe
from stripe._stripe_object import StripeObject

from tests.stripe.fake import Fake
from tests.stripe.flows import new_session
from tests.stripe.shapes import faults

SHAPES: dict[str, type[StripeObject]] = {
    "checkout.session": stripe.checkout.Session,
    "payment_intent": stripe.PaymentIntent,
    "charge": stripe.Charge,
    "refund": stripe.Refund,
    "dispute": stripe.Dispute,
    "event": stripe.Event,
    "radar.early_fraud_warning": stripe.radar.EarlyFraudWarning,
    "customer": stripe.Customer,
    "webhook_endpoint": stripe.WebhookEndpoint,
    "payment_method": stripe.PaymentMethod,
    "item": stripe.LineItem,
}


@pytest.fixture
def lived(stripe_fake: Fake) -> Fake:
    """A stand-in in which most of what can happen has."""
    client = stripe_fake.client()
    stripe_fake.hear("http://127.0.0.1:9/nobody")
    client.v1.customers.create({"email": "ada@example.org", "name": "Ada"})
    for number in ("4242424242424242", "4000000000000259", "4000000000001976", "4000000000005423"):
        stripe_fake.pay(new_session(client).id, number)
    again = new_session(client)
    for number, outcome in (("4000000000000002", ""), ("4000002760003184", "fail"), ("", "")):
        stripe_fake.pay(again.id, number, outcome)
    delayed = client.v1.checkout.sessions.retrieve(again.id)
    stripe_fake.set(f"intents/{delayed.payment_intent}", outcome="succeeded")
    asked = new_session(client)
    stripe_fake.http.post(f"/pay/{asked.id}", data={"number": "4000002760003184"})
    client.v1.checkout.sessions.expire(new_session(client).id)
    waiting = new_session(client)
    stripe_fake.pay(waiting.id, "4000000000007726")
    paid = client.v1.checkout.sessions.retrieve(waiting.id)
    first = client.v1.refunds.create({"payment_intent": str(paid.payment_intent), "amount": 100})
    client.v1.refunds.create({"payment_intent": str(paid.payment_intent)})
    stripe_fake.set(f"refunds/{first.id}", outcome="failed")
    dispute = client.v1.disputes.list().data[0]
    client.v1.disputes.update(
        dispute.id, {"evidence": {"uncategorized_text": "winning_evidence"}, "submit": True}
    )
    client.v1.payment_intents.create(
        {"amount": 700, "currency": "usd", "payment_method": "pm_card_visa", "confirm": True}
    )
    return stripe_fake


def everything(fake: Fake) -> Iterator[dict[str, object]]:
    for kind in (*SHAPES, "payment_method"):
        yield from fake.state().get(kind, [])


def test_whatever_it_knows_of_has_its_published_shape(lived: Fake) -> None:
    found: set[str] = set()
    for thing in everything(lived):
        kind = str(thing["object"])
        found.add(kind)
        assert list(faults(SHAPES[kind], thing)) == []
    assert found == SHAPES.keys() - {"item"}


def test_what_its_events_tell_of_has_its_published_shape(lived: Fake) -> None:
    events = lived.state()["event"]
    for event in events:
        thing = event["data"]["object"]
        assert list(faults(SHAPES[thing["object"]], thing)) == []
    assert {event["type"].split(".")[0] for event in events} >= {
        "charge",
        "checkout",
        "customer",
        "payment_intent",
        "radar",
        "refund",
    }


def test_lines_and_what_is_expanded_have_their_published_shape(lived: Fake) -> None:
    client = lived.client()
    named = client.v1.checkout.sessions.list({"limit": 100}).data[-1].id
    asked = ["line_items", "payment_intent.latest_charge"]
    whole = client.v1.checkout.sessions.retrieve(named, {"expand": asked}).to_dict()
    assert whole["line_items"]["data"][0]["object"] == "item"
    assert whole["payment_intent"]["latest_charge"]["status"] == "succeeded"
    assert list(faults(stripe.checkout.Session, whole)) == []
    for line in client.v1.checkout.sessions.line_items.list(named).data:
        assert list(faults(stripe.LineItem, line.to_dict())) == []


def test_a_shape_that_is_not_theirs_is_found() -> None:
    refund = {"id": "re_1", "object": "refund", "amount": "12", "created": 1, "status": "done"}
    said = list(faults(stripe.Refund, refund | {"colour": "red", "metadata": None}))
    assert "refund.colour is nothing Stripe knows" in said
    assert "refund.currency is missing" in said
    assert "refund.amount is '12'" in said
