"""What no webhook told is found by the clock, and repaired by the same settlement."""

from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from pet_app.core import clock, db
from pet_app.messaging.clock import PERIODIC
from pet_app.payment import commands
from pet_app.payment import service as payments
from pet_app.payment.gateway import open_session
from pet_app.payment.gateway.calls import NewSession
from pet_app.payment.models import Payment, Refund
from pet_app.payment.service import reconciling
from pet_app.webhook.models import InboxRow
from tests.messaging.factory import drain
from tests.payment.factory import (
    announced,
    begun,
    disputes,
    make_wanted,
    opened,
    paid,
    refunds,
    row,
    tell_all,
)
from tests.stripe.fake import Fake

DISPUTED = "4000000000000259"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is a moment old counts as old enough."""
    monkeypatch.setattr(reconciling, "SETTLED_SOON", timedelta(seconds=-5))


def test_a_lost_webhook_is_made_good_within_minutes(database: str, stripe_fake: Fake) -> None:
    payment_id, session_id = begun()
    stripe_fake.pay(session_id)
    report = reconciling.look_quickly()
    assert report.repaired == [payment_id]
    assert row(payment_id).state == "paid"
    drain()
    assert reconciling.look_quickly().repaired == []
    assert len(announced("payment.settled")) == 1


def test_events_nobody_delivered_are_fetched(sqlite_database: str, stripe_fake: Fake) -> None:
    payment_id = paid(stripe_fake)
    intent = row(payment_id).intent_id or ""
    stripe_fake.client().v1.refunds.create({"payment_intent": intent, "amount": 1000})
    assert reconciling.look_quickly().unheard > 0
    drain()
    assert row(payment_id).refunded_cents == 1000
    assert reconciling.look_quickly().unheard == 0
    tell_all(stripe_fake)
    with db.reading() as session:
        states = set(session.exec(select(InboxRow.state)))
    assert states <= {"applied", "passed over"}


def test_the_daily_look_finds_all_that_went_unheard(
    database: str, stripe_fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is to be found by the events alone.
    monkeypatch.setattr(reconciling, "LOOK_BACK", timedelta(seconds=-3600))
    forgotten, session_id = begun()
    stripe_fake.pay(session_id)
    given_up, late_session = begun()
    with db.writing() as session:
        payments.give_up(session, given_up)
    stripe_fake.pay(late_session)
    returned = paid(stripe_fake)
    stripe_fake.client().v1.refunds.create({"payment_intent": row(returned).intent_id or ""})
    disputed = paid(stripe_fake)
    (charge,) = (
        charge["id"]
        for charge in stripe_fake.state()["charge"]
        if charge["payment_intent"] == row(disputed).intent_id
    )
    stripe_fake.set(f"charges/{charge}", outcome="disputed")
    report = reconciling.look_thoroughly()
    drain()
    assert row(forgotten).state == "paid"
    assert (row(given_up).state, row(given_up).refunded_cents) == ("paid", 4900)
    assert row(returned).refunded_cents == 4900
    assert len(disputes(disputed)) == 1
    assert {forgotten, given_up, returned} <= set(report.repaired)
    assert reconciling.look_thoroughly().unknown == []


def test_a_page_nobody_waits_for_is_closed(sqlite_database: str, stripe_fake: Fake) -> None:
    payment_id = opened()
    # Its answer was lost, so nobody has ever seen it.
    _page(payment_id)
    with db.writing() as session:
        payments.give_up(session, payment_id)
    reconciling.look_thoroughly()
    drain()
    assert stripe_fake.state()["checkout.session"][0]["status"] == "expired"


def test_a_paid_session_that_is_not_ours_is_said(
    sqlite_database: str, stripe_fake: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    _, session_id = begun()
    other = _page("01jd0000000000000000000000")
    stripe_fake.pay(other)
    stripe_fake.pay(session_id)
    commands.reconcile()
    said = capsys.readouterr().out
    assert "1 repaired" in said
    assert f"paid, and not ours: session {other}" in said


def test_what_was_never_begun_ends_when_its_time_is_over(database: str) -> None:
    payment_id = opened(make_wanted(expires=clock.now() - timedelta(hours=1)))
    reconciling.look_quickly()
    assert row(payment_id).state == "expired"
    assert len(announced("payment.expired")) == 1


def test_a_refund_whose_job_gave_up_is_asked_for_again(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    payment_id = paid(stripe_fake)
    with db.writing() as session:
        payments.send_back(session, payment_id, "all", "Cancelled", "shop")
    drain()
    with db.writing() as session:
        long_ago = clock.now() - timedelta(days=3)
        session.connection().execute(
            update(Refund)
            .where(col(Refund.payment_id) == payment_id)
            .values(state="wanted", provider_id=None, created=long_ago)
        )
        session.connection().execute(update(Payment).values(refunded_cents=0))
    assert reconciling.look_thoroughly().asked_again == 1
    drain()
    assert (refunds(payment_id)[0].state, row(payment_id).refunded_cents) == ("done", 4900)
    assert len(stripe_fake.state()["refund"]) == 1


def test_a_stripe_that_is_down_is_said_and_looked_at_next_time(
    sqlite_database: str, stripe_fake: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    payment_id, session_id = begun()
    stripe_fake.pay(session_id)
    stripe_fake.set("fault", times=2, status=500)
    with pytest.raises(SystemExit):
        commands.reconcile()
    assert "did not answer" in capsys.readouterr().out
    assert reconciling.look_quickly().repaired == [payment_id]


def test_a_shop_without_stripe_asks_nobody(sqlite_database: str) -> None:
    opened()
    assert reconciling.look_thoroughly().looked == 0


def test_both_looks_are_done_by_the_clock() -> None:
    assert PERIODIC["look at open payments"].every == timedelta(minutes=10)
    assert PERIODIC["reconcile payments"].every == timedelta(days=1)


def _page(payment_id: str) -> str:
    """The session of a page of that payment, made at Stripe and kept by nobody."""
    wanted = make_wanted()
    made = NewSession(
        payment_id=payment_id,
        key=f"page {payment_id}",
        amount=wanted.amount,
        lines=wanted.lines,
        description="",
        back="https://shop.example.com/",
        left="https://shop.example.com/",
        expires=clock.now() + timedelta(hours=1),
    )
    return open_session(made).id
