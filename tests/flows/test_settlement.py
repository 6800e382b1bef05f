"""An order and its money, whoever brings the news of it: Stripe's webhook, the way back from
Stripe's page, both, each of them twice, or one in the middle of the other."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Barrier

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from pet_app.api import make_api
from pet_app.catalog.models import Variant
from pet_app.checkout.service import Placed
from pet_app.core import db
from pet_app.core.models import LetterRow
from pet_app.messaging.models import OutboxRow
from pet_app.order import service as orders
from pet_app.order.models import Order
from pet_app.payment import service as payments
from pet_app.payment.models import Payment
from tests.checkout import factory
from tests.checkout.factory import GUEST
from tests.flows import ledgers
from tests.payment.factory import HOOK, signed, written
from tests.stripe.fake import Fake

STOCK = 5
DEBIT = ""
SECURE = "4000002760003184"
DECLINED = "4000000000000002"

api = cache(make_api)

Bring = Callable[[Fake, Placed], None]


def hook(fake: Fake, placed: Placed) -> None:
    """Stripe tells us everything it has to tell."""
    program = TestClient(api())
    for event in fake.state()["event"]:
        body = written(event)
        answer = program.post(HOOK, content=body, headers=signed(body, fake.secret))
        assert answer.status_code == 200


def back(fake: Fake, placed: Placed) -> None:
    """The buyer comes back to our page."""
    payments.catch_up(placed.payment_id)


def at_once(fake: Fake, placed: Placed) -> None:
    """Both, at the same moment."""
    together = Barrier(4)

    def bring(how: Bring) -> None:
        together.wait()
        how(fake, placed)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(bring, [hook, back, back, hook]))


def ordered(quantity: int = 2) -> tuple[Placed, str]:
    """An order about to be paid, and the id of what it is for."""
    with db.writing() as session:
        bowl = factory.make_variant(session, stock=STOCK)
        factory.ready(session, bowl, quantity)
        placed = factory.place(session)
        named = bowl.id
    factory.settle()
    payments.begin(placed.payment_id)
    return placed, named


def page(placed: Placed) -> str:
    """The id of Stripe's page for it."""
    with db.reading() as session:
        return session.get_one(Payment, placed.payment_id).session_id or ""


def stood(placed: Placed) -> Order:
    """How the order stands."""
    with db.reading() as session:
        ledgers.check_everything(session)
        return orders.get_order(session, placed.order_id)


def shelf(variant_id: str) -> tuple[int | None, int]:
    """What lies there, and how much of it is promised."""
    with db.reading() as session:
        row = session.get_one(Variant, variant_id)
        return row.stock, row.reserved


def told(name: str) -> int:
    """How often that happened."""
    with db.reading() as session:
        return len(session.exec(select(OutboxRow).where(col(OutboxRow.name) == name)).all())


def letters() -> Counter[str]:
    """What was written to the buyer, by kind."""
    with db.reading() as session:
        return Counter(session.exec(select(LetterRow.kind)))


@pytest.mark.parametrize(
    "news",
    [
        (hook,),
        (back,),
        (hook, back),
        (back, hook),
        (hook, hook, back, back),
        (back, back, hook, hook),
    ],
    ids=lambda news: "-".join(bring.__name__ for bring in news),
)
def test_an_order_is_paid_once_whoever_brings_the_news(
    sqlite_database: str, stripe_fake: Fake, news: tuple[Bring, ...]
) -> None:
    check_paid_once(stripe_fake, news)


def test_an_order_is_paid_once_when_the_news_comes_from_all_sides(
    database: str, stripe_fake: Fake
) -> None:
    check_paid_once(stripe_fake, (at_once,))


def check_paid_once(stripe_fake: Fake, news: tuple[Bring, ...]) -> None:
    placed, bowl = ordered()
    stripe_fake.pay(page(placed))
    for bring in news:
        bring(stripe_fake, placed)
    factory.settle()
    assert stood(placed).status == "paid"
    assert shelf(bowl) == (STOCK - 2, 0)
    assert (told("payment.settled"), told("order.paid")) == (1, 1)
    assert letters() == {"order.confirmed": 1}
    assert stripe_fake.state()["refund"] == []


def test_news_before_our_own_page_knows_of_it_is_not_lost(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    placed, _ = ordered()
    opened = page(placed)
    with db.writing() as session:
        # As if the answer to our question for a page had never come.
        row = session.get_one(Payment, placed.payment_id)
        row.session_id, row.url, row.state = None, "", "wanted"
    stripe_fake.pay(opened)
    hook(stripe_fake, placed)
    factory.settle()
    assert stood(placed).status == "paid"
    assert payments.begin(placed.payment_id).startswith("/checkout/done")


def test_a_decline_leaves_the_order_waiting_and_another_card_pays_it(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    placed, bowl = ordered()
    stripe_fake.pay(page(placed), DECLINED)
    stripe_fake.pay(page(placed), SECURE, "fail")
    at_once(stripe_fake, placed)
    factory.settle()
    assert (stood(placed).status, shelf(bowl)) == ("pending_payment", (STOCK, 2))
    assert letters() == {}
    stripe_fake.pay(page(placed), SECURE, "pass")
    at_once(stripe_fake, placed)
    factory.settle()
    assert (stood(placed).status, shelf(bowl)) == ("paid", (STOCK - 2, 0))


@pytest.mark.parametrize(("outcome", "status"), [("succeeded", "paid"), ("failed", "cancelled")])
def test_stock_waits_with_a_bank_that_takes_days(
    sqlite_database: str, stripe_fake: Fake, outcome: str, status: str
) -> None:
    placed, bowl = ordered()
    stripe_fake.pay(page(placed), DEBIT)
    at_once(stripe_fake, placed)
    factory.settle()
    with db.writing() as session:
        assert not orders.expire(session, placed.order_id)
    assert (stood(placed).status, shelf(bowl)) == ("pending_payment", (STOCK, 2))
    intent = stripe_fake.state()["payment_intent"][0]["id"]
    stripe_fake.set(f"intents/{intent}", outcome=outcome)
    at_once(stripe_fake, placed)
    factory.settle()
    with db.writing() as session:
        orders.expire(session, placed.order_id)
    factory.settle()
    left = STOCK - 2 if status == "paid" else STOCK
    assert (stood(placed).status, shelf(bowl)) == (status, (left, 0))


@pytest.mark.parametrize("other", [{"amount": 100}, {"currency": "eur"}])
def test_another_sum_pays_no_order_and_goes_back(
    sqlite_database: str, stripe_fake: Fake, other: dict[str, object]
) -> None:
    stripe_fake.set("mismatch", **other)
    placed, bowl = ordered()
    stripe_fake.pay(page(placed))
    at_once(stripe_fake, placed)
    factory.settle()
    assert (stood(placed).status, shelf(bowl)) == ("pending_payment", (STOCK, 2))
    (refund,) = stripe_fake.state()["refund"]
    charge = stripe_fake.state()["charge"][0]
    assert (refund["amount"], refund["currency"]) == (charge["amount"], charge["currency"])
    assert told("order.paid") == 0


def test_money_for_an_order_that_was_cancelled_meanwhile_goes_back(
    database: str, stripe_fake: Fake
) -> None:
    placed, bowl = ordered()
    stripe_fake.pay(page(placed))
    with db.writing() as session:
        orders.cancel(session, GUEST, placed.order_id, "Changed my mind")
    at_once(stripe_fake, placed)
    factory.settle()
    at_once(stripe_fake, placed)
    factory.settle()
    assert (stood(placed).status, shelf(bowl)) == ("refunded", (STOCK, 0))
    assert [refund["amount"] for refund in stripe_fake.state()["refund"]] == [placed.due.cents]
    with db.reading() as session:
        ledgers.check_at_rest(session)
