"""Disputes, and the warnings that may come before one."""

from typing import Any

from tests.stripe.cards import Card
from tests.stripe.errors import invalid
from tests.stripe.events import announce
from tests.stripe.store import Store, Thing

DAY_S = 86_400
OPEN = frozenset({"needs_response", "warning_needs_response"})
EVIDENCE = (
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
)


def follow(store: Store, charge: Thing, card: Card) -> None:
    """What some test cards bring after the payment."""
    if card.warned:
        warn(store, charge)
    if card.disputed:
        dispute(store, charge, card.disputed, inquiry=card.inquiry)


def dispute(store: Store, charge: Thing, reason: str, *, inquiry: bool = False) -> Thing:
    """The cardholder's bank asks for the money back; an inquiry takes none yet."""
    if charge["disputed"]:
        raise invalid("This charge is disputed already.")
    made = store.begin(
        "dispute",
        "dp",
        amount=charge["amount_captured"],
        balance_transactions=[],
        charge=charge["id"],
        currency=charge["currency"],
        enhanced_eligibility_types=[],
        evidence=dict.fromkeys(EVIDENCE) | {"enhanced_evidence": {}},
        evidence_details={
            "due_by": store.now + 7 * DAY_S,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        is_charge_refundable=inquiry,
        metadata={},
        payment_intent=charge["payment_intent"],
        reason=reason,
        status="warning_needs_response" if inquiry else "needs_response",
    )
    store.put("charge", charge)["disputed"] = True
    announce(store, "charge.dispute.created", made)
    if not inquiry:
        announce(store, "charge.dispute.funds_withdrawn", made)
    return made


def answer(store: Store, found: Thing, given: dict[str, Any]) -> Thing:
    """`POST /v1/disputes/{id}`: evidence. Stripe's test words decide: `winning_evidence` wins."""
    if found["status"] not in OPEN:
        raise invalid("This dispute is not waiting for an answer.")
    store.put("dispute", found)
    found["evidence"] |= given.get("evidence") or {}
    found["metadata"] |= given.get("metadata") or {}
    found["evidence_details"]["has_evidence"] = True
    if given.get("submit"):
        found["evidence_details"]["submission_count"] += 1
        found["evidence_details"]["submission_method"] = "manual"
        found["status"] = "warning_under_review" if _inquiry(found) else "under_review"
    announce(store, "charge.dispute.updated", found)
    said = found["evidence"].get("uncategorized_text")
    if given.get("submit") and said in ("winning_evidence", "losing_evidence"):
        decide(store, found, won=said == "winning_evidence")
    return found


def decide(store: Store, found: Thing, *, won: bool) -> Thing:
    """The bank has decided."""
    if found["status"] in ("won", "lost", "warning_closed"):
        raise invalid("This dispute is decided.", code="dispute_closed")
    store.put("dispute", found)
    inquiry = _inquiry(found)
    found["status"] = "warning_closed" if inquiry else ("won" if won else "lost")
    announce(store, "charge.dispute.closed", found)
    if won and not inquiry:
        announce(store, "charge.dispute.funds_reinstated", found)
    return found


def warn(store: Store, charge: Thing) -> Thing:
    """The card's issuer says that this may be fraud."""
    made = store.begin(
        "radar.early_fraud_warning",
        "issfr",
        actionable=True,
        charge=charge["id"],
        fraud_type="made_with_stolen_card",
        payment_intent=charge["payment_intent"],
    )
    announce(store, "radar.early_fraud_warning.created", made)
    return made


def _inquiry(found: Thing) -> bool:
    return found["status"].startswith("warning")
