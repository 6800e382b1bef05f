"""What opens an account, in the settings: devices, tokens, the password, the e-mail address."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from pet_app.core.ids import new_id
from tests.browser.people import PASSWORD, elsewhere, enter, letter, link_in, open_account, origin
from tests.browser.site import Site

ROOT = "/dashboard/settings"


@pytest.fixture
def email(page: Page) -> str:
    """The address of somebody new, whom the page is signed in as."""
    fresh = f"keeper-{new_id()}@example.com"
    open_account(page, fresh)
    return fresh


def test_a_device_is_signed_out_from_another_one(
    page: Page, email: str, browser: Browser, site: Site
) -> None:
    with elsewhere(browser, site, email, "/dashboard") as other:
        page.goto(f"{ROOT}/sessions")
        expect(page.get_by_text("This one")).to_have_count(1)
        page.get_by_role("button", name=re.compile("^Sign out Chrome")).click()
        expect(page.get_by_text("Signed out there.")).to_be_visible()
        other.goto("/dashboard/pets")
        expect(other.get_by_role("heading", name="Welcome back")).to_be_visible()
    with (
        elsewhere(browser, site, email, "/dashboard") as second,
        elsewhere(browser, site, email, "/dashboard") as third,
    ):
        page.reload()
        page.get_by_role("button", name="Sign out everywhere else").click()
        page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
        expect(page.get_by_text("Signed out everywhere else.")).to_be_visible()
        expect(page.get_by_role("button", name="Sign out everywhere else")).to_have_count(0)
        for tab in (second, third):
            tab.goto("/dashboard/pets")
            expect(tab.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_a_token_is_shown_once_works_as_allowed_and_ends_when_removed(
    page: Page, email: str
) -> None:
    heard: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))),
    )
    page.goto(f"{ROOT}/tokens")
    page.get_by_role("link", name="Make a token").click()
    page.get_by_label("What is it for?").fill("Backup")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("Choose what the program may do.")).to_be_visible()
    page.get_by_label("See your pets and their measurements").check()
    page.get_by_label("How long does it work?").select_option("Until I remove it")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("Copy it now.")).to_be_visible()
    token = page.locator("#token-text").inner_text()
    assert token.startswith("hh_")
    with_token = {"authorization": f"Bearer {token}"}
    assert page.request.get("/api/v1/pets", headers=with_token).status == 200
    assert page.request.get("/api/v1/me/addresses", headers=with_token).status == 403
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_role("heading", name="Backup")).to_be_visible()
    expect(page.get_by_text("Works until you remove it")).to_be_visible()
    assert token not in page.content()
    assert heard
    assert not [frame for frame in heard if token in frame]
    page.get_by_role("button", name="Remove Backup").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("No tokens yet")).to_be_visible()
    assert page.request.get("/api/v1/pets", headers=with_token).status == 401


def test_the_password_is_changed_by_who_knows_it(page: Page, email: str) -> None:
    page.goto(f"{ROOT}/security")
    page.get_by_role("link", name="Change your password").click()
    now, new = (
        page.get_by_label("The password of now", exact=True),
        page.get_by_label("The new one", exact=True),
    )
    now.fill("not the password")
    new.fill("another set of words")
    new.press("Enter")
    expect(now).to_have_attribute("aria-invalid", "true")
    now.fill(PASSWORD)
    new.fill("another set of words")
    new.press("Enter")
    expect(page.get_by_text("Changed. Every other device has to sign in anew.")).to_be_focused()
    expect(now).to_have_value("")
    page.goto(ROOT)
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("link", name="Sign in", exact=True).first).to_be_visible()
    enter(page, email, "/dashboard", "another set of words")


def test_the_account_moves_to_another_address_by_its_letter(page: Page, email: str) -> None:
    moved = f"moved-{email}"
    page.goto(f"{ROOT}/profile")
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_label("The new e-mail").fill(moved)
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_text("On its way.")).to_be_visible()
    assert link_in(letter(page, moved, "account.new_email")).startswith(origin(page))
