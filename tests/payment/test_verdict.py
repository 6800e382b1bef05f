"""What is said of a session, and what it means."""

import pytest

from pet_app.core import clock
from pet_app.core.money import Money
from pet_app.payment.facts import IntentFacts, SessionFacts
from pet_app.payment.rules import MOVES, REFUND_MOVES, PaymentState, RefundState
from pet_app.payment.verdict import UNPAID, judge

ASKED = Money(4900)


def said(
    state: str, paid: str = "unpaid", intent: str = "", received: Money = ASKED, problem: str = ""
) -> SessionFacts:
    money = IntentFacts("pi_1", intent, received, problem=problem) if intent else None
    return SessionFacts("cs_1", "1", "", state, paid, received, clock.now(), money)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (said("open"), PaymentState.OPEN),
        (said("open", intent="requires_payment_method"), PaymentState.OPEN),
        (said("open", intent="requires_action"), PaymentState.OPEN),
        (said("complete", "paid", "succeeded"), PaymentState.PAID),
        # The money may be seen before its session knows.
        (said("open", intent="succeeded"), PaymentState.PAID),
        (said("complete", "paid"), PaymentState.PAID),
        (said("complete", "unpaid", "processing"), PaymentState.PROCESSING),
        (said("complete", "unpaid", "requires_action"), PaymentState.PROCESSING),
        (said("complete", "unpaid", "requires_payment_method"), PaymentState.FAILED),
        (said("complete", "unpaid", "canceled"), PaymentState.FAILED),
        (said("expired"), PaymentState.EXPIRED),
        (said("expired", intent="canceled"), PaymentState.EXPIRED),
        (said("complete", "paid", "succeeded", Money(4899)), PaymentState.MISMATCHED),
        (said("complete", "paid", "succeeded", Money(4901)), PaymentState.MISMATCHED),
        (said("complete", "paid", "succeeded", Money(4900, "EUR")), PaymentState.MISMATCHED),
        (said("complete", "no_payment_required"), PaymentState.MISMATCHED),
    ],
)
def test_only_the_whole_sum_in_the_right_currency_is_paid(
    facts: SessionFacts, expected: PaymentState
) -> None:
    assert judge(ASKED, facts).state is expected


def test_a_verdict_says_what_went_wrong() -> None:
    declined = said("open", intent="requires_payment_method", problem="Your card was declined.")
    assert judge(ASKED, declined).problem == "Your card was declined."
    assert judge(ASKED, said("complete", "unpaid", "canceled")).problem == UNPAID
    other = judge(ASKED, said("complete", "paid", "succeeded", Money(100)))
    assert (other.received, other.problem) == (
        Money(100),
        "$1.00 came where $49.00 was asked for.",
    )


def test_what_is_paid_stays_paid() -> None:
    assert MOVES[PaymentState.PAID] == MOVES[PaymentState.MISMATCHED] == frozenset()
    assert set(MOVES) == set(PaymentState)
    assert set(REFUND_MOVES) == set(RefundState)
    assert all(PaymentState.PAID in MOVES[state] for state in PaymentState if MOVES[state])
