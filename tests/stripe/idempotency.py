"""Idempotency keys: the answer to the first request is the answer to all of them, for a day."""

import hashlib
import json
from typing import Any

from tests.stripe.errors import Refused
from tests.stripe.store import Store, Thing

KEPT_S = 24 * 60 * 60
LONGEST = 255
MISUSED = (
    "Keys for idempotent requests can only be used with the same parameters they were first used"
    " with. Try using a key other than '{key}' if you meant to execute a different request."
)
IN_USE = (
    "There is currently another in-progress request using this Idempotent Key (that probably means"
    " you submitted twice, and the other request is still going through): {key}."
)


class Keys:
    """The keys of requests under way, and of those that were answered."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.under_way: set[str] = set()

    def begin(self, key: str, request: str) -> Thing | None:
        """The answer that was given to this key, or None and the key is under way."""
        if len(key) > LONGEST:
            raise _refused(400, f"Idempotency keys are up to {LONGEST} characters long.")
        known = self.store.find("idempotency", key)
        if known is not None and known["created"] + KEPT_S > self.store.now:
            if known["request"] != request:
                raise _refused(400, MISUSED.format(key=key))
            self.store.put("idempotency", known)["replays"] += 1
            return known
        if key in self.under_way:
            raise _refused(409, IN_USE.format(key=key), code="idempotency_key_in_use")
        self.under_way.add(key)
        return None

    def keep(self, key: str, request: str, status: int, body: dict[str, Any]) -> None:
        """Remember the answer."""
        self.store.drop("idempotency", key)
        head = {"id": key, "created": self.store.now, "request": request, "replays": 0}
        self.store.put("idempotency", head | {"status": status, "body": body})

    def end(self, key: str) -> None:
        """The request with this key is no longer under way."""
        self.under_way.discard(key)


def name(method: str, path: str, given: dict[str, Any]) -> str:
    """What two requests have in common that are the same one."""
    said = json.dumps([method, path, given], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _refused(status: int, message: str, *, code: str = "") -> Refused:
    return Refused(status, "idempotency_error", message, code=code, keep=False)
