"""Payment Intents: one attempt after the other to take one amount."""

from typing import Any

from tests.stripe import cards, disputes
from tests.stripe.cards import SENTENCES, error_code
from tests.stripe.charges import charge, make_method
from tests.stripe.errors import Refused, invalid, uncovered
from tests.stripe.events import announce
from tests.stripe.store import Store, Thing, shown

SMALLEST = 50
LARGEST = 99_999_999
CONFIRMABLE = frozenset({"requires_payment_method", "requires_confirmation", "requires_action"})
CANCELLABLE = CONFIRMABLE | {"requires_capture", "processing"}


def create(store: Store, given: dict[str, Any]) -> Thing:
    """`POST /v1/payment_intents`."""
    check_amount(given["amount"], "amount")
    intent = begin(store, given["amount"], given["currency"].lower(), given)
    if method := _method_of(store, given):
        intent |= {"payment_method": method["id"], "status": "requires_confirmation"}
    announce(store, "payment_intent.created", intent)
    return confirm(store, intent, given) if given.get("confirm") else intent


def begin(store: Store, amount: int, currency: str, given: dict[str, Any]) -> Thing:
    """An intent nobody has paid yet."""
    return store.begin(
        "payment_intent",
        "pi",
        amount=amount,
        amount_capturable=0,
        amount_details={"tip": {}},
        amount_received=0,
        application=None,
        application_fee_amount=None,
        automatic_payment_methods=given.get("automatic_payment_methods"),
        canceled_at=None,
        cancellation_reason=None,
        capture_method=given.get("capture_method", "automatic_async"),
        client_secret=store.new_id("pi_secret"),
        confirmation_method="automatic",
        currency=currency,
        customer=given.get("customer"),
        customer_account=None,
        description=given.get("description"),
        excluded_payment_method_types=None,
        last_payment_error=None,
        latest_charge=None,
        metadata=given.get("metadata") or {},
        next_action=None,
        on_behalf_of=None,
        payment_method=None,
        payment_method_configuration_details=None,
        payment_method_options={"card": {"request_three_d_secure": "automatic"}},
        payment_method_types=given.get("allowed_payment_method_types", ["card"]),
        payment_record=None,
        processing=None,
        receipt_email=given.get("receipt_email"),
        review=None,
        setup_future_usage=None,
        shipping=given.get("shipping"),
        source=None,
        statement_descriptor=None,
        statement_descriptor_suffix=None,
        status="requires_payment_method",
        transfer_data=None,
        transfer_group=None,
        _return_url=given.get("return_url", ""),
    )


def confirm(store: Store, intent: Thing, given: dict[str, Any]) -> Thing:
    """`POST /v1/payment_intents/{id}/confirm`; a decline is 402."""
    if intent["status"] not in CONFIRMABLE:
        raise _state(intent, "confirm")
    method = _method_of(store, given) or store.find("payment_method", intent["payment_method"])
    if method is None:
        raise invalid(
            "You cannot confirm this PaymentIntent because it's missing a payment method.",
            code="payment_intent_unexpected_state",
        )
    intent["_return_url"] = given.get("return_url", intent["_return_url"])
    attempt(store, intent, method)
    if error := intent["last_payment_error"]:
        raise Refused(
            402,
            "card_error",
            error["message"],
            code=error["code"],
            decline_code=error["decline_code"],
            charge=error["charge"],
            payment_intent=shown(intent),
            payment_method=error["payment_method"],
        )
    return intent


def attempt(store: Store, intent: Thing, method: Thing) -> None:
    """Try to pay with the method; what came of it is in the intent."""
    intent |= {"payment_method": method["id"], "last_payment_error": None, "next_action": None}
    store.put("payment_intent", intent)
    if method["type"] != "card":
        made = charge(store, intent, method, "pending")
        intent["status"] = "processing"
        announce(store, "charge.pending", made)
        announce(store, "payment_intent.processing", intent)
    elif cards.CARDS[method["_number"]].authenticate:
        url = {"return_url": intent["_return_url"] or None, "url": f"/authenticate/{intent['id']}"}
        intent["status"] = "requires_action"
        intent["next_action"] = {"type": "redirect_to_url", "redirect_to_url": url}
        announce(store, "payment_intent.requires_action", intent)
    else:
        _decide(store, intent, method)


def authenticated(store: Store, intent: Thing, *, passed: bool) -> None:
    """The cardholder came back from 3-D Secure."""
    if intent["status"] != "requires_action":
        raise _state(intent, "authenticate")
    store.put("payment_intent", intent)
    intent["next_action"] = None
    method = store.get("payment_method", intent["payment_method"])
    if passed:
        _decide(store, intent, method)
        return
    _failed(
        store,
        intent,
        {
            "code": "payment_intent_authentication_failure",
            "message": "The provided PaymentMethod has failed authentication.",
            "type": "card_error",
            "charge": None,
            "decline_code": None,
            "payment_method": shown(method),
        },
    )


def arrive(store: Store, intent: Thing, *, came: bool) -> None:
    """The money of a delayed method came, or it will not."""
    if intent["status"] != "processing":
        raise _state(intent, "settle")
    store.put("payment_intent", intent)
    made = store.put("charge", store.get("charge", intent["latest_charge"]))
    method = store.get("payment_method", intent["payment_method"])
    if came:
        made |= {"status": "succeeded", "captured": True, "amount_captured": made["amount"]}
        _succeeded(store, intent, made)
        return
    said = "The customer's bank account could not be debited."
    made |= {"status": "failed", "paid": False}
    made |= {"failure_code": "payment_method_provider_decline", "failure_message": said}
    announce(store, "charge.failed", made)
    error = {"code": "payment_method_provider_decline", "message": said, "type": "card_error"}
    error |= {"charge": made["id"], "decline_code": "generic_decline"}
    _failed(store, intent, {**error, "payment_method": shown(method)})


def capture(store: Store, intent: Thing, given: dict[str, Any]) -> Thing:
    """`POST /v1/payment_intents/{id}/capture`."""
    if intent["status"] != "requires_capture":
        raise _state(intent, "capture")
    amount = given.get("amount_to_capture", intent["amount_capturable"])
    if not 0 < amount <= intent["amount_capturable"]:
        raise invalid("The amount to capture is more than what was held.", code="amount_too_large")
    store.put("payment_intent", intent)
    made = store.put("charge", store.get("charge", intent["latest_charge"]))
    made |= {"captured": True, "amount_captured": amount}
    intent["amount_capturable"] = 0
    announce(store, "charge.captured", made)
    _succeeded(store, intent, made, told=True)
    return intent


def cancel(store: Store, intent: Thing, given: dict[str, Any]) -> Thing:
    """`POST /v1/payment_intents/{id}/cancel`."""
    if intent["status"] not in CANCELLABLE or "_session" in intent:
        raise _state(intent, "cancel")
    store.put("payment_intent", intent)
    intent |= {
        "status": "canceled",
        "canceled_at": store.now,
        "cancellation_reason": given.get("cancellation_reason"),
        "amount_capturable": 0,
        "next_action": None,
    }
    announce(store, "payment_intent.canceled", intent)
    return intent


def check_amount(amount: int, param: str) -> None:
    """Raises `Refused` for what no card can be charged."""
    if amount < SMALLEST:
        raise invalid("Amount must be at least $0.50 usd", code="amount_too_small", param=param)
    if amount > LARGEST:
        raise invalid(
            "Amount must be no more than $999,999.99", code="amount_too_large", param=param
        )


def _method_of(store: Store, given: dict[str, Any]) -> Thing | None:
    if token := given.get("payment_method"):
        if token in cards.TOKENS:
            return make_method(store, cards.CARDS[cards.TOKENS[token]])
        return store.get("payment_method", token)
    if data := given.get("payment_method_data"):
        return make_from(store, data)
    return None


def make_from(store: Store, data: dict[str, Any]) -> Thing:
    """A payment method from what a client says of it."""
    email = (data.get("billing_details") or {}).get("email")
    if data["type"] == "card":
        card = data.get("card") or {}
        token = str(card.get("token")).replace("tok_", "pm_card_")
        number = card.get("number") or cards.TOKENS.get(token, "")
        return make_method(store, cards.by_number(number), email=email)
    if data["type"] == "sepa_debit":
        return make_method(store, None, kind="sepa_debit", email=email)
    raise uncovered(f"payment methods of type {data['type']}")


def _decide(store: Store, intent: Thing, method: Thing) -> None:
    card = cards.CARDS[method["_number"]]
    if card.declined:
        made = charge(store, intent, method, "failed", card.declined)
        announce(store, "charge.failed", made)
        error = {
            "charge": made["id"],
            "code": error_code(card.declined),
            "decline_code": card.declined,
            "doc_url": f"https://stripe.com/docs/error-codes/{error_code(card.declined)}",
            "message": SENTENCES[card.declined],
            "payment_method": shown(method),
            "type": "card_error",
        }
        _failed(store, intent, error)
        return
    made = charge(store, intent, method, "succeeded")
    if intent["capture_method"] == "manual":
        made |= {"captured": False, "amount_captured": 0}
        intent |= {"status": "requires_capture", "amount_capturable": intent["amount"]}
        announce(store, "charge.succeeded", made)
        announce(store, "payment_intent.amount_capturable_updated", intent)
        return
    _succeeded(store, intent, made)
    disputes.follow(store, made, card)


def _succeeded(store: Store, intent: Thing, made: Thing, *, told: bool = False) -> None:
    intent |= {"status": "succeeded", "amount_received": made["amount_captured"]}
    if not told:
        announce(store, "charge.succeeded", made)
    announce(store, "payment_intent.succeeded", intent)


def _failed(store: Store, intent: Thing, error: dict[str, Any]) -> None:
    intent |= {
        "status": "requires_payment_method",
        "payment_method": None,
        "last_payment_error": error,
    }
    announce(store, "payment_intent.payment_failed", intent)


def _state(intent: Thing, verb: str) -> Refused:
    return invalid(
        f"You cannot {verb} this PaymentIntent because it has a status of {intent['status']}.",
        code="payment_intent_unexpected_state",
    )
