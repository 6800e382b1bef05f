"""Checkout Sessions: the page on which somebody pays, and what became of it."""

from typing import Any

from tests.stripe import cards, intents
from tests.stripe.charges import make_method
from tests.stripe.errors import Refused, invalid, missing, uncovered
from tests.stripe.events import announce
from tests.stripe.lines import currency_of, line_of, needed
from tests.stripe.store import Store, Thing

SHORTEST_S = 30 * 60
LONGEST_S = 24 * 60 * 60
# They change what is paid; pretending to take them would price wrongly.
COSTLY = ("discounts", "shipping_options", "optional_items", "subscription_data", "automatic_tax")


def create(store: Store, given: dict[str, Any], base: str) -> Thing:
    """`POST /v1/checkout/sessions`."""
    _check(store, given)
    currency = currency_of(given)
    new = store.new_id("cs_test", 58)
    lines = [
        line_of(store, position, line, currency)
        for position, line in enumerate(given["line_items"])
    ]
    total = sum(line["amount_total"] for line in lines)
    intents.check_amount(total, "line_items")
    email, details = given.get("customer_email"), None
    if email:
        details = {"email": email, "address": None, "name": None, "phone": None}
        details |= {"tax_exempt": "none", "tax_ids": None}
        details |= {"business_name": None, "individual_name": None}
    return store.put(
        "checkout.session",
        {
            "id": new,
            "object": "checkout.session",
            "adaptive_pricing": {"enabled": False},
            "after_expiration": None,
            "allow_promotion_codes": None,
            "amount_subtotal": total,
            "amount_total": total,
            "automatic_tax": _no_tax(),
            "billing_address_collection": given.get("billing_address_collection"),
            "cancel_url": given.get("cancel_url"),
            "client_reference_id": given.get("client_reference_id"),
            "client_secret": None,
            "collected_information": None,
            "consent": None,
            "consent_collection": None,
            "created": store.now,
            "currency": currency,
            "currency_conversion": None,
            "custom_fields": [],
            "custom_text": _no_words(given.get("custom_text") or {}),
            "customer": given.get("customer"),
            "customer_account": None,
            "customer_creation": given.get("customer_creation", "if_required"),
            "customer_details": details,
            "customer_email": email,
            "discounts": [],
            "expires_at": given.get("expires_at", store.now + LONGEST_S),
            "integration_identifier": None,
            "invoice": None,
            "invoice_creation": _no_invoice(),
            "livemode": False,
            "locale": given.get("locale"),
            "managed_payments": {"enabled": False},
            "metadata": given.get("metadata") or {},
            "mode": "payment",
            "origin_context": None,
            "payment_intent": None,
            "payment_link": None,
            "payment_method_collection": "if_required",
            "payment_method_configuration_details": None,
            "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
            "payment_method_types": given.get(
                "allowed_payment_method_types", ["card", "sepa_debit"]
            ),
            "payment_status": "unpaid",
            "permissions": None,
            "phone_number_collection": {"enabled": False},
            "recovered_from": None,
            "redirect_on_completion": "always",
            "saved_payment_method_options": None,
            "setup_intent": None,
            "shipping_address_collection": None,
            "shipping_cost": None,
            "shipping_options": [],
            "status": "open",
            "submit_type": given.get("submit_type"),
            "subscription": None,
            "success_url": given.get("success_url"),
            "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
            "ui_mode": "hosted_page",
            "url": f"{base}/pay/{new}",
            "wallet_options": None,
            "_lines": lines,
            "_intent": given.get("payment_intent_data") or {},
        },
    )


def expire(store: Store, session: Thing) -> Thing:
    """`POST /v1/checkout/sessions/{id}/expire`."""
    if session["status"] != "open":
        raise invalid(
            'Only Checkout Sessions with a status in ["open"] can be expired.'
            f" This Checkout Session has a status of `{session['status']}`."
        )
    store.put("checkout.session", session)
    session |= {
        "status": "expired",
        "url": None,
        "expires_at": min(session["expires_at"], store.now),
    }
    announce(store, "checkout.session.expired", session)
    if session["payment_intent"]:
        intent = store.put("payment_intent", store.get("payment_intent", session["payment_intent"]))
        intent |= {"status": "canceled", "canceled_at": store.now, "next_action": None}
        intent["cancellation_reason"] = "expired"
        announce(store, "payment_intent.canceled", intent)
    return session


def expire_late(store: Store) -> None:
    """Expire what nobody paid in time."""
    for session in store.all("checkout.session"):
        if session["status"] == "open" and session["expires_at"] <= store.time:
            expire(store, session)


def pay(store: Store, session: Thing, number: str = "", email: str = "") -> Thing:
    """Somebody pays on the page, by a test card or, without a number, by a bank debit.

    Returns the intent; the session tells whether it is complete.
    """
    if session["status"] != "open":
        raise closed(session)
    email = session["customer_email"] or email or "payer@example.test"
    card = cards.by_number(number) if number else None
    kind = "card" if card else "sepa_debit"
    intent = _intent(store, session)
    method = make_method(store, card, kind=kind, email=email)
    _say_who(session, email)
    intents.attempt(store, intent, method)
    _conclude(store, session, intent)
    return intent


def authenticated(store: Store, intent: Thing, *, passed: bool) -> None:
    """The payer came back from 3-D Secure."""
    intents.authenticated(store, intent, passed=passed)
    if session := of(store, intent):
        _conclude(store, session, intent)


def arrive(store: Store, intent: Thing, *, came: bool) -> None:
    """The money of a delayed method came, or it will not."""
    intents.arrive(store, intent, came=came)
    session = of(store, intent)
    if session is None:
        return
    store.put("checkout.session", session)
    if came:
        session["payment_status"] = "paid"
    announce(store, f"checkout.session.async_payment_{'succeeded' if came else 'failed'}", session)


def of(store: Store, intent: Thing) -> Thing | None:
    """The session an intent belongs to."""
    return store.find("checkout.session", intent.get("_session", ""))


def closed(session: Thing) -> Refused:
    """Nobody can pay here any more."""
    return invalid(f"This page is {session['status']}; there is nothing to pay.")


def _conclude(store: Store, session: Thing, intent: Thing) -> None:
    if intent["status"] not in ("succeeded", "processing", "requires_capture"):
        return
    store.put("checkout.session", session)
    paid = intent["status"] == "succeeded"
    session |= {"status": "complete", "url": None, "payment_status": "paid" if paid else "unpaid"}
    announce(store, "checkout.session.completed", session)


def _intent(store: Store, session: Thing) -> Thing:
    """The intent of a session, made when somebody first pays. A test may have them pay another
    amount than was asked."""
    if session["payment_intent"]:
        return store.get("payment_intent", session["payment_intent"])
    other = store.find("setting", "mismatch") or {}
    store.put("checkout.session", session)
    session["amount_total"] = other.get("amount") or session["amount_total"]
    session["currency"] = other.get("currency") or session["currency"]
    intent = intents.begin(store, session["amount_total"], session["currency"], session["_intent"])
    intent |= {"_session": session["id"], "customer": session["customer"]}
    session["payment_intent"] = intent["id"]
    announce(store, "payment_intent.created", intent)
    return intent


def _say_who(session: Thing, email: str) -> None:
    session["customer_details"] = {
        "address": {"city": None, "country": "US", "line1": None, "line2": None}
        | {"postal_code": "94107", "state": None},
        "email": email,
        "name": "Pat Payer",
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
        "business_name": None,
        "individual_name": None,
    }


def _check(store: Store, given: dict[str, Any]) -> None:
    if given.get("mode", "payment") != "payment" or given.get("ui_mode", "hosted_page") not in (
        "hosted_page",
        "hosted",
    ):
        raise uncovered("sessions other than hosted payments")
    for name in COSTLY:
        if given.get(name) and given[name] != {"enabled": False}:
            raise uncovered(f"`{name}`")
    if not given.get("line_items"):
        raise needed("line_items")
    if not given.get("success_url"):
        raise needed("success_url")
    if "customer" in given and "customer_email" in given:
        raise invalid("You may only specify one of these parameters: customer, customer_email.")
    if "customer" in given and store.find("customer", given["customer"]) is None:
        raise missing("customer", given["customer"])
    if "expires_at" in given:
        ahead = given["expires_at"] - store.now
        if not SHORTEST_S - 2 <= ahead <= LONGEST_S + 2:
            raise invalid(
                "The `expires_at` timestamp must be between 30 minutes and 24 hours from creation"
                " of the Checkout Session.",
                param="expires_at",
            )


def _no_tax() -> Thing:
    return {"enabled": False, "liability": None, "provider": None, "status": None}


def _no_words(said: dict[str, Any]) -> Thing:
    places = ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")
    return {place: said.get(place) for place in places}


def _no_invoice() -> Thing:
    data = dict.fromkeys(
        ("account_tax_ids", "custom_fields", "description", "footer", "issuer", "rendering_options")
    )
    return {"enabled": False, "invoice_data": data | {"metadata": {}}}
