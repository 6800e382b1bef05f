"""Charges: money taken, or not."""

from typing import Any

from tests.stripe.cards import SENTENCES, Card, error_code
from tests.stripe.store import Store, Thing

NOWHERE = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
CHECKS = {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"}


def billing(email: str | None = None, name: str | None = None) -> Thing:
    """Whose payment method it is."""
    return {"address": dict(NOWHERE), "email": email, "name": name, "phone": None, "tax_id": None}


def make_method(
    store: Store, card: Card | None, *, kind: str = "card", email: str | None = None
) -> Thing:
    """A payment method; one without a card is a bank debit, which takes days."""
    inner: Thing = {"bank_code": None, "country": "DE", "fingerprint": "fake", "last4": "3000"}
    if card is not None:
        inner = card_shown(card)
    return store.begin(
        "payment_method",
        "pm",
        allow_redisplay="unspecified",
        billing_details=billing(email),
        customer=None,
        customer_account=None,
        metadata={},
        type=kind,
        _number=card.number if card else "",
        **{kind: inner},
    )


def card_shown(card: Card) -> Thing:
    """What may be seen of a card."""
    return {
        "brand": card.brand,
        "checks": dict(CHECKS),
        "country": "US",
        "display_brand": card.brand,
        "exp_month": 12,
        "exp_year": 2034,
        "fingerprint": f"fake{card.number[-4:]}",
        "funding": "credit",
        "generated_from": None,
        "last4": card.number[-4:],
        "networks": {"available": [card.brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }


def charge(store: Store, intent: Thing, method: Thing, status: str, declined: str = "") -> Thing:
    """A charge of the intent: `succeeded`, `pending` or `failed`."""
    made = store.begin(
        "charge",
        "ch",
        amount=intent["amount"],
        amount_captured=intent["amount"] if status == "succeeded" else 0,
        amount_refunded=0,
        application=None,
        application_fee=None,
        application_fee_amount=None,
        balance_transaction=None,
        billing_details=method["billing_details"],
        calculated_statement_descriptor="STAND-IN",
        captured=status == "succeeded",
        currency=intent["currency"],
        customer=intent["customer"],
        description=intent["description"],
        disputed=False,
        failure_balance_transaction=None,
        failure_code=error_code(declined) if declined else None,
        failure_message=SENTENCES[declined] if declined else None,
        fraud_details={},
        metadata=dict(intent["metadata"]),
        on_behalf_of=None,
        outcome=_outcome(declined),
        paid=status != "failed",
        payment_intent=intent["id"],
        payment_method=method["id"],
        payment_method_details=_details(method, intent["amount"]),
        radar_options={},
        receipt_email=intent["receipt_email"],
        receipt_number=None,
        receipt_url=None,
        refunded=False,
        review=None,
        shipping=intent["shipping"],
        source=None,
        source_transfer=None,
        statement_descriptor=None,
        statement_descriptor_suffix=None,
        status=status,
        transfer=None,
        transfer_data=None,
        transfer_group=None,
    )
    intent["latest_charge"] = made["id"]
    return made


def _outcome(declined: str) -> dict[str, Any]:
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": "declined_by_network" if declined else "approved_by_network",
        "reason": declined or None,
        "risk_level": "normal",
        "seller_message": SENTENCES[declined] if declined else "Payment complete.",
        "type": "issuer_declined" if declined else "authorized",
    }


def _details(method: Thing, amount: int) -> Thing:
    if method["type"] != "card":
        return {"type": method["type"], method["type"]: dict(method[method["type"]])}
    seen = {
        name: method["card"][name]
        for name in (
            "brand",
            "checks",
            "country",
            "exp_month",
            "exp_year",
            "fingerprint",
            "funding",
            "last4",
            "regulated_status",
            "wallet",
        )
    }
    more = {
        "amount_authorized": amount,
        "authorization_code": None,
        "installments": None,
        "mandate": None,
        "network": method["card"]["brand"],
        "network_token": {"used": False},
        "network_transaction_id": None,
        "three_d_secure": None,
    }
    return {"type": "card", "card": seen | more}
