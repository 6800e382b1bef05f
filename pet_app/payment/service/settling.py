"""THE settlement: what the provider says of a payment now becomes true here, once."""

from pet_app.payment.rules import PaymentState


def catch_up(payment_id: str) -> PaymentState:
    """Ask the provider how a payment stands, and make it so here. Blocks; opens transactions.

    Webhooks, the return page and the reconciliation all come here; safe any number of times, in
    any order. Raises `NotFound`, and `Unavailable` when the provider does not answer.
    """
    raise NotImplementedError
