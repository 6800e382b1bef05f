"""Customers, payment methods and webhook endpoints: what payments need beside them."""

from typing import Any

import stripe

from tests.stripe.events import announce
from tests.stripe.store import Store, Thing

CUSTOMER = ("address", "description", "email", "name", "phone", "shipping")


def create_customer(store: Store, given: dict[str, Any]) -> Thing:
    """`POST /v1/customers`."""
    made = store.begin(
        "customer",
        "cus",
        **{name: given.get(name) for name in CUSTOMER},
        balance=0,
        currency=None,
        default_source=None,
        delinquent=False,
        discount=None,
        invoice_prefix=store.new_id("", 8).strip("_").upper(),
        invoice_settings={
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        metadata=given.get("metadata") or {},
        next_invoice_sequence=1,
        preferred_locales=[],
        tax_exempt="none",
        test_clock=None,
    )
    announce(store, "customer.created", made)
    return made


def update_customer(store: Store, found: Thing, given: dict[str, Any]) -> Thing:
    """`POST /v1/customers/{id}`."""
    before = {name: found[name] for name in CUSTOMER if name in given}
    store.put("customer", found)
    found |= {name: given[name] for name in CUSTOMER if name in given}
    found["metadata"] |= given.get("metadata") or {}
    announce(store, "customer.updated", found, before)
    return found


def delete_customer(store: Store, found: Thing) -> Thing:
    """`DELETE /v1/customers/{id}`."""
    store.drop("customer", found["id"])
    announce(store, "customer.deleted", found)
    return {"id": found["id"], "object": "customer", "deleted": True}


def create_endpoint(store: Store, given: dict[str, Any], secret: str = "") -> Thing:
    """`POST /v1/webhook_endpoints`; the secret is shown in this answer and in no other."""
    secret = secret or store.new_id("whsec", 32)
    made = store.begin(
        "webhook_endpoint",
        "we",
        api_version=given.get("api_version", stripe.api_version),
        application=None,
        description=given.get("description"),
        enabled_events=given["enabled_events"],
        metadata=given.get("metadata") or {},
        status="enabled",
        url=given["url"],
        _secret=secret,
    )
    return made | {"secret": secret}


def delete_endpoint(store: Store, found: Thing) -> Thing:
    """`DELETE /v1/webhook_endpoints/{id}`."""
    store.drop("webhook_endpoint", found["id"])
    return {"id": found["id"], "object": "webhook_endpoint", "deleted": True}
