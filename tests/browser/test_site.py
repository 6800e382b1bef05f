"""The started shop: one address, safe headers, honest statuses, a light process."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page

from tests.browser.site import Site

PAGES = ("/", "/shop", "/login", "/register", "/builder")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_at_its_own_address_with_safe_headers(site: Site, path: str) -> None:
    answer = httpx.get(site.url + path)
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-cache"
    scripts = answer.headers["content-security-policy"].split("script-src")[1].split(";")[0]
    assert "sha256-" in scripts
    assert "'unsafe-inline'" not in scripts


def test_pages_run_under_their_own_policy(page: Page) -> None:
    for path in PAGES:
        page.goto(path)
        assert page.title()


def test_an_unknown_page_is_not_found(site: Site) -> None:
    answer = httpx.get(f"{site.url}/no-such-page")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/webhooks/nothing"])
def test_an_unknown_api_address_is_a_problem_in_json(site: Site, path: str) -> None:
    answer = httpx.get(site.url + path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


def test_a_wrong_method_is_said_to_be_one(site: Site) -> None:
    assert httpx.put(f"{site.url}/api/v1/session").status_code == 405


@pytest.mark.parametrize("path", ["/health/db", "/ready"])
def test_the_shop_says_that_it_is_well(site: Site, path: str) -> None:
    answer = httpx.get(site.url + path)
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"


def test_without_redis_its_health_says_not_configured(site: Site) -> None:
    assert httpx.get(f"{site.url}/health/redis").json()["status"] == "not configured"


def test_built_files_are_kept_for_ever(site: Site) -> None:
    page = httpx.get(site.url).text
    script = next(part for part in page.split('"') if part.startswith("/assets/"))
    answer = httpx.get(site.url + script)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]


def test_a_websocket_of_another_site_is_refused(site: Site) -> None:
    upgrade = {
        "origin": "https://elsewhere.example",
        "connection": "Upgrade",
        "upgrade": "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    address = f"{site.url}/_event/?EIO=4&transport=websocket"
    assert httpx.get(address, headers=upgrade).status_code == 403


def test_the_web_process_never_loads_what_only_its_children_need(site: Site, page: Page) -> None:
    for path in PAGES:
        page.goto(path)
    notes = site.imports.read_text().splitlines()
    assert [note for note in notes if "offload_child" not in note] == []


def test_the_watch_over_imports_would_see_one(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    watched = {
        "PYTHONPATH": str(Path(__file__).parent / "imports"),
        "WATCHED_IMPORTS": str(notes),
    }
    subprocess.run([sys.executable, "-c", "import numba"], env=os.environ | watched, check=True)
    assert notes.read_text().startswith("numba in ")
