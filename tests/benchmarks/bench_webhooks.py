"""Webhook intake, from the signed body to the answer, beside a bare route that writes one row."""

import json
import os
import time

from pet_app.api import make_api
from pet_app.core.ids import new_id
from pet_app.core.settings import settings
from pet_app.messaging import queue
from tests.benchmarks.bare import PATH, VERSUS, bare
from tests.benchmarks.door import Sent, in_turn, p99, posting, rates
from tests.benchmarks.row import Row, compare
from tests.benchmarks.scratch import open_shop
from tests.stripe.deliveries import signature

SECRET = "whsec_bench"
REQUESTS = 500
HOOK = "/webhooks/stripe/payment"
PADDING = "x" * 3000


def rows() -> list[Row]:
    """One request after the other; and how many in a second when eight are under way."""
    os.environ |= {"STRIPE_SECRET_KEY": "sk_test_bench", "STRIPE_WEBHOOK_SECRET": SECRET}
    settings.cache_clear()
    with open_shop() as folder:
        # Only the door is measured; what it announces waits.
        queue.stop_embedded()
        ours = posting(make_api(), HOOK, _signed)
        theirs = posting(bare(folder), PATH, _note)
        mine, other = in_turn(REQUESTS, ours, theirs)
        rate, bare_rate = rates(REQUESTS, ours, theirs)
    return [
        compare("webhook intake", "ms", mine, VERSUS, other),
        compare("webhook intake, p99", "ms", [p99(mine)], VERSUS, [p99(other)]),
        compare("webhook intake, in a second", "/s", rate, VERSUS, bare_rate, digits=0),
    ]


def _signed(number: int) -> Sent:
    """A delivery as Stripe sends it."""
    thing = {"id": f"cs_{number}", "object": "checkout.session", "padding": PADDING}
    said = {
        "id": f"evt_{new_id()}",
        "object": "event",
        "type": "checkout.session.completed",
        "created": int(time.time()),
        "livemode": False,
        "data": {"object": thing},
    }
    body = json.dumps(said).encode()
    signed = signature(SECRET, body, int(time.time())).encode()
    return body, [(b"stripe-signature", signed)]


def _note(number: int) -> Sent:
    return json.dumps({"text": f"{number} {PADDING}"}).encode(), []
