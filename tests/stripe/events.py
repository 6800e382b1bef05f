"""Events: what happened, as it was then, and who is to hear of it."""

from typing import Any

import stripe

from tests.stripe.store import Store, Thing, shown


def announce(store: Store, type: str, thing: Thing, before: dict[str, Any] | None = None) -> Thing:
    """Say that it happened; `before` is what the object's changed fields were."""
    data: dict[str, Any] = {"object": shown(thing)}
    if before is not None:
        data["previous_attributes"] = before
    asked = store.find("setting", "request") or {}
    hearers = [
        endpoint
        for endpoint in store.all("webhook_endpoint")
        if endpoint["status"] == "enabled"
        and (type in endpoint["enabled_events"] or "*" in endpoint["enabled_events"])
    ]
    event = store.begin(
        "event",
        "evt",
        api_version=stripe.api_version,
        data=data,
        pending_webhooks=len(hearers),
        request={"id": asked.get("request_id"), "idempotency_key": asked.get("key")},
        type=type,
    )
    plan = store.find("setting", "deliveries") or {}
    for endpoint in hearers:
        for _ in range(plan.get("copies", 1)):
            post(store, event, endpoint, held=plan.get("hold", False))
    return event


def post(store: Store, event: Thing, endpoint: Thing, *, held: bool = False) -> None:
    """Have the event delivered once."""
    plan = store.find("setting", "deliveries") or {}
    store.put(
        "delivery",
        {
            "id": store.new_id("del"),
            "event": event["id"],
            "endpoint": endpoint["id"],
            "due": store.time + plan.get("delay_s", 0.0),
            "state": "held" if held else "waiting",
            "attempts": 0,
            "answers": [],
        },
    )
