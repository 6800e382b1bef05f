"""What tests ask of Stripe again and again."""

from typing import Any

import stripe

BACK = "https://shop.example.test/checkout/back?session={CHECKOUT_SESSION_ID}"
LEFT = "https://shop.example.test/checkout"


def asked(cents: int = 4900, quantity: int = 1, currency: str = "usd", **more: Any) -> Any:
    """The parameters of a Checkout Session with one line."""
    price = {"currency": currency, "unit_amount": cents, "product_data": {"name": "Collar"}}
    line = {"quantity": quantity, "price_data": price}
    return {
        "mode": "payment",
        "line_items": [line],
        "success_url": BACK,
        "cancel_url": LEFT,
        "client_reference_id": "payment-1",
        "metadata": {"payment_id": "payment-1"},
        "payment_intent_data": {"description": "Order 1", "metadata": {"payment_id": "payment-1"}},
        **more,
    }


def new_session(
    client: stripe.StripeClient, key: str = "", **wanted: Any
) -> stripe.checkout.Session:
    """A Checkout Session that nobody has paid."""
    options: Any = {"idempotency_key": key} if key else {}
    return client.v1.checkout.sessions.create(asked(**wanted), options)
