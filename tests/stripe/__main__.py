"""`python -m tests.stripe`: the stand-in by itself, with a shop to tell what happened."""

import argparse
import os
import sys
from pathlib import Path
from threading import Thread

from tests.stripe.others import create_endpoint
from tests.stripe.server import StandIn
from tests.stripe.store import Store

KEY, SECRET = "sk_test_standin", "whsec_standin"
SHOP = "http://localhost:{port}/webhooks/stripe/payment"


def main() -> None:
    """Serve until it is killed; says where once it listens."""
    said = argparse.ArgumentParser(prog="python -m tests.stripe", description=__doc__)
    said.add_argument("--port", type=int, default=12111, help="where it listens, on loopback")
    said.add_argument("--key", default=KEY, help="the secret key it answers to")
    said.add_argument("--secret", default=SECRET, help="what it signs deliveries with")
    said.add_argument(
        "--webhook",
        default=SHOP.format(port=os.environ.get("PORT", "3000")),
        help="who hears of events; empty for nobody",
    )
    said.add_argument("--file", type=Path, help="a SQLite file that outlives it")
    said.add_argument("--leash", action="store_true", help="end when the standard input ends")
    given = said.parse_args()
    if given.leash:
        Thread(target=_leave_with_parent, daemon=True).start()
    store = Store(given.file)
    with store.working():
        if given.webhook and not store.all("webhook_endpoint"):
            endpoint = {"url": given.webhook, "enabled_events": ["*"]}
            create_endpoint(store, endpoint, given.secret)
    server = StandIn(given.port, store, given.key)
    print(f"A stand-in for Stripe listens on {server.base}. For a shop that pays by it:")
    print(f"  STRIPE_API_BASE={server.base} STRIPE_SECRET_KEY={given.key}", end=" ")
    print(f"STRIPE_WEBHOOK_SECRET={given.secret} make run", flush=True)
    server.serve_forever()


def _leave_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
