"""The stand-in for Stripe when it is slow, down, killed, forgetful of its answer, or says things
twice and in any order."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Barrier, Lock, Thread
from typing import Any

import pytest
import stripe

from tests.stripe.fake import Fake
from tests.stripe.flows import new_session

PATIENCE_S = 20.0


class Shop:
    """Somebody who hears of events, and answers as it is told."""

    def __init__(self, secret: str) -> None:
        self.told: list[stripe.Event] = []
        self.answers: list[int] = []
        lock = Lock()
        outer = self

        class Listener(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                signature = self.headers["Stripe-Signature"]
                with lock:
                    outer.told.append(stripe.Webhook.construct_event(body, signature, secret))
                    answer = outer.answers.pop(0) if outer.answers else 200
                self.send_response(answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
        self.url = f"http://127.0.0.1:{self.server.server_port}/told"
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self) -> None:
        """Hear no more."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def shop_told(stripe_fake: Fake) -> Iterator[Shop]:
    """A shop that hears of every completed session."""
    found = Shop(stripe_fake.secret)
    stripe_fake.hear(found.url, "checkout.session.completed")
    yield found
    found.close()


@pytest.fixture
def remembering(tmp_path: Path) -> Iterator[Fake]:
    """A stand-in of this test's own that may be killed."""
    found = Fake(file=tmp_path / "standin.db").start()
    yield found
    found.stop()


def test_what_is_not_taken_is_told_again(stripe_fake: Fake, shop_told: Shop) -> None:
    shop_told.answers = [500, 404, 302]
    stripe_fake.set("deliveries", backoff_s=0.01)
    stripe_fake.pay(new_session(stripe_fake.client()).id)
    stripe_fake.wait_until_told()
    assert len(shop_told.told) == 4
    assert len({event.id for event in shop_told.told}) == 1
    assert stripe_fake.state()["delivery"][0]["answers"] == [500, 404, 302, 200]
    assert stripe_fake.state()["event"][-1]["pending_webhooks"] == 0


def test_deliveries_can_be_tripled_held_and_shuffled(stripe_fake: Fake, shop_told: Shop) -> None:
    stripe_fake.set("deliveries", copies=3, hold=True)
    made = [new_session(stripe_fake.client()).id for _ in range(12)]
    for named in made:
        stripe_fake.pay(named)
    assert shop_told.told == []
    assert stripe_fake.set("release", shuffle=True) == {"released": 36}
    stripe_fake.wait_until_told()
    heard = [event.data.object["id"] for event in shop_told.told]
    assert sorted(heard) == sorted(made * 3)
    assert list(dict.fromkeys(heard)) != made


def test_deliveries_can_be_lost_and_sent_again_by_hand(stripe_fake: Fake, shop_told: Shop) -> None:
    stripe_fake.set("deliveries", drop=1.0)
    stripe_fake.pay(new_session(stripe_fake.client()).id)
    stripe_fake.wait_until_told()
    assert shop_told.told == []
    stripe_fake.set("deliveries")
    event = stripe_fake.state()["event"][-1]
    stripe_fake.set("resend", events=[event["id"]], times=2)
    stripe_fake.wait_until_told()
    assert [one.id for one in shop_told.told] == [event["id"]] * 2


def test_a_request_with_a_key_under_way_is_not_begun_twice(stripe_fake: Fake) -> None:
    # Whichever is first takes long enough for the other to come in between.
    stripe_fake.set("fault", slow_s=3.0, after=True, times=2)
    together = Barrier(2)

    def ask(client: stripe.StripeClient) -> str:
        together.wait()
        try:
            return new_session(client, "one-key").id
        except stripe.StripeError as error:
            return f"{error.http_status} {type(error).__name__}"

    with ThreadPoolExecutor(2) as two:
        answers = sorted(two.map(ask, [stripe_fake.client(), stripe_fake.client()]))
    assert answers[0] == "409 APIError"
    assert answers[1].startswith("cs_test_")
    assert len(stripe_fake.state()["checkout.session"]) == 1


def test_an_answer_that_was_lost_is_given_again_to_the_same_key(stripe_fake: Fake) -> None:
    stripe_fake.set("fault", lose=True, after=True)
    made = new_session(stripe_fake.client(retries=1), "lost")
    assert [one["id"] for one in stripe_fake.state()["checkout.session"]] == [made.id]
    assert stripe_fake.state()["idempotency"][0]["replays"] == 1


@pytest.mark.parametrize("after", [False, True])
def test_answering_500_it_has_either_done_the_work_or_not(stripe_fake: Fake, after: bool) -> None:
    stripe_fake.set("fault", status=500, after=after)
    with pytest.raises(stripe.APIError):
        new_session(stripe_fake.client(), "broken")
    assert len(stripe_fake.state()["checkout.session"]) == after
    new_session(stripe_fake.client(), "broken")
    assert len(stripe_fake.state()["checkout.session"]) == 1


def test_too_many_requests_are_told_so(stripe_fake: Fake) -> None:
    stripe_fake.set("fault", status=429)
    with pytest.raises(stripe.RateLimitError):
        stripe_fake.client().v1.checkout.sessions.list()


def test_faults_can_be_for_some_calls_only(stripe_fake: Fake) -> None:
    stripe_fake.set("fault", status=500, on="/v1/refunds", method="POST")
    client = stripe_fake.client()
    stripe_fake.pay(new_session(client).id)
    client.v1.refunds.list()
    charge = client.v1.charges.list().data[0].id
    with pytest.raises(stripe.APIError):
        client.v1.refunds.create({"charge": charge})
    assert client.v1.refunds.create({"charge": charge}).status == "succeeded"


def test_somebody_may_pay_another_amount_than_was_asked(stripe_fake: Fake) -> None:
    stripe_fake.set("mismatch", amount=100, currency="eur")
    client = stripe_fake.client()
    made = new_session(client)
    stripe_fake.pay(made.id)
    found = client.v1.checkout.sessions.retrieve(made.id)
    assert (found.amount_total, found.currency) == (100, "eur")


def test_killed_it_knows_everything_it_ever_answered(remembering: Fake) -> None:
    made = new_session(remembering.client(), "once")
    remembering.pay(made.id)
    before = remembering.state()
    remembering.kill()
    remembering.start()
    assert remembering.state() == before
    again = new_session(remembering.client(), "once")
    assert again.id == made.id
    assert remembering.client().v1.checkout.sessions.retrieve(made.id).payment_status == "paid"


def test_killed_before_it_told_it_tells_when_it_is_back(remembering: Fake) -> None:
    shop = Shop(remembering.secret)
    try:
        remembering.hear(shop.url, "checkout.session.completed")
        remembering.set("deliveries", delay_s=0.5)
        remembering.pay(new_session(remembering.client()).id)
        remembering.kill()
        remembering.start()
        remembering.wait_until_told()
        assert len(shop.told) == 1
    finally:
        shop.close()


def test_a_switch_there_is_not_is_refused(stripe_fake: Fake) -> None:
    for switch, body in (("lights", {}), ("deliveries", {"colour": 1}), ("fault", {"colour": 1})):
        answer = stripe_fake.http.post(f"/fake/{switch}", content=json.dumps(body))
        assert answer.status_code in (400, 404)


def test_its_pages_say_that_no_money_moves(stripe_fake: Fake) -> None:
    made = new_session(stripe_fake.client())
    assert "It moves no money" in stripe_fake.http.get(f"/pay/{made.id}").text
    stripe_fake.pay(made.id, "4000000000007726")
    page = stripe_fake.http.get("/").text
    assert "It moves no money" in page
    charge = stripe_fake.state()["charge"][0]["id"]
    stripe_fake.http.post("/", data={"id": charge, "outcome": "refund"})
    refund: dict[str, Any] = stripe_fake.state()["refund"][0]
    assert (refund["charge"], refund["status"]) == (charge, "pending")


def test_time_stands_still_for_nobody(stripe_fake: Fake) -> None:
    stripe_fake.set("clock", advance_s=3600)
    made = new_session(stripe_fake.client())
    assert made.created - time.time() == pytest.approx(3600, abs=5)
