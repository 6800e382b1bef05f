"""Which pages of ours other sites may show inside theirs, and with which cookies."""

import re
from pathlib import Path

import pytest
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from pet_app import sections
from pet_app.core.browser import VisitorCookie
from pet_app.core.embedding import Embedding, pattern_of
from pet_app.core.http import Doorway
from pet_app.core.origins import origins_in
from pet_app.core.security import SESSION_COOKIE, read_cookies
from pet_app.core.settings import settings
from pet_app.front import Front

TOWN = "https://town.example"
ROUTES = ("/licensing", "/licensing/applications/[id]")
PAGES = ("", "licensing", "login", "licensing/desk", "licensing/applications/7")
IN_A_FRAME = {"sec-fetch-dest": "iframe", "sec-fetch-site": "cross-site"}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A small built site whose licensing a town may embed."""
    monkeypatch.setenv("EMBED_ORIGINS", TOWN)
    settings.cache_clear()
    return built(tmp_path)


def built(folder: Path) -> TestClient:
    for page in PAGES:
        (folder / page).mkdir(parents=True, exist_ok=True)
        (folder / page / "index.html").write_text("<h1>here</h1>")
    pages = Front(StaticFiles(directory=folder, html=True), folder)
    return TestClient(Embedding(Doorway(VisitorCookie(pages)), ROUTES), follow_redirects=False)


def ancestors(answer: object) -> str:
    policy: str = answer.headers["content-security-policy"]  # pyright: ignore[reportAttributeAccessIssue]
    return next(part for part in policy.split("; ") if part.startswith("frame-ancestors"))


@pytest.mark.parametrize("path", ["/licensing", "/licensing/", "/licensing/applications/7"])
def test_a_listed_site_may_show_licensing(site: TestClient, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert ancestors(answer) == f"frame-ancestors {TOWN}"
    assert "x-frame-options" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/login", "/licensing/desk", "/licensing/desk/", "/nothing"])
def test_nobody_may_show_anything_else(site: TestClient, path: str) -> None:
    answer = site.get(path)
    assert ancestors(answer) == "frame-ancestors 'none'"
    assert answer.headers["x-frame-options"] == "DENY"


def test_nobody_may_show_anything_where_no_site_is_listed(tmp_path: Path) -> None:
    answer = built(tmp_path).get("/licensing")
    assert ancestors(answer) == "frame-ancestors 'none'"
    assert answer.headers["x-frame-options"] == "DENY"


def test_no_page_of_ours_that_may_be_shown_is_the_clerks_or_asks_for_a_password() -> None:
    listed = [
        route for pages in sections.load("pages") for route in getattr(pages, "EMBEDDABLE", ())
    ]
    assert listed
    for route in listed:
        assert route.startswith("/licensing")
        assert not route.startswith("/licensing/desk")
    for secret in ("/login", "/let-in", "/licensing/desk", "/dashboard/settings", "/pay/demo/x"):
        assert not any(re.fullmatch(pattern_of(route), secret) for route in listed)


def test_a_frame_has_cookies_of_its_own_that_stay_inside_that_site(site: TestClient) -> None:
    framed = site.get("/licensing", headers=IN_A_FRAME).headers["set-cookie"]
    assert framed.startswith("pet_visitor_framed=")
    for word in ("HttpOnly", "Secure", "SameSite=None", "Partitioned"):
        assert word in framed.split("; ")
    outside = site.get("/licensing").headers["set-cookie"]
    assert outside.startswith("pet_visitor=")
    assert "SameSite=Lax" in outside


def test_a_page_that_may_not_be_shown_sets_no_cookie_for_a_frame(site: TestClient) -> None:
    cookie = site.get("/login", headers=IN_A_FRAME).headers["set-cookie"]
    assert cookie.startswith("pet_visitor=")
    assert "SameSite=Lax" in cookie


@pytest.mark.usefixtures("site")
def test_a_cookie_of_a_frame_counts_in_the_frame_alone() -> None:
    assert read_cookies("pet_session_framed=a") == {SESSION_COOKIE: "a"}
    assert read_cookies("pet_session_framed=a; pet_session=b") == {SESSION_COOKIE: "b"}
    # A browser with a visitor of its own never signs in by what was planted beside it.
    assert SESSION_COOKIE not in read_cookies("pet_session_framed=a; pet_visitor=b")


def test_without_listed_sites_a_cookie_of_a_frame_is_nothing() -> None:
    assert SESSION_COOKIE not in read_cookies("pet_session_framed=a")


@pytest.mark.parametrize(
    "listed",
    [
        "*",
        "https://*.example",
        "https://town.example/page",
        "https://town.example; script-src *",
        "http://town.example",
        "https://who@town.example",
        "javascript:alert(1)",
        "https://town.example:99999",
        "null",
    ],
)
def test_only_whole_and_safe_origins_may_be_listed(listed: str) -> None:
    with pytest.raises(ValueError, match="EMBED_ORIGINS lists addresses like"):
        origins_in(listed, "EMBED_ORIGINS")


def test_origins_are_listed_with_commas_between() -> None:
    assert origins_in(" https://a.example, http://localhost:3190/ ,", "X") == (
        "https://a.example",
        "http://localhost:3190",
    )
