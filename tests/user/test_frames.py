"""Signing in a page inside another site's, by a window beside it."""

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from pet_app.core import db
from pet_app.core.browser import SameOrigin, VisitorCookie
from pet_app.core.embedding import Embedding
from pet_app.core.http import install_errors
from pet_app.core.proxies import TrustedProxies
from pet_app.core.settings import settings
from pet_app.user.api import router
from pet_app.user.models import User
from tests.user.factory import EMAIL, PASSWORD, make_user

SITE = "https://licences.example"


@pytest.fixture(autouse=True)
def person(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> User:
    monkeypatch.setenv("EMBED_ORIGINS", "https://town.example")
    monkeypatch.setenv("SITE_URL", SITE)
    settings.cache_clear()
    with db.writing() as session:
        return make_user(session)


def door(*, framed: bool = False, host: str = "127.0.0.1") -> TestClient:
    """A browser's window, or a frame in one, which has cookies of its own."""
    app = FastAPI()
    install_errors(app)
    app.include_router(router)
    around = TrustedProxies(Embedding(SameOrigin(VisitorCookie(app)), ("/licensing",)))
    client = TestClient(
        around, base_url=SITE, headers={"origin": SITE}, follow_redirects=False, client=(host, 5000)
    )
    if framed:
        client.cookies.set("__Host-pet_visitor_framed", "f" * 43)
    return client


def window(host: str = "127.0.0.1") -> TestClient:
    """Our own window, with somebody signed in."""
    client = door(host=host)
    body = {"email": EMAIL, "password": PASSWORD}
    assert client.post("/api/v1/session", json=body).status_code == 200
    return client


def yes(client: TestClient, asked: dict[str, str], number: str = "") -> Any:
    body = {"token": asked["window"], "number": number or asked["number"]}
    return client.post("/api/v1/frames/yes", json=body)


def test_a_frame_goes_on_once_the_window_said_its_number() -> None:
    frame = door(framed=True)
    asked = frame.post("/api/v1/frames").json()
    assert frame.post("/api/v1/frames/entry").json() == {"signed_in": False}
    assert yes(window(), asked).status_code == 204
    entered = frame.post("/api/v1/frames/entry")
    assert entered.json() == {"signed_in": True}
    cookie = next(
        line for line in entered.headers.get_list("set-cookie") if "pet_session_framed" in line
    )
    for word in ("HttpOnly", "Secure", "SameSite=None", "Partitioned", "Path=/"):
        assert word in cookie.split("; ")
    assert frame.get("/api/v1/me").json()["email"] == EMAIL


def test_a_frame_enters_once() -> None:
    frame = door(framed=True)
    asked = frame.post("/api/v1/frames").json()
    kept = dict(frame.cookies)
    there = window()
    assert yes(there, asked).status_code == 204
    assert yes(there, asked).status_code == 422
    frame.post("/api/v1/frames/entry")
    again = door(framed=True)
    for name, value in kept.items():
        again.cookies.set(name, value)
    assert again.post("/api/v1/frames/entry").status_code == 401


def test_a_wrong_number_lets_nobody_in_and_five_end_it() -> None:
    frame = door(framed=True)
    asked = frame.post("/api/v1/frames").json()
    there = window()
    for _ in range(5):
        assert yes(there, asked, "0000").status_code == 422
    assert yes(there, asked).status_code == 422
    assert frame.post("/api/v1/frames/entry").json() == {"signed_in": False}


def test_nobody_lets_in_a_frame_that_is_open_somewhere_else() -> None:
    asked = door(framed=True, host="203.0.113.9").post("/api/v1/frames").json()
    assert yes(window(), asked).status_code == 422


def test_a_guest_lets_nobody_in() -> None:
    asked = door(framed=True).post("/api/v1/frames").json()
    assert yes(door(), asked).status_code == 401


def test_the_token_of_the_window_opens_no_session() -> None:
    frame = door(framed=True)
    asked = frame.post("/api/v1/frames").json()
    yes(window(), asked)
    thief = door(framed=True)
    thief.cookies.set("__Host-pet_frame_framed", asked["window"])
    assert thief.post("/api/v1/frames/entry").status_code == 401


def test_no_other_site_says_yes() -> None:
    asked = door(framed=True).post("/api/v1/frames").json()
    there = window()
    there.headers["origin"] = "https://town.example"
    assert yes(there, asked).status_code == 403


def test_without_listed_sites_there_is_nothing_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMBED_ORIGINS", "")
    settings.cache_clear()
    assert door().post("/api/v1/frames").status_code == 404
