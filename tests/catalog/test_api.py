"""The catalogue over HTTP."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from pet_app.catalog.api import router
from pet_app.core import db
from pet_app.core.http import install_errors
from tests.catalog.factory import make_product

pytestmark = pytest.mark.usefixtures("sqlite_database")


@pytest.fixture
def browser() -> TestClient:
    app = FastAPI()
    install_errors(app)
    app.include_router(router)
    return TestClient(app, "http://shop.test", raise_server_exceptions=False)


def test_a_product_reads_as_plain_values(browser: TestClient) -> None:
    with db.writing() as session:
        make_product(session)
    answer = browser.get("/api/v1/products/trail-harness").json()
    assert answer["price"] == {"cents": 7000, "currency": "USD"}
    assert answer["details"] == {"Material": "Nylon webbing", "Care": "Wash it"}
    assert answer["picture"] is None
    assert answer["design"]["kind"] == "harness"


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


def test_an_unknown_product_is_a_problem_that_says_so(browser: TestClient) -> None:
    answer = browser.get("/api/v1/products/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "no product" in answer.json()["detail"]


@pytest.mark.parametrize(
    "asked", ["kind=spaceship", "sort=luck", "limit=0", "limit=101", "limit=x", "after=nothing"]
)
def test_what_cannot_be_asked_is_refused(browser: TestClient, asked: str) -> None:
    answer = browser.get(f"/api/v1/products?{asked}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
