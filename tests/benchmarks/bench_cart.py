"""Putting something into a cart, from the request to the answer, beside a bare route that writes
one row."""

import json
import os
from collections.abc import Callable

from pet_app.api import make_api
from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.security import VISITOR_COOKIE, new_token
from pet_app.core.settings import settings
from pet_app.messaging import queue
from tests.benchmarks.bare import PATH, VERSUS, bare
from tests.benchmarks.door import Sent, in_turn, p99, posting, rates
from tests.benchmarks.row import Row, compare
from tests.benchmarks.scratch import open_shop
from tests.checkout.factory import make_variant

REQUESTS = 400
THINGS = 20


def rows() -> list[Row]:
    """A guest's first thing: the cart is made, filled, priced and shown."""
    os.environ.pop("STRIPE_SECRET_KEY", None)
    settings.cache_clear()
    with open_shop() as folder:
        # Only the door is measured; what it announces waits.
        queue.stop_embedded()
        ours = posting(make_api(), "/api/v1/cart/lines", _line(_shelf()))
        theirs = posting(bare(folder), PATH, _note)
        mine, other = in_turn(REQUESTS, ours, theirs)
        rate, bare_rate = rates(REQUESTS, ours, theirs)
    return [
        compare("add to cart", "ms", mine, VERSUS, other),
        compare("add to cart, p99", "ms", [p99(mine)], VERSUS, [p99(other)]),
        compare("add to cart, in a second", "/s", rate, VERSUS, bare_rate, digits=0),
    ]


def _shelf() -> list[str]:
    """Put so many things on sale; their variants."""
    with db.writing() as session:
        return [make_variant(session, f"thing-{number}", stock=9999).id for number in range(THINGS)]


def _line(things: list[str]) -> Callable[[int], Sent]:
    """What a new guest sends to put in one of these."""

    def sent(number: int) -> Sent:
        told = {"variant_id": things[number % len(things)], "request_key": new_id()}
        return json.dumps(told | {"quantity": 1}).encode(), _guest()

    return sent


def _note(number: int) -> Sent:
    return json.dumps({"text": f"thing {number}"}).encode(), _guest()


def _guest() -> list[tuple[bytes, bytes]]:
    return [(b"cookie", f"{VISITOR_COOKIE}={new_token()}".encode())]
