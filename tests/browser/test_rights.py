"""Taking one's data along, and leaving, as somebody with a phone or a keyboard does it."""

import zipfile
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from pet_app.core.ids import new_id
from tests.browser.axe import violations
from tests.browser.people import PASSWORD, enter, letter, open_account, show_password, sign_in

DATA = "/dashboard/settings/data"
CLOSED = "Your account is closed"


@pytest.fixture
def email(page: Page) -> str:
    """The address of somebody new, whom the page is signed in as."""
    fresh = f"leaver-{new_id()}@example.com"
    open_account(page, fresh)
    return fresh


def leave(page: Page) -> None:
    page.goto(DATA)
    page.get_by_role("link", name="Delete my account").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", name=CLOSED)).to_be_visible()


def test_a_copy_is_asked_for_watched_and_downloaded(page: Page, email: str, tmp_path: Path) -> None:
    page.goto("/dashboard/settings")
    page.get_by_role("main").get_by_role("link", name="Your data").click()
    page.get_by_role("button", name="Make a copy").press("Enter")
    # Nobody reloads the page: it hears when the copy is there.
    link = page.get_by_role("link", name="Download")
    expect(link).to_be_visible()
    with page.expect_download() as coming:
        link.click()
    coming.value.save_as(tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as copy:
        assert email in copy.read("account.json").decode()
    assert coming.value.suggested_filename.startswith("harness-hero-data-")
    assert DATA in letter(page, email, "account.copy_ready")
    page.reload()
    expect(link).to_be_visible()


def test_whoever_leaves_may_come_back_until_the_day(page: Page, email: str) -> None:
    page.goto(f"{DATA}/leave")
    page.get_by_label("Your password").fill("not that one at all")
    page.get_by_label("Your password").press("Enter")
    expect(page.get_by_text("That is not your password")).to_be_visible()
    leave(page)
    assert "Keep my account" in letter(page, email, "account.leaving")
    page.goto("/dashboard")
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    show_password(page, email, "/dashboard/pets")
    expect(page.get_by_role("heading", name=CLOSED)).to_be_visible()
    page.get_by_role("button", name="Keep my account").press("Enter")
    expect(page.get_by_role("heading", name="Hello, Nora Newcomer")).to_be_visible()
    assert letter(page, email, "account.staying")
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url(lambda url: "/dashboard" not in url)
    enter(page, email, "/dashboard/pets")


def test_a_demonstration_account_is_told_that_it_stays(page: Page) -> None:
    sign_in(page, then=DATA)
    expect(page.get_by_text("A demonstration account stays as it is")).to_be_visible()
    expect(page.get_by_role("link", name="Delete my account")).to_have_count(0)


def test_who_has_closed_nothing_is_led_to_sign_in(page: Page) -> None:
    page.goto("/stay")
    expect(page.get_by_role("heading", name="Keep your account")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Sign in")).to_be_visible()


@pytest.mark.parametrize(("width", "mode"), [(390, "dark"), (1440, "light")])
def test_the_pages_of_leaving_are_for_everybody_and_fit(
    page: Page, email: str, width: int, mode: Literal["dark", "light"]
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=mode)
    page.goto(DATA)
    page.get_by_role("button", name="Make a copy").click()
    expect(page.get_by_role("link", name="Download")).to_be_visible()
    for path in (DATA, f"{DATA}/leave"):
        page.goto(path)
        expect(page.locator("main .skeleton")).to_have_count(0)
        assert violations(page) == [], path
    leave(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
