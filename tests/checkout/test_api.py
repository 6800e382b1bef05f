"""Cart and checkout over HTTP: what a client claims of prices counts for nothing."""

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from pet_app.checkout.api import router
from pet_app.core import db
from pet_app.core.http import install_errors
from pet_app.core.security import VISITOR_COOKIE, new_token
from tests.checkout import factory
from tests.checkout.factory import AUSTIN, EMAIL

pytestmark = pytest.mark.usefixtures("sqlite_database")

URL = "http://shop.test"


def browser(token: str = "") -> TestClient:
    app = FastAPI()
    install_errors(app)
    app.include_router(router)
    cookies = {VISITOR_COOKIE: token or new_token()}
    return TestClient(app, URL, raise_server_exceptions=False, cookies=cookies)


@pytest.fixture
def bowl() -> str:
    with db.writing() as session:
        return factory.make_variant(session).id


def line(variant_id: str, **more: Any) -> dict[str, Any]:
    return {"variant_id": variant_id, "request_key": "click-1", **more}


def test_a_guest_buys_over_the_api(bowl: str) -> None:
    shop = browser()
    with db.writing() as session:
        factory.make_promotion(session)
    assert shop.post("/api/v1/cart/lines", json=line(bowl, quantity=2)).status_code == 200
    assert shop.post("/api/v1/cart/codes", json={"code": "spring10"}).json()["discount"] == {
        "cents": 400,
        "currency": "USD",
    }
    place = {"country": "US", "postal_code": "78701"}
    assert shop.get("/api/v1/cart/estimate", params=place).json()["tax"]["cents"] == 274
    where = {"email": EMAIL, "address": AUSTIN}
    assert shop.put("/api/v1/checkout/where", json=where).status_code == 200
    seen = shop.put("/api/v1/checkout/method", json={"method": "express"}).json()
    assert seen["problems"] == []
    body = {"digest": seen["digest"], "request_key": "click-9"}
    placed = shop.post("/api/v1/checkout/orders", json=body)
    assert placed.status_code == 200
    assert placed.json()["due"] == seen["due"]
    assert placed.json()["pay_at"].startswith("/pay/demo/")
    assert shop.post("/api/v1/checkout/orders", json=body).json() == placed.json()
    # Another browser has none of it.
    assert browser().get("/api/v1/cart").json()["lines"] == []


@pytest.mark.parametrize(
    "more",
    [
        {"price": 1},
        {"unit_cents": 1},
        {"currency": "XXX"},
        {"owner": "user:somebody"},
        {"stock": 99},
        {"quantity": 0},
        {"quantity": -1},
        {"quantity": 10**30},
        {"quantity": 1.5},
        {"quantity": "many"},
        {"design_id": "x" * 26},
        {"request_key": ""},
        {"request_key": "x" * 65},
        {"variant_id": "x" * 27},
        {"variant_id": ""},
        {"variant_id": 7},
    ],
)
def test_what_a_client_may_not_say_is_refused(bowl: str, more: dict[str, Any]) -> None:
    shop = browser()
    answer = shop.post("/api/v1/cart/lines", json=line(bowl) | more)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert shop.get("/api/v1/cart").json()["lines"] == []


@pytest.mark.parametrize(
    "more", [{"total": 1}, {"due": {"cents": 1}}, {"gift": 5}, {"digest": "x" * 201}, {"email": ""}]
)
def test_an_order_holds_no_word_of_a_price(bowl: str, more: dict[str, Any]) -> None:
    shop = browser()
    shop.post("/api/v1/cart/lines", json=line(bowl))
    seen = shop.put("/api/v1/checkout/where", json={"email": EMAIL, "address": AUSTIN}).json()
    body = {"digest": seen["digest"], "request_key": "click-9"} | more
    assert shop.post("/api/v1/checkout/orders", json=body).status_code == 422


def test_an_order_that_cannot_be_placed_answers_every_reason() -> None:
    body = {"digest": "0", "request_key": "click-9"}
    answer = browser().post("/api/v1/checkout/orders", json=body)
    assert answer.status_code == 409
    assert answer.json()["title"] == "A few things need another look"
    assert {"empty", "email"} <= set(answer.json()["fields"])


def test_lines_are_changed_kept_and_taken_out_by_their_owner_alone(bowl: str) -> None:
    token = new_token()
    shop, other = browser(token), browser()
    cart = shop.post("/api/v1/cart/lines", json=line(bowl)).json()
    path = f"/api/v1/cart/lines/{cart['lines'][0]['id']}"
    assert other.patch(path, json={"quantity": 2}).status_code == 404
    assert other.delete(path).status_code == 404
    assert shop.patch(path, json={"quantity": 2}).json()["count"] == 2
    assert shop.patch(path, json={"quantity": 99}).status_code == 422
    assert shop.patch(path, json={"quantity": 6}).status_code == 409
    assert shop.patch(path, json={}).status_code == 422
    assert len(shop.patch(path, json={"saved": True}).json()["saved"]) == 1
    assert len(shop.patch(path, json={"saved": False}).json()["lines"]) == 1
    assert shop.delete(path).json()["lines"] == []
    assert shop.delete(path).status_code == 404


def test_nobody_guesses_codes(bowl: str) -> None:
    shop = browser()
    tries = [
        shop.post("/api/v1/cart/codes", json={"code": f"GUESS{number}"}).status_code
        for number in range(30)
    ]
    assert tries[0] == 422
    assert tries[-1] == 429


def test_a_caller_without_cookies_has_no_cart(bowl: str) -> None:
    shop = browser()
    shop.cookies.clear()
    assert shop.get("/api/v1/cart").json()["lines"] == []
    assert shop.post("/api/v1/cart/lines", json=line(bowl)).status_code == 401
    assert shop.get("/api/v1/promotions").status_code == 401
