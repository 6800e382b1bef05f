"""Signing in through another site, whose pages are its own."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.people import PASSWORD, enter, letter, open_account
from tests.browser.site import Site

SIZES = {"phone": (390, 844), "desktop": (1440, 900)}
LINKS = "/dashboard/settings/security/providers"


@pytest.fixture(params=SIZES)
def any_page(request: pytest.FixtureRequest, page: Page) -> Page:
    """A tab as wide as a phone, and one as wide as a desk."""
    width, height = SIZES[request.param]
    page.set_viewport_size({"width": width, "height": height})
    return page


def agree(page: Page, sub: str) -> None:
    """Sign in on the provider's own pages, and let it tell us."""
    page.get_by_placeholder("Enter any login").fill(sub)
    page.get_by_placeholder("and password").fill("anything")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()


def test_somebody_comes_through_another_site_and_goes_where_they_wanted(
    any_page: Page, site: Site
) -> None:
    person = site.acme.person(name="Olive Elsewhere")
    any_page.goto("/login?next=/dashboard/settings/security")
    button = any_page.get_by_role("link", name="Go on with Acme")
    expect(button).to_have_attribute("href", re.compile("next=%2Fdashboard"))
    assert violations(any_page) == []
    button.click()
    agree(any_page, person["sub"])
    any_page.wait_for_url("**/dashboard/settings/security")
    any_page.get_by_role("link", name="Manage other sites").click()
    expect(any_page.get_by_text(person["email"])).to_be_visible()
    expect(any_page.get_by_text("Your account has no password yet")).to_be_visible()
    assert violations(any_page) == []
    any_page.get_by_role("button", name="Remove Acme").click()
    any_page.get_by_role("button", name="Remove", exact=True).click()
    expect(any_page.get_by_text("This is the only way into your account")).to_be_visible()


def test_an_account_with_a_password_is_linked_in_the_settings_and_nowhere_else(
    any_page: Page, site: Site
) -> None:
    person = site.acme.person()
    email = person["email"]
    open_account(any_page, email)
    any_page.context.clear_cookies()
    any_page.goto("/register")
    any_page.get_by_role("link", name="Go on with Acme").click()
    agree(any_page, person["sub"])
    expect(any_page.get_by_text("There is an account with this e-mail already")).to_be_visible()
    assert violations(any_page) == []
    enter(any_page, email, LINKS)
    any_page.get_by_label("Your password").fill("not mine at all")
    any_page.get_by_role("button", name="Link Acme").click()
    expect(any_page.get_by_text("That is not your password")).to_be_visible()
    any_page.get_by_label("Your password").fill(PASSWORD)
    assert violations(any_page) == []
    any_page.get_by_role("button", name="Link Acme").click()
    any_page.wait_for_url(f"**{LINKS}")
    expect(any_page.get_by_role("button", name="Remove Acme")).to_be_visible()
    assert "Acme" in letter(any_page, email, "account.provider_linked")
    assert violations(any_page) == []
    any_page.context.clear_cookies()
    any_page.goto("/login")
    any_page.get_by_role("link", name="Go on with Acme").click()
    agree(any_page, person["sub"])
    any_page.wait_for_url("**/dashboard")
    said = any_page.request.get("/api/v1/me").text()
    assert json.loads(said)["email"] == email
