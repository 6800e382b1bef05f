"""Accounts and sessions over HTTP, as a browser sees them."""

import pytest
from fastapi import FastAPI
from sqlmodel import func, select
from starlette.testclient import TestClient

from pet_app.core import db
from pet_app.core.browser import SameOrigin, VisitorCookie
from pet_app.core.http import install_errors
from pet_app.core.models import SignIn
from pet_app.core.proxies import TrustedProxies
from pet_app.core.security import SESSION_COOKIE, VISITOR_COOKIE
from pet_app.user import service as users
from pet_app.user.api import router
from pet_app.user.models import User
from tests.user.factory import PASSWORD, make_user

pytestmark = pytest.mark.usefixtures("sqlite_database")

APPLICATION = {"name": "Olive Owner", "email": "olive@example.com", "password": PASSWORD}
SIGN_IN = {"email": "olive@example.com", "password": PASSWORD}


@pytest.fixture
def browser() -> TestClient:
    app = FastAPI()
    install_errors(app)
    app.include_router(router)
    return TestClient(
        TrustedProxies(SameOrigin(VisitorCookie(app))),
        base_url="http://shop.test",
        headers={"origin": "http://shop.test"},
        raise_server_exceptions=False,
        client=("127.0.0.1", 5000),
    )


def accounts() -> int:
    with db.reading() as session:
        return session.exec(select(func.count()).select_from(User)).one()


def test_an_account_can_be_opened_used_left_and_entered_again(browser: TestClient) -> None:
    opened = browser.post("/api/v1/users", json=APPLICATION)
    assert opened.status_code == 201
    assert opened.json().keys() == {"id", "name", "email", "role"}
    assert browser.get("/api/v1/me").json() == opened.json()
    assert browser.delete("/api/v1/session").status_code == 204
    assert browser.get("/api/v1/me").status_code == 401
    assert browser.post("/api/v1/session", json=SIGN_IN).json() == opened.json()
    assert browser.get("/api/v1/me").json() == opened.json()


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(
    browser: TestClient,
) -> None:
    answer = browser.post("/api/v1/users", json=APPLICATION)
    cookie = next(
        line for line in answer.headers.get_list("set-cookie") if line.startswith(SESSION_COOKIE)
    )
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert answer.headers["cache-control"] == "no-store"
    assert browser.cookies[SESSION_COOKIE] not in answer.text


def test_signing_out_leaves_a_new_visitor_behind(browser: TestClient) -> None:
    browser.post("/api/v1/users", json=APPLICATION)
    browser.cookies.set(VISITOR_COOKIE, "v" * 43)
    answer = browser.delete("/api/v1/session")
    lines = answer.headers.get_list("set-cookie")
    cookies = dict(line.split(";")[0].split("=", 1) for line in lines)
    assert cookies[SESSION_COOKIE] == ""
    assert cookies[VISITOR_COOKIE] not in ("", "v" * 43)
    with db.reading() as session:
        assert session.exec(select(func.count()).select_from(SignIn)).one() == 0


def test_a_refused_application_names_its_fields_and_writes_nothing(browser: TestClient) -> None:
    answer = browser.post(
        "/api/v1/users", json={"name": " ", "email": "nowhere", "password": "12345678"}
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["fields"].keys() == {"name", "email", "password"}
    assert accounts() == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {**SIGN_IN, "role": "admin"},
        {"email": "olive@example.com"},
        {"email": 7, "password": PASSWORD},
        {"email": "olive@example.com", "password": {"a": 1}},
        {"email": "x" * 1000, "password": PASSWORD},
        {"email": "olive@example.com", "password": "x" * 100_000},
    ],
)
def test_a_body_of_the_wrong_shape_is_refused_without_repeating_it(
    browser: TestClient, body: object
) -> None:
    answer = browser.post("/api/v1/session", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert PASSWORD not in answer.text
    assert "xxxx" not in answer.text


def test_nobody_can_register_a_role(browser: TestClient) -> None:
    answer = browser.post("/api/v1/users", json={**APPLICATION, "role": "admin"})
    assert answer.status_code == 422
    assert accounts() == 0


def test_a_wrong_password_and_an_unknown_account_answer_the_same(browser: TestClient) -> None:
    with db.writing() as session:
        make_user(session)
    said = [
        browser.post("/api/v1/session", json={"email": email, "password": "a wrong one"})
        for email in ("olive@example.com", "nobody@example.com", "nonsense")
    ]
    assert {answer.status_code for answer in said} == {401}
    assert len({(answer.json()["detail"], answer.json()["title"]) for answer in said}) == 1
    assert not any("set-cookie" in answer.headers for answer in said)


def test_too_many_tries_answer_429(browser: TestClient) -> None:
    wrong = {"email": "olive@example.com", "password": "a wrong one"}
    answers = [browser.post("/api/v1/session", json=wrong).status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]


def test_another_site_cannot_sign_a_person_out(browser: TestClient) -> None:
    browser.post("/api/v1/users", json=APPLICATION)
    answer = browser.delete("/api/v1/session", headers={"origin": "https://evil.test"})
    assert answer.status_code == 403
    assert browser.get("/api/v1/me").status_code == 200


def test_a_demonstration_account_stays_on_this_machine(browser: TestClient) -> None:
    with db.writing() as session:
        users.add_demo_accounts(session)
    body = {"email": "owner@demo.test", "password": users.DEMO_PASSWORD}
    elsewhere = browser.post("/api/v1/session", json=body, headers={"x-forwarded-for": "10.0.0.9"})
    assert elsewhere.status_code == 403
    assert "computer" in elsewhere.json()["detail"]
    assert browser.post("/api/v1/session", json=body).status_code == 200
