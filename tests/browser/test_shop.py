"""Looking round the shop, on a desk and on a phone, by day and by night."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from pet_app import stockroom
from tests.browser.site import Site


def test_the_shelf_narrows_and_turns_round_without_a_reload(page: Page) -> None:
    page.goto("/shop")
    kinds = [product.kind.value for product in stockroom.products()]
    collars = kinds.count("collar")
    shelf = page.get_by_role("main").get_by_role("heading", level=3)
    expect(shelf).to_have_count(len(kinds))
    page.get_by_label("Kinds of gear").get_by_role("link", name="Collars").click()
    expect(shelf).to_have_count(collars)
    expect(page.get_by_text(f"{collars} pieces")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/shop\?kind=collar$"))
    page.get_by_label("Sort by").select_option("price")
    expect(page).to_have_url(re.compile(r"kind=collar&sort=price$"))
    expect(shelf.first).to_have_text("Pawprint collar")


def test_a_product_leads_to_the_builder_with_itself(page: Page) -> None:
    page.goto("/shop")
    page.get_by_role("link", name="Saddler harness").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saddler harness")
    yours = page.get_by_role("link", name="Make it yours")
    expect(yours).to_have_attribute("href", "/builder?preset=saddler-harness")


def test_the_words_and_prices_are_there_before_any_script(site: Site) -> None:
    written = httpx.get(f"{site.url}/product/trail-harness").text
    assert "<h1" in written
    assert "Trail harness" in written
    assert re.search(r"\$\d+\.\d\d", written)
    assert '"@type": "Product"' in written
    assert httpx.get(f"{site.url}/shop").text.count("/product/") >= 12


def test_a_product_that_is_not_there_is_not_found(site: Site, page: Page) -> None:
    assert httpx.get(f"{site.url}/product/nothing", follow_redirects=True).status_code == 404
    page.goto("/product/nothing")
    expect(page.get_by_role("heading", level=1)).to_have_text("This one slipped its collar")


def test_light_or_dark_is_remembered(page: Page) -> None:
    page.goto("/")
    html = page.locator("html")
    expect(html).to_have_class(re.compile("light"))
    page.get_by_label("Switch between light and dark").click()
    expect(html).to_have_class(re.compile("dark"))
    page.reload()
    expect(html).to_have_class(re.compile("dark"))


def test_the_menu_of_a_phone_closes_behind_one(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    page.locator("summary").click()
    menu = page.get_by_role("navigation", name="Menu")
    menu.get_by_role("link", name="Shop").click()
    expect(page).to_have_url(re.compile("/shop"))
    expect(menu).to_be_hidden()


@pytest.mark.parametrize("path", ["/", "/shop", "/product/trail-harness", "/measuring-guide"])
def test_a_page_fits_a_small_phone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_keyboard_skips_to_the_content(page: Page) -> None:
    page.goto("/shop")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
