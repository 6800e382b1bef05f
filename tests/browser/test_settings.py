"""The settings, as a person with a phone, a keyboard or a screen reader meets them."""

import re
from collections.abc import Iterable
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from pet_app.core.ids import new_id
from tests.browser.axe import violations
from tests.browser.people import elsewhere, open_account, origin
from tests.browser.site import Site

ROOT = "/dashboard/settings"
PAGES = {
    ROOT: "Settings",
    f"{ROOT}/profile": "Profile",
    f"{ROOT}/addresses": "Addresses",
    f"{ROOT}/addresses/edit": "Addresses",
    f"{ROOT}/preferences": "Preferences",
    f"{ROOT}/security": "Security",
    f"{ROOT}/security/password": "Security",
    f"{ROOT}/security/email": "Security",
    f"{ROOT}/security/providers": "Security",
    f"{ROOT}/sessions": "Devices",
    f"{ROOT}/tokens": "API tokens",
    f"{ROOT}/tokens/new": "API tokens",
    f"{ROOT}/data": "Your data",
    f"{ROOT}/data/leave": "Your data",
}
WITH_THE_MOST = (ROOT, f"{ROOT}/addresses", f"{ROOT}/preferences", f"{ROOT}/tokens")
HOME = {
    "country": "DE",
    "label": "Home",
    "lines": {
        "name": "Jörg Müller",
        "street_address": "Am Markt 8",
        "postal_code": "10243",
        "city": "Berlin",
    },
}


@pytest.fixture
def email(page: Page) -> str:
    """The address of somebody new, whom the page is signed in as."""
    fresh = f"settler-{new_id()}@example.com"
    open_account(page, fresh)
    return fresh


def add_home(page: Page) -> str:
    headers = {"origin": origin(page)}
    answer = page.request.post("/api/v1/me/addresses", data=HOME, headers=headers)
    assert answer.status == 201
    return answer.json()["id"]


def make_token(page: Page) -> str:
    headers = {"origin": origin(page)}
    wish = {"title": "Backup", "scopes": ["pets:read"], "days": 30}
    answer = page.request.post("/api/v1/me/tokens", data=wish, headers=headers)
    assert answer.status == 201
    return answer.json()["token"]


@pytest.mark.parametrize(
    ("width", "mode", "paths"), [(390, "dark", PAGES), (1440, "light", WITH_THE_MOST)]
)
def test_every_page_is_for_everybody_and_fits(
    page: Page, email: str, width: int, mode: Literal["dark", "light"], paths: Iterable[str]
) -> None:
    add_home(page)
    make_token(page)
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=mode)
    for path in paths:
        heading = PAGES[path]
        page.goto(path)
        expect(page.get_by_role("heading", name=heading, exact=True, level=1)).to_be_visible()
        expect(page.locator("main .skeleton")).to_have_count(0)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_guest_is_led_from_every_page_to_sign_in(page: Page) -> None:
    for path in PAGES:
        page.goto(path)
        expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_the_settings_are_reached_from_the_account_and_hold_every_part(
    page: Page, email: str
) -> None:
    page.goto("/dashboard")
    page.get_by_label("Your account").get_by_role("link", name="Settings").click()
    for part in (
        "Profile",
        "Addresses",
        "Preferences",
        "Security",
        "Devices",
        "API tokens",
        "Your data",
    ):
        expect(page.get_by_role("main").get_by_role("link", name=part).first).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("main").get_by_role("link", name="Profile").click()
    page.get_by_role("main").get_by_role("link", name="Settings", exact=True).last.click()
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()


def test_a_new_name_is_kept_in_any_script_and_a_missing_one_is_told(page: Page, email: str) -> None:
    page.goto(f"{ROOT}/profile")
    name = page.get_by_label("What should we call you?")
    expect(name).to_have_value("Nora Newcomer")
    name.fill(" ")
    name.press("Enter")
    expect(page.get_by_text("Tell us what to call you.")).to_be_visible()
    expect(name).to_have_attribute("aria-invalid", "true")
    name.fill("<b>Zoë</b> 山田")
    name.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto("/dashboard")
    expect(page.get_by_role("heading", name="Hello, <b>Zoë</b> 山田")).to_be_visible()


def test_an_address_is_written_by_keyboard_as_its_country_wants_it(page: Page, email: str) -> None:
    page.goto(f"{ROOT}/addresses")
    expect(page.get_by_text("No addresses yet")).to_be_visible()
    page.get_by_role("link", name="Add an address").press("Enter")
    country = page.get_by_label("Country")
    country.select_option("United States")
    expect(page.get_by_label("Full name")).to_have_value("Nora Newcomer")
    page.get_by_label("Full name").fill("山田太郎")
    page.get_by_label("Full name").press("Tab")
    country.select_option("Japan")
    expect(page.get_by_label("Prefecture")).to_be_visible()
    expect(page.get_by_label("City")).to_have_count(0)
    expect(page.get_by_label("Full name")).to_have_value("山田太郎")
    page.get_by_label("Postcode").fill("12")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("This does not look like a Postcode in Japan")).to_be_visible()
    expect(page.get_by_text("Please fill this in.")).to_have_count(2)
    expect(page.get_by_label("Postcode")).to_be_focused()
    page.get_by_label("Postcode").fill("154-0023")
    page.get_by_label("Prefecture").select_option("Tokyo · 東京都")
    page.get_by_label("Street address").fill("世田谷区若林1丁目")
    page.get_by_label("What you call it").fill("Oma")
    page.get_by_label("What you call it").press("Enter")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Oma"))
    expect(card.get_by_text("〒154-0023")).to_be_visible()
    expect(card.get_by_text("東京都")).to_be_visible()
    expect(card.get_by_text("Preferred", exact=True)).to_be_visible()


def test_what_is_chosen_and_sent_before_the_server_heard_of_it_is_not_lost(
    page: Page, email: str
) -> None:
    held: list[tuple[WebSocketRoute, str | bytes]] = []
    holding = False

    def listen(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if holding:
                held.append((server, message))
            else:
                server.send(message)

        socket.on_message(pass_on)

    page.route_web_socket("**/_event/**", listen)
    page.goto(f"{ROOT}/addresses/edit")
    page.get_by_label("Country").select_option("Japan")
    page.get_by_label("Postcode").fill("154-0023")
    page.get_by_label("Street address").fill("世田谷区若林1丁目")
    holding = True
    page.get_by_label("Prefecture").select_option("Tokyo · 東京都")
    expect(page.get_by_label("Prefecture")).to_have_value("東京都")
    page.get_by_label("What you call it").fill("Oma")
    page.get_by_label("What you call it").press("Enter")
    assert len(held) > 1
    holding = False
    for server, message in held:
        server.send(message)
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Oma"))
    expect(card.get_by_text("東京都")).to_be_visible()


def test_addresses_are_changed_preferred_and_removed_with_a_question_first(
    page: Page, email: str
) -> None:
    add_home(page)
    headers = {"origin": origin(page)}
    page.request.post("/api/v1/me/addresses", data={**HOME, "label": "Work"}, headers=headers)
    page.goto(f"{ROOT}/addresses")
    page.get_by_role("button", name="Prefer Work").click()
    expect(page.get_by_role("button", name="Prefer Home")).to_be_visible()
    page.get_by_role("link", name="Change Home").click()
    page.get_by_label("City").fill("Potsdam")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("10243 Potsdam")).to_be_visible()
    page.get_by_role("button", name="Remove Home").click()
    expect(page.get_by_role("heading", name="Remove Home?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Remove Home?")).to_have_count(0)
    page.get_by_role("button", name="Remove Home").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("heading", name="Home", exact=True)).to_have_count(0)
    expect(page.get_by_role("heading", name="Work", exact=True)).to_be_visible()


def test_somebody_elses_address_cannot_be_opened(
    page: Page, email: str, browser: Browser, site: Site
) -> None:
    theirs = add_home(page)
    with browser.new_context(base_url=site.url) as context:
        thief = context.new_page()
        open_account(thief, f"thief-of-{email}")
        thief.goto(f"{ROOT}/addresses/edit?address={theirs}")
        expect(thief.get_by_role("heading", name="We can't open this address")).to_be_visible()
        assert "Müller" not in thief.content()


def test_the_look_of_an_account_follows_it_to_every_device(
    page: Page, email: str, browser: Browser, site: Site
) -> None:
    page.goto(f"{ROOT}/preferences")
    page.get_by_label("Dark", exact=True).click()
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    expect(page.get_by_text("Saved.")).to_be_visible()
    with elsewhere(browser, site, email, f"{ROOT}/preferences") as other:
        expect(other.locator("html")).to_have_class(re.compile("dark"))
        expect(other.get_by_label("Dark", exact=True)).to_be_checked()
        with other.expect_response("**/me/preferences"):
            other.get_by_role("button", name="Switch between light and dark").click()
        expect(other.locator("html")).to_have_class(re.compile("light"))
    with elsewhere(browser, site, email, "/dashboard") as third:
        third.emulate_media(color_scheme="dark")
        expect(third.locator("html")).to_have_class(re.compile("light"))


def test_units_are_chosen_once_for_the_whole_shop(page: Page, email: str) -> None:
    page.goto(f"{ROOT}/preferences")
    page.get_by_label("in and lb").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto("/dashboard/pets/measure")
    expect(page.get_by_label("in and lb")).to_be_checked()
    page.get_by_label("cm and kg").click()
    expect(page.get_by_label("cm and kg")).to_be_checked()
    page.goto(f"{ROOT}/preferences")
    expect(page.get_by_label("cm and kg")).to_be_checked()


def test_news_is_turned_on_and_off_but_never_that_of_safety(page: Page, email: str) -> None:
    page.goto(f"{ROOT}/preferences")
    offers = page.get_by_role("switch", name="Offers: E-mail")
    expect(offers).not_to_be_checked()
    offers.press("Space")
    expect(offers).to_be_checked()
    orders = page.get_by_role("switch", name="Orders: Dashboard")
    orders.click()
    expect(orders).not_to_be_checked()
    expect(page.get_by_role("switch", name="Security: E-mail")).to_be_disabled()
    page.reload()
    expect(page.get_by_role("switch", name="Offers: E-mail")).to_be_checked()
    expect(page.get_by_role("switch", name="Orders: Dashboard")).not_to_be_checked()
    expect(page.get_by_role("switch", name="Security: E-mail")).to_be_checked()
