"""Signed deliveries to webhook endpoints: tried again until taken, and told to misbehave."""

import hashlib
import hmac
import http.client
import json
import random
import time
from heapq import heappop, heappush
from itertools import count
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from tests.stripe.errors import Refused
from tests.stripe.events import post
from tests.stripe.store import Store, Thing, shown

AT_ONCE = 4
LOOK_EVERY_S = 0.05
USUAL: dict[str, Any] = {
    "copies": 1,  # how often each event is delivered
    "hold": False,  # keep them until `release`
    "delay_s": 0.0,
    "jitter_s": 0.0,  # up to so much later, at random, so that the order changes
    "drop": 0.0,  # so many of all are never sent
    "backoff_s": 0.5,  # before the second attempt; doubled each time
    "longest_s": 600.0,  # and no longer than that
    "attempts": 16,
    "patience_s": 10.0,
    "skew_s": 0.0,  # how far the signature's time is from the true one
}


def signature(secret: str, body: bytes, at: int) -> str:
    """The `Stripe-Signature` header of a body."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


def written(event: Thing) -> bytes:
    """An event as it is sent."""
    return json.dumps(shown(event), indent=2).encode()


class Postman:
    """Delivers what is due, some at once, in threads of its own."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._due: list[tuple[float, int, str]] = []
        self._seen = 0
        self._numbers = count()
        for _ in range(AT_ONCE):
            Thread(target=self._work, daemon=True).start()

    @property
    def plan(self) -> dict[str, Any]:
        """How deliveries go."""
        return USUAL | (self.store.find("setting", "deliveries") or {})

    def release(self, *, shuffle: bool = False) -> int:
        """Let go of what was held; how many."""
        held = [found for found in self.store.all("delivery") if found["state"] == "held"]
        if shuffle:
            random.shuffle(held)
        for delivery in held:
            self.store.put("delivery", delivery)
            delivery |= {"state": "waiting", "due": self.store.time}
            heappush(self._due, (delivery["due"], next(self._numbers), delivery["id"]))
        return len(held)

    def again(self, event_id: str) -> None:
        """Deliver an event once more, as one does from Stripe's dashboard."""
        event = self.store.get("event", event_id)
        for endpoint in self.store.all("webhook_endpoint"):
            post(self.store, event, endpoint)

    def left(self) -> int:
        """How many deliveries are not at their end."""
        states = ("waiting", "sending")
        return sum(found["state"] in states for found in self.store.all("delivery"))

    def forget(self) -> None:
        """Deliver nothing of what was."""
        self._due.clear()
        self._seen = 0

    def _work(self) -> None:
        while True:
            with self.store.changed:
                delivery = self._next()
                if delivery is None:
                    self.store.changed.wait(LOOK_EVERY_S)
                    continue
                event = self.store.get("event", delivery["event"])
                endpoint = self.store.find("webhook_endpoint", delivery["endpoint"])
                body, plan = written(event), self.plan
            answer = "gone" if endpoint is None else _send(endpoint, body, plan)
            with self.store.working():
                self._note(delivery, event, answer, plan)

    def _next(self) -> Thing | None:
        fresh = self.store.all("delivery")[self._seen :] if self._behind() else []
        self._seen += len(fresh)
        for delivery in fresh:
            if delivery["state"] in ("waiting", "sending"):
                late = random.uniform(0, self.plan["jitter_s"])
                heappush(self._due, (delivery["due"] + late, next(self._numbers), delivery["id"]))
        while self._due and self._due[0][0] <= self.store.time:
            delivery = self.store.find("delivery", heappop(self._due)[2]) or {"state": "gone"}
            if random.random() < self.plan["drop"]:
                delivery["state"] = "dropped"
            elif delivery["state"] in ("waiting", "sending"):
                delivery["state"] = "sending"
                return delivery
        return None

    def _behind(self) -> bool:
        return self.store.count("delivery") > self._seen

    def _note(self, delivery: Thing, event: Thing, answer: int | str, plan: dict[str, Any]) -> None:
        if self.store.find("delivery", delivery["id"]) is None:
            return
        self.store.put("delivery", delivery)
        delivery["attempts"] += 1
        delivery["answers"].append(answer)
        if isinstance(answer, int) and 200 <= answer < 300:
            delivery["state"] = "taken"
            self.store.put("event", event)
            event["pending_webhooks"] = max(0, event["pending_webhooks"] - 1)
        elif delivery["attempts"] >= plan["attempts"] or answer == "gone":
            delivery["state"] = "given up"
        else:
            delivery["state"] = "waiting"
            wait_s = plan["backoff_s"] * 2 ** (delivery["attempts"] - 1)
            delivery["due"] = self.store.time + min(wait_s, plan["longest_s"])
            heappush(self._due, (delivery["due"], next(self._numbers), delivery["id"]))


def _send(endpoint: Thing, body: bytes, plan: dict[str, Any]) -> int | str:
    """The status that was answered, or what went wrong."""
    where = urlsplit(endpoint["url"])
    kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
    connection = kind(where.netloc, timeout=plan["patience_s"])
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "Stripe-Signature": signature(endpoint["_secret"], body, int(time.time() + plan["skew_s"])),
    }
    try:
        connection.request("POST", where.path or "/", body, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    else:
        return answer.status
    finally:
        connection.close()


def check_plan(given: dict[str, Any]) -> dict[str, Any]:
    """The settings of a plan; raises `Refused` for one there is not."""
    for name in given:
        if name not in USUAL:
            raise Refused(400, "invalid_request_error", f"Deliveries have no {name!r}.")
    return given
