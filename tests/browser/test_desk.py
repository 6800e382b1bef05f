"""The clerks' desk in the browser: by keyboard alone, one case by one clerk, open to everybody."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from pet_app.core.security import SESSION_COOKIE
from pet_app.core.settings import ROOT
from tests.browser.axe import violations
from tests.browser.conftest import MARK_UNTIL_AWAKE, PATIENCE_MS
from tests.browser.site import Site

DESK = "/licensing/desk"
DECIDED = 20
APPROVE, REJECT, ASK = ("a", "Enter"), ("r", "2", "Control+Enter"), ("m", "1", "Control+Enter")
FOCUSED = "document.activeElement.tagName"


@pytest.fixture(scope="module")
def cases(site: Site) -> dict[str, Any]:
    """A town with cases, and two clerks of it."""
    environment = os.environ | {"PET_ENV": "test", "PET_DATA_DIR": str(site.data_dir)}
    told = subprocess.run(
        [sys.executable, "-m", "tests.browser.desk_cases", str(DECIDED + 4)],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return json.loads(told.splitlines()[-1])


@contextmanager
def at_the_desk(browser: Browser, site: Site, token: str, **look: Any) -> Iterator[Page]:
    """A clerk's browser at the queue. What a script of ours does wrong fails the test."""
    size: Any = {"width": 1440, "height": 900}
    with browser.new_context(base_url=site.url, viewport=size, **look) as context:
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": site.url}])
        context.add_init_script(MARK_UNTIL_AWAKE)
        tab = context.new_page()
        tab.add_locator_handler(tab.locator("html[data-waking]"), lambda: None)
        faults: list[str] = []
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.goto(DESK)
        expect(tab.locator("[data-row]").first).to_be_visible()
        yield tab
        assert faults == []


def test_what_one_clerk_has_open_another_cannot_decide(
    site: Site, browser: Browser, cases: dict[str, Any]
) -> None:
    last = f"{DESK}/{cases['ids'][-1]}"
    one, other = cases["clerks"]
    with (
        at_the_desk(browser, site, one) as hers,
        at_the_desk(browser, site, other) as his,
    ):
        hers.goto(last)
        expect(hers.get_by_role("button", name="Approve")).to_be_visible()
        his.goto(last)
        expect(his.get_by_text("Carla has this case open")).to_be_visible()
        expect(his.get_by_role("button", name="Approve")).to_have_count(0)
        his.keyboard.press("a")
        expect(his.get_by_role("dialog")).to_have_count(0)
        hers.keyboard.press("u")
        expect(hers.locator("[data-row]").first).to_be_visible()
        his.get_by_role("button", name="Try to take it").click()
        expect(his.get_by_role("button", name="Approve")).to_be_visible()
        hers.goto(last)
        expect(hers.get_by_text("Cora has this case open")).to_be_visible()
        his.keyboard.press("u")
        expect(his.locator("[data-row]").first).to_be_visible()


def test_every_page_of_the_desk_can_be_used_by_everybody(
    site: Site, browser: Browser, cases: dict[str, Any]
) -> None:
    last = f"{DESK}/{cases['ids'][-2]}"
    with at_the_desk(browser, site, cases["clerks"][0]) as page:
        assert violations(page) == []
        for path in ("licences", "counter", "figures", "simulator", "import", "policy"):
            page.goto(f"{DESK}/{path}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            expect(page.locator("main .skeleton")).to_have_count(0)
            assert violations(page) == [], path
        page.goto(last)
        expect(page.get_by_role("img", name="Page 1 of Rabies certificate")).to_be_visible()
        assert violations(page) == []
        for key in ("a", "r", "?"):
            page.keyboard.press(key)
            expect(page.get_by_role("dialog")).to_be_visible()
            assert violations(page) == [], key
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog")).to_have_count(0)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 390, "height": 844})
        # A colour on its way from light to dark is neither.
        page.reload()
        expect(page.get_by_role("img", name="Page 1 of Rabies certificate")).to_be_visible()
        assert violations(page) == []


def test_papers_are_turned_enlarged_and_leafed_through_by_keys(
    site: Site, browser: Browser, cases: dict[str, Any]
) -> None:
    with at_the_desk(browser, site, cases["clerks"][0]) as page:
        page.goto(f"{DESK}/{cases['ids'][-2]}")
        first = page.get_by_role("img", name="Page 1 of Rabies certificate")
        expect(first).to_be_visible()
        before = first.bounding_box()
        page.keyboard.press("+")
        expect(page.get_by_role("button", name="As wide as the pane")).to_have_text("125%")
        after = first.bounding_box()
        assert before
        assert after
        assert after["width"] > before["width"] * 1.2
        page.keyboard.press(".")
        turned = first.bounding_box()
        assert turned
        assert turned["width"] > turned["height"]
        page.keyboard.press("]")
        expect(page.get_by_role("img", name="Page 2 of Rabies certificate")).to_be_visible()
        page.keyboard.press("0")
        expect(page.get_by_role("button", name="As wide as the pane")).to_have_text("100%")


def test_a_clerk_decides_twenty_cases_by_keyboard_alone(
    site: Site, browser: Browser, cases: dict[str, Any]
) -> None:
    pressed = 0
    with at_the_desk(browser, site, cases["clerks"][0]) as page:
        page.keyboard.press("j")
        expect(page.locator("[data-row]").first).to_be_focused()
        page.keyboard.press("o")
        for number in range(1, DECIDED + 1):
            heading = page.get_by_role("heading", level=1)
            expect(heading).to_contain_text(f"Pet {number:02d}")
            # Whoever hears the page hears which case it is, and no key goes astray.
            expect(heading).to_be_focused()
            keys = REJECT if number % 5 == 0 else ASK if number % 7 == 0 else APPROVE
            page.keyboard.press(keys[0])
            expect(page.get_by_role("dialog")).to_be_visible()
            if keys is APPROVE:
                expect(page.get_by_role("dialog").get_by_role("button").last).to_be_focused()
            else:
                page.keyboard.press(keys[1])
                expect(page.get_by_label("The words")).not_to_have_value("")
            page.keyboard.press(keys[-1])
            pressed += len(keys)
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"Pet {DECIDED + 1:02d}")
        page.keyboard.press("u")
        expect(page.locator("[data-row]")).to_have_count(4)
        assert pressed <= 3 * DECIDED
        assert page.evaluate(FOCUSED) != "BODY"
