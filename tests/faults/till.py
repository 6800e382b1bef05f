"""A shop to be killed while it sells: `python -m tests.faults.till shop|web|door|worker|finisher`.

Buyers put things into carts, place orders and pay on Stripe's page; Stripe's webhooks come back
over HTTP. It prints `placed ID`, `paid ID` and `cancelled ID` once that is so for the buyer.
"""

import asyncio
import os
import random
import secrets
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread

import httpx
from granian.constants import Interfaces
from granian.server.embed import Server
from sqlmodel import select

from pet_app.api import make_api
from pet_app.catalog.models import Variant
from pet_app.checkout import service as checkout
from pet_app.core import db
from pet_app.core.errors import Problem
from pet_app.core.ids import new_id
from pet_app.core.security import Identity
from pet_app.messaging import queue
from pet_app.messaging.bus import load_reactions
from pet_app.messaging.relay import Relay
from pet_app.messaging.runner import Heartbeat
from pet_app.order import service as orders
from pet_app.payment import service as payments
from tests.faults.idle import waiting

PORT = "TILL_PORT"
CODE = "WALKIES"
BUYERS = 2
MOST_WAITING = 30
PAUSE_S = 0.02
CARDS = ("4242424242424242",) * 6 + ("4000000000000002", "4000002760003184")
ADDRESS = {
    "country": "US",
    "name": "Olive Owner",
    "street_address": "12 Market Street",
    "city": "San Francisco",
    "country_area": "CA",
    "postal_code": "94107",
}

_speaking = Lock()


def say(what: str, order_id: str) -> None:
    """Promise it: whoever killed us has heard it."""
    with _speaking:
        sys.stdout.write(f"{what} {order_id}\n")
        sys.stdout.flush()


def buy(variants: list[str], http: httpx.Client) -> None:
    """One visitor buys something, from an empty cart to the way back from Stripe's page."""
    visitor = Identity(visitor=secrets.token_hex(32))
    with db.writing() as session:
        for variant_id in random.sample(variants, random.randint(1, len(variants))):
            checkout.add_variant(session, visitor, variant_id, random.randint(1, 3), new_id())
    with db.writing() as session:
        checkout.enter_code(session, visitor, CODE)
        seen = checkout.say_where(session, visitor, f"{new_id()}@example.com", ADDRESS)
    with db.writing() as session:
        seen = checkout.choose_method(session, visitor, seen.methods[0].key)
    with db.writing() as session:
        placed = checkout.place_order(session, visitor, seen.digest, new_id())
    say("placed", placed.order_id)
    page = payments.begin(placed.payment_id)
    if not pay(page, http):
        return
    say("paid", placed.order_id)
    if random.random() < 0.5:
        payments.catch_up(placed.payment_id)
    if random.random() < 0.2:
        with db.writing() as session:
            orders.cancel(session, visitor, placed.order_id, "Changed my mind")
        say("cancelled", placed.order_id)


def pay(page: str, http: httpx.Client) -> bool:
    """Pay on Stripe's page, with another card where one is declined; some leave."""
    if random.random() < 0.1:
        return False
    answer = http.post(page, data={"number": random.choice(CARDS)})
    if "/authenticate/" in (there := answer.headers.get("location", "")):
        answer = http.post(there, data={"how": random.choice(("pass", "fail"))})
    if answer.status_code == 200:
        answer = http.post(page, data={"number": CARDS[0]})
    return answer.status_code == 303


def buy_on(variants: list[str]) -> None:
    """Buy again and again, but never much faster than the shop can follow, until killed."""
    with httpx.Client(base_url=os.environ["STRIPE_API_BASE"], timeout=20) as http:
        while True:
            if waiting() > MOST_WAITING:
                time.sleep(PAUSE_S)
                continue
            # An order in the middle of being cancelled or paid twice says so, as to any buyer.
            with suppress(Problem):
                buy(variants, http)


def sell() -> None:
    """Buyers, each in a thread of their own."""
    with db.reading() as session:
        variants = list(session.exec(select(Variant.id)))
    for _ in range(BUYERS):
        Thread(target=buy_on, args=(variants,), daemon=True).start()


def work() -> None:
    """What the worker processes do."""
    load_reactions()
    Heartbeat()
    Relay(queue.send).start()
    queue.Consumer("default", 4)
    queue.Consumer("letters", queue.LETTERS_AT_ONCE)


def serve(and_then: Callable[[], None] = lambda: None) -> None:
    """The shop's API on its port, until killed; and then something else beside it."""
    port = int(os.environ[PORT])
    server = Server(make_api(), port=port, interface=Interfaces.ASGI, log_enabled=False)

    async def open_door() -> None:
        serving = asyncio.create_task(server.serve())
        await asyncio.to_thread(wait_until_open, port)
        and_then()
        await serving

    asyncio.run(open_door())


def wait_until_open(port: int) -> None:
    """Wait until somebody listens there."""
    while True:
        with socket.socket() as found:
            if found.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)


def leave_with_parent() -> None:
    """Whoever started us is gone when nobody holds the other end."""
    sys.stdin.read()
    os._exit(0)


def main(role: str) -> None:
    """Play one part of the shop."""
    Thread(target=leave_with_parent, daemon=True).start()
    match role:
        case "shop":
            queue.start_embedded()
            serve(sell)
        case "finisher":
            queue.start_embedded()
            serve()
        case "web":
            serve(sell)
        case "door":
            serve()
        case "worker":
            work()
            Event().wait()


if __name__ == "__main__":
    main(sys.argv[1])
