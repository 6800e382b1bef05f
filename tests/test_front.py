"""Built pages: at their own address, cached as they may be, under a policy of their own."""

import base64
import hashlib
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.staticfiles import StaticFiles

from pet_app.core.http import Doorway
from pet_app.core.media import FOR_EVER
from pet_app.front import ASK_AGAIN, FOR_A_WEEK, Front
from pet_app.one_origin import with_proxy

SCRIPT = 'document.title = "shop"'
FILES = {
    "index.html": "<h1>home</h1>",
    "shop/index.html": f'<script src="/assets/a.js"></script><script>{SCRIPT}</script>',
    "404.html": "<h1>nothing here</h1>",
    "assets/a.js": "1",
    "fonts/a.woff2": "1",
}


@pytest.fixture
def visitor(tmp_path: Path) -> TestClient:
    """A visitor of a small built site."""
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    front = Front(StaticFiles(directory=tmp_path, html=True), tmp_path)
    return TestClient(Doorway(front), follow_redirects=False)


def test_a_page_answers_without_a_detour(visitor: TestClient) -> None:
    assert visitor.get("/shop").status_code == 200
    assert visitor.get("/shop/").text == visitor.get("/shop").text


def test_a_page_allows_its_own_inline_script_and_no_other(visitor: TestClient) -> None:
    policy = visitor.get("/shop").headers["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    assert scripts.count("sha256-") == 1
    assert f"'sha256-{digest}'" in scripts
    assert "'unsafe-inline'" not in scripts


def test_a_page_without_scripts_allows_none(visitor: TestClient) -> None:
    policy = visitor.get("/").headers["content-security-policy"]
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]


def test_an_unknown_page_is_the_page_that_says_so(visitor: TestClient) -> None:
    answer = visitor.get("/nowhere")
    assert answer.status_code == 404
    assert "nothing here" in answer.text
    assert "'unsafe-inline'" not in answer.headers["content-security-policy"].split("style-src")[0]


@pytest.mark.parametrize("path", ["/../secret", "/%2e%2e/%2e%2e/etc/passwd", "/shop/%2e%2e/%2e%2e"])
def test_no_path_leads_out_of_the_built_site(visitor: TestClient, path: str) -> None:
    assert "root:" not in visitor.get(path).text


@pytest.mark.parametrize("path", ["/" + "x" * 5000, "/%00", "/shop%00"])
def test_a_name_no_file_can_have_is_not_found(visitor: TestClient, path: str) -> None:
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "kept"),
    [("/shop", ASK_AGAIN), ("/assets/a.js", FOR_EVER), ("/fonts/a.woff2", FOR_A_WEEK)],
)
def test_each_file_is_kept_as_long_as_it_may_be(visitor: TestClient, path: str, kept: str) -> None:
    assert visitor.get(path).headers["cache-control"] == kept


def test_a_missing_file_is_not_kept(visitor: TestClient) -> None:
    assert visitor.get("/assets/gone.js").headers["cache-control"] == ASK_AGAIN


def test_in_development_vite_passes_on_what_python_serves() -> None:
    written = with_proxy(
        "import x;\nexport default defineConfig((config) => ({\n  plugins: [\n  ],"
    )
    assert '"/api"' in written
    assert '"/_event"' in written
    assert "oneOrigin(),\n" in written
    assert '"127.0.0.1"' in written
    assert with_proxy(written) == written
