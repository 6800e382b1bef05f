"""Stripe's objects, read into facts. Whatever is not as documented raises, and is not believed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pet_app.core.money import Money
from pet_app.payment.facts import DisputeFacts, IntentFacts, RefundFacts, SessionFacts
from pet_app.payment.rules import RefundState

Shape = Mapping[str, Any]

REFUND_STATES = {
    "pending": RefundState.SENT,
    "requires_action": RefundState.SENT,
    "succeeded": RefundState.DONE,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}
PAYMENT_ID = "payment_id"
REFUND_ID = "refund_id"
"""Under what names our ids stand in Stripe's metadata."""


def session_of(said: Shape) -> SessionFacts:
    """A Checkout Session; its intent is there when it was asked for with it."""
    intent = said.get("payment_intent")
    return SessionFacts(
        id=_text(said["id"]),
        payment_id=said.get("client_reference_id") or "",
        url=said.get("url") or "",
        state=_text(said["status"]),
        paid=_text(said["payment_status"]),
        total=_money(said["amount_total"], said["currency"]),
        created=moment(said["created"]),
        intent=intent_of(intent) if isinstance(intent, Mapping) else None,
    )


def intent_of(said: Shape) -> IntentFacts:
    """A Payment Intent, with its last charge when that was asked for with it."""
    charge = said.get("latest_charge")
    found = charge if isinstance(charge, Mapping) else {}
    return IntentFacts(
        id=_text(said["id"]),
        state=_text(said["status"]),
        received=_money(said.get("amount_received") or 0, said["currency"]),
        payment_id=(said.get("metadata") or {}).get(PAYMENT_ID, ""),
        returned_cents=_cents(found.get("amount_refunded") or 0),
        disputed=bool(found.get("disputed")),
        problem=_problem(said.get("last_payment_error")),
    )


def refund_of(said: Shape) -> RefundFacts:
    """A Refund."""
    return RefundFacts(
        id=_text(said["id"]),
        intent_id=named(said.get("payment_intent")),
        refund_id=(said.get("metadata") or {}).get(REFUND_ID, ""),
        amount=_money(said["amount"], said["currency"]),
        state=REFUND_STATES[said["status"]],
        reason=said.get("reason") or "",
        problem=said.get("failure_reason") or "",
    )


def dispute_of(said: Shape) -> DisputeFacts:
    """A Dispute."""
    due = (said.get("evidence_details") or {}).get("due_by")
    return DisputeFacts(
        id=_text(said["id"]),
        intent_id=named(said.get("payment_intent")),
        amount=_money(said["amount"], said["currency"]),
        reason=_text(said["reason"]),
        state=_text(said["status"]),
        answer_by=moment(due) if due else None,
    )


def named(said: Any) -> str:
    """The id of what is either named or told whole; empty for neither."""
    found = said.get("id") if isinstance(said, Mapping) else said
    return found if isinstance(found, str) else ""


def moment(seconds: Any) -> datetime:
    """A moment as Stripe counts it."""
    return datetime.fromtimestamp(_cents(seconds), UTC)


def _problem(error: Any) -> str:
    return str(error.get("message") or "") if isinstance(error, Mapping) else ""


def _money(cents: Any, currency: Any) -> Money:
    return Money(_cents(cents), _text(currency).upper())


def _cents(said: Any) -> int:
    if not isinstance(said, int) or isinstance(said, bool):
        raise TypeError(f"not a whole number: {type(said).__name__}")
    return said


def _text(said: Any) -> str:
    if not isinstance(said, str) or not said:
        raise TypeError(f"not a text: {type(said).__name__}")
    return said
