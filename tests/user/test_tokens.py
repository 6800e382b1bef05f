"""Programs over HTTP: signed in, renewed, signed out; and the personal tokens people make."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from pet_app.core import db
from pet_app.core.browser import SameOrigin
from pet_app.core.http import install_errors
from pet_app.core.security import SESSION_COOKIE, Role, Scope
from pet_app.user.api import router
from tests.ui.factory import signed_in_cookies
from tests.user.factory import PASSWORD, make_user

pytestmark = pytest.mark.usefixtures("database")

SIGN_IN = {"email": "olive@example.com", "password": PASSWORD}
WISH = {"title": "My feeder", "scopes": [Scope.PROFILE_READ], "days": 30}


@pytest.fixture
def program() -> TestClient:
    """A program: no cookies, no origin."""
    app = FastAPI()
    install_errors(app)
    app.include_router(router)
    return TestClient(SameOrigin(app), "http://shop.test", raise_server_exceptions=False)


@pytest.fixture
def browser(program: TestClient) -> TestClient:
    """The same shop in a browser somebody signed in with."""
    cookies = {SESSION_COOKIE: signed_in_cookies()[SESSION_COOKIE]}
    return TestClient(program.app, "http://shop.test", cookies=cookies)


def olive(role: Role = Role.USER) -> None:
    with db.writing() as session:
        make_user(session, role=role)


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def test_a_program_signs_in_renews_and_signs_out(program: TestClient) -> None:
    olive()
    answer = program.post("/api/v1/tokens", json=SIGN_IN)
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    keys = answer.json()
    assert keys.keys() == {"token_type", "access_token", "refresh_token", "expires_in_s"}
    assert keys["expires_in_s"] == 1800
    me = program.get("/api/v1/me", headers=bearer(keys["access_token"]))
    assert me.json()["email"] == "olive@example.com"
    renewed = program.post("/api/v1/tokens/refresh", json={"refresh_token": keys["refresh_token"]})
    fresh = renewed.json()
    assert program.get("/api/v1/me", headers=bearer(fresh["access_token"])).status_code == 200
    again = program.post("/api/v1/tokens/refresh", json={"refresh_token": keys["refresh_token"]})
    assert again.status_code == 409
    gone = program.delete("/api/v1/tokens", headers=bearer(fresh["access_token"]))
    assert gone.status_code == 204
    for key in (keys, fresh):
        assert program.get("/api/v1/me", headers=bearer(key["access_token"])).status_code == 401
    over = program.post("/api/v1/tokens/refresh", json={"refresh_token": fresh["refresh_token"]})
    assert over.status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {**SIGN_IN, "password": "a wrong one"},
        {**SIGN_IN, "email": "nobody@example.com"},
    ],
)
def test_a_wrong_password_and_an_unknown_account_get_the_same(
    program: TestClient, body: dict[str, str]
) -> None:
    olive()
    answer = program.post("/api/v1/tokens", json=body)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "together" in answer.json()["detail"]


@pytest.mark.parametrize("body", [{}, {"refresh_token": 7}, {"refresh_token": "x" * 5000}, []])
def test_a_refresh_of_the_wrong_shape_repeats_nothing(program: TestClient, body: object) -> None:
    answer = program.post("/api/v1/tokens/refresh", json=body)
    assert answer.status_code == 422
    assert "xxx" not in answer.text


def test_a_personal_token_is_shown_once_and_works_until_it_is_removed(
    program: TestClient, browser: TestClient
) -> None:
    made = browser.post("/api/v1/me/tokens", json=WISH)
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    text = made.json()["token"]
    listed = browser.get("/api/v1/me/tokens")
    assert text not in listed.text
    (kept,) = listed.json()
    assert (kept["title"], kept["scopes"], kept["last_used"]) == (
        "My feeder",
        ["profile:read"],
        None,
    )
    assert program.get("/api/v1/me", headers=bearer(text)).status_code == 200
    assert browser.get("/api/v1/me/tokens").json()[0]["last_used"]
    assert browser.delete(f"/api/v1/me/tokens/{kept['handle']}").status_code == 204
    assert browser.delete(f"/api/v1/me/tokens/{kept['handle']}").status_code == 404
    assert program.get("/api/v1/me", headers=bearer(text)).status_code == 401


def test_a_token_makes_lists_and_removes_no_tokens(
    program: TestClient, browser: TestClient
) -> None:
    everything = {**WISH, "scopes": list(Scope)}
    made = browser.post("/api/v1/me/tokens", json=everything).json()
    headers = bearer(made["token"])
    assert program.get("/api/v1/me/tokens", headers=headers).status_code == 403
    assert program.post("/api/v1/me/tokens", json=WISH, headers=headers).status_code == 403
    path = f"/api/v1/me/tokens/{made['handle']}"
    assert program.delete(path, headers=headers).status_code == 403


def test_nobody_sees_or_removes_the_token_of_another(browser: TestClient) -> None:
    handle = browser.post("/api/v1/me/tokens", json=WISH).json()["handle"]
    browser.cookies.set(SESSION_COOKIE, signed_in_cookies(user_id="u2")[SESSION_COOKIE])
    assert browser.get("/api/v1/me/tokens").json() == []
    assert browser.delete(f"/api/v1/me/tokens/{handle}").status_code == 404


def test_a_personal_token_signs_itself_out(program: TestClient, browser: TestClient) -> None:
    headers = bearer(browser.post("/api/v1/me/tokens", json=WISH).json()["token"])
    assert program.delete("/api/v1/tokens", headers=headers).status_code == 204
    assert program.delete("/api/v1/tokens", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 61}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes.0"),
        ({"days": 0}, "days"),
        ({"days": 10**9}, "days"),
    ],
)
def test_a_wish_that_cannot_be_met_names_its_field(
    browser: TestClient, change: dict[str, object], field: str
) -> None:
    answer = browser.post("/api/v1/me/tokens", json={**WISH, **change})
    assert answer.status_code == 422
    assert answer.json()["fields"].keys() == {field}


def test_nobody_hoards_tokens(browser: TestClient) -> None:
    made = [browser.post("/api/v1/me/tokens", json=WISH).status_code for _ in range(31)]
    assert made == [201] * 30 + [422]
