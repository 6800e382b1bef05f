"""A started shop and a browser. Both end with this folder: Playwright keeps an event loop open."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

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
]
PATIENCE_MS = 30_000

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


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """A tab of a visitor nobody has seen before; its paths are those of the started shop.

    The test fails when a script of ours failed or the page's policy stopped something.
    """
    with browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(MARK_UNTIL_AWAKE)
        tab = context.new_page()
        # Playwright then waits for the mark to go before it does anything else.
        tab.add_locator_handler(tab.locator("html[data-waking]"), lambda: None)
        faults: list[str] = []
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.on("console", lambda message: faults.extend(_violations(message)))
        yield tab
        assert faults == []


@pytest.fixture
def page_without_3d(page: Page) -> Page:
    """A tab that draws no 3D, which without a graphics card takes most of the time."""
    page.add_init_script(NO_WEBGL)
    return page


def _violations(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []
