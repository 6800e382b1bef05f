"""The one connection to Stripe, and what its errors mean here."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import requests
import stripe

from pet_app.core.errors import Unavailable
from pet_app.core.settings import settings
from pet_app.core.telemetry import log
from pet_app.payment.facts import Declined

# How long our visitors take for an answer is not Stripe's business.
stripe.enable_telemetry = False
# Two lines for every call say nothing that an error would not.
logging.getLogger("stripe").setLevel(logging.WARNING)

CONNECT_S = 3.0
ANSWER_S = 8.0
TRIES_AGAIN = 1
"""A visitor waits while we ask; jobs come back by themselves."""

CLOSED = "Paying is not possible here at the moment. Your cart stays as it is."
DOWN = "The payment service does not answer. Nothing is lost; please try again in a minute."
GARBLED = "The payment service gave an answer we cannot read. Please try again in a minute."
REFUSED = "The payment service did not accept this. Please get in touch with us."

MISSING = "resource_missing"
PASSES = frozenset({"balance_insufficient", "lock_timeout", "rate_limit", "idempotency_key_in_use"})
"""Codes of refusals that end by themselves."""


class Missing(Exception):
    """Stripe knows of no such thing."""


def is_set_up() -> bool:
    """Whether there is an account to take money with."""
    return bool(settings().stripe_secret_key)


def is_live() -> bool:
    """Whether the money of this account is real."""
    return (settings().stripe_secret_key or "").startswith(("sk_live_", "rk_live_"))


def client() -> stripe.StripeClient:
    """Stripe, for the account of the settings. Raises `Unavailable` when there is none."""
    key = settings().stripe_secret_key
    if not key:
        raise Unavailable(CLOSED)
    return _client(key, settings().stripe_api_base)


def close() -> None:
    """Let go of the connections; the next call opens new ones."""
    _client.cache_clear()
    while _connections:
        _connections.pop().close()


@contextmanager
def asking(what: str) -> Iterator[None]:
    """Around every call: Stripe's errors become ours, and say nothing of Stripe to a visitor.

    Raises `Unavailable` for what passes, `Declined` for what does not, `Missing`.
    """
    try:
        yield
    except stripe.CardError as error:
        raise Declined(error.user_message or REFUSED) from error
    except (stripe.AuthenticationError, stripe.PermissionError) as error:
        log.error("stripe refuses our key", what=what, request=error.request_id)
        raise Unavailable(CLOSED) from error
    except stripe.InvalidRequestError as error:
        if error.code == MISSING:
            raise Missing from error
        if error.code in PASSES:
            raise Unavailable(DOWN) from error
        log.error("stripe refuses", what=what, reason=error.code, request=error.request_id)
        raise Declined(REFUSED) from error
    except stripe.StripeError as error:
        log.warning("stripe fails", what=what, error=type(error).__name__, reason=error.code)
        raise Unavailable(DOWN) from error
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, OSError) as error:
        log.error("stripe is not understood", what=what, error=repr(error))
        raise Unavailable(GARBLED) from error


_connections: list[requests.Session] = []


@lru_cache(maxsize=4)
def _client(key: str, base: str) -> stripe.StripeClient:
    # One for all threads: the SDK's own, one for each, nobody could ever close.
    connections = requests.Session()
    _connections.append(connections)
    return stripe.StripeClient(
        key,
        http_client=stripe.RequestsClient((CONNECT_S, ANSWER_S), connections),
        max_network_retries=TRIES_AGAIN,
        base_addresses={"api": base} if base else None,
    )
