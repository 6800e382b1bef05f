"""Nobody waits any more: the page closes, and what comes all the same goes back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from pet_app.core import clock, db
from pet_app.core.errors import Conflict
from pet_app.payment import service as payments
from pet_app.payment.models import Payment
from pet_app.payment.rules import PaymentState
from tests.messaging.factory import drain, hasten
from tests.payment.factory import (
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


def test_a_payment_given_up_closes_its_page(database: str, stripe_fake: Fake) -> None:
    payment_id, _ = begun()
    for _ in range(2):
        with db.writing() as session:
            payments.give_up(session, payment_id)
    drain()
    assert row(payment_id).state == PaymentState.EXPIRED
    assert stripe_fake.state()["checkout.session"][0]["status"] == "expired"
    tell_all(stripe_fake)
    assert announced("payment.expired") == []
    with pytest.raises(Conflict, match="run out"):
        payments.begin(payment_id)


def test_a_page_that_cannot_be_closed_now_is_closed_later(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    payment_id, _ = begun()
    stripe_fake.set("fault", on="/v1/checkout", times=2, status=500)
    with db.writing() as session:
        payments.give_up(session, payment_id)
    drain()
    assert stripe_fake.state()["checkout.session"][0]["status"] == "open"
    hasten()
    drain()
    assert stripe_fake.state()["checkout.session"][0]["status"] == "expired"


def test_a_payment_given_up_while_its_page_is_made_closes_that_page(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    soon = clock.now() + timedelta(minutes=2)
    payment_id = opened(make_wanted(expires=soon))
    stripe_fake.set("fault", on="/v1/checkout", times=1, slow_s=0.5)
    with ThreadPoolExecutor(1) as threads:
        beginning = threads.submit(payments.begin, payment_id)
        # Its time is lengthened just before Stripe is asked.
        while row(payment_id).expires == soon:
            pass
        with db.writing() as session:
            payments.give_up(session, payment_id)
        with pytest.raises(Conflict):
            beginning.result()
    drain()
    assert [made["status"] for made in stripe_fake.state()["checkout.session"]] == ["expired"]


def test_money_that_comes_after_giving_up_goes_back_by_itself(
    database: str, stripe_fake: Fake
) -> None:
    payment_id, session_id = begun()
    with db.writing() as session:
        payments.give_up(session, payment_id)
    # The page is still open when the visitor pays on it.
    stripe_fake.pay(session_id)
    drain()
    found = row(payment_id)
    assert (found.state, found.refunded_cents) == ("paid", 4900)
    assert [event["late"] for event in announced("payment.settled")] == [True]
    assert [(refund.state, refund.asked_by) for refund in refunds(payment_id)] == [("done", "shop")]
    with db.writing() as session:
        assert payments.send_back(session, payment_id, "o1", "Cancelled", "shop") is None


def test_who_was_late_may_pay_anew(sqlite_database: str, stripe_fake: Fake) -> None:
    first, session_id = begun(make_wanted(reference="o1"))
    with db.writing() as session:
        payments.give_up(session, first)
    stripe_fake.pay(session_id)
    drain()
    second = paid(stripe_fake, wanted=make_wanted(reference="o1"))
    assert (row(second).attempt, row(second).state) == (2, "paid")
    with db.reading() as session:
        kept = payments.payment_of(session, "order", "o1")
    assert kept is not None
    assert kept.id == second


def test_giving_up_what_is_not_there_or_paid_changes_nothing(database: str) -> None:
    free = opened(make_wanted(0, lines=()))
    with db.writing() as session:
        payments.give_up(session, "nothing")
        payments.give_up(session, free)
        assert session.get_one(Payment, free).state == PaymentState.PAID
