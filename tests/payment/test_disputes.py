"""What banks ask back, and warnings before they do."""

import pytest

from pet_app.core import db
from pet_app.core.money import Money
from pet_app.payment.facts import DisputeFacts, Standing
from pet_app.payment.service.settling import settle
from tests.payment.factory import announced, disputes, paid, row, tell_all
from tests.stripe.fake import Fake

DISPUTED = "4000000000000259"
WARNED = "4000000000005423"


@pytest.mark.parametrize("outcome", ["won", "lost"])
def test_a_dispute_is_followed_to_its_end(
    sqlite_database: str, stripe_fake: Fake, outcome: str
) -> None:
    payment_id = paid(stripe_fake, DISPUTED)
    tell_all(stripe_fake)
    (found,) = disputes(payment_id)
    assert (found.state, found.reason, found.amount_cents) == ("needs_response", "fraudulent", 4900)
    assert found.answer_by is not None
    stripe_fake.set(f"disputes/{found.provider_id}", outcome=outcome)
    tell_all(stripe_fake)
    tell_all(stripe_fake)
    assert disputes(payment_id)[0].state == outcome
    assert [told["state"] for told in announced("payment.disputed")] == ["needs_response", outcome]


def test_an_older_word_does_not_open_a_dispute_again(
    sqlite_database: str, stripe_fake: Fake
) -> None:
    payment_id = paid(stripe_fake, DISPUTED)
    (found,) = disputes(payment_id)
    stripe_fake.set(f"disputes/{found.provider_id}", outcome="won")
    tell_all(stripe_fake)
    older = DisputeFacts(
        found.provider_id, row(payment_id).intent_id or "", Money(4900), "x", "under_review"
    )
    with db.writing() as session:
        settle(session, payment_id, Standing(None, disputes=(older,)))
    assert disputes(payment_id)[0].state == "won"


def test_an_early_fraud_warning_is_told_once(database: str, stripe_fake: Fake) -> None:
    payment_id = paid(stripe_fake, WARNED)
    tell_all(stripe_fake)
    (told,) = announced("payment.suspected")
    assert told["payment_id"] == payment_id
    assert "early fraud warning" in told["reason"]
    assert row(payment_id).problem == told["reason"]
