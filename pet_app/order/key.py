"""Signed keys that open one order without an account, until they run out."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from pet_app.core import clock, vault
from pet_app.core.ids import is_id

LONGEST = 128


class Reach(StrEnum):
    """What a key opens. SEE: where an order stands. OWN: all that its customer may do."""

    SEE = "s"
    OWN = "o"


@dataclass(frozen=True)
class OrderKey:
    """What a key says, once it is believed."""

    order_id: str
    reach: Reach
    until: datetime


def make_key(order_id: str, reach: Reach, lasts: timedelta) -> str:
    """A key such as `o.01j….1767225600.9f…`, safe in an address."""
    said = f"{reach}.{order_id}.{int((clock.now() + lasts).timestamp())}"
    return f"{said}.{_signature(said)}"


def read_key(key: str) -> OrderKey | None:
    """What a key opens now; None when it was made up, altered or has run out."""
    said, _, signature = key[:LONGEST].rpartition(".")
    parts = said.split(".")
    if not signature.isascii() or not hmac.compare_digest(_signature(said), signature):
        return None
    # From here on it is our own writing.
    reach, order_id, seconds = parts
    until = datetime.fromtimestamp(int(seconds), UTC)
    ended = until <= clock.now()
    return None if ended or not is_id(order_id) else OrderKey(order_id, Reach(reach), until)


def _signature(said: str) -> str:
    return hmac.new(
        vault.derived("order keys"), said.encode("utf-8", "replace"), sha256
    ).hexdigest()
