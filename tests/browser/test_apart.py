"""Licensing inside another site's page, and as a site of its own beside the main one.

The second takes a build of its own, so it runs with `APART` set, as in `make proofs`.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from pet_app.core.demo import DEMO_PASSWORD
from tests.browser.axe import violations
from tests.browser.conftest import FLAGS, MARK_UNTIL_AWAKE, PATIENCE_MS, chromium
from tests.browser.site import Site, beside
from tests.servers import free_port

OWNER = "owner@demo.test"
BLOCKED = "--test-third-party-cookie-phaseout"
TOWN = """<!doctype html><html lang="en"><title>Our town</title><h1>Our town</h1>
<div data-licensing="{path}" data-title="Pet licences"></div>
<script>
  window.heard = [];
  for (const type of ["ready", "height", "navigate", "done", "refused"]) {{
    addEventListener(`licensing:${{type}}`, (event) => heard.push(event.detail));
  }}
</script>
<script src="{site}/embed/v1.js"></script>"""
HELLO = """(versions) => new Promise((done) => {
  const frame = parent.frames[0];
  const answers = [];
  addEventListener("message", (event) => answers.push(event.data));
  const said = { protocol: "all-pet-plus.licensing", version: 1 };
  frame.postMessage({ ...said, type: "hello", versions }, "*");
  frame.postMessage({ ...said, type: "go", path: "/licensing/fees" }, "*");
  setTimeout(() => done(answers), 500);
})"""


@contextmanager
def town_hall(origin: str, site: Site) -> Iterator[str]:
    """Another site, each of whose paths shows the page of ours that has it."""

    class Hall(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(TOWN.format(path=self.path, site=site.url).encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Nobody reads it."""

    parts = urlsplit(origin)
    server = ThreadingHTTPServer((parts.hostname or "", parts.port or 0), Hall)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield origin
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def town(site: Site) -> Iterator[str]:
    with town_hall(site.town, site) as origin:
        yield origin


@pytest.fixture(scope="module")
def strict(browser: Browser) -> Iterator[Browser]:
    """A browser that blocks cookies of third parties."""
    opened = browser.browser_type.launch(executable_path=chromium(), args=[*FLAGS, BLOCKED])
    yield opened
    opened.close()


@pytest.fixture
def tab(strict: Browser) -> Iterator[Page]:
    with strict.new_context(viewport={"width": 700, "height": 900}) as context:
        context.set_default_timeout(PATIENCE_MS)
        yield context.new_page()


def framed(tab: Page) -> Frame:
    """The page of ours within the page that is open."""
    tab.wait_for_function("heard.some((said) => said.type === 'height')")
    return tab.frames[1]


def heard(tab: Page, type: str) -> list[dict[str, Any]]:
    return [said for said in tab.evaluate("heard") if said["type"] == type]


def until(tab: Page, said: Callable[[], bool]) -> None:
    """Wait for something, while the page goes on."""
    for _ in range(PATIENCE_MS // 100):
        if said():
            return
        tab.wait_for_timeout(100)
    raise AssertionError("it never came")


def test_an_owner_goes_on_inside_the_towns_page_where_third_parties_have_no_cookies(
    tab: Page, town: str, site: Site
) -> None:
    tab.goto(f"{town}/licensing/apply")
    tab.frame_locator("iframe").locator("#frame-number").wait_for()
    frame = tab.frames[1]
    number = frame.locator("#frame-number").inner_text()
    assert violations(frame) == []  # pyright: ignore[reportArgumentType]
    with tab.context.expect_page() as opened:
        frame.get_by_role("link", name="Open the window").click()
    window = opened.value
    window.add_init_script(MARK_UNTIL_AWAKE)
    window.locator("main").get_by_role("link", name="Sign in").click()
    window.get_by_role("heading", name="Welcome back").wait_for()
    window.reload()
    window.add_locator_handler(window.locator("html[data-waking]"), lambda: None)
    window.get_by_label("E-mail").fill(OWNER)
    window.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
    window.get_by_role("button", name="Sign in", exact=True).click()
    window.get_by_label("Number").fill(number)
    assert violations(window) == []
    window.get_by_role("button", name="Let it go on").click()
    expect(window.get_by_role("heading", name="Go back to the form")).to_be_visible()
    window.close()
    until(tab, lambda: tab.frames[1].url == f"{site.url}/licensing/apply")
    me = "fetch('/api/v1/me').then((answer) => answer.json())"
    assert tab.frames[1].evaluate(me)["email"] == OWNER
    # Known in this frame of this town's, and nowhere else.
    cookies: Any = tab.context.cookies()
    kept = {cookie["name"]: cookie for cookie in cookies}
    assert kept["pet_session_framed"]["httpOnly"]
    assert kept["pet_session_framed"].get("partitionKey") == "http://127.0.0.1"
    assert {said["path"] for said in heard(tab, "ready")} == {
        "/licensing/apply",
        "/licensing/go-on",
    }
    until(tab, lambda: bool(heard(tab, "height")))
    assert tab.locator("iframe").bounding_box()["height"] > 300  # pyright: ignore[reportOptionalSubscript]


def test_messages_are_heard_from_a_listed_page_alone(tab: Page, town: str) -> None:
    tab.goto(f"{town}/licensing/verify")
    frame = framed(tab)
    assert [said["path"] for said in heard(tab, "ready")] == ["/licensing/verify"]
    # Somebody else's frame beside it knows every word, and hears nothing.
    tab.evaluate("document.body.append(document.createElement('iframe'))")
    beside_it = tab.frames[2]
    assert beside_it.evaluate(HELLO, [1]) == []
    assert frame.url.endswith("/licensing/verify")
    # A version nobody speaks is refused; what may not be shown is not gone to.
    asked = "(said) => frames[0].postMessage({ protocol: 'all-pet-plus.licensing', ...said }, '*')"
    tab.evaluate(asked, {"type": "hello", "versions": [2]})
    until(tab, lambda: bool(heard(tab, "refused")))
    tab.evaluate(asked, {"type": "go", "version": 1, "path": "/login"})
    tab.evaluate(asked, {"type": "go", "version": 1, "path": "//127.0.0.1/licensing"})
    tab.evaluate(asked, {"type": "go", "version": 1, "path": "/licensing/fees"})
    until(tab, lambda: tab.frames[1].url.endswith("/licensing/fees"))
    # Whoever takes the money shows their page in a window alone.
    with tab.context.expect_page() as opened:
        tab.frames[1].evaluate("void window.location.assign('https://pay.invalid/')")
    opened.value.close()
    assert tab.frames[1].url.endswith("/licensing/fees")


@pytest.mark.parametrize(
    ("listed", "path"),
    [(False, "/licensing/fees"), (True, "/login"), (True, "/licensing/desk")],
    ids=["another-site", "signing-in", "the-desk"],
)
def test_what_may_not_be_shown_is_not(tab: Page, site: Site, listed: bool, path: str) -> None:
    origin = site.town if listed else f"http://127.0.0.1:{free_port()}"
    refused: list[str] = []
    tab.on("console", lambda message: refused.append(message.text))
    with town_hall(origin, site):
        tab.goto(f"{origin}{path}")
        until(tab, lambda: any("frame-ancestors" in text for text in refused))
        assert tab.evaluate("heard") == []
        assert not tab.frames[1].url.startswith(site.url)


@pytest.mark.skipif(not os.environ.get("APART"), reason="builds a site of its own: set APART")
def test_beside_the_main_site_licensing_shows_the_same_data_to_the_same_people(
    page: Page, site: Site
) -> None:
    with beside(site) as sister:
        page.goto(f"{sister}/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("License your pet")
        assert violations(page) == []
        assert page.goto(f"{sister}/shop").status == 404  # pyright: ignore[reportOptionalMemberAccess]
        page.goto(f"{sister}/login?next=/dashboard/pets")
        page.get_by_role("link", name="Go on with Harness Hero").click()
        page.wait_for_url(f"{site.url}/login?**")
        page.get_by_label("E-mail").fill(OWNER)
        page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"{sister}/dashboard/pets")
        expect(page.get_by_text("Juniper")).to_be_visible()
        # Who is signed in there already is led straight through.
        page.context.clear_cookies(domain="127.0.0.1")
        page.goto(f"{sister}/api/v1/main-site/start?next=/dashboard/licensing")
        page.wait_for_url(f"{sister}/dashboard/licensing")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Your licences")
        assert violations(page) == []
        there = page.request.get(f"{sister}/api/v1/pets").json()
        assert there == page.request.get(f"{site.url}/api/v1/pets").json()
