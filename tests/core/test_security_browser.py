"""What every request from a browser passes: its visitor cookie and the check of its origin."""

from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from pet_app.core.browser import SameOrigin, VisitorCookie
from pet_app.core.security import VISITOR_COOKIE, new_token
from pet_app.core.settings import settings


async def page(_request: Request) -> Response:
    return HTMLResponse("<p>hello</p>")


async def unchanged(_request: Request) -> Response:
    return Response(status_code=304)


async def data(request: Request) -> Response:
    return JSONResponse(dict(request.cookies))


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_json(dict(websocket.cookies))
    await websocket.close()


@pytest.fixture
def browser() -> TestClient:
    app = Starlette(
        routes=[
            Route("/", page),
            Route("/unchanged", unchanged),
            Route("/data", data, methods=["GET", "POST", "PUT", "DELETE"]),
            WebSocketRoute("/socket", socket),
        ]
    )
    return TestClient(SameOrigin(VisitorCookie(app)), base_url="http://shop.test")


def test_a_first_page_brings_a_cookie_no_script_can_read(browser: TestClient) -> None:
    cookie = browser.get("/").headers["set-cookie"]
    assert cookie.startswith(f"{VISITOR_COOKIE}=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


@pytest.mark.parametrize("address", ["http://shop.test", "https://shop.test"])
def test_behind_https_the_cookie_is_for_this_host_and_encrypted_pages_only(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://shop.test")
    settings.cache_clear()
    client = TestClient(VisitorCookie(Starlette(routes=[Route("/", page)])), address)
    cookie = client.get("/").headers["set-cookie"]
    assert cookie.startswith(f"__Host-{VISITOR_COOKIE}=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_a_browser_keeps_the_cookie_it_has(browser: TestClient) -> None:
    browser.get("/")
    assert "set-cookie" not in browser.get("/").headers


def test_a_browser_that_kept_the_page_but_not_the_cookie_gets_another(browser: TestClient) -> None:
    page = browser.get("/unchanged", headers={"accept": "text/html,application/xhtml+xml"})
    assert page.headers["set-cookie"].startswith(f"{VISITOR_COOKIE}=")
    browser.cookies.clear()
    script = browser.get("/unchanged", headers={"accept": "*/*"})
    assert "set-cookie" not in script.headers


@pytest.mark.parametrize("made_up", ["1", "guess", "x" * 400, "ä" * 40])
def test_a_cookie_made_up_by_hand_is_replaced(browser: TestClient, made_up: str) -> None:
    headers = {b"cookie": f"{VISITOR_COOKIE}={made_up}".encode("latin-1")}
    assert "set-cookie" in browser.get("/", headers=headers).headers


def test_data_does_not_bring_a_cookie(browser: TestClient) -> None:
    assert "set-cookie" not in browser.get("/data").headers


def test_a_first_websocket_knows_its_visitor_and_hands_out_the_cookie(browser: TestClient) -> None:
    with browser.websocket_connect("/socket") as first:
        known = first.receive_json()[VISITOR_COOKIE]
        handed_out = dict(first.extra_headers or [])[b"set-cookie"].decode()
    assert handed_out.startswith(f"{VISITOR_COOKIE}={known};")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.test"},
        {"origin": "null"},
        {"origin": "http://shop.test.evil.test"},
        {"origin": "http://evil.test/shop.test"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_another_site_cannot_use_our_cookies(
    browser: TestClient, method: str, headers: dict[str, str]
) -> None:
    browser.cookies.set(VISITOR_COOKIE, new_token())
    answer = browser.request(method, "/data", headers=headers)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://shop.test"}, {"sec-fetch-site": "same-origin"}],
)
def test_our_own_pages_and_programs_without_an_origin_pass(
    browser: TestClient, headers: dict[str, str]
) -> None:
    browser.cookies.set(VISITOR_COOKIE, new_token())
    assert browser.post("/data", headers=headers).status_code == 200


def test_reading_is_open_to_links_from_anywhere(browser: TestClient) -> None:
    browser.cookies.set(VISITOR_COOKIE, new_token())
    assert browser.get("/", headers={"origin": "https://other.test"}).status_code == 200


def test_another_site_cannot_open_a_websocket(browser: TestClient) -> None:
    connect: Callable = browser.websocket_connect
    with (
        pytest.raises(WebSocketDisconnect),
        connect("/socket", headers={"origin": "https://evil.test"}),
    ):
        pass


def test_another_site_signs_nobody_in_either(browser: TestClient) -> None:
    """Without our cookies too: it could sign a visitor in as somebody else."""
    assert browser.post("/data", headers={"origin": "https://evil.test"}).status_code == 403


@pytest.mark.parametrize(
    ("address", "origin", "status"),
    [
        ("https://shop.test", "https://shop.test", 200),
        ("https://shop.test", "http://shop.test", 403),
        ("http://10.0.0.5:3000", "http://10.0.0.5:3000", 200),
        ("http://10.0.0.5:3000", "https://shop.test", 200),
        ("http://10.0.0.5:3000", "http://10.0.0.5", 403),
    ],
)
def test_a_page_is_ours_at_the_address_it_was_asked_for_or_the_shops_own(
    address: str, origin: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://shop.test")
    settings.cache_clear()
    app = SameOrigin(Starlette(routes=[Route("/data", data, methods=["POST"])]))
    answer = TestClient(app, address).post("/data", headers={"origin": origin})
    assert answer.status_code == status
