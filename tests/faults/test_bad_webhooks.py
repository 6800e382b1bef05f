"""What is not Stripe's word, sent to where Stripe speaks: refused, every time, and never a fault
of ours. `make faults` sends ten thousand."""

import copy
import json
import os
import random
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import func, select

from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.settings import settings
from pet_app.messaging.models import OutboxRow
from pet_app.webhook.models import InboxRow
from tests import servers
from tests.faults.part import Part
from tests.faults.till import PORT
from tests.stripe.deliveries import signature

BAD = int(os.environ.get("BAD", "300"))
SEED = 1
SECRET = "whsec_of_this_shop"
HOOK = "/webhooks/stripe/payment"
PATIENCE_S = 60
LARGE = 256 * 1024
CUT_OFF = 413
OTHER_VALUES: tuple[Any, ...] = (None, [], [1], 7, -1, 1.5, True, "", "é\u2028", "x" * 5000, {})

Bad = tuple[bytes, bytes | None]
"""A body, and the signature header that comes with it."""


def event() -> dict[str, Any]:
    """What Stripe could have said."""
    session = {
        "id": f"cs_test_{new_id()}",
        "object": "checkout.session",
        "client_reference_id": new_id(),
        "metadata": {},
        "payment_intent": f"pi_{new_id()}",
    }
    return {
        "id": f"evt_{new_id()}",
        "object": "event",
        "created": int(time.time()),
        "data": {"object": session},
        "livemode": False,
        "type": "checkout.session.completed",
    }


def body() -> bytes:
    """The same, as it travels."""
    return json.dumps(event()).encode()


def signed(said: bytes, *, secret: str = SECRET, ahead_s: int = 0) -> bytes:
    """The signature of a body, in time or not."""
    return signature(secret, said, int(time.time()) + ahead_s).encode()


def forged(dice: random.Random) -> Bad:
    """Signed by somebody else, or changed since."""
    said = body()
    kinds = (
        signed(said, secret="whsec_" + "0" * 32),
        signed(said + b" "),
        signed(said).replace(b"v1=", b"v0="),
        signed(said)[:-1],
        signed(said)[:-64] + b"0" * 64,
        signed(said).replace(b"t=", b"t=1"),
        b"t=,v1=",
        b"v1=" + b"0" * 64,
        b"",
    )
    return said, dice.choice(kinds)


def unsigned(dice: random.Random) -> Bad:
    """Without a signature at all."""
    return body(), None


def stale(dice: random.Random) -> Bad:
    """Said long ago, and played back."""
    said = body()
    return said, signed(said, ahead_s=-dice.randint(310, 4_000_000))


def future(dice: random.Random) -> Bad:
    """Signed for later, to be kept until then."""
    said = body()
    return said, signed(said, ahead_s=dice.randint(330, 4_000_000))


def foreign(dice: random.Random) -> Bad:
    """A signature with letters no signature has."""
    said = body()
    letters = "".join(dice.choice("éßñ\xa0\xff") for _ in range(dice.randint(1, 40)))
    good = signed(said)
    return said, dice.choice((letters.encode("latin-1"), good + letters.encode("latin-1")))


def no_json(dice: random.Random) -> Bad:
    """Truly signed, and nothing that can be read."""
    kinds = (
        b"",
        b"hello",
        b"{",
        b"\xff\xfe\x00",
        dice.randbytes(dice.randint(1, 400)),
        body()[: dice.randint(1, 60)],
        b"NaN",
        b"[" * dice.randint(900, 20_000),
        b'{"a":' * dice.randint(900, 20_000),
        b"<xml/>",
        body().decode().encode("utf-16"),
        b"9" * 5000,
    )
    said = dice.choice(kinds)
    return said, signed(said)


def misshapen(dice: random.Random) -> Bad:
    """Truly signed JSON in which something is not what it is in an event."""
    found: Any = event()
    path = dice.choice(
        (
            ("id",),
            ("object",),
            ("created",),
            ("type",),
            ("livemode",),
            ("data",),
            ("data", "object"),
            ("data", "object", "object"),
        )
    )
    inner = found
    for part in path[:-1]:
        inner = inner[part]
    good = copy.deepcopy(inner[path[-1]])
    values = [value for value in OTHER_VALUES if type(value) is not type(good) or not value]
    if path == ("created",):
        values = [*(value for value in values if not isinstance(value, bool)), 10**30, -(10**9)]
    if dice.random() < 0.2:
        del inner[path[-1]]
    else:
        inner[path[-1]] = dice.choice(values)
    if inner.get(path[-1]) is False or (path == ("data", "object") and inner.get("object") == 7):
        inner[path[-1]] = None
    said = dice.choice((found, [found], {"event": found}, found, found, found))
    written = json.dumps(said).encode()
    return written, signed(written)


def huge(dice: random.Random) -> Bad:
    """Larger than anything Stripe says."""
    found = event()
    found["data"]["object"]["padding"] = "x" * dice.randint(300_000, 2_000_000)
    said = json.dumps(found).encode()
    return said, signed(said)


KINDS: tuple[tuple[Callable[[random.Random], Bad], int], ...] = (
    (forged, 30),
    (unsigned, 5),
    (stale, 15),
    (future, 15),
    (foreign, 10),
    (no_json, 15),
    (misshapen, 40),
    (huge, 2),
)


@pytest.fixture
def door(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a shop that listens to Stripe."""
    port = servers.free_port()
    monkeypatch.setenv(PORT, str(port))
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_test_nobody")
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", SECRET)
    monkeypatch.setenv("STRIPE_API_BASE", "http://127.0.0.1:9")
    settings.cache_clear()
    part = Part("tests.faults.till", "door")
    deadline = time.monotonic() + PATIENCE_S
    while True:
        with socket.socket() as found:
            if found.connect_ex(("127.0.0.1", port)) == 0:
                break
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield port
    part.kill()


def send(port: int, said: bytes, sign: bytes | None) -> int:
    """What is answered; a door that closes on what is too large may do so before it is said."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.putrequest("POST", HOOK)
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Content-Length", str(len(said)))
        if sign is not None:
            connection.putheader("Stripe-Signature", sign)
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.endheaders(said)
        return connection.getresponse().status
    except (HTTPException, OSError):
        assert len(said) > LARGE
        return CUT_OFF
    finally:
        connection.close()


def test_nothing_but_stripes_word_is_taken(door: int, shop: Path) -> None:
    dice = random.Random(SEED)
    kinds, weights = zip(*KINDS, strict=True)
    answers: Counter[tuple[str, int]] = Counter()
    for _ in range(BAD):
        kind = dice.choices(kinds, weights)[0]
        said, sign = kind(dice)
        status = send(door, said, sign)
        answers[kind.__name__, status] += 1
        assert 400 <= status < 500, (kind.__name__, status, said[:300], sign)
    with db.reading() as session:
        assert session.exec(select(func.count()).select_from(InboxRow)).one() == 0
        assert session.exec(select(func.count()).select_from(OutboxRow)).one() == 0
    good = body()
    assert send(door, good, signed(good)) == 200
    print(f"\n{BAD} bad webhooks:", dict(sorted(answers.items())))
