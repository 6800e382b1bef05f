"""Orders over HTTP: one's own, everybody's, files, keys."""

import base64
from typing import Any

import pytest
from starlette.testclient import TestClient

from pet_app.api import make_api
from pet_app.core import db, storage
from pet_app.core.security import VISITOR_COOKIE, Scope, fingerprint
from pet_app.order import service as orders
from pet_app.order.api import own
from pet_app.order.models import ReturnRequest
from pet_app.user.service import tokens
from tests.order.factory import (
    bowl,
    done,
    draw_invoices,
    harness,
    lines,
    paid,
    placed,
    seen,
    sent,
    shelf,
)
from tests.order.test_photo import picture
from tests.roles import STAFF, USER, cookies_of
from tests.user.factory import identity_of, make_user

pytestmark = pytest.mark.usefixtures("sqlite_database")

VISITOR = "v" * 43
MINE = {"owner": f"visitor:{fingerprint(VISITOR)}"}


@pytest.fixture
def program() -> TestClient:
    client = TestClient(make_api(), "http://shop.test", raise_server_exceptions=False)
    client.cookies.set(VISITOR_COOKIE, VISITOR)
    return client


def mine(*new: Any, **changes: Any) -> str:
    return paid(*new, **(MINE | changes))


def owned(order_id: str) -> str:
    """Make an order this browser's."""
    with db.writing() as session:
        orders.get_order(session, order_id).owner = MINE["owner"]
    return order_id


def staff(program: TestClient, method: str, path: str, body: Any = None) -> Any:
    cookies = cookies_of(STAFF)
    header = "; ".join(f"{name}={value}" for name, value in cookies.items())
    other = TestClient(program.app, "http://shop.test", raise_server_exceptions=False)
    return other.request(method, path, json=body, headers={"cookie": header})


def test_a_guest_lists_reads_and_cancels_their_orders(program: TestClient) -> None:
    order_id, other = mine(harness()), paid(harness())
    listed = program.get("/api/v1/orders").json()
    assert [found["id"] for found in listed] == [order_id]
    whole = program.get(f"/api/v1/orders/{order_id}").json()
    assert (whole["total_cents"], whole["status"]) == (10400, "paid")
    assert [line["title"] for line in whole["lines"]] == ["Biscuit's harness"]
    assert program.get(f"/api/v1/orders/{other}").status_code == 404
    answer = program.post(f"/api/v1/orders/{order_id}/cancellation", json={"reason": "Oops"})
    assert answer.json()["status"] == "cancelled"
    assert program.post(f"/api/v1/orders/{other}/cancellation", json={}).status_code == 404


def test_an_order_never_shows_what_opens_or_names_more(program: TestClient) -> None:
    whole = program.get(f"/api/v1/orders/{mine(harness())}").json()
    assert not {"owner", "checkout_key", "payment_id", "invoice_key", "reason"} & whole.keys()
    assert not {"by", "internal"} & whole["steps"][0].keys()
    assert not {"design", "content_key"} & whole["lines"][0].keys()


def test_the_invoice_is_a_pdf_for_its_owner_alone(program: TestClient) -> None:
    order_id, waiting = mine(harness()), owned(placed(harness()))
    draw_invoices()
    answer = program.get(f"/api/v1/orders/{order_id}/invoice.pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["cache-control"] == "private, no-store"
    assert f"{seen(order_id).invoice_number}.pdf" in answer.headers["content-disposition"]
    assert program.get(f"/api/v1/orders/{waiting}/invoice.pdf").status_code == 404
    program.cookies.clear()
    assert program.get(f"/api/v1/orders/{order_id}/invoice.pdf").status_code == 404
    with db.reading() as session:
        order = orders.get_order(session, order_id)
        key = orders.short_key(order, orders.link_to(order).partition("#")[2])
    assert program.get(f"/api/v1/orders/{order_id}/invoice.pdf?key={key}").is_success
    for wrong in (key[:-1] + "0", "x", "s" + key[1:]):
        path = f"/api/v1/orders/{order_id}/invoice.pdf?key={wrong}"
        assert program.get(path).status_code == 404 or wrong == key


def test_number_and_email_show_the_way_and_no_more(program: TestClient) -> None:
    order_id = paid(harness())
    program.cookies.clear()
    told = {"number": seen(order_id).number, "email": "olive@example.com"}
    key = program.post("/api/v1/order-tracking", json=told).json()["key"]
    assert program.get(f"/api/v1/orders/{order_id}?key={key}").status_code == 404
    assert program.get(f"/api/v1/orders/{order_id}/invoice.pdf?key={key}").status_code == 404
    wrong = program.post("/api/v1/order-tracking", json=told | {"email": "else@example.com"})
    assert wrong.status_code == 404
    for email in ("olive@example.com", "else@example.com"):
        answer = program.post("/api/v1/order-links", json=told | {"email": email})
        assert (answer.status_code, answer.text) == (202, "null")


def test_a_remake_with_a_photo_keeps_a_webp_of_ours(program: TestClient) -> None:
    order_id = owned(sent(harness()))
    [line] = lines(order_id)
    photo = base64.b64encode(picture()).decode()
    told = {"line_id": line.id, "words": "Tight", "photo": photo}
    answer = program.post(f"/api/v1/orders/{order_id}/remakes", json=told)
    assert answer.status_code == 201, answer.text
    request = answer.json()
    assert request["has_photo"]
    kept = program.get(f"/api/v1/order-requests/{request['id']}/photo.webp")
    assert kept.content[:4] == b"RIFF"
    with db.reading() as session:
        key = session.get_one(ReturnRequest, request["id"]).photo
    assert not storage.is_shared(key)
    assert program.get(f"/media/{key}").status_code == 404
    # Refused, and nothing of the picture stays.
    again = program.post(f"/api/v1/orders/{order_id}/remakes", json=told)
    assert again.status_code == 409


def test_no_photograph_is_drawn_for_what_cannot_be_made_again(
    program: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[bytes] = []
    monkeypatch.setattr(own, "keep_photo", drawn.append)
    photo = base64.b64encode(picture()).decode()
    for order_id in (placed(harness(), **MINE), mine(harness()), owned(sent(bowl(shelf())))):
        [line] = lines(order_id)
        told = {"line_id": line.id, "words": "Tight", "photo": photo}
        answer = program.post(f"/api/v1/orders/{order_id}/remakes", json=told)
        assert answer.status_code == 409, answer.text
    assert drawn == []


@pytest.mark.parametrize("photo", ["!", "YWJj", "A" * 1_900_001])
def test_what_is_no_photo_is_refused_with_a_sentence(program: TestClient, photo: str) -> None:
    order_id = owned(sent(harness()))
    [line] = lines(order_id)
    told = {"line_id": line.id, "words": "Tight", "photo": photo}
    answer = program.post(f"/api/v1/orders/{order_id}/remakes", json=told)
    assert answer.status_code == 422
    assert "photo" in answer.json()["fields"]


def test_the_staff_move_an_order_through(program: TestClient) -> None:
    order_id = owned(paid(bowl(shelf(), 2), harness()))
    bought, _ = lines(order_id)
    base = f"/api/v1/sales/orders/{order_id}"
    assert staff(program, "POST", f"{base}/production").json()["status"] == "in_production"
    parcel = {"carrier": "ups", "tracking_number": "1Z999AA1", "lines": {bought.id: 2}}
    assert staff(program, "POST", f"{base}/parcels", parcel).json()["status"] == "in_production"
    rest = {"carrier": "ups", "tracking_number": "1Z999AA2"}
    assert staff(program, "POST", f"{base}/parcels", rest).json()["status"] == "shipped"
    assert staff(program, "POST", f"{base}/arrivals", {}).json()["status"] == "delivered"
    noted = staff(program, "POST", f"{base}/notes", {"words": "Spoke to her"}).json()
    assert noted["steps"][-1]["words"] == "Spoke to her"
    assert "Spoke to her" not in program.get(f"/api/v1/orders/{order_id}").text
    told = {"line_id": bought.id, "quantity": 1, "reason": "damaged"}
    asked = program.post(f"/api/v1/orders/{order_id}/returns", json=told).json()
    decide = f"/api/v1/sales/order-requests/{asked['id']}/decision"
    assert staff(program, "POST", decide, {"decision": "asked"}).status_code == 422
    answer = staff(program, "POST", decide, {"decision": "received"})
    assert answer.json()["state"] == "received"
    click = {"request_key": "a click", "cents": 100}
    for _ in range(2):
        assert staff(program, "POST", f"{base}/refunds", click).is_success
    done(orders.get_order, order_id)
    assert seen(order_id).refunded_cents == 2200 + 100
    assert [o["id"] for o in staff(program, "GET", "/api/v1/sales/orders").json()] == [order_id]
    assert staff(program, "GET", "/api/v1/sales/orders?status=paid").json() == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("parcels", {"carrier": "ups", "tracking_number": "1Z999", "price": 1}),
        ("parcels", {"carrier": "ups", "tracking_number": "1Z999AA", "lines": {"x": 0}}),
        ("refunds", {"request_key": "k", "cents": 0}),
        ("refunds", {"request_key": "k", "cents": 10**12}),
        ("refunds", {}),
        ("notes", {"words": "x" * 1001}),
    ],
)
def test_a_body_that_cannot_be_meant_is_refused(program: TestClient, path: str, body: Any) -> None:
    order_id = paid(harness())
    answer = staff(program, "POST", f"/api/v1/sales/orders/{order_id}/{path}", body)
    assert answer.status_code == 422


def test_a_token_reads_or_changes_what_its_scope_says(program: TestClient) -> None:
    with db.writing() as session:
        user = identity_of(make_user(session))
        token = tokens.make_token(session, user, "a script", [Scope.ORDERS_READ], None)[0]
    order_id = paid(harness(), owner=user.owner)
    bearer = {"authorization": f"Bearer {token}"}
    assert program.get(f"/api/v1/orders/{order_id}", headers=bearer).is_success
    path = f"/api/v1/orders/{order_id}/cancellation"
    assert program.post(path, json={}, headers=bearer).status_code == 403
    assert program.get("/api/v1/sales/orders", headers=bearer).status_code == 403


def test_an_ordinary_account_sees_nothing_of_the_sales(program: TestClient) -> None:
    header = "; ".join(f"{name}={value}" for name, value in cookies_of(USER).items())
    program.cookies.clear()
    answer = program.get("/api/v1/sales/orders", headers={"cookie": header})
    assert answer.status_code == 403
