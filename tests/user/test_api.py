"""Accounts and sessions over HTTP, as a browser sees them."""

from typing import Any

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
from pet_app.user.api.shapes import HALF_COOKIE
from pet_app.user.models import User
from tests.user.factory import ANOTHER, EMAIL, PASSWORD, app_code, link_token, make_user

pytestmark = pytest.mark.usefixtures("sqlite_database")

APPLICATION = {"name": "Olive Owner", "email": EMAIL, "password": PASSWORD}
SIGN_IN = {"email": EMAIL, "password": PASSWORD}
NEW = "olive@new.example"


@pytest.fixture
def browser() -> TestClient:
    return new_browser()


def new_browser(host: str = "127.0.0.1") -> TestClient:
    """A browser with no cookies."""
    app = FastAPI()
    install_errors(app)
    app.include_router(router)
    opened = TestClient(
        TrustedProxies(SameOrigin(VisitorCookie(app))),
        base_url="http://shop.test",
        headers={"origin": "http://shop.test"},
        raise_server_exceptions=False,
        client=(host, 5000),
    )
    opened.cookies.set(VISITOR_COOKIE, host.ljust(43, "v"))
    return opened


def post(browser: TestClient, path: str, **body: Any) -> Any:
    return browser.post(f"/api/v1{path}", json=body)


def accounts() -> int:
    with db.reading() as session:
        return session.exec(select(func.count()).select_from(User)).one()


def signed_in(browser: TestClient) -> TestClient:
    """The browser with a fresh account of Olive's."""
    with db.writing() as session:
        make_user(session)
    assert post(browser, "/session", **SIGN_IN).status_code == 200
    return browser


def set_up(browser: TestClient) -> tuple[str, list[str]]:
    """The second step of who is signed in: its secret and recovery codes."""
    setup = post(browser, "/me/second-factor", password=PASSWORD)
    assert setup.json().keys() == {"secret", "uri", "qr"}
    assert setup.headers["cache-control"] == "no-store"
    secret = setup.json()["secret"]
    done = post(browser, "/me/second-factor/confirmation", code=app_code(secret))
    assert done.headers["cache-control"] == "no-store"
    with db.writing() as session:
        session.exec(select(User)).one().totp_step = 0
    return secret, done.json()["recovery_codes"]


def test_an_account_can_be_opened_used_left_and_entered_again(browser: TestClient) -> None:
    asked = post(browser, "/users", **APPLICATION)
    assert (asked.status_code, asked.json()) == (202, {"outbox": "/outbox"})
    assert browser.get("/api/v1/me").status_code == 401
    opened = post(browser, "/users/confirmation", token=link_token())
    assert opened.status_code == 200
    assert opened.json().keys() == {"id", "name", "email", "role"}
    assert browser.get("/api/v1/me").json() == opened.json()
    assert browser.delete("/api/v1/session").status_code == 204
    assert browser.get("/api/v1/me").status_code == 401
    assert post(browser, "/session", **SIGN_IN).json() == opened.json()
    assert browser.get("/api/v1/me").json() == opened.json()


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(
    browser: TestClient,
) -> None:
    with db.writing() as session:
        make_user(session)
    answer = post(browser, "/session", **SIGN_IN)
    cookie = next(
        line for line in answer.headers.get_list("set-cookie") if line.startswith(SESSION_COOKIE)
    )
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert answer.headers["cache-control"] == "no-store"
    assert browser.cookies[SESSION_COOKIE] not in answer.text


def test_signing_out_leaves_a_new_visitor_behind(browser: TestClient) -> None:
    before = signed_in(browser).cookies[VISITOR_COOKIE]
    answer = browser.delete("/api/v1/session")
    lines = answer.headers.get_list("set-cookie")
    cookies = dict(line.split(";")[0].split("=", 1) for line in lines)
    assert cookies[SESSION_COOKIE] == cookies[HALF_COOKIE] == ""
    assert cookies[VISITOR_COOKIE] not in ("", before)
    with db.reading() as session:
        assert session.exec(select(func.count()).select_from(SignIn)).one() == 0


def test_a_refused_application_names_its_fields_and_writes_nothing(browser: TestClient) -> None:
    answer = post(browser, "/users", name=" ", email="nowhere", password="12345678")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["fields"].keys() == {"name", "email", "password"}
    assert accounts() == 0


@pytest.mark.parametrize("path", ["/users", "/password/forgotten"])
def test_the_answer_is_the_same_whether_or_not_there_is_an_account(path: str) -> None:
    with db.writing() as session:
        make_user(session)
    said = []
    for email in (EMAIL, "nobody@example.com"):
        body = {**APPLICATION, "email": email} if path == "/users" else {"email": email}
        answer = post(new_browser(), path, **body)
        headers = {name for name in answer.headers if name != "date"}
        said.append((answer.status_code, answer.json(), headers))
    assert said[0] == said[1]
    assert said[0][0] == 202


def test_the_developers_outbox_is_told_of_on_this_machine_only() -> None:
    answer = post(new_browser("203.0.113.7"), "/users", **APPLICATION)
    assert (answer.status_code, answer.json()) == (202, {"outbox": ""})


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
    assert post(browser, "/users", **APPLICATION, role="admin").status_code == 422
    assert accounts() == 0


def test_a_name_of_ten_thousand_characters_is_refused_at_its_field(browser: TestClient) -> None:
    answer = post(browser, "/users", **{**APPLICATION, "name": "王" * 10_000})
    assert answer.status_code == 422
    assert answer.json()["fields"] == {"name": "Use 80 characters or fewer."}


def test_a_wrong_password_and_an_unknown_account_answer_the_same(browser: TestClient) -> None:
    with db.writing() as session:
        make_user(session)
    said = [
        post(browser, "/session", email=email, password="a wrong one")
        for email in (EMAIL, "nobody@example.com", "nonsense")
    ]
    assert {answer.status_code for answer in said} == {401}
    assert len({(answer.json()["detail"], answer.json()["title"]) for answer in said}) == 1
    assert not any("set-cookie" in answer.headers for answer in said)


def test_too_many_tries_answer_429_and_when_to_come_back(browser: TestClient) -> None:
    wrong = {"email": EMAIL, "password": "a wrong one"}
    answers = [post(browser, "/session", **wrong) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert 25 <= int(answers[-1].headers["retry-after"]) <= 30


def test_another_site_cannot_sign_a_person_out(browser: TestClient) -> None:
    answer = signed_in(browser).delete("/api/v1/session", headers={"origin": "https://evil.test"})
    assert answer.status_code == 403
    assert browser.get("/api/v1/me").status_code == 200


def test_a_demonstration_account_stays_on_this_machine(browser: TestClient) -> None:
    with db.writing() as session:
        users.add_demo_accounts(session)
    body = {"email": "owner@demo.test", "password": users.DEMO_PASSWORD}
    elsewhere = browser.post("/api/v1/session", json=body, headers={"x-forwarded-for": "10.0.0.9"})
    assert elsewhere.status_code == 403
    assert "computer" in elsewhere.json()["detail"]
    assert post(browser, "/session", **body).status_code == 200


def test_a_second_step_goes_between_the_password_and_the_session(browser: TestClient) -> None:
    secret, codes = set_up(signed_in(browser))
    again = new_browser()
    first = post(again, "/session", **SIGN_IN)
    assert (first.status_code, first.json()) == (200, {"second_factor": True})
    assert SESSION_COOKIE not in again.cookies
    cookie = next(
        line for line in first.headers.get_list("set-cookie") if line.startswith(HALF_COOKIE)
    )
    assert {"HttpOnly", "SameSite=Lax", "Max-Age=600"} <= set(cookie.split("; "))
    assert again.get("/api/v1/me").status_code == 401
    wrong = post(again, "/session/second-factor", code="000000")
    assert wrong.status_code == 422
    assert "clock of your phone" in wrong.json()["fields"]["code"]
    done = post(again, "/session/second-factor", code=app_code(secret))
    assert done.json()["email"] == EMAIL
    assert again.cookies.get(HALF_COOKIE, "") == ""
    assert again.get("/api/v1/sessions").json()[0]["strong"] is True
    assert len(codes) == 10


def test_the_second_step_needs_the_first(browser: TestClient) -> None:
    set_up(signed_in(browser))
    for cookie in ("", "a" * 43, "\x7f"):
        stranger = new_browser()
        if cookie:
            stranger.cookies.set(HALF_COOKIE, cookie)
        assert post(stranger, "/session/second-factor", code="123456").status_code == 401


def test_a_second_step_is_turned_off_with_password_and_code(browser: TestClient) -> None:
    secret, codes = set_up(signed_in(browser))
    shown = browser.get("/api/v1/me/second-factor").json()
    assert shown == {"on": True, "required": False, "codes_left": 10}
    renewed = post(
        browser, "/me/second-factor/recovery-codes", password=PASSWORD, code=app_code(secret)
    )
    assert not set(codes) & set(renewed.json()["recovery_codes"])
    for wrong in ({"password": ANOTHER, "code": "1"}, {"password": PASSWORD, "code": codes[0]}):
        assert post(browser, "/me/second-factor/removal", **wrong).status_code == 422
    right = {"password": PASSWORD, "code": renewed.json()["recovery_codes"][0]}
    assert post(browser, "/me/second-factor/removal", **right).status_code == 204
    assert post(new_browser(), "/session", **SIGN_IN).json()["email"] == EMAIL


def test_a_forgotten_password_is_replaced_by_a_link(browser: TestClient) -> None:
    with db.writing() as session:
        make_user(session)
    assert post(browser, "/password/forgotten", email=EMAIL).status_code == 202
    token = link_token()
    weak = post(browser, "/password/reset", token=token, password="short")
    assert weak.json()["fields"].keys() == {"password"}
    done = post(browser, "/password/reset", token=token, password=ANOTHER)
    assert done.json()["email"] == EMAIL
    assert browser.get("/api/v1/me").status_code == 200
    again = post(browser, "/password/reset", token=token, password=ANOTHER)
    assert again.status_code == 422
    assert token not in again.text


def test_password_and_address_are_changed_with_the_password(browser: TestClient) -> None:
    signed_in(browser)
    wrong = post(browser, "/me/password", current="a wrong one", password=ANOTHER)
    assert wrong.json()["fields"].keys() == {"current"}
    changed = post(browser, "/me/password", current=PASSWORD, password=ANOTHER)
    assert changed.status_code == 204
    asked = post(browser, "/me/email", email=NEW, password=ANOTHER)
    assert asked.status_code == 202
    moved = post(browser, "/me/email/confirmation", token=link_token(NEW))
    assert moved.json() == {"email": NEW, "here": True}
    assert browser.get("/api/v1/me").json()["email"] == NEW


def test_sessions_are_listed_and_ended(browser: TestClient) -> None:
    signed_in(browser)
    others = [new_browser() for _ in range(3)]
    for other in others:
        post(other, "/session", **SIGN_IN)
    listed = browser.get("/api/v1/sessions").json()
    assert [row["current"] for row in listed] == [True, False, False, False]
    shown = "handle device address created last_seen current strong"
    assert listed[0].keys() == set(shown.split())
    assert browser.delete(f"/api/v1/sessions/{listed[1]['handle']}").status_code == 204
    assert browser.delete(f"/api/v1/sessions/{listed[1]['handle']}").status_code == 404
    assert browser.delete("/api/v1/sessions/others").status_code == 204
    assert [other.get("/api/v1/me").status_code for other in others] == [401] * 3
    assert browser.delete("/api/v1/sessions").status_code == 204
    assert browser.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/sessions", None),
        ("DELETE", "/sessions", None),
        ("GET", "/me/second-factor", None),
        ("POST", "/me/second-factor", {"password": PASSWORD}),
        ("POST", "/me/second-factor/confirmation", {"code": "123456"}),
        ("POST", "/me/password", {"current": PASSWORD, "password": ANOTHER}),
        ("POST", "/me/email", {"email": NEW, "password": PASSWORD}),
    ],
)
def test_a_guest_reaches_nothing_of_an_account(
    browser: TestClient, method: str, path: str, body: dict[str, str] | None
) -> None:
    assert browser.request(method, f"/api/v1{path}", json=body).status_code == 401
