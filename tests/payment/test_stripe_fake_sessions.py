"""The stand-in for Stripe: a page to pay on, and what becomes of the session."""

from typing import Any

import pytest
import stripe

from tests.stripe.fake import Fake
from tests.stripe.flows import BACK, LEFT, new_session

PAID = ["charge.succeeded", "payment_intent.succeeded", "checkout.session.completed"]


@pytest.fixture
def client(stripe_fake: Fake) -> stripe.StripeClient:
    """The SDK, pointed at the stand-in."""
    return stripe_fake.client()


def types(fake: Fake) -> list[str]:
    """What has happened, in order."""
    return [event["type"] for event in fake.state()["event"]]


def how(client: stripe.StripeClient, named: str) -> tuple[str | None, str, str]:
    """A session's state, whether it is paid, and its intent's state."""
    found = client.v1.checkout.sessions.retrieve(named, {"expand": ["payment_intent"]})
    intent = found.payment_intent
    assert not isinstance(intent, str)
    return found.status, found.payment_status, intent.status if intent else ""


def test_whoever_pays_comes_back_with_the_session_in_the_address(
    stripe_fake: Fake, client: stripe.StripeClient
) -> None:
    made = new_session(client)
    assert stripe_fake.pay(made.id) == BACK.replace("{CHECKOUT_SESSION_ID}", made.id)
    assert how(client, made.id) == ("complete", "paid", "succeeded")
    assert types(stripe_fake) == ["payment_intent.created", *PAID]
    intent = client.v1.payment_intents.list().data[0]
    assert (intent.amount_received, intent.metadata["payment_id"]) == (4900, "payment-1")


def test_whoever_is_declined_may_try_another_card_on_the_same_page(
    stripe_fake: Fake, client: stripe.StripeClient
) -> None:
    made = new_session(client)
    answer = stripe_fake.http.post(f"/pay/{made.id}", data={"number": "4000000000009995"})
    assert "insufficient funds" in answer.text
    assert how(client, made.id) == ("open", "unpaid", "requires_payment_method")
    assert stripe_fake.pay(made.id)
    assert how(client, made.id) == ("complete", "paid", "succeeded")
    assert len(client.v1.payment_intents.list().data) == 1
    assert "payment_intent.payment_failed" in types(stripe_fake)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("pass", ("complete", "paid", "succeeded")),
        ("fail", ("open", "unpaid", "requires_payment_method")),
    ],
)
def test_three_d_secure_asks_first(
    stripe_fake: Fake, client: stripe.StripeClient, outcome: str, state: tuple[str, str, str]
) -> None:
    made = new_session(client)
    asked = stripe_fake.http.post(f"/pay/{made.id}", data={"number": "4000002760003184"})
    assert how(client, made.id) == ("open", "unpaid", "requires_action")
    stripe_fake.http.post(asked.headers["location"], data={"how": outcome})
    assert how(client, made.id) == state


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("succeeded", ("complete", "paid", "succeeded")),
        ("failed", ("complete", "unpaid", "requires_payment_method")),
    ],
)
def test_a_bank_debit_is_complete_before_it_is_paid(
    stripe_fake: Fake, client: stripe.StripeClient, outcome: str, state: tuple[str, str, str]
) -> None:
    made = new_session(client)
    assert stripe_fake.pay(made.id, number="")
    assert how(client, made.id) == ("complete", "unpaid", "processing")
    intent = client.v1.payment_intents.list().data[0]
    stripe_fake.set(f"intents/{intent.id}", outcome=outcome)
    assert how(client, made.id) == state
    assert types(stripe_fake)[-1] == f"checkout.session.async_payment_{outcome}"


def test_whoever_leaves_has_not_paid(stripe_fake: Fake, client: stripe.StripeClient) -> None:
    made = new_session(client)
    answer = stripe_fake.http.post(f"/pay/{made.id}", data={"how": "leave"})
    assert answer.headers["location"] == LEFT
    assert how(client, made.id) == ("open", "unpaid", "")


def test_a_session_expires_by_the_stand_ins_own_clock(
    stripe_fake: Fake, client: stripe.StripeClient
) -> None:
    made = new_session(client)
    stripe_fake.set("clock", advance_s=24 * 3600 + 1)
    assert how(client, made.id)[0] == "expired"
    assert types(stripe_fake) == ["checkout.session.expired"]
    assert stripe_fake.http.post(f"/pay/{made.id}", data={"number": ""}).status_code == 400


def test_a_page_that_was_paid_cannot_be_paid_again(
    stripe_fake: Fake, client: stripe.StripeClient
) -> None:
    made = new_session(client)
    stripe_fake.pay(made.id)
    assert stripe_fake.pay(made.id) == ""
    assert len(client.v1.charges.list().data) == 1
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.expire(made.id)


@pytest.mark.parametrize(
    ("wrong", "param"),
    [
        ({"cents": 10}, "line_items"),
        ({"cents": -10}, "line_items[0][price_data][unit_amount]"),
        ({"quantity": 0}, "line_items[0][quantity]"),
        ({"success_url": ""}, "success_url"),
        ({"expires_at": 1}, "expires_at"),
        ({"mode": "barter"}, "mode"),
    ],
)
def test_what_stripe_would_refuse_is_refused(
    client: stripe.StripeClient, wrong: dict[str, Any], param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        new_session(client, **wrong)
    assert refused.value.param == param


def test_what_the_stand_in_does_not_cover_it_does_not_pretend(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="does not cover"):
        new_session(client, discounts=[{"coupon": "TEN"}])


def test_a_refund_that_takes_days_may_fail_and_the_money_is_here_again(
    stripe_fake: Fake, client: stripe.StripeClient
) -> None:
    stripe_fake.pay(new_session(client).id, "4000000000007726")
    charge = client.v1.charges.list().data[0]
    refund = client.v1.refunds.create({"charge": charge.id, "amount": 900})
    assert (refund.status, client.v1.charges.retrieve(charge.id).amount_refunded) == (
        "pending",
        900,
    )
    stripe_fake.set(f"refunds/{refund.id}", outcome="failed")
    assert client.v1.refunds.retrieve(refund.id).failure_reason == "expired_or_canceled_card"
    assert client.v1.charges.retrieve(charge.id).amount_refunded == 0
    assert types(stripe_fake)[-1] == "refund.failed"


def test_a_disputed_charge_is_not_refunded_and_may_be_won_back(
    stripe_fake: Fake, client: stripe.StripeClient
) -> None:
    stripe_fake.pay(new_session(client).id, "4000000000000259")
    dispute = client.v1.disputes.list().data[0]
    assert (dispute.status, dispute.reason, dispute.amount) == (
        "needs_response",
        "fraudulent",
        4900,
    )
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"charge": str(dispute.charge)})
    assert refused.value.code == "charge_disputed"
    evidence: Any = {"uncategorized_text": "winning_evidence"}
    won = client.v1.disputes.update(dispute.id, {"evidence": evidence, "submit": True})
    assert won.status == "won"
    assert types(stripe_fake)[-1] == "charge.dispute.funds_reinstated"


def test_a_stolen_card_brings_a_warning(stripe_fake: Fake, client: stripe.StripeClient) -> None:
    stripe_fake.pay(new_session(client).id, "4000000000005423")
    warning = client.v1.radar.early_fraud_warnings.list().data[0]
    assert warning.charge == client.v1.charges.list().data[0].id
    assert "radar.early_fraud_warning.created" in types(stripe_fake)


def test_lists_come_in_pages_with_the_newest_first(client: stripe.StripeClient) -> None:
    made = [new_session(client).id for _ in range(7)][::-1]
    sessions = client.v1.checkout.sessions
    first = sessions.list({"limit": 3})
    assert ([one.id for one in first.data], first.has_more) == (made[:3], True)
    rest = sessions.list({"limit": 3, "starting_after": made[3]})
    assert ([one.id for one in rest.data], rest.has_more) == (made[4:], False)
    before = sessions.list({"limit": 2, "ending_before": made[3]})
    assert [one.id for one in before.data] == made[1:3]
    assert [one.id for one in sessions.list({"limit": 2}).auto_paging_iter()] == made
