"""Paying without money, and what production has of it: nothing."""

import pytest

from pet_app.core import db
from pet_app.core.errors import Conflict, NotFound
from pet_app.core.security import Identity
from pet_app.core.settings import settings
from pet_app.payment import service as payments
from pet_app.payment.models import Payment
from pet_app.payment.rules import DemoOutcome, PaymentState
from tests.payment.factory import BUYER, announced, begun, make_wanted, opened, row
from tests.stripe.fake import Fake


def play(payment_id: str, outcome: DemoOutcome, who: Identity = BUYER) -> Payment:
    """What a click on the demo page does."""
    with db.writing() as session:
        return payments.settle_demo(session, who, payment_id, outcome)


def test_a_demo_payment_is_made_on_a_page_of_ours(sqlite_database: str) -> None:
    payment_id = opened()
    assert payments.begin(payment_id) == f"/pay/demo/{payment_id}"
    assert row(payment_id).state == PaymentState.OPEN


@pytest.mark.parametrize(
    ("outcome", "state", "event"),
    [
        (DemoOutcome.PAID, "paid", "payment.settled"),
        (DemoOutcome.DELAYED, "processing", "payment.delayed"),
        (DemoOutcome.FAILED, "failed", "payment.failed"),
        (DemoOutcome.LEFT, "expired", "payment.expired"),
    ],
)
def test_what_is_chosen_happens_once(
    sqlite_database: str, outcome: DemoOutcome, state: str, event: str
) -> None:
    payment_id = opened()
    payments.begin(payment_id)
    play(payment_id, outcome)
    assert (row(payment_id).state, len(announced(event))) == (state, 1)
    if outcome in (DemoOutcome.PAID, DemoOutcome.DELAYED):
        play(payment_id, outcome)
    else:
        with pytest.raises(Conflict):
            play(payment_id, outcome)
    assert len(announced(event)) == 1


def test_a_declined_demo_card_can_be_followed_by_another(sqlite_database: str) -> None:
    payment_id = opened()
    payments.begin(payment_id)
    play(payment_id, DemoOutcome.DECLINED)
    assert "declined" in row(payment_id).problem
    play(payment_id, DemoOutcome.PAID)
    assert (row(payment_id).state, row(payment_id).problem) == ("paid", "")


def test_delayed_demo_money_may_come_in_the_end(sqlite_database: str) -> None:
    payment_id = opened()
    play(payment_id, DemoOutcome.DELAYED)
    play(payment_id, DemoOutcome.PAID)
    assert row(payment_id).state == PaymentState.PAID


def test_nobody_plays_with_the_payment_of_another(database: str) -> None:
    mine = opened()
    for who in (Identity(), Identity(visitor="b" * 64), Identity(user_id="u1")):
        with pytest.raises(NotFound):
            play(mine, DemoOutcome.PAID, who)
    with pytest.raises(NotFound):
        play("nothing", DemoOutcome.PAID)
    assert row(mine).state == PaymentState.WANTED


def test_the_demo_settles_nothing_of_stripes(sqlite_database: str, stripe_fake: Fake) -> None:
    payment_id, _ = begun()
    for outcome in DemoOutcome:
        with pytest.raises(NotFound):
            play(payment_id, outcome)
    assert row(payment_id).state == PaymentState.OPEN


def test_production_has_nothing_of_it(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment_id = opened(make_wanted())
    payments.begin(payment_id)
    monkeypatch.setenv("PET_ENV", "production")
    monkeypatch.setenv("SECRET_KEY", "s" * 40)
    monkeypatch.setenv("MAIL_URL", "smtp://localhost:25?tls=none")
    monkeypatch.setenv("MAIL_FROM", "shop@example.com")
    settings.cache_clear()
    for outcome in DemoOutcome:
        with pytest.raises(NotFound):
            play(payment_id, outcome)
    assert payments.catch_up(payment_id) is PaymentState.OPEN
