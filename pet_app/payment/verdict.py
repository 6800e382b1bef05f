"""What the provider's words mean for a payment: pure judgement, no row is touched."""

from dataclasses import dataclass

from pet_app.core.money import Money
from pet_app.payment.facts import SessionFacts
from pet_app.payment.rules import PaymentState

UNPAID = "The bank did not pay. Nothing was taken; you can choose another way to pay."
OTHER_SUM = "{received} came where {asked} was asked for."


@dataclass(frozen=True)
class Verdict:
    """Where a payment stands. `problem` is a sentence for the visitor."""

    state: PaymentState
    received: Money | None = None
    problem: str = ""


def judge(asked: Money, said: SessionFacts) -> Verdict:
    """How a payment of `asked` stands, by all that was said of its session and the money in it."""
    received = _received(said)
    if received is not None:
        return _arrived(asked, received)
    intent = said.intent
    problem = intent.problem if intent else ""
    if said.state == "expired":
        return Verdict(PaymentState.EXPIRED, problem=problem)
    if said.state == "open":
        # A card that was declined ends nothing: the page asks for another.
        return Verdict(PaymentState.OPEN, problem=problem)
    if intent and intent.state in ("requires_payment_method", "canceled"):
        return Verdict(PaymentState.FAILED, problem=problem or UNPAID)
    return Verdict(PaymentState.PROCESSING, problem=problem)


def _received(said: SessionFacts) -> Money | None:
    """What has come in, for good; None while nothing has."""
    if said.intent and said.intent.state == "succeeded":
        return said.intent.received
    if said.paid == "no_payment_required":
        return Money(0, said.total.currency)
    return said.total if said.paid == "paid" and said.intent is None else None


def _arrived(asked: Money, received: Money) -> Verdict:
    if received == asked:
        return Verdict(PaymentState.PAID, received)
    problem = OTHER_SUM.format(received=received, asked=asked)
    return Verdict(PaymentState.MISMATCHED, received, problem)
