"""The same calls of Stripe's SDK against our stand-in, against localstripe, and against Stripe
itself when STRIPE_TEST_KEY is in the environment."""

import hmac
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import httpx
import pytest
import stripe

from tests import servers
from tests.stripe.fake import Fake
from tests.stripe.flows import new_session

REAL_KEY = "STRIPE_TEST_KEY"
NO_KEY = f"{REAL_KEY} is not set, so Stripe itself is not asked"
PATIENCE_S = 20.0
SECRET = "whsec_for_both"


@dataclass(frozen=True)
class Target:
    """Somebody who answers as Stripe does."""

    name: str
    client: stripe.StripeClient
    base: str = ""

    def hear(self, url: str, types: list[str]) -> None:
        """Have events told to an address."""
        given: dict[str, Any] = {"url": url, "secret": SECRET}
        if self.name == "localstripe":
            httpx.post(f"{self.base}/_config/webhooks/shop", json=given | {"events": types})
        else:
            httpx.post(f"{self.base}/fake/endpoints", json=given | {"enabled_events": types})


@pytest.fixture(scope="module")
def _localstripe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    port = servers.free_port()
    process = subprocess.Popen(
        [Path(sys.executable).parent / "localstripe", "--port", str(port), "--from-scratch"],
        cwd=tmp_path_factory.mktemp("localstripe"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = f"http://localhost:{port}"
    wait_for(base)
    client = stripe.StripeClient("sk_test_12345", base_addresses={"api": base})
    yield Target("localstripe", client, base)
    process.kill()
    process.wait()


@pytest.fixture
def _real() -> Target:
    key = os.environ.get(REAL_KEY, "")
    if not key:
        pytest.skip(NO_KEY)
    assert key.startswith("sk_test_"), "a key that moves money is not for tests"
    return Target("stripe", stripe.StripeClient(key))


@pytest.fixture
def _ours(stripe_fake: Fake) -> Target:
    return Target("ours", stripe_fake.client(), stripe_fake.base)


@pytest.fixture(params=["_ours", "_localstripe", "_real"])
def target(request: pytest.FixtureRequest) -> Target:
    """Each of the three."""
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["_ours", "_real"])
def whole(request: pytest.FixtureRequest) -> Target:
    """Those that know Checkout Sessions, idempotency keys and what Stripe refuses."""
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["_ours", "_localstripe"])
def near(request: pytest.FixtureRequest) -> Target:
    """Those that can tell an address on this machine."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def heard() -> Iterator[tuple[str, Queue[tuple[str, bytes]]]]:
    """An address, and what is told to it: signature and body."""
    said: Queue[tuple[str, bytes]] = Queue()

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            said.put((self.headers["Stripe-Signature"], body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/heard", said
    server.shutdown()
    server.server_close()
    thread.join()


def wait_for(base: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            httpx.get(base)
        except httpx.TransportError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return


def asked(target: Target, method: str = "pm_card_visa", cents: int = 2500) -> Any:
    """The parameters of an intent that is paid at once."""
    found: Any = {"amount": cents, "currency": "usd", "payment_method": method, "confirm": True}
    if target.name != "localstripe":
        # Some methods would send the payer to another page, and there is nobody to go.
        found["automatic_payment_methods"] = {"enabled": True, "allow_redirects": "never"}
    return found


def paid_intent(target: Target) -> stripe.PaymentIntent:
    """25 dollars that a test card paid."""
    return target.client.v1.payment_intents.create(asked(target))


def test_a_customer_is_kept_changed_and_deleted(target: Target) -> None:
    customers = target.client.v1.customers
    made = customers.create({"email": "ada@example.org", "metadata": {"owner": "u1"}})
    customers.update(made.id, {"name": "Ada"})
    found = customers.retrieve(made.id)
    assert (found.email, found.name, found.metadata and found.metadata["owner"]) == (
        "ada@example.org",
        "Ada",
        "u1",
    )
    assert customers.delete(made.id).deleted


def test_an_intent_waits_for_somebody_to_pay_and_can_be_called_off(target: Target) -> None:
    intents = target.client.v1.payment_intents
    made = intents.create({"amount": 1999, "currency": "usd", "metadata": {"order": "7"}})
    assert (made.status, made.amount, made.currency) == ("requires_payment_method", 1999, "usd")
    assert intents.retrieve(made.id).metadata["order"] == "7"
    assert intents.cancel(made.id).status == "canceled"


def test_an_intent_of_nothing_is_refused(target: Target) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        target.client.v1.payment_intents.create({"amount": -5, "currency": "usd"})


def test_who_shows_no_key_of_theirs_hears_nothing(target: Target) -> None:
    options: Any = {"api_key": "nonsense"}
    with pytest.raises(stripe.AuthenticationError):
        target.client.v1.customers.list({}, options)


def test_what_nobody_made_is_missing(target: Target) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        target.client.v1.payment_intents.retrieve("pi_nobody")
    assert refused.value.http_status == 404


def test_money_that_was_paid_goes_back_in_parts(target: Target) -> None:
    intent = paid_intent(target)
    assert intent.status == "succeeded"
    refunds = target.client.v1.refunds
    part = refunds.create({"payment_intent": intent.id, "amount": 1000})
    assert (part.amount, part.status, part.currency) == (1000, "succeeded", "usd")
    rest = refunds.create({"payment_intent": intent.id, "amount": 1500})
    assert {one.id for one in refunds.list({"payment_intent": intent.id})} == {part.id, rest.id}


def test_what_happens_is_told_with_a_signature(
    near: Target, heard: tuple[str, Queue[tuple[str, bytes]]]
) -> None:
    url, said = heard
    near.hear(url, ["customer.created"])
    near.client.v1.customers.create({"email": "ada@example.org"})
    signature, body = said.get(timeout=PATIENCE_S)
    event = stripe.Webhook.construct_event(body, signature, SECRET)
    assert (event.type, event.data.object["email"]) == ("customer.created", "ada@example.org")
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body.replace(b"ada", b"eve"), signature, SECRET)
    parts = dict(part.split("=") for part in signature.split(","))
    own = hmac.new(SECRET.encode(), f"{parts['t']}.".encode() + body, "sha256").hexdigest()
    assert parts["v1"] == own
    assert json.loads(body)["livemode"] is False


def test_a_decline_says_why(whole: Target) -> None:
    poor = "pm_card_visa_chargeDeclinedInsufficientFunds"
    with pytest.raises(stripe.CardError) as refused:
        whole.client.v1.payment_intents.create(asked(whole, poor))
    assert (refused.value.http_status, refused.value.code) == (402, "card_declined")
    error = refused.value.error
    assert error is not None
    assert error.decline_code == "insufficient_funds"
    assert error.payment_intent is not None
    assert error.payment_intent.status == "requires_payment_method"


def test_a_key_gives_the_first_answer_again_and_is_for_one_request(whole: Target) -> None:
    key = f"test-{time.time_ns()}"
    first = new_session(whole.client, key)
    again = new_session(whole.client, key)
    assert again.id == first.id
    assert again.last_response is not None
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    with pytest.raises(stripe.IdempotencyError) as refused:
        new_session(whole.client, key, cents=5000)
    assert refused.value.http_status == 400


def test_a_session_is_open_until_it_is_expired(whole: Target) -> None:
    made = new_session(whole.client, cents=2450, quantity=2)
    sessions = whole.client.v1.checkout.sessions
    assert (made.status, made.payment_status, made.amount_total) == ("open", "unpaid", 4900)
    assert made.url
    assert made.payment_intent is None
    gone = sessions.expire(made.id)
    assert (gone.status, gone.url) == ("expired", None)
    with pytest.raises(stripe.InvalidRequestError):
        sessions.expire(made.id)
    assert sessions.retrieve(made.id).status == "expired"


def test_more_does_not_go_back_than_came(whole: Target) -> None:
    intent = paid_intent(whole)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        whole.client.v1.refunds.create({"payment_intent": intent.id, "amount": 2501})
    assert refused.value.param == "amount"
    whole.client.v1.refunds.create({"payment_intent": intent.id})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        whole.client.v1.refunds.create({"payment_intent": intent.id, "amount": 1})
    assert refused.value.code == "charge_already_refunded"


def test_a_parameter_nobody_knows_is_refused(whole: Target) -> None:
    more: Any = {"amount": 900, "currency": "usd", "colour": "red"}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        whole.client.v1.payment_intents.create(more)
    assert (refused.value.code, refused.value.param) == ("parameter_unknown", "colour")


def test_events_can_be_asked_for_when_nobody_heard_them(whole: Target) -> None:
    intent = paid_intent(whole)
    asked: Any = {"types": ["payment_intent.succeeded"], "limit": 5}
    deadline = time.monotonic() + PATIENCE_S
    while intent.id not in [one.data.object["id"] for one in whole.client.v1.events.list(asked)]:
        assert time.monotonic() < deadline
        time.sleep(0.2)
