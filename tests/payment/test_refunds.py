"""Money goes back: once, never more than came, and as the provider says."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from pet_app.core import db
from pet_app.core.errors import Conflict
from pet_app.core.money import Money
from pet_app.messaging.outbox import publish
from pet_app.messaging.runner import carry_out
from pet_app.payment import gateway
from pet_app.payment import service as payments
from pet_app.payment.events import RefundWanted
from pet_app.payment.models import Refund
from pet_app.payment.rules import DemoOutcome
from tests.messaging.factory import drain, hasten, hints
from tests.payment.factory import (
    BUYER,
    announced,
    begun,
    make_wanted,
    opened,
    paid,
    refunds,
    row,
    tell_all,
)
from tests.stripe.fake import Fake


def ask(payment_id: str, cents: int, key: str, currency: str = "USD") -> Refund:
    """Ask for a refund as the orders do."""
    with db.writing() as session:
        money = Money(cents, currency)
        return payments.refund(session, payment_id, money, key, "Came too small", "staff:1")


def left(payment_id: str) -> int:
    """How many cents can still go back."""
    with db.writing() as session:
        return payments.refundable(session, payment_id).cents


def test_parts_go_back_until_all_has(database: str, stripe_fake: Fake) -> None:
    payment_id = paid(stripe_fake)
    ask(payment_id, 900, "first")
    assert left(payment_id) == 4000
    drain()
    ask(payment_id, 4000, "second")
    drain()
    tell_all(stripe_fake)
    assert (left(payment_id), row(payment_id).refunded_cents) == (0, 4900)
    told = [(event["amount_cents"], event["refunded_cents"]) for event in announced(REFUNDED)]
    assert told == [(900, 900), (4000, 4900)]
    assert [back["amount"] for back in stripe_fake.state()["refund"]] == [900, 4000]
    assert {back.state for back in refunds(payment_id)} == {"done"}


REFUNDED = "payment.refunded"


def test_more_than_came_never_goes_back(sqlite_database: str, stripe_fake: Fake) -> None:
    payment_id = paid(stripe_fake)
    ask(payment_id, 4000, "first")
    for cents, currency in ((901, "USD"), (0, "USD"), (-1, "USD"), (900, "EUR")):
        with pytest.raises(Conflict, match=r"\$9.00"):
            ask(payment_id, cents, "second", currency)
    ask(payment_id, 900, "second")
    with pytest.raises(Conflict, match="Nothing was paid"):
        ask(payment_id, 1, "third")


def test_the_same_key_is_the_same_refund(database: str, stripe_fake: Fake) -> None:
    payment_id = paid(stripe_fake)
    assert ask(payment_id, 900, "first").id == ask(payment_id, 900, "first").id
    with pytest.raises(Conflict, match="another amount"):
        ask(payment_id, 901, "first")
    drain()
    assert [back["amount"] for back in stripe_fake.state()["refund"]] == [900]


def test_refunds_asked_for_at_once_are_no_more_than_came(database: str, stripe_fake: Fake) -> None:
    payment_id = paid(stripe_fake)

    def try_it(number: int) -> bool:
        try:
            ask(payment_id, 2000, f"click {number}")
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(try_it, range(6))) == 2
    assert left(payment_id) == 900


def test_what_was_never_paid_cannot_go_back(sqlite_database: str) -> None:
    payment_id = opened()
    with pytest.raises(Conflict):
        ask(payment_id, 100, "first")
    with db.writing() as session:
        assert payments.send_back(session, payment_id, "all", "Cancelled", "shop") is None
        assert payments.refundable(session, payment_id) == Money(0)


def test_sending_back_takes_what_is_left_once(sqlite_database: str, stripe_fake: Fake) -> None:
    payment_id = paid(stripe_fake)
    ask(payment_id, 900, "part")
    for _ in range(2):
        with db.writing() as session:
            found = payments.send_back(session, payment_id, "rest", "Cancelled", "shop")
            assert found is not None
            assert found.amount_cents == 4000
    drain()
    assert row(payment_id).refunded_cents == 4900


def test_a_refund_that_takes_days_is_done_when_stripe_says_so(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    payment_id = paid(stripe_fake, "4000000000007726")
    ask(payment_id, 4900, "all")
    drain()
    tell_all(stripe_fake)
    (back,) = refunds(payment_id)
    assert (back.state, row(payment_id).refunded_cents, announced(REFUNDED)) == ("sent", 0, [])
    stripe_fake.set(f"refunds/{back.provider_id}", outcome="succeeded")
    tell_all(stripe_fake)
    assert (refunds(payment_id)[0].state, row(payment_id).refunded_cents) == ("done", 4900)
    assert len(announced(REFUNDED)) == 1


def test_a_refund_the_bank_gives_back_is_said_and_can_be_tried_again(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    payment_id = paid(stripe_fake)
    ask(payment_id, 4900, "all")
    drain()
    stripe_fake.set(f"refunds/{refunds(payment_id)[0].provider_id}", outcome="failed")
    tell_all(stripe_fake)
    assert (refunds(payment_id)[0].state, row(payment_id).refunded_cents) == ("failed", 0)
    assert len(announced("payment.refund_failed")) == 1
    ask(payment_id, 4900, "once more")
    drain()
    assert row(payment_id).refunded_cents == 4900


def test_a_refund_made_on_stripes_own_pages_is_noticed(database: str, stripe_fake: Fake) -> None:
    payment_id = paid(stripe_fake)
    intent = row(payment_id).intent_id or ""
    stripe_fake.client().v1.refunds.create({"payment_intent": intent, "amount": 1500})
    tell_all(stripe_fake)
    (back,) = refunds(payment_id)
    assert (back.amount_cents, back.asked_by, back.state) == (1500, "stripe", "done")
    assert (row(payment_id).refunded_cents, left(payment_id)) == (1500, 3400)
    assert len(announced(REFUNDED)) == 1


def test_a_refund_stripe_refuses_is_said(sqlite_database: str, stripe_fake: Fake) -> None:
    payment_id = paid(stripe_fake)
    intent = row(payment_id).intent_id or ""
    ask(payment_id, 4900, "all")
    stripe_fake.client().v1.refunds.create({"payment_intent": intent})
    drain()
    tell_all(stripe_fake)
    states = {(back.asked_by, back.state) for back in refunds(payment_id)}
    assert states == {("staff:1", "failed"), ("stripe", "done")}
    assert row(payment_id).refunded_cents == 4900
    assert len(announced("payment.refund_failed")) == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500, "times": 4},
        {"lose": True, "times": 4},
        {"lose": True, "after": True, "times": 2, "method": "POST"},
    ],
)
def test_a_refund_goes_back_once_however_stripe_stumbles(
    sqlite_database: str, stripe_fake: Fake, fault: dict[str, object]
) -> None:
    payment_id = paid(stripe_fake)
    ask(payment_id, 4900, "all")
    stripe_fake.set("fault", on="/v1/refunds", **fault)
    drain()
    for _ in range(3):
        hasten()
        drain()
    assert [back["amount"] for back in stripe_fake.state()["refund"]] == [4900]
    assert (refunds(payment_id)[0].state, row(payment_id).refunded_cents) == ("done", 4900)


def test_an_answer_lost_longer_ago_than_stripe_remembers_is_found(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    payment_id = paid(stripe_fake)
    asked = ask(payment_id, 2000, "part")
    intent = row(payment_id).intent_id or ""
    # Sent by an attempt that died before it could tell, under a key that is forgotten by now.
    gateway.send_refund(intent, Money(2000), asked.id, "forgotten")
    drain()
    assert [back["amount"] for back in stripe_fake.state()["refund"]] == [2000]
    assert row(payment_id).refunded_cents == 2000


def test_two_jobs_at_once_send_one_refund(sqlite_database: str, stripe_fake: Fake) -> None:
    payment_id = paid(stripe_fake)
    drain()
    asked = ask(payment_id, 2000, "part")
    with db.writing() as session:
        publish(session, RefundWanted(asked.id, payment_id))
    # One is held up on its way, after both have seen that Stripe knows of none.
    stripe_fake.set("fault", on="/v1/refunds", method="POST", times=1, slow_s=0.5)
    both = [hint[1:] for hint in hints()]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda hint: carry_out(*hint), both))
    for _ in range(2):
        hasten()
        drain()
    assert [back["amount"] for back in stripe_fake.state()["refund"]] == [2000]
    assert [back.state for back in refunds(payment_id)] == ["done"]
    assert len(announced(REFUNDED)) == 1


def test_a_demo_refund_moves_no_money(sqlite_database: str) -> None:
    payment_id = opened()
    payments.begin(payment_id)
    with db.writing() as session:
        payments.settle_demo(session, BUYER, payment_id, DemoOutcome.PAID)
    ask(payment_id, 900, "part")
    drain()
    assert row(payment_id).refunded_cents == 900
    assert len(announced(REFUNDED)) == 1


def test_a_refund_of_what_is_not_ours_to_lose_is_not_asked_for(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    waiting, _ = begun(make_wanted())
    with pytest.raises(Conflict):
        ask(waiting, 100, "first")
