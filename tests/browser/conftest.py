"""A started shop and a browser. Both end with this folder: Playwright keeps an event loop open."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from pet_app.core.security import SESSION_COOKIE
from tests.browser.site import Site, started

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # WebGL without a graphics card.
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # Without a graphics card putting a page together as textures takes twice as long.
    "--disable-gpu-compositing",
    # Tabs that follow one another share one process, in which our scripts are compiled already.
    "--renderer-process-limit=1",
]
PATIENCE_MS = 30_000
DESK: ViewportSize = {"width": 1280, "height": 900}

NO_WEBGL = """
const given = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind.startsWith("webgl") ? null : given.call(this, kind, ...rest);
};
"""

# A page that is built beforehand is there before it listens; a visitor is slower than a test.
MARK_UNTIL_AWAKE = """
const listens = (control) => Object.keys(control).some((key) => key.startsWith("__reactProps"));
const timer = setInterval(() => {
  const page = document.documentElement;
  if (!page) return;
  const controls = [...document.querySelectorAll("main button, main input, header button")];
  const awake = document.readyState !== "loading" && controls.every(listens);
  page.toggleAttribute("data-waking", !awake);
  if (awake && document.readyState === "complete") clearInterval(timer);
}, 10);
"""


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The one started shop of this run, with the demonstration products, pets and designs."""
    with started(tmp_path_factory.mktemp("site")) as found:
        yield found


def chromium() -> str:
    """Where the machine's own Chromium is."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    assert path, "the browser tests need Chromium; `make test` says how to install it"
    return path


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, without a window."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def visits(site: Site, browser: Browser) -> Iterator[BrowserContext]:
    """Where one visitor comes after the other. A tab that stays open keeps their process alive."""
    with browser.new_context(base_url=site.url, viewport=DESK) as context:
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(MARK_UNTIL_AWAKE)
        context.new_page().goto("/favicon.svg")
        yield context


@pytest.fixture
def page(site: Site, visits: BrowserContext) -> Iterator[Page]:
    """A tab of a visitor nobody has seen before; its paths are those of the started shop.

    The test fails when a script of ours failed or the page's policy stopped something.
    """
    held = {cookie.get("name") for cookie in visits.cookies()}
    assert SESSION_COOKIE not in held, "a test ended before its sign-in was answered"
    tab = visits.new_page()
    # Playwright then waits for the mark to go before it does anything else.
    tab.add_locator_handler(tab.locator("html[data-waking]"), lambda: None)
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda message: faults.extend(_violations(message)))
    try:
        yield tab
    finally:
        _forget(visits, site)
    assert faults == []


@pytest.fixture
def page_without_3d(page: Page) -> Page:
    """A tab that draws no 3D, which without a graphics card takes most of the time."""
    page.add_init_script(NO_WEBGL)
    return page


def _violations(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []


def _forget(visits: BrowserContext, site: Site) -> None:
    """Leave nothing behind by which the next visitor could be taken for the last."""
    first, *others = visits.pages
    for tab in others:
        tab.close()
    visits.set_offline(False)
    visits.clear_cookies()
    tools = visits.new_cdp_session(first)
    for origin in (site.url, site.town, site.sister):
        told = {"origin": origin, "storageTypes": "all"}
        tools.send("Storage.clearDataForOrigin", told)
    tools.detach()
