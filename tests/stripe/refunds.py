"""Refunds: money on its way back."""

from typing import Any

from tests.stripe.cards import CARDS
from tests.stripe.errors import Refused, invalid
from tests.stripe.events import announce
from tests.stripe.store import Store, Thing

COMING = frozenset({"pending", "succeeded"})


def create(store: Store, given: dict[str, Any]) -> Thing:
    """`POST /v1/refunds`, all of what is left when no amount is given."""
    found = _charge(store, given)
    left = found["amount_captured"] - found["amount_refunded"]
    amount = given.get("amount", left)
    if left == 0 or found["refunded"]:
        raise invalid(
            f"Charge {found['id']} has already been refunded.", code="charge_already_refunded"
        )
    if found["disputed"] and not _refundable(store, found):
        raise invalid(f"Charge {found['id']} has been charged back.", code="charge_disputed")
    if amount <= 0:
        raise invalid("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if amount > left:
        raise invalid(
            f"Refund amount (${amount / 100:.2f}) is greater than"
            f" unrefunded amount on charge (${left / 100:.2f})",
            param="amount",
        )
    plan = store.find("setting", "refunds") or {}
    card = CARDS.get(store.get("payment_method", found["payment_method"])["_number"])
    pending = plan.get("pending", False) or card is None or card.refund == "pending"
    refund = store.begin(
        "refund",
        "re",
        amount=amount,
        balance_transaction=None,
        charge=found["id"],
        currency=found["currency"],
        customer=found["customer"],
        customer_account=None,
        destination_details=_destination(card is not None),
        metadata=given.get("metadata") or {},
        payment_intent=found["payment_intent"],
        payment_method=found["payment_method"],
        reason=given.get("reason"),
        receipt_number=None,
        source_transfer_reversal=None,
        status="pending" if pending else "succeeded",
        transfer_reversal=None,
    )
    # Of all objects only this one does not say whether it is live.
    del refund["livemode"]
    if pending:
        refund["pending_reason"] = "processing"
    announce(store, "refund.created", refund)
    _count(store, found)
    announce(store, "charge.refunded", found)
    return refund


def settle(store: Store, refund: Thing, *, came: bool) -> Thing:
    """The money is back, or the bank would not take it, even after it had seemed to."""
    if refund["status"] not in COMING or (came and refund["status"] == "succeeded"):
        raise invalid(f"This refund has a status of {refund['status']}.")
    store.put("refund", refund)
    before = {"status": refund["status"]}
    refund.pop("pending_reason", None)
    refund["status"] = "succeeded" if came else "failed"
    if not came:
        refund |= {"failure_reason": "expired_or_canceled_card"}
    found = store.get("charge", refund["charge"])
    _count(store, found)
    announce(store, "refund.updated", refund, before)
    announce(store, "charge.refund.updated", refund, before)
    if not came:
        announce(store, "refund.failed", refund)
    return refund


def _charge(store: Store, given: dict[str, Any]) -> Thing:
    if "charge" in given:
        found = store.get("charge", given["charge"])
    elif "payment_intent" in given:
        intent = store.get("payment_intent", given["payment_intent"])
        if intent["latest_charge"] is None:
            raise _uncharged(intent["id"])
        found = store.get("charge", intent["latest_charge"])
    else:
        raise invalid(
            "One of the following params should be provided for this request:"
            " payment_intent or charge.",
            code="parameter_missing",
        )
    if found["status"] != "succeeded" or not found["captured"]:
        raise _uncharged(found["id"])
    return found


def _uncharged(id: str) -> Refused:
    return invalid(f"{id} does not have a successful charge to refund.")


def _refundable(store: Store, found: Thing) -> bool:
    known = [dispute for dispute in store.all("dispute") if dispute["charge"] == found["id"]]
    return all(dispute["is_charge_refundable"] or dispute["status"] == "won" for dispute in known)


def _count(store: Store, found: Thing) -> None:
    """Write into the charge what went back of it."""
    back = sum(
        refund["amount"]
        for refund in store.all("refund")
        if refund["charge"] == found["id"] and refund["status"] in COMING
    )
    store.put("charge", found)
    found |= {"amount_refunded": back, "refunded": back == found["amount_captured"]}


def _destination(by_card: bool) -> Thing:
    if not by_card:
        return {"type": "sepa_bank_transfer"}
    card = {"reference_status": "pending", "reference_type": "acquirer_reference_number"}
    return {"type": "card", "card": card | {"type": "refund"}}
