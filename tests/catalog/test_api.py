"""The catalogue over HTTP."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from pet_app.catalog import service as catalog
from pet_app.catalog.api import kept, router
from pet_app.core import db
from pet_app.core.http import install_errors
from pet_app.core.money import Money
from tests.catalog.factory import STAFF as SAM
from tests.catalog.factory import make_product, make_stocked
from tests.roles import GUEST, STAFF, USER, cookies_of

pytestmark = pytest.mark.usefixtures("sqlite_database")

GOOD = {"rating": 5, "title": "Good", "text": "It sits well.", "shown_name": "Olive"}


@pytest.fixture
def browser() -> TestClient:
    app = FastAPI()
    install_errors(app)
    app.include_router(router)
    return TestClient(app, "http://shop.test", raise_server_exceptions=False)


def become(browser: TestClient, person: str) -> None:
    browser.cookies.clear()
    browser.headers["cookie"] = "; ".join(f"{k}={v}" for k, v in cookies_of(person).items())


def test_a_product_reads_as_plain_values(browser: TestClient) -> None:
    with db.writing() as session:
        make_product(session)
    answer = browser.get("/api/v1/products/trail-harness").json()
    assert answer["price"] == {"cents": 7000, "currency": "USD"}
    assert answer["details"] == {"Material": "Nylon webbing", "Care": "Wash it"}
    assert answer["picture"] is None
    assert answer["design"]["kind"] == "harness"
    (variant,) = answer["variants"]
    assert (variant["made"], variant["in_stock"], variant["left"]) == (True, True, None)


@pytest.mark.parametrize(("stock", "left"), [(0, 0), (2, 2), (5, 5), (6, None)])
def test_how_many_are_left_is_told_when_there_are_few(
    browser: TestClient, stock: int, left: int | None
) -> None:
    with db.writing() as session:
        make_stocked(session, stock=stock)
    (variant,) = browser.get("/api/v1/products/slow-bowl").json()["variants"]
    assert (variant["in_stock"], variant["left"]) == (stock > 0, left)
    assert variant["options"] == {"Size": "M"}


def test_the_list_is_walked_by_its_cursor(browser: TestClient) -> None:
    with db.writing() as session:
        for position, handle in enumerate(("one", "two", "three")):
            make_product(session, handle, position=position)
    first = browser.get("/api/v1/products", params={"limit": 2}).json()
    rest = browser.get("/api/v1/products", params={"after": first["next_cursor"]}).json()
    assert [row["handle"] for row in first["products"] + rest["products"]] == [
        "one",
        "two",
        "three",
    ]
    assert rest["next_cursor"] is None


def test_the_list_is_searched_filtered_and_counted(browser: TestClient) -> None:
    with db.writing() as session:
        make_product(session)
        make_stocked(session)
    found = browser.get("/api/v1/products?q=bwol&size=M&size=S&in_stock=true").json()
    assert [row["handle"] for row in found["products"]] == ["slow-bowl"]
    assert (found["meant"], found["total"], found["lowest_cents"]) == ("bowl", 1, 1900)
    assert found["counts"]["size"] == {"m": 1}


def test_what_is_kept_is_made_anew_as_soon_as_something_changed(browser: TestClient) -> None:
    with db.writing() as session:
        (variant,) = catalog.variants_of(session, make_product(session))
    address = "/api/v1/products/trail-harness"
    assert browser.get(address).json()["price"]["cents"] == 7000
    with db.writing() as session:
        catalog.change_price(session, SAM, variant.id, Money(100))
    assert browser.get(address).json()["price"]["cents"] == 100
    assert browser.get("/api/v1/products").json()["lowest_cents"] == 100
    with db.writing() as session:
        catalog.withdraw_product(session, SAM, "trail-harness")
    assert browser.get(address).status_code == 404
    assert browser.get("/api/v1/products").json()["total"] == 0


def test_however_many_ways_there_are_to_ask_little_is_kept(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.writing() as session:
        make_product(session)
    monkeypatch.setattr(kept, "MOST_BYTES", 10_000)
    for number in range(30):
        assert browser.get(f"/api/v1/products?q=trail&unknown={number}").status_code == 200
    held = kept.held()
    assert 0 < held.size == sum(len(k) + len(v[2]) for k, v in held.answers.items()) <= 10_000


def test_an_unknown_product_is_a_problem_that_says_so(browser: TestClient) -> None:
    answer = browser.get("/api/v1/products/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "no product" in answer.json()["detail"]


@pytest.mark.parametrize(
    "asked",
    [
        *("kind=spaceship", "sort=luck", "limit=0", "limit=101", "limit=x", "after=nothing"),
        *("q=" + "x" * 201, "rating=6", "low_cents=-1", "size=" + "x" * 41, "species=bird"),
    ],
)
def test_what_cannot_be_asked_is_refused(browser: TestClient, asked: str) -> None:
    answer = browser.get(f"/api/v1/products?{asked}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_wish_is_kept_and_dropped(browser: TestClient) -> None:
    with db.writing() as session:
        make_product(session)
    become(browser, GUEST)
    for _ in range(2):
        assert browser.put("/api/v1/wishes/trail-harness").status_code == 204
    (wished,) = browser.get("/api/v1/wishes").json()["products"]
    assert wished["handle"] == "trail-harness"
    for _ in range(2):
        assert browser.delete("/api/v1/wishes/trail-harness").status_code == 204
    assert browser.get("/api/v1/wishes").json()["products"] == []
    assert browser.put("/api/v1/wishes/nothing").status_code == 404


def test_a_review_goes_from_its_buyer_through_the_staff_onto_the_page(browser: TestClient) -> None:
    with db.writing() as session:
        product = make_product(session)
    become(browser, USER)
    address = "/api/v1/products/trail-harness/review"
    assert browser.put(address, json=GOOD).status_code == 403
    assert browser.put("/api/v1/wishes/trail-harness").status_code == 204
    with db.writing() as session:
        owner = session.connection().exec_driver_sql("SELECT owner FROM wish").scalar_one()
        catalog.note_purchase(session, owner, [product.id], "HH-1")
    assert browser.put(address, json=GOOD).json()["state"] == "waiting"
    assert browser.get(f"{address}s").json()["reviews"] == []
    assert browser.get("/api/v1/reviews").status_code == 403

    become(browser, STAFF)
    (waiting,) = browser.get("/api/v1/reviews").json()["reviews"]
    decision = {"state": "published", "answer": "Thank you!", "changed": waiting["changed"]}
    answered = browser.put(f"/api/v1/reviews/{waiting['id']}/decision", json=decision)
    assert answered.json()["answer"] == "Thank you!"
    (shown,) = browser.get(f"{address}s").json()["reviews"]
    assert (shown["rating"], shown["shown_name"]) == (5, "Olive")
    assert "owner" not in shown
    assert browser.get("/api/v1/products/trail-harness").json()["stars"] == 5.0


def test_the_staff_changes_price_stock_and_what_is_shown(browser: TestClient) -> None:
    with db.writing() as session:
        variant_id = make_stocked(session).id
    become(browser, STAFF)
    variant = f"/api/v1/variants/{variant_id}"
    assert browser.put(f"{variant}/price", json={"cents": 2500}).json()["price"]["cents"] == 2500
    assert browser.put(f"{variant}/stock", json={"stock": 3}).json()["left"] == 3
    hidden = browser.put("/api/v1/products/slow-bowl/published", json={"published": False})
    assert hidden.status_code == 200
    assert browser.get("/api/v1/products/slow-bowl").status_code == 404
    assert browser.put(f"{variant}/price", json={"cents": 0}).status_code == 422
