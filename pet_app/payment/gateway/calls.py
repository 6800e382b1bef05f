"""What is asked of Stripe. Every call blocks, and none may be made inside a transaction."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from pet_app.core.money import Money
from pet_app.payment.facts import (
    Declined,
    DisputeFacts,
    IntentFacts,
    RefundFacts,
    SessionFacts,
)
from pet_app.payment.gateway.client import Missing, asking, client
from pet_app.payment.gateway.shapes import (
    PAYMENT_ID,
    REFUND_ID,
    dispute_of,
    intent_of,
    refund_of,
    session_of,
)

WITH_MONEY = ["payment_intent.latest_charge"]
MOST_LINES = 100
"""More lines no Checkout Session takes; they then stand as one."""
PAGE = 100
MOST = 10_000
"""As many of a kind as one look back reads; more in three days is another shop."""
MAILABLE = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True)
class NewSession:
    """What Stripe's page is to show, and where it sends the visitor then (whole addresses)."""

    payment_id: str
    key: str
    amount: Money
    lines: tuple[tuple[str, int, int], ...]
    description: str
    back: str
    left: str
    expires: datetime
    email: str = field(default="", repr=False)


def open_session(wanted: NewSession) -> SessionFacts:
    """Make the page a visitor pays on; the same one again for the same `key`."""
    ours = {PAYMENT_ID: wanted.payment_id}
    asked: dict[str, Any] = {
        "mode": "payment",
        "client_reference_id": wanted.payment_id,
        "metadata": ours,
        "line_items": [_line(line, wanted.amount.currency) for line in _lines(wanted)],
        "payment_intent_data": {"metadata": ours},
        "success_url": wanted.back,
        "cancel_url": wanted.left,
        "expires_at": int(wanted.expires.timestamp()),
    }
    if wanted.description:
        asked["payment_intent_data"]["description"] = wanted.description[:1000]
    # What Stripe takes for no address would close its page to somebody who could pay.
    if len(wanted.email) < 255 and MAILABLE.fullmatch(wanted.email):
        asked["customer_email"] = wanted.email
    with asking("open session"):
        options: Any = {"idempotency_key": wanted.key}
        made = client().v1.checkout.sessions.create(asked, options)  # pyright: ignore[reportArgumentType]
        return session_of(made.to_dict())


def expire_session(session_id: str) -> bool:
    """Close the page; False when it is no longer open, paid perhaps."""
    with suppress(Declined, Missing), asking("expire session"):
        client().v1.checkout.sessions.expire(session_id)
        return True
    return False


def read_session(session_id: str) -> SessionFacts | None:
    """How a session stands now, with its money; None when there is none."""
    with suppress(Missing), asking("read session"):
        found = client().v1.checkout.sessions.retrieve(session_id, {"expand": WITH_MONEY})
        return session_of(found.to_dict())
    return None


def find_session(intent_id: str) -> SessionFacts | None:
    """The session whose money that is; None when it came another way."""
    with suppress(Missing), asking("find session"):
        found = client().v1.checkout.sessions.list({"payment_intent": intent_id, "limit": 1})
        return next((session_of(one.to_dict()) for one in found.data), None)
    return None


def read_intent(intent_id: str) -> IntentFacts | None:
    """How an intent stands now; None when there is none."""
    with suppress(Missing), asking("read intent"):
        found = client().v1.payment_intents.retrieve(intent_id, {"expand": ["latest_charge"]})
        return intent_of(found.to_dict())
    return None


def send_refund(intent_id: str, amount: Money, refund_id: str, key: str) -> RefundFacts:
    """Have that much of an intent's money go back; once for the same `key`.

    Raises `Declined` when that much is not there any more.
    """
    try:
        with asking("refund"):
            made = client().v1.refunds.create(
                {
                    "payment_intent": intent_id,
                    "amount": amount.cents,
                    "metadata": {REFUND_ID: refund_id} if refund_id else {},
                },
                {"idempotency_key": key},
            )
            return refund_of(made.to_dict())
    except Missing as error:
        raise Declined("The payment service does not know this payment.") from error


def refunds_of(intent_id: str) -> tuple[RefundFacts, ...]:
    """Everything that went back, or was to, of an intent's money."""
    service = client().v1.refunds
    return tuple(_all(service.list, refund_of, {"payment_intent": intent_id}))


def disputes_of(intent_id: str) -> tuple[DisputeFacts, ...]:
    """Every dispute about an intent's money."""
    service = client().v1.disputes
    return tuple(_all(service.list, dispute_of, {"payment_intent": intent_id}))


def sessions_since(since: datetime) -> list[SessionFacts]:
    """Every session made since then, the latest first; without its money."""
    return list(_all(client().v1.checkout.sessions.list, session_of, _since(since)))


def refunds_since(since: datetime) -> list[RefundFacts]:
    """Every refund asked for since then, the latest first."""
    return list(_all(client().v1.refunds.list, refund_of, _since(since)))


def disputes_since(since: datetime) -> list[DisputeFacts]:
    """Every dispute begun since then, the latest first."""
    return list(_all(client().v1.disputes.list, dispute_of, _since(since)))


def _all(listing: Callable[[Any], Any], read: Callable[[Any], Any], asked: Any) -> Iterator[Any]:
    with asking("list"):
        found = listing({"limit": PAGE, **asked}).auto_paging_iter()
        yield from [read(one.to_dict()) for one in islice(found, MOST)]


def _since(since: datetime) -> dict[str, Any]:
    return {"created": {"gte": int(since.timestamp())}}


def _lines(wanted: NewSession) -> tuple[tuple[str, int, int], ...]:
    if len(wanted.lines) <= MOST_LINES:
        return wanted.lines
    return ((wanted.description or "Your order", wanted.amount.cents, 1),)


def _line(line: tuple[str, int, int], currency: str) -> dict[str, Any]:
    name, cents, quantity = line
    return {
        "quantity": quantity,
        "price_data": {
            "currency": currency.lower(),
            "unit_amount": cents,
            "product_data": {"name": name[:250]},
        },
    }
