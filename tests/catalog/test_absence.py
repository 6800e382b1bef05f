"""The status of a product page."""

import contextlib

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pet_app.catalog.absence import Absence
from pet_app.core import db, engine
from tests.catalog.factory import make_product

pytestmark = pytest.mark.usefixtures("sqlite_database")


@pytest.fixture
def browser() -> TestClient:
    def page(request: object) -> PlainTextResponse:
        return PlainTextResponse("a page")

    return TestClient(Absence(Starlette(routes=[Route("/{path:path}", page)])))


@pytest.mark.parametrize("end", ["", "/"])
def test_a_product_that_is_there_is_found_and_another_is_not(browser: TestClient, end: str) -> None:
    with db.writing() as session:
        make_product(session)
        make_product(session, "hidden", published=False)
    assert browser.get(f"/product/trail-harness{end}").status_code == 200
    for handle in ("nothing", "hidden", "trail-harness/more", "%20"):
        assert browser.get(f"/product/{handle}{end}").status_code == 404


def test_other_pages_are_left_alone(browser: TestClient) -> None:
    assert browser.get("/shop").status_code == 200
    assert browser.get("/products").status_code == 200


def test_a_built_page_is_shown_when_nobody_can_be_asked(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 50)
    db.close()
    with contextlib.ExitStack() as taken:
        for _ in range(engine.READERS):
            taken.enter_context(db.reading()).connection()
        assert browser.get("/product/trail-harness").status_code == 200
