"""Payments are opened, begun and given up."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from pet_app.core import clock, db
from pet_app.core.errors import Conflict, Invalid, NotFound, Unavailable
from pet_app.core.money import Money
from pet_app.core.settings import settings
from pet_app.payment import service as payments
from pet_app.payment.gateway import client
from pet_app.payment.rules import PaymentState, Provider
from tests.payment.factory import (
    BUYER,
    announced,
    begun,
    make_wanted,
    opened,
    row,
)
from tests.stripe.fake import Fake


def test_a_payment_waits_until_it_is_begun(database: str) -> None:
    payment_id = opened(make_wanted(reference="o1"))
    found = row(payment_id)
    assert (found.state, found.provider, found.attempt) == ("wanted", "demo", 1)
    assert announced("payment.wanted") == [
        {"payment_id": payment_id, "purpose": "order", "reference": "o1"}
    ]


def test_the_same_want_is_the_same_payment(sqlite_database: str) -> None:
    wanted = make_wanted()
    assert opened(wanted) == opened(wanted)


def test_another_amount_replaces_what_waits(database: str) -> None:
    first = opened(make_wanted(4900, reference="o1"))
    second = opened(make_wanted(5900, reference="o1"))
    assert row(first).state == PaymentState.EXPIRED
    assert (row(second).attempt, row(second).amount_cents) == (2, 5900)
    assert announced("payment.expired") == []


def test_what_costs_nothing_is_settled_at_once(database: str) -> None:
    payment_id = opened(make_wanted(0, lines=()))
    assert (row(payment_id).state, row(payment_id).provider) == ("paid", Provider.NOBODY)
    assert [event["amount_cents"] for event in announced("payment.settled")] == [0]
    assert payments.begin(payment_id) == "/checkout/done?order=1"
    assert payments.catch_up(payment_id) is PaymentState.PAID


def test_what_is_paid_is_not_paid_once_more(sqlite_database: str) -> None:
    opened(make_wanted(0, lines=(), reference="o1"))
    with pytest.raises(Conflict, match="paid already"):
        opened(make_wanted(100, reference="o1"))


@pytest.mark.parametrize(("cents", "currency"), [(49, "USD"), (1, "EUR"), (29, "GBP")])
def test_less_than_a_card_can_pay_is_said_before(
    sqlite_database: str, cents: int, currency: str
) -> None:
    with pytest.raises(Invalid, match="least a card can pay"):
        opened(make_wanted(cents, currency=currency))


@pytest.mark.parametrize(
    "broken",
    [
        {"lines": (("Harness", 4800, 1),)},
        {"lines": (("Harness", 5000, 1), ("Discount", -100, 1))},
        {"lines": (("", 4900, 1),)},
        {"lines": (("Harness", 4900, 1), ("Nothing", 0, 0))},
        {"back_to": "https://elsewhere.example"},
        {"back_to": "//elsewhere.example"},
    ],
)
def test_a_want_that_does_not_add_up_is_a_mistake_of_ours(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"line|path"):
        make_wanted(**broken)


def test_a_production_without_a_key_takes_no_money(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = opened()
    monkeypatch.setenv("PET_ENV", "production")
    monkeypatch.setenv("SECRET_KEY", "s" * 40)
    monkeypatch.setenv("MAIL_URL", "smtp://localhost:25?tls=none")
    monkeypatch.setenv("MAIL_FROM", "shop@example.com")
    settings.cache_clear()
    assert not payments.is_open()
    with pytest.raises(Unavailable, match="closed"):
        opened()
    # A demonstration's payment that was begun before cannot go on either.
    with pytest.raises(Unavailable):
        payments.begin(waiting)
    assert row(waiting).state == PaymentState.WANTED
    # A gift card that covers everything needs no provider.
    assert row(opened(make_wanted(0, lines=()))).state == PaymentState.PAID


def test_the_page_at_stripe_shows_what_is_to_be_paid(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    lines = (("Y-front harness, pine", 4900, 2), ("Shipping", 500, 1))
    payment_id = opened(make_wanted(10300, lines=lines))
    address = payments.begin(payment_id)
    (made,) = stripe_fake.state()["checkout.session"]
    assert (address, row(payment_id).session_id) == (made["url"], made["id"])
    assert (made["amount_total"], made["currency"]) == (10300, "usd")
    assert made["client_reference_id"] == payment_id
    assert made["metadata"] == {"payment_id": payment_id}
    site = settings().site_url
    assert made["success_url"] == f"{site}/checkout/done?order=1"
    assert made["cancel_url"] == f"{site}/checkout/done?order=1&left=1"
    assert made["expires_at"] == int(row(payment_id).expires.timestamp())
    assert made["customer_email"] == "olive@example.com"
    assert row(payment_id).state == PaymentState.OPEN


@pytest.mark.parametrize("email", ["", "no address", "olive@localhost", "ö@exämple.com"])
def test_an_address_stripe_would_not_take_does_not_close_its_page(
    sqlite_database: str, stripe_fake: Fake, email: str
) -> None:
    begun(make_wanted(email=email))
    assert stripe_fake.state()["checkout.session"][0]["customer_email"] is None


def test_more_lines_than_stripe_takes_stand_as_one(sqlite_database: str, stripe_fake: Fake) -> None:
    lines = tuple((f"Tag {number}", 100, 1) for number in range(101))
    begun(make_wanted(10100, lines=lines))
    assert stripe_fake.state()["checkout.session"][0]["amount_total"] == 10100


def test_beginning_again_leads_to_the_same_page(database: str, stripe_fake: Fake) -> None:
    payment_id = opened()
    with ThreadPoolExecutor(4) as threads:
        pages = set(threads.map(payments.begin, [payment_id] * 4))
    assert pages == {payments.begin(payment_id)}
    assert len(stripe_fake.state()["checkout.session"]) == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500, "times": 2},
        {"status": 429, "times": 1},
        {"lose": True, "times": 2},
    ],
)
def test_a_stripe_that_fails_says_try_again_and_makes_one_page_in_the_end(
    sqlite_database: str, stripe_fake: Fake, fault: dict[str, object]
) -> None:
    payment_id = opened()
    stripe_fake.set("fault", on="/v1/checkout", **fault)
    with pytest.raises(Unavailable, match="try again"):
        payments.begin(payment_id)
    assert row(payment_id).state == PaymentState.WANTED
    stripe_fake.set("fault")
    assert payments.begin(payment_id)
    assert len(stripe_fake.state()["checkout.session"]) == 1


@pytest.mark.parametrize("fault", [{"status": 503}, {"lose": True}])
def test_an_answer_that_is_lost_is_asked_for_once_more(
    sqlite_database: str, stripe_fake: Fake, fault: dict[str, object]
) -> None:
    stripe_fake.set("fault", on="/v1/checkout", times=1, after=True, **fault)
    begun()
    assert len(stripe_fake.state()["checkout.session"]) == 1


def test_a_slow_stripe_does_not_hold_a_visitor(
    sqlite_database: str, stripe_fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "ANSWER_S", 0.2)
    payment_id = opened()
    stripe_fake.set("fault", on="/v1/checkout", times=2, slow_s=0.6)
    with pytest.raises(Unavailable):
        payments.begin(payment_id)
    assert row(payment_id).state == PaymentState.WANTED
    # Both tries arrive in the end, and are one.
    while [key["replays"] for key in stripe_fake.state()["idempotency"]] != [1]:
        pass
    assert len(stripe_fake.state()["checkout.session"]) == 1


def test_a_stripe_that_is_away_loses_nothing(
    sqlite_database: str, stripe_fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRIPE_API_BASE", "http://127.0.0.1:9")
    settings.cache_clear()
    payment_id = opened()
    with pytest.raises(Unavailable):
        payments.begin(payment_id)
    monkeypatch.setenv("STRIPE_API_BASE", stripe_fake.base)
    settings.cache_clear()
    assert payments.begin(payment_id).startswith(stripe_fake.base)


def test_a_key_stripe_does_not_know_closes_checkout(
    sqlite_database: str, stripe_fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_test_other")
    settings.cache_clear()
    payment_id = opened()
    with pytest.raises(Unavailable, match="not possible"):
        payments.begin(payment_id)


def test_the_time_on_stripes_page_is_never_shorter_than_stripe_allows(
    sqlite_database: str, stripe_fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment_id = opened(make_wanted(expires=clock.now() + timedelta(minutes=2)))
    monkeypatch.setattr(client, "TRIES_AGAIN", 0)
    stripe_fake.set("fault", on="/v1/checkout", times=1, lose=True, after=True)
    with pytest.raises(Unavailable):
        payments.begin(payment_id)
    payments.begin(payment_id)
    assert row(payment_id).expires > clock.now() + timedelta(minutes=30)
    # And lengthened once, or every try would leave a page behind.
    assert len(stripe_fake.state()["checkout.session"]) == 1


def test_nobody_sees_the_payment_of_another(database: str) -> None:
    mine, other = opened(), opened(make_wanted(owner="visitor:" + "b" * 64))
    with db.reading() as session:
        view = payments.seen(session, BUYER, mine)
        assert (view.amount, view.lines) == (Money(4900), (("Harness", 4900, 1),))
        for unknown in (other, "nothing"):
            with pytest.raises(NotFound):
                payments.seen(session, BUYER, unknown)
