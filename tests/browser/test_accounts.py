"""Signing in, opening an account, and what nobody else gets to see."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from pet_app.core.ids import new_id
from tests.browser.axe import violations
from tests.browser.conftest import MARK_UNTIL_AWAKE
from tests.browser.people import (
    OWNER,
    PASSWORD,
    apply,
    letter,
    link_in,
    next_code,
    open_account,
    protect,
    show_password,
    sign_in,
)
from tests.browser.site import Site

ANOTHER = "some other words entirely"
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
PAGES = ("/login", "/register", "/verify", "/forgot", "/reset", "/new-email")


@pytest.fixture(params=SIZES)
def any_page(request: pytest.FixtureRequest, page: Page) -> Page:
    """A tab as wide as a phone, and one as wide as a desk."""
    width, height = SIZES[request.param]
    page.set_viewport_size({"width": width, "height": height})
    return page


@pytest.fixture
def elsewhere(site: Site, browser: Browser) -> Iterator[Callable[[], Page]]:
    """Tabs of other browsers."""
    with ExitStack() as opened:

        def tab() -> Page:
            context = opened.enter_context(browser.new_context(base_url=site.url))
            context.add_init_script(MARK_UNTIL_AWAKE)
            page = context.new_page()
            page.add_locator_handler(page.locator("html[data-waking]"), lambda: None)
            return page

        yield tab


@pytest.fixture
def email(page: Page) -> str:
    """The address of somebody new, whom the page is signed in as."""
    fresh = f"{new_id()}@example.com"
    open_account(page, fresh)
    return fresh


def listen(socket: WebSocket, heard: list[str]) -> None:
    """Note every frame a page is sent."""
    socket.on("framereceived", lambda frame: heard.append(str(frame)))


def greeted(page: Page, name: str = "Nora Newcomer") -> None:
    expect(page.get_by_role("heading", name=f"Hello, {name}")).to_be_visible()


def open_by_letter(page: Page, email: str) -> str:
    """Follow the link and press its button; the link's token."""
    link = link_in(letter(page, email, "account.confirm"))
    page.goto(link)
    page.get_by_role("button", name="Open my account").click()
    return link.partition("#")[2]


def test_an_account_is_opened_by_a_letter_left_and_entered_again(
    any_page: Page, site: Site
) -> None:
    email = apply(any_page)
    token = open_by_letter(any_page, email)
    greeted(any_page)
    assert token not in site.log.read_text()
    any_page.get_by_role("button", name="Sign out").click()
    expect(any_page.get_by_role("link", name="Sign in", exact=True).first).to_be_visible()
    show_password(any_page, email.upper(), "/dashboard")
    greeted(any_page)


def test_the_developer_is_led_to_the_letter(page: Page) -> None:
    email = apply(page)
    letter(page, email, "account.confirm")
    page.get_by_role("link", name="read it in the outbox").click()
    expect(page.get_by_text(email).first).to_be_visible()


def test_a_link_followed_elsewhere_asks_for_the_password_first(
    page: Page, elsewhere: Callable[[], Page]
) -> None:
    email = apply(page)
    tab = elsewhere()
    open_by_letter(tab, email)
    expect(tab.get_by_text("Type the password you chose")).to_be_visible()
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Open my account").click()
    greeted(tab)


def test_a_link_that_was_used_or_cut_says_so(page: Page) -> None:
    page.goto("/verify")
    page.get_by_role("button", name="Open my account").click()
    expect(page.get_by_text("Part of the link is missing")).to_be_visible()
    page.goto("/reset#" + "a" * 43)
    page.get_by_label("New password").fill(ANOTHER)
    page.get_by_role("button", name="Use this password").click()
    expect(page.get_by_text("has run out or was used before")).to_be_visible()


def test_every_fault_in_a_registration_is_said_at_its_field(any_page: Page) -> None:
    any_page.goto("/register")
    any_page.get_by_label("Your name").fill("王" * 10_000)
    any_page.get_by_label("E-mail").fill("nowhere")
    any_page.get_by_label("Password").fill("password1")
    any_page.get_by_role("button", name="Open an account").click()
    expect(any_page.get_by_text("Use 80 characters or fewer.")).to_be_visible()
    expect(any_page.get_by_text("Enter an e-mail address")).to_be_visible()
    expect(any_page.get_by_text("among the first passwords")).to_be_visible()
    expect(any_page.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")
    expect(any_page.get_by_label("Your name")).to_be_focused()


def test_a_name_with_markup_in_any_script_is_shown_as_it_was_typed(page: Page) -> None:
    name = "<img src=x onerror=alert(1)> 王 نور"
    open_by_letter(page, apply(page, name))
    greeted(page, name)
    expect(page.locator("main img[src='x']")).to_have_count(0)


def test_a_forgotten_password_is_replaced_by_a_letter_and_ends_what_was_open(
    any_page: Page, email: str, elsewhere: Callable[[], Page]
) -> None:
    tab = elsewhere()
    tab.goto("/forgot")
    tab.get_by_label("E-mail").fill(email)
    tab.get_by_role("button", name="Send me a link").click()
    expect(tab.get_by_text("If there is an account for")).to_be_visible()
    tab.goto(link_in(letter(tab, email, "account.reset")))
    tab.get_by_label("New password").fill("short")
    tab.get_by_role("button", name="Use this password").click()
    expect(tab.get_by_text("Use at least 8 characters")).to_be_visible()
    tab.get_by_role("button", name="Show what is typed").click()
    expect(tab.get_by_label("New password")).to_have_attribute("type", "text")
    tab.get_by_label("New password").fill(ANOTHER)
    tab.get_by_role("button", name="Use this password").click()
    greeted(tab)
    tab.go_back()
    assert "#" not in tab.url
    any_page.goto("/dashboard")
    expect(any_page.get_by_role("heading", name="Welcome back")).to_be_visible()
    letter(any_page, email, "account.password_changed")


def test_a_second_step_is_set_up_and_asked_for(
    any_page: Page, email: str, elsewhere: Callable[[], Page]
) -> None:
    secret, codes = protect(any_page)
    assert len(codes) == 10
    with any_page.expect_download() as saving:
        any_page.get_by_role("button", name="Save as a file").click()
    assert saving.value.path().read_text().split() == codes
    any_page.get_by_role("button", name="I have kept them").click()
    any_page.wait_for_url("**/dashboard/settings/security")
    tab = elsewhere()
    tab.set_viewport_size(any_page.viewport_size or {"width": 390, "height": 844})
    show_password(tab, email, "/dashboard")
    code = tab.get_by_label("Code from your app")
    expect(code).to_be_focused()
    expect(code).to_have_attribute("autocomplete", "one-time-code")
    expect(code).to_have_attribute("inputmode", "numeric")
    assert violations(tab) == []
    tab.keyboard.type("123456")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("check the clock of your phone")).to_be_visible()
    expect(code).to_be_focused()
    code.fill(next_code(secret))
    code.press("Enter")
    greeted(tab)
    again = elsewhere()
    show_password(again, email, "/dashboard")
    again.get_by_role("button", name="use a recovery code").click()
    again.get_by_label("Recovery code").fill(codes[0].upper())
    again.get_by_role("button", name="Sign in", exact=True).click()
    greeted(again)
    assert "9 of your" in " ".join(letter(again, email, "account.recovery_code_used").split())


@pytest.mark.usefixtures("email")
def test_a_second_step_is_turned_off_with_password_and_code(page: Page) -> None:
    _, codes = protect(page)
    page.goto("/second-factor")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_label("Code from your app").fill(codes[0])
    page.get_by_role("button", name="Make new recovery codes").click()
    expect(page.get_by_role("heading", name="Keep these recovery codes")).to_be_visible()
    assert violations(page) == []
    fresh = page.locator("#code-list li").first.inner_text()
    assert fresh not in codes
    page.goto("/second-factor")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_label("Code from your app").fill(fresh)
    page.get_by_role("button", name="Turn it off").click()
    expect(page.get_by_role("heading", name="Your second step is off")).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_signing_in_fits_a_phone_and_a_screen_reader(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


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


def test_a_session_put_into_a_browser_beforehand_is_never_the_one_that_opens(
    page: Page, site: Site
) -> None:
    fixed = "f" * 43
    page.context.add_cookies([{"name": "pet_session", "value": fixed, "url": site.url}])
    sign_in(page)
    expect(page.get_by_role("heading", name="Juniper")).to_be_visible()
    held = {cookie.get("name"): cookie.get("value") for cookie in page.context.cookies()}
    assert held["pet_session"] != fixed


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
