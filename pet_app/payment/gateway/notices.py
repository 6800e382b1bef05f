"""What Stripe tells us by webhook, believed only with its signature; and the same, asked for."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any

import stripe

from pet_app.core import clock
from pet_app.core.errors import Problem
from pet_app.core.settings import settings
from pet_app.payment.facts import Notice
from pet_app.payment.gateway.client import asking, client
from pet_app.payment.gateway.shapes import PAYMENT_ID, Shape, moment, named

TOLERANCE_S = 300
LONGEST_SIGNATURE = 2000
EVENT_ID = re.compile(r"[A-Za-z0-9_-]{1,120}")
TOPIC = re.compile(r"[a-z0-9_.]{1,100}")
OLDEST, YOUNGEST = 1_300_000_000, 4_000_000_000
"""Seconds between which Stripe can have made an event: it began in 2011."""
PAGE = 100
MOST = 5000

TOPICS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "payment_intent.succeeded",
    "payment_intent.payment_failed",
    "payment_intent.processing",
    "payment_intent.canceled",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.refunded",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    "radar.early_fraud_warning.created",
)
"""What changes a payment of ours; more than twenty cannot be asked for at once."""

NOT_SIGNED = "This is not signed as Stripe signs, or not just now."
NOT_READ = "This is signed, and yet nothing we can read."


class Forged(Problem):
    """What came is not what Stripe would have sent; nothing of it is kept."""

    status = 400
    title = "Not believed"


def read_notice(payload: bytes, signature: str) -> Notice:
    """What a webhook tells. Raises `Forged` for a signature that is bad, old or of the future, and
    for a body of another shape."""
    _check(payload, signature)
    try:
        return _notice(json.loads(payload))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError, OverflowError) as no:
        raise Forged(NOT_READ) from no


def notices_since(since: datetime, topics: tuple[str, ...]) -> list[Notice]:
    """What Stripe told, or tried to tell, since then, the latest first."""
    asked: Any = {
        "created": {"gte": int(since.timestamp())},
        "types": list(topics),
        "limit": PAGE,
    }
    with asking("list events"):
        found = client().v1.events.list(asked).auto_paging_iter()
        return [_notice(one.to_dict()) for one in islice(found, MOST)]


def _check(payload: bytes, signature: str) -> None:
    if not signature.isascii() or len(signature) > LONGEST_SIGNATURE:
        raise Forged(NOT_SIGNED)
    for secret in settings().stripe_webhook_secret.split():
        try:
            stripe.WebhookSignature.verify_header(payload, signature, secret, TOLERANCE_S)
        except (stripe.StripeError, ValueError, TypeError):
            continue
        # The SDK refuses what is old and lets pass what is dated ahead, to be played back later.
        if _signed_at(signature) <= clock.now().timestamp() + TOLERANCE_S:
            return
    raise Forged(NOT_SIGNED)


def _signed_at(signature: str) -> int:
    return int(next(part.split("=")[1] for part in signature.split(",") if part.startswith("t=")))


def _notice(said: Any) -> Notice:
    event_id, topic, created = said["id"], said["type"], said["created"]
    thing: Shape = said["data"]["object"]
    if said["object"] != "event" or not isinstance(thing, Mapping):
        raise ValueError("not an event")
    if not EVENT_ID.fullmatch(event_id) or not TOPIC.fullmatch(topic):
        raise ValueError("not an event's names")
    if not isinstance(created, int) or not OLDEST < created < YOUNGEST:
        raise ValueError("not an event's time")
    live = said["livemode"]
    if not isinstance(live, bool):
        raise TypeError("not a mode")
    return Notice(event_id, topic, moment(created), {**_about(thing), "live": live})


def _about(thing: Shape) -> dict[str, str | bool]:
    """The ids an object names, each only if it could be one."""
    kind, own = thing["object"], thing.get("id")
    ours = thing.get("client_reference_id") or (thing.get("metadata") or {}).get(PAYMENT_ID)
    found = {
        "object": kind,
        "id": own,
        "payment": ours,
        "session": own if kind == "checkout.session" else None,
        "intent": own if kind == "payment_intent" else named(thing.get("payment_intent")),
        "charge": own if kind == "charge" else named(thing.get("charge")),
    }
    if not isinstance(kind, str) or not TOPIC.fullmatch(kind):
        raise ValueError("not an object")
    return {
        name: value
        for name, value in found.items()
        if isinstance(value, str) and (name == "object" or EVENT_ID.fullmatch(value))
    }
