"""One settlement, whoever calls it and in whatever order."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from pet_app.core import clock, db
from pet_app.core.errors import NotFound, Unavailable
from pet_app.core.money import Money
from pet_app.messaging import signal
from pet_app.payment import gateway
from pet_app.payment import service as payments
from pet_app.payment.facts import Standing
from pet_app.payment.rules import PaymentState, topic
from pet_app.payment.service.settling import settle
from tests.messaging.factory import drain
from tests.payment.factory import (
    announced,
    begun,
    make_wanted,
    opened,
    paid,
    refunds,
    row,
    tell,
    tell_all,
)
from tests.stripe.fake import Fake

DEBIT = ""
SECURE = "4000002760003184"


def test_a_payment_is_settled_once_however_often_it_is_told(
    database: str, stripe_fake: Fake
) -> None:
    payment_id, session_id = begun(make_wanted(reference="o1"))
    back = stripe_fake.pay(session_id)
    assert back.endswith("/checkout/done?order=1")
    with ThreadPoolExecutor(4) as threads:
        states = list(threads.map(payments.catch_up, [payment_id] * 4))
    assert states == [PaymentState.PAID] * 4
    assert set(tell_all(stripe_fake)) == {200}
    tell_all(stripe_fake)
    assert announced("payment.settled") == [
        {
            "payment_id": payment_id,
            "purpose": "order",
            "reference": "o1",
            "amount_cents": 4900,
            "currency": "USD",
            "late": False,
        }
    ]
    found = row(payment_id)
    assert (found.received_cents, found.received_currency, found.refunded_cents) == (4900, "USD", 0)
    assert found.intent_id
    assert found.paid is not None


def test_the_webhook_alone_settles(database: str, stripe_fake: Fake) -> None:
    payment_id, session_id = begun()
    stripe_fake.pay(session_id)
    tell_all(stripe_fake)
    assert row(payment_id).state == PaymentState.PAID


def test_events_in_reverse_order_settle_as_well(sqlite_database: str, stripe_fake: Fake) -> None:
    payment_id, session_id = begun()
    stripe_fake.pay(session_id, "4000000000000002")
    stripe_fake.pay(session_id)
    tell(stripe_fake.state()["event"][::-1])
    drain()
    assert row(payment_id).state == PaymentState.PAID
    assert len(announced("payment.settled")) == 1
    assert announced("payment.failed") == []


@pytest.mark.parametrize(
    ("other", "came"),
    [
        ({"amount": 4800}, Money(4800)),
        ({"amount": 5000}, Money(5000)),
        ({"currency": "eur"}, Money(4900, "EUR")),
    ],
)
def test_another_sum_goes_back_by_itself(
    database: str, stripe_fake: Fake, other: dict[str, object], came: Money
) -> None:
    stripe_fake.set("mismatch", **other)
    payment_id, session_id = begun()
    stripe_fake.pay(session_id)
    tell_all(stripe_fake)
    found = row(payment_id)
    assert (found.state, found.received_cents) == (PaymentState.MISMATCHED, came.cents)
    assert [(back.amount_cents, back.currency, back.state) for back in refunds(payment_id)] == [
        (came.cents, came.currency, "done")
    ]
    assert announced("payment.settled") == []
    (told,) = announced("payment.mismatched")
    assert (told["received_cents"], told["received_currency"]) == (came.cents, came.currency)
    assert sum(back["amount"] for back in stripe_fake.state()["refund"]) == came.cents


def test_a_declined_card_leaves_the_page_open_for_another(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    payment_id, session_id = begun()
    stripe_fake.pay(session_id, "4000000000009995")
    tell_all(stripe_fake)
    found = row(payment_id)
    assert (found.state, found.problem) == ("open", "Your card has insufficient funds.")
    assert announced("payment.failed") == []
    stripe_fake.pay(session_id)
    tell_all(stripe_fake)
    assert (row(payment_id).state, row(payment_id).problem) == ("paid", "")


@pytest.mark.parametrize(("outcome", "state"), [("pass", "paid"), ("fail", "open")])
def test_three_d_secure_decides(
    sqlite_database: str, stripe_fake: Fake, outcome: str, state: str
) -> None:
    payment_id, session_id = begun()
    stripe_fake.pay(session_id, SECURE, outcome)
    tell_all(stripe_fake)
    assert row(payment_id).state == state


@pytest.mark.parametrize(
    ("outcome", "state", "event"),
    [("succeeded", "paid", "payment.settled"), ("failed", "failed", "payment.failed")],
)
def test_a_method_that_takes_days_is_waited_for(
    sqlite_database: str, stripe_fake: Fake, outcome: str, state: str, event: str
) -> None:
    payment_id, session_id = begun()
    stripe_fake.pay(session_id, DEBIT)
    tell_all(stripe_fake)
    assert row(payment_id).state == PaymentState.PROCESSING
    assert len(announced("payment.delayed")) == 1
    assert announced("payment.settled") == []
    stripe_fake.set(f"intents/{row(payment_id).intent_id}", outcome=outcome)
    tell_all(stripe_fake)
    assert row(payment_id).state == state
    assert [told["payment_id"] for told in announced(event)] == [payment_id]


def test_delayed_money_that_nobody_waits_for_goes_back(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    payment_id, session_id = begun()
    stripe_fake.pay(session_id, DEBIT)
    payments.catch_up(payment_id)
    with db.writing() as session:
        payments.give_up(session, payment_id)
    drain()
    assert row(payment_id).state == PaymentState.EXPIRED
    stripe_fake.set(f"intents/{row(payment_id).intent_id}", outcome="succeeded")
    tell_all(stripe_fake)
    stripe_fake.set(f"refunds/{refunds(payment_id)[0].provider_id}", outcome="succeeded")
    tell_all(stripe_fake)
    assert (row(payment_id).state, row(payment_id).refunded_cents) == ("paid", 4900)


def test_a_page_nobody_paid_on_expires(sqlite_database: str, stripe_fake: Fake) -> None:
    payment_id, _ = begun()
    stripe_fake.set("clock", advance_s=3600 * 2)
    tell_all(stripe_fake)
    assert row(payment_id).state == PaymentState.EXPIRED
    assert [told["payment_id"] for told in announced("payment.expired")] == [payment_id]


def test_what_was_read_before_changes_nothing_after(database: str, stripe_fake: Fake) -> None:
    payment_id, session_id = begun()
    before = gateway.read_session(session_id)
    assert before is not None
    stripe_fake.pay(session_id)
    payments.catch_up(payment_id)
    with db.writing() as session:
        settle(session, payment_id, Standing(before))
        settle(session, payment_id, Standing(replace(before, state="expired")))
    assert row(payment_id).state == PaymentState.PAID
    assert announced("payment.expired") == []


def test_money_by_a_second_page_of_the_same_payment_goes_straight_back(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    payment_id = paid(stripe_fake)
    second = _second_page(payment_id)
    stripe_fake.pay(second)
    tell_all(stripe_fake)
    tell_all(stripe_fake)
    (back,) = stripe_fake.state()["refund"]
    assert back["payment_intent"] != row(payment_id).intent_id
    assert (row(payment_id).state, row(payment_id).refunded_cents) == ("paid", 0)
    assert ["paid twice" in told["reason"] for told in announced("payment.suspected")] == [True]


def test_a_second_page_that_is_paid_first_is_the_one_that_counts(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    payment_id, first = begun()
    second = _second_page(payment_id)
    stripe_fake.pay(second)
    tell_all(stripe_fake)
    assert (row(payment_id).state, row(payment_id).session_id) == ("paid", second)
    states = {made["id"]: made["status"] for made in stripe_fake.state()["checkout.session"]}
    assert states == {first: "expired", second: "complete"}


def test_a_session_of_another_payment_settles_nothing(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    mine, _ = begun()
    _, other = begun()
    stripe_fake.pay(other)
    assert payments.catch_up(mine, other) is PaymentState.OPEN


def test_a_key_of_another_account_ends_no_payment(sqlite_database: str, stripe_fake: Fake) -> None:
    payment_id, _ = begun()
    stripe_fake.set("reset")
    assert payments.catch_up(payment_id) is PaymentState.OPEN


@pytest.mark.parametrize("fault", [{"status": 500}, {"lose": True}])
def test_a_stripe_that_does_not_answer_leaves_everything_as_it_is(
    sqlite_database: str, stripe_fake: Fake, fault: dict[str, object]
) -> None:
    payment_id, session_id = begun()
    stripe_fake.pay(session_id)
    stripe_fake.set("fault", times=2, **fault)
    with pytest.raises(Unavailable):
        payments.catch_up(payment_id)
    assert row(payment_id).state == PaymentState.OPEN
    assert payments.catch_up(payment_id) is PaymentState.PAID


def test_an_open_page_hears_of_every_change(sqlite_database: str, stripe_fake: Fake) -> None:
    payment_id, session_id = begun()
    stripe_fake.pay(session_id)
    heard: list[str] = []
    with signal.watching(topic(payment_id), lambda: heard.append("changed")):
        payments.catch_up(payment_id)
        payments.catch_up(payment_id)
    assert heard == ["changed"]


def test_a_payment_nobody_knows_is_not_found(sqlite_database: str, stripe_fake: Fake) -> None:
    with pytest.raises(NotFound):
        payments.catch_up("nothing")
    waiting = opened()
    assert payments.catch_up(waiting) is PaymentState.WANTED


def _second_page(payment_id: str) -> str:
    """A page of the same payment, as a lost answer may leave one behind."""
    return gateway.open_session(
        gateway.NewSession(
            payment_id=payment_id,
            key="second",
            amount=Money(4900),
            lines=(("Harness", 4900, 1),),
            description="",
            back="https://shop.example.com/",
            left="https://shop.example.com/",
            expires=clock.now() + timedelta(hours=1),
        )
    ).id
