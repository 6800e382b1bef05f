"""Looking round the shop, on a desk and on a phone, by day and by night."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from pet_app.catalog.rules import Kind
from pet_app.stockroom import products
from tests.browser.axe import violations
from tests.browser.people import sign_in
from tests.browser.site import Site

AT_ONCE = 24
PRODUCTS = tuple(products())
ALL = len(PRODUCTS)
COLLARS = sum(new.kind == Kind.COLLAR for new in PRODUCTS)
PAGES = (
    "/",
    "/shop?kind=collar",
    "/product/trail-harness",
    "/measuring-guide",
    "/help/shipping",
    "/help/returns",
    "/privacy",
    "/terms",
)


def shelf(page: Page) -> Locator:
    """The names of what is found."""
    return page.get_by_role("main").locator("article h3")


@pytest.fixture
def phone(page: Page) -> Page:
    """The same tab on a phone."""
    page.set_viewport_size({"width": 390, "height": 844})
    return page


@pytest.fixture
def scriptless(site: Site, browser: Browser) -> Iterator[Page]:
    """A tab in which no script runs."""
    with browser.new_context(base_url=site.url, java_script_enabled=False) as context:
        yield context.new_page()


def test_the_shelf_narrows_and_widens_by_the_address_and_back(page: Page) -> None:
    page.goto("/shop")
    expect(page.get_by_text(f"{ALL} pieces", exact=True)).to_be_visible()
    expect(shelf(page)).to_have_count(AT_ONCE)
    page.get_by_role("link", name=re.compile(r"^Collars \d")).click()
    expect(page).to_have_url(re.compile(r"/shop\?kind=collar$"))
    expect(shelf(page)).to_have_count(COLLARS)
    page.get_by_label("Sort by").select_option("price-down")
    expect(page).to_have_url(re.compile(r"kind=collar&sort=price-down$"))
    expect(shelf(page).first).to_have_text("Saddler collar")
    on = page.get_by_role("group", name="Filters that are on")
    on.get_by_role("link", name="Collars").click()
    expect(page).to_have_url(re.compile(r"/shop\?sort=price-down$"))
    page.go_back()
    expect(shelf(page)).to_have_count(COLLARS)
    expect(page.get_by_label("Sort by")).to_have_value("price-down")


def test_a_slip_of_the_finger_is_forgiven(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox", name="Search the shop").fill("saddler hraness")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/shop\?q=saddler\+hraness$"))
    expect(shelf(page).first).to_have_text("Saddler harness")
    expect(page.get_by_text("We looked for")).to_be_visible()


def test_nothing_found_leads_on(page: Page) -> None:
    page.goto("/shop?kind=harness&to=1")
    expect(page.get_by_text("Nothing is all of that at once")).to_be_visible()
    expect(shelf(page)).to_have_count(4)
    page.get_by_role("link", name="Clear all filters").click()
    expect(shelf(page)).to_have_count(AT_ONCE)


def test_a_longer_shelf_grows_where_it_ends(page: Page) -> None:
    page.goto("/shop")
    page.get_by_role("link", name="Show more").click()
    expect(page).to_have_url(re.compile(r"\?show=2$"))
    expect(shelf(page)).to_have_count(min(ALL, 2 * AT_ONCE))


def test_the_filters_of_a_phone_are_a_sheet(phone: Page) -> None:
    phone.goto("/shop")
    expect(shelf(phone)).to_have_count(AT_ONCE)
    sheet = phone.locator("#filters")
    expect(sheet).to_be_hidden()
    phone.get_by_role("button", name="Filters").click()
    expect(sheet).to_be_visible()
    sheet.get_by_role("link", name=re.compile(r"^Collars \d")).click()
    sheet.get_by_role("button", name=f"Show {COLLARS} pieces").click()
    expect(sheet).to_be_hidden()
    expect(shelf(phone)).to_have_count(COLLARS)


def test_without_any_script_filters_and_search_still_work(scriptless: Page) -> None:
    scriptless.goto("/shop")
    scriptless.get_by_role("link", name=re.compile(r"^Collars \d")).click()
    expect(shelf(scriptless)).to_have_count(COLLARS)
    scriptless.get_by_role("searchbox", name="Search the shop").first.fill("bowl")
    scriptless.keyboard.press("Enter")
    expect(shelf(scriptless).first).to_have_text(re.compile("bowl"))
    shelf(scriptless).first.click()
    expect(scriptless.get_by_role("heading", level=1)).to_have_text(re.compile("bowl"))
    expect(scriptless.get_by_text(re.compile(r"^\$\d+\.\d\d$")).first).to_be_visible()


def test_another_size_costs_what_it_costs(page: Page) -> None:
    page.goto("/product/trail-harness")
    cost = page.get_by_role("main").get_by_text(re.compile(r"^\$\d+\.\d\d$")).first
    expect(page.get_by_role("radio", name="M", exact=True)).to_be_checked()
    before = cost.inner_text()
    page.get_by_role("radio", name="XL", exact=True).click(force=True)
    expect(page.get_by_role("radio", name="XL", exact=True)).to_be_checked()
    expect(cost).not_to_have_text(before)
    yours = page.get_by_role("link", name="Make it yours")
    expect(yours).to_have_attribute("href", "/builder?preset=trail-harness")


def test_a_product_found_on_the_way_has_its_own_title_and_address(page: Page) -> None:
    page.goto("/shop?kind=collar")
    page.get_by_role("link", name="Saddler collar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saddler collar")
    expect(page).to_have_title(re.compile("^Saddler collar"))
    page.get_by_role("main").locator("article a").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Saddler collar")
    expect(page).not_to_have_title(re.compile("^Saddler collar"))
    page.go_back()
    expect(page).to_have_title(re.compile("^Saddler collar"))


def test_a_heart_keeps_a_product_for_the_next_visit_and_the_account(page: Page) -> None:
    page.goto("/product/puddle-collar")
    heart = page.get_by_role("button", name="Keep Puddle collar on the wish list")
    expect(heart).to_have_attribute("aria-pressed", "false")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(heart).to_have_attribute("aria-pressed", "true")
    sign_in(page, then="/dashboard/wishes")
    expect(page.get_by_role("main").get_by_text("Puddle collar")).to_be_visible()
    page.get_by_role("button", name="Remove Puddle collar from your wishes").click()
    expect(page.get_by_text("No wishes yet")).to_be_visible()


def test_pets_say_which_size_they_take(page: Page) -> None:
    sign_in(page, then="/product/trail-harness?variant=TRAIL-HARNESS-XS-PINE")
    page.get_by_role("button", name=re.compile("^Juniper takes")).click()
    expect(page.get_by_role("radio", name="M", exact=True)).to_be_checked()


def test_the_words_and_prices_are_there_before_any_script(site: Site) -> None:
    written = httpx.get(f"{site.url}/product/trail-harness").text
    assert "<h1" in written
    assert "Trail harness" in written
    assert re.search(r"\$\d+\.\d\d", written)
    assert '"@type": "Product"' in written
    assert f'rel="canonical" href="{site.url}/product/trail-harness"' in written or (
        f'href="{site.url}/product/trail-harness" rel="canonical"' in written
    )
    assert httpx.get(f"{site.url}/shop").text.count('href="/product/') >= AT_ONCE
    assert "noindex" not in written


def test_every_product_is_on_the_map_for_search_engines(site: Site) -> None:
    listed = httpx.get(f"{site.url}/sitemap.xml").text
    assert all(f"<loc>{site.url}/product/{new.handle}</loc>" in listed for new in PRODUCTS)
    assert f"<loc>{site.url}/help/returns</loc>" in listed
    assert "/dashboard" not in listed
    assert "Sitemap:" in httpx.get(f"{site.url}/robots.txt").text


def test_a_product_that_is_not_there_is_not_found(site: Site, page: Page) -> None:
    assert httpx.get(f"{site.url}/product/nothing", follow_redirects=True).status_code == 404
    page.goto("/product/nothing")
    expect(page.get_by_role("heading", level=1)).to_have_text("This one slipped its collar")


def test_light_or_dark_is_remembered(page: Page) -> None:
    page.goto("/")
    html = page.locator("html")
    expect(html).to_have_class(re.compile("light"))
    switch = page.get_by_role("button", name="Switch between light and dark")
    expect(switch).to_have_attribute("title", "Light or dark")
    switch.click()
    expect(html).to_have_class(re.compile("dark"))
    page.reload()
    expect(html).to_have_class(re.compile("dark"))


def test_the_menu_of_a_phone_closes_behind_one(phone: Page) -> None:
    phone.goto("/")
    phone.locator("#menu > summary").click()
    menu = phone.get_by_role("navigation", name="Menu")
    menu.get_by_role("link", name="Shop").click()
    expect(phone).to_have_url(re.compile("/shop"))
    expect(menu).to_be_hidden()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_small_phone_and_speaks_to_everybody(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []


def test_the_keyboard_skips_to_the_content(page: Page) -> None:
    page.goto("/shop")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
