"""Every answer the site can give carries the policy that belongs to it, errors included."""

from functools import reduce
from pathlib import Path

import pytest
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from pet_app.api import make_api
from pet_app.around import around
from pet_app.core.http import DATA_POLICY, PAGE_POLICY
from pet_app.core.settings import settings
from tests.test_front import FILES
from tests.test_scopes import doors

FILES_TOO = [
    *("/", "/shop", "/nowhere", "/assets/a.js", "/assets/gone.js", "/fonts/a.woff2", "/404.html"),
    *("/product/none", "/_upload/x", "/media/none", "/x" * 3000, "/%00", "/..%2f..%2fetc/passwd"),
]
ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
}


class Breaks:
    """Something around the pages that fails, before an answer or in the middle of one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("path") == "/breaks":
            raise RuntimeError("a secret of ours")
        await self.app(scope, receive, send)


@pytest.fixture
def visitor(sqlite_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A visitor of the whole site behind https, with a few built pages."""
    monkeypatch.setenv("SITE_URL", "https://shop.test")
    settings.cache_clear()
    built = tmp_path / "built"
    for path, text in FILES.items():
        (built / path).parent.mkdir(exist_ok=True, parents=True)
        (built / path).write_text(text)
    api = make_api()
    api.mount("/", StaticFiles(directory=built, html=True))
    site: ASGIApp = Breaks(api)
    site = reduce(lambda inner, outer: outer(inner), around(built), site)
    return TestClient(site, "https://shop.test", raise_server_exceptions=False)


def faults(answer, *, shared: bool = False) -> list[str]:
    """What is wrong with the headers of an answer."""
    wanted = ALWAYS | ({"cross-origin-resource-policy": "cross-origin"} if shared else {})
    wrong = [name for name, value in wanted.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("content-security-policy", "")
    page = answer.headers.get("content-type", "").startswith(("text/html", "text/javascript"))
    scripts = next((part for part in policy.split("; ") if part.startswith("script-src ")), "")
    if page and (not scripts or "'unsafe-inline'" in scripts or "'unsafe-eval'" in scripts):
        wrong.append(policy)
    if not page and policy != DATA_POLICY:
        wrong.append(policy)
    if "frame-ancestors 'none'" not in policy or not answer.headers.get("x-request-id"):
        wrong.append("frame-ancestors")
    return wrong


def test_every_route_answers_under_its_policy(visitor: TestClient) -> None:
    wrong = {}
    for method, path, _ in doors():
        answer = visitor.request(method, path, headers={"origin": "https://shop.test"})
        found = faults(answer, shared=path.startswith("/media/"))
        if path.startswith("/api/") and "cache-control" not in answer.headers:
            found.append("cache-control")
        if found:
            wrong[method, path, answer.status_code] = found
    assert wrong == {}


@pytest.mark.parametrize("path", FILES_TOO)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_every_page_and_file_answers_under_its_policy(
    visitor: TestClient, method: str, path: str
) -> None:
    answer = visitor.request(method, path, headers={"origin": "https://shop.test"})
    assert answer.status_code in (200, 307, 404, 405)
    assert faults(answer, shared=path.startswith("/media/")) == []


@pytest.mark.parametrize(
    ("status", "request_"),
    [
        (
            403,
            {"method": "POST", "url": "/api/v1/session", "headers": {"origin": "https://e.test"}},
        ),
        (413, {"method": "POST", "url": "/api/v1/session", "content": b"x" * 3_000_000}),
        (413, {"method": "POST", "url": "/shop", "content": b"x" * 3_000_000}),
        (422, {"method": "POST", "url": "/api/v1/session", "json": {}}),
        (500, {"method": "GET", "url": "/breaks"}),
    ],
)
def test_every_refusal_answers_under_its_policy(
    visitor: TestClient, status: int, request_: dict
) -> None:
    answer = visitor.request(**request_)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert faults(answer) == []


def test_a_page_that_did_not_change_keeps_the_policy_it_came_with(visitor: TestClient) -> None:
    first = visitor.get("/shop")
    again = visitor.get("/shop", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert "content-security-policy" not in again.headers


def test_plain_http_promises_no_encryption(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SITE_URL", "http://workshop.local")
    settings.cache_clear()
    site = reduce(lambda inner, outer: outer(inner), around(tmp_path), make_api())
    answer = TestClient(site, "http://workshop.local").get("/health/db")
    assert "strict-transport-security" not in answer.headers


def test_scripts_connect_nowhere_but_home() -> None:
    directives = {
        part.partition(" ")[0]: part.partition(" ")[2] for part in PAGE_POLICY.split("; ")
    }
    assert directives["connect-src"] == "'self' data: blob:"
    assert "'unsafe-inline'" not in directives["script-src"]
