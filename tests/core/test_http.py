"""Every answer of the API has one shape for errors, a request id and safe headers."""

import logging
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel
from sqlalchemy import text

from pet_app.core import db, telemetry
from pet_app.core.errors import Conflict, Forbidden, Unavailable
from pet_app.core.http import Doorway, ReadSession, WriteSession, install_errors


class Order(BaseModel):
    quantity: int


def api() -> FastAPI:
    """An application with a route for each way to go wrong."""
    app = FastAPI()
    install_errors(app)

    @app.get("/fine")
    def fine() -> dict[str, str]:
        return {"all": "well"}

    @app.get("/conflict")
    def conflict() -> None:
        raise Conflict("Somebody was faster.", {"name": "Taken."})

    @app.get("/forbidden")
    def forbidden() -> None:
        raise Forbidden("Not yours.")

    @app.get("/busy")
    def busy() -> None:
        raise Unavailable("Later, please.")

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("a secret of ours")

    @app.post("/orders")
    def order(wanted: Order) -> Order:
        return wanted

    @app.get("/count")
    def count(session: ReadSession) -> int:
        return session.connection().execute(text("SELECT count(*) FROM t")).scalar_one()

    @app.post("/add")
    def add(session: WriteSession) -> str:
        session.connection().execute(text("INSERT INTO t VALUES (1)"))
        return "added"

    @app.post("/orphan")
    def orphan(session: WriteSession) -> str:
        session.connection().execute(text("INSERT INTO child VALUES (7)"))
        return "added"

    return app


@pytest.fixture
def browser() -> Iterator[TestClient]:
    """A visitor who sees what the site would answer, even to an error nobody expected."""
    with TestClient(Doorway(api()), raise_server_exceptions=False) as client:
        yield client


def test_a_problem_names_its_fields_and_the_request(browser: TestClient) -> None:
    answered = browser.get("/conflict")
    assert answered.headers["content-type"] == "application/problem+json"
    assert answered.json() == {
        "type": "about:blank",
        "title": Conflict.title,
        "status": 409,
        "detail": "Somebody was faster.",
        "fields": {"name": "Taken."},
        "request_id": answered.headers["x-request-id"],
    }


def test_what_cannot_be_read_is_said_at_its_field(browser: TestClient) -> None:
    answered = browser.post("/orders", json={"quantity": "many"})
    assert answered.status_code == 422
    assert set(answered.json()["fields"]) == {"quantity"}
    assert browser.post("/orders", content=b"{").status_code == 422


def test_a_busy_shop_says_when_to_come_back(browser: TestClient) -> None:
    answered = browser.get("/busy")
    assert (answered.status_code, answered.headers["retry-after"]) == (503, "5")


def test_an_error_of_ours_tells_nothing_about_us(browser: TestClient) -> None:
    answered = browser.get("/broken")
    assert answered.status_code == 500
    assert answered.headers["content-type"] == "application/problem+json"
    assert "secret" not in answered.text


def test_a_refusal_is_written_down_with_what_was_refused(
    browser: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    browser.get("/forbidden")
    (said,) = [str(found.msg) for found in caplog.records if "refused" in str(found.msg)]
    assert "Forbidden" in said
    assert "/forbidden" in said


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/no", 404), ("PUT", "/fine", 405)])
def test_what_does_not_exist_has_the_same_shape(
    browser: TestClient, method: str, path: str, status: int
) -> None:
    answered = browser.request(method, path)
    assert (answered.status_code, answered.json()["status"]) == (status, status)


@pytest.mark.parametrize("path", ["/fine", "/no", "/conflict"])
def test_every_answer_has_safe_headers(browser: TestClient, path: str) -> None:
    headers = browser.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_request_id_is_kept_when_it_is_one(browser: TestClient) -> None:
    kept = browser.get("/fine", headers={"X-Request-Id": "abc-123-def"})
    assert kept.headers["x-request-id"] == "abc-123-def"
    made = browser.get("/fine", headers={"X-Request-Id": "a b\tc; drop"})
    assert made.headers["x-request-id"] != "a b\tc; drop"


def test_a_commit_that_fails_is_not_answered_with_success(
    browser: TestClient, sqlite_database: str
) -> None:
    assert browser.post("/add").status_code == 500
    with_tables()
    assert browser.post("/add").status_code == 200
    assert browser.get("/count").json() == 1
    assert browser.post("/orphan").status_code == 500


def with_tables() -> None:
    """Tables whose rule is looked at only when the transaction commits."""
    with db.writing() as session:
        for statement in (
            "CREATE TABLE t (id INTEGER PRIMARY KEY)",
            "CREATE TABLE child (t INTEGER REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED)",
        ):
            session.connection().execute(text(statement))


def test_the_log_holds_no_token(browser: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    telemetry.configure()
    logging.getLogger().addHandler(caplog.handler)
    browser.get("/fine?token=hunter2", headers={"Cookie": "pet_session=hunter2"})
    telemetry.log.info("signed in", password="hunter2", url="/x?token=hunter2&y=1")
    logging.getLogger("elsewhere").warning("headers: {'cookie': 'pet_session=hunter2'}")
    said = "\n".join(logging.getLogger().handlers[0].format(found) for found in caplog.records)
    assert "/fine" in said
    assert "hunter2" not in said
