"""The states of payments, refunds and disputes, and the moves between them."""

from enum import StrEnum


class PaymentState(StrEnum):
    """WANTED before the provider knows of it, OPEN while the visitor may pay, PROCESSING while a
    delayed method is under way. PAID is for good; what goes back is counted beside it."""

    WANTED = "wanted"
    OPEN = "open"
    PROCESSING = "processing"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    MISMATCHED = "mismatched"


MOVES: dict[PaymentState, frozenset[PaymentState]] = {
    PaymentState.WANTED: frozenset(
        {
            PaymentState.OPEN,
            PaymentState.PROCESSING,
            PaymentState.PAID,
            PaymentState.FAILED,
            PaymentState.EXPIRED,
            PaymentState.MISMATCHED,
        }
    ),
    PaymentState.OPEN: frozenset(
        {
            PaymentState.PROCESSING,
            PaymentState.PAID,
            PaymentState.FAILED,
            PaymentState.EXPIRED,
            PaymentState.MISMATCHED,
        }
    ),
    PaymentState.PROCESSING: frozenset(
        {
            PaymentState.PAID,
            PaymentState.FAILED,
            PaymentState.EXPIRED,
            PaymentState.MISMATCHED,
        }
    ),
    # Money may arrive after we stopped waiting for it; it is then sent back, but it was paid.
    PaymentState.FAILED: frozenset({PaymentState.PAID, PaymentState.MISMATCHED}),
    PaymentState.EXPIRED: frozenset({PaymentState.PAID, PaymentState.MISMATCHED}),
    PaymentState.PAID: frozenset(),
    PaymentState.MISMATCHED: frozenset(),
}


class Provider(StrEnum):
    """Who takes the money. NOBODY settles what costs nothing, DEMO moves none."""

    STRIPE = "stripe"
    DEMO = "demo"
    NOBODY = "nobody"


class RefundState(StrEnum):
    """WANTED until the provider took it, SENT until it says that the money is back."""

    WANTED = "wanted"
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"


REFUND_MOVES: dict[RefundState, frozenset[RefundState]] = {
    RefundState.WANTED: frozenset({RefundState.SENT, RefundState.DONE, RefundState.FAILED}),
    RefundState.SENT: frozenset({RefundState.DONE, RefundState.FAILED}),
    # A bank may send back what it was sent, days later.
    RefundState.DONE: frozenset({RefundState.FAILED}),
    RefundState.FAILED: frozenset(),
}

DISPUTE_ENDS = frozenset({"won", "lost", "warning_closed", "prevented"})
"""The provider's words for a dispute that is over."""

SMALLEST = {"USD": 50, "EUR": 50, "GBP": 30}
"""The least a card can pay, in cents (Stripe, "Minimum and maximum charge amounts")."""


class DemoOutcome(StrEnum):
    """What a visitor of the demo page may have happen."""

    PAID = "paid"
    DECLINED = "declined"
    DELAYED = "delayed"
    FAILED = "failed"
    LEFT = "left"


def topic(payment_id: str) -> str:
    """The signal that a payment has changed."""
    return f"payment:{payment_id}"


def demo_page(payment_id: str) -> str:
    """Where a demo payment is made."""
    return f"/pay/demo/{payment_id}"
