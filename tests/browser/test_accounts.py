"""Signing in, and what nobody else gets to see."""

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from tests.browser.site import Site

OWNER = "Owner"
ACCOUNT = {"Your name": "Nora Newcomer", "Password": "four random words here"}


def sign_in(page: Page, who: str = OWNER, then: str = "/dashboard/pets") -> None:
    """Sign in with a demonstration account and wait for the page asked for."""
    page.goto(f"/login?next={quote(then, safe='')}")
    page.get_by_role("button", name=who, exact=True).click()
    page.get_by_role("button", name="Sign in", exact=True).click()


def listen(socket: WebSocket, heard: list[str]) -> None:
    """Note every frame a page is sent."""
    socket.on("framereceived", lambda frame: heard.append(str(frame)))


def test_an_account_is_opened_left_and_entered_again(page: Page) -> None:
    page.goto("/register")
    for label, text in ACCOUNT.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("E-mail").fill("nora@example.com")
    page.get_by_role("button", name="Open an account").click()
    expect(page.get_by_role("heading", name="Hello, Nora Newcomer")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in", exact=True).first).to_be_visible()
    page.goto("/login")
    page.get_by_label("E-mail").fill("NORA@example.com")
    page.get_by_label("Password").fill(ACCOUNT["Password"])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Hello, Nora Newcomer")).to_be_visible()


def test_every_fault_in_a_registration_is_said_at_its_field(page: Page) -> None:
    page.goto("/register")
    page.get_by_label("Your name").fill("Nora")
    page.get_by_label("E-mail").fill("nowhere")
    page.get_by_label("Password").fill("password1")
    page.get_by_role("button", name="Open an account").click()
    expect(page.get_by_text("Enter an e-mail address")).to_be_visible()
    expect(page.get_by_text("among the first passwords")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("E-mail")).to_be_focused()


def test_a_guest_is_led_to_sign_in_and_back_to_the_page(page: Page) -> None:
    page.goto("/dashboard/pets")
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    page.get_by_role("button", name=OWNER, exact=True).click()
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Juniper")).to_be_visible()


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.test/", "//evil.test", "/\\evil.test", "/\t/evil.test", "javascript:alert(1)"],
)
def test_signing_in_never_leads_to_another_site(page: Page, site: Site, elsewhere: str) -> None:
    sign_in(page, then=elsewhere)
    expect(page.get_by_role("heading", name="Hello, Olive Owner")).to_be_visible()
    assert page.url == f"{site.url}/dashboard"


def test_a_tab_token_replayed_without_its_cookies_shows_nothing(
    page: Page, site: Site, browser: Browser
) -> None:
    sign_in(page)
    expect(page.get_by_role("heading", name="Juniper")).to_be_visible()
    token = page.evaluate("sessionStorage.getItem('token')")
    page.goto("about:blank")
    with browser.new_context(base_url=site.url) as thief:
        thief.add_init_script(f"sessionStorage.setItem('token', {json.dumps(token)})")
        tab = thief.new_page()
        heard: list[str] = []
        tab.on("websocket", lambda socket: listen(socket, heard))
        tab.goto("/dashboard/pets")
        expect(tab.get_by_role("heading", name="Welcome back")).to_be_visible()
        assert heard
        assert not [frame for frame in heard if "Juniper" in frame or "Olive" in frame]


def test_signing_out_in_one_tab_closes_the_pages_of_the_others(page: Page) -> None:
    sign_in(page)
    expect(page.get_by_role("heading", name="Juniper")).to_be_visible()
    other = page.context.new_page()
    other.goto("/dashboard")
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("link", name="Sign in", exact=True).first).to_be_visible()
    page.get_by_label("in and lb").click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    expect(page.get_by_role("heading", name="Juniper")).to_have_count(0)
