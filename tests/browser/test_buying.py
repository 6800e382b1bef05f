"""Buying, from the shelf to the letter, as a guest does it on a phone and at a desk."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from pet_app.core.demo import DEMO_PASSWORD
from pet_app.core.ids import new_id
from tests.browser.axe import violations
from tests.browser.people import letter, open_account, origin
from tests.browser.site import Site
from tests.browser.test_whole_path import laid_out

AUSTIN = {
    "Full name": "Ada Guest",
    "Street address": "1 Congress Ave",
    "City": "Austin",
    "ZIP code": "78701",
}
HOME = {
    "country": "US",
    "label": "Home",
    "lines": {
        "name": "Nora Newcomer",
        "street_address": "350 Fifth Avenue",
        "city": "New York",
        "country_area": "NY",
        "postal_code": "10118",
    },
}
NUMBER = re.compile(r"HH-\w{4}-\w{4}")


@pytest.fixture(scope="module")
def staff(site: Site) -> Iterator[httpx.Client]:
    """Somebody whose work the catalogue is, signed in by a program."""
    with httpx.Client(base_url=site.url, headers={"origin": site.url}) as client:
        who = {"email": "admin@demo.test", "password": DEMO_PASSWORD}
        assert client.post("/api/v1/session", json=who).is_success
        yield client


def made_code(staff: httpx.Client, percent: int = 10) -> str:
    """A code nobody else uses."""
    code = f"TEN{new_id()[-8:]}".upper()
    body = {"code": code, "words": "Ten in a hundred", "kind": "percent", "percent": percent}
    answer = staff.post("/api/v1/promotions", json=body)
    assert answer.status_code == 201, answer.text
    return code


def variant(staff: httpx.Client, handle: str) -> dict[str, Any]:
    """The first form of a product."""
    return staff.get(f"/api/v1/products/{handle}").json()["variants"][0]


def put_in(page: Page, handle: str) -> None:
    """Put the first form of a product into the cart, by its page."""
    page.goto(f"/product/{handle}")
    page.get_by_role("button", name="Add to cart").first.click()
    expect(added(page)).to_contain_text("In your cart")


def added(page: Page) -> Locator:
    return page.get_by_test_id("added")


def open_cart(page: Page) -> None:
    page.goto("/cart")
    expect(page.get_by_role("heading", name="Summary")).to_be_visible()


def open_checkout(page: Page) -> None:
    page.goto("/checkout")
    expect(pay(page)).to_be_visible()


def pay(page: Page) -> Locator:
    return page.locator("#pay")


def say_where(page: Page, email: str) -> None:
    """Fill in the form for a place in Texas, until the whole price is known."""
    page.get_by_label("E-mail").fill(email)
    for label, text in AUSTIN.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("State").select_option("TX")
    page.get_by_label("ZIP code").press("Tab")
    expect(page.get_by_test_id("total")).to_contain_text("To pay")


def go_to_pay(page: Page) -> None:
    pay(page).click()
    page.wait_for_url("**/pay/demo/**")
    expect(page.get_by_role("heading", name="No money moves here")).to_be_visible()


def thanked(page: Page) -> str:
    """The number of the order the page thanks for."""
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    found = NUMBER.search(page.get_by_test_id("number").first.inner_text())
    assert found
    return found[0]


def fits(page: Page, width: int) -> None:
    """The page is for everybody, and as wide as the screen."""
    expect(page.locator("main .skeleton")).to_have_count(0)
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize(("width", "mode"), [(390, "dark"), (1440, "light")])
def test_a_guest_buys_a_collar_and_a_harness_of_their_own_and_buys_again(
    page_without_3d: Page, staff: httpx.Client, width: int, mode: Any
) -> None:
    page, email, code = page_without_3d, f"{new_id()}@example.com", made_code(staff)
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=mode)
    page.goto("/cart")
    expect(page.get_by_role("heading", name="What others like")).to_be_visible()
    fits(page, width)
    put_in(page, "wayfinder-collar")
    expect(page.get_by_test_id("pieces")).to_have_text("1")
    fits(page, width)
    page.goto("/builder")
    laid_out(page)
    page.locator("#to-cart").click()
    expect(added(page)).to_contain_text("In your cart")
    expect(page.get_by_test_id("pieces")).to_have_text("2")
    added(page).get_by_role("link", name="View cart").click()
    expect(page.get_by_role("heading", name="Summary")).to_be_visible()
    page.get_by_text("Add a code or gift card").click()
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Ten in a hundred")).to_be_visible()
    fits(page, width)
    page.get_by_role("link", name="Check out").click()
    expect(pay(page)).to_be_visible()
    say_where(page, email)
    expect(page.get_by_text("Texas sales tax")).to_be_visible()
    fits(page, width)
    due = pay(page).inner_text().removeprefix("Pay ")
    go_to_pay(page)
    expect(page.get_by_text(due, exact=True)).to_be_visible()
    fits(page, width)
    page.locator("#demo-paid").click()
    number = thanked(page)
    expect(page.get_by_text("no money moved")).to_be_visible()
    expect(page.get_by_test_id("pieces")).to_have_count(0)
    fits(page, width)
    text = letter(page, email, "order.confirmed")
    assert number in text
    assert due in text
    page.get_by_role("link", name="Follow your order").click()
    expect(page.get_by_text(number).first).to_be_visible()
    page.get_by_role("button", name="Order again").click()
    page.wait_for_url("**/cart")
    expect(page.get_by_label("In your cart").get_by_role("listitem")).to_have_count(2)


def test_the_cart_counts_keeps_for_later_and_brings_back(page: Page) -> None:
    put_in(page, "wayfinder-collar")
    # Pressed twice at once it goes in once.
    page.goto("/product/saddler-leash")
    page.get_by_role("button", name="Add to cart").first.dblclick()
    expect(added(page)).to_contain_text("In your cart")
    open_cart(page)
    lines = page.get_by_label("In your cart").get_by_role("listitem")
    expect(lines).to_have_count(2)
    expect(page.get_by_test_id("pieces")).to_have_text("2")
    page.get_by_role("button", name=re.compile("^One more of Saddler")).click()
    expect(page.get_by_test_id("pieces")).to_have_text("3")
    page.get_by_role("button", name=re.compile("^One fewer of Saddler")).click()
    expect(page.get_by_test_id("pieces")).to_have_text("2")
    page.get_by_role("button", name=re.compile("^One more of Wayfinder")).click()
    many = page.get_by_role("textbox", name=re.compile("^How many of Wayfinder"))
    expect(many).to_have_value("2")
    many.fill("lots")
    many.press("Tab")
    expect(many).to_have_value("2")
    page.get_by_role("button", name=re.compile("^Save for later: Saddler")).click()
    expect(page.get_by_role("heading", name="Saved for later")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Move to cart: Saddler")).click()
    expect(lines).to_have_count(2)
    page.get_by_role("button", name=re.compile("^Remove: Saddler")).click()
    expect(lines).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(lines).to_have_count(2)
    page.get_by_text("Add a code or gift card").click()
    page.get_by_label("Code", exact=True).fill("NOSUCHCODE")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_label("Code", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Code", exact=True)).to_have_value("NOSUCHCODE")
    page.get_by_text("Estimate shipping and tax").click()
    page.get_by_label("Postcode").fill("78701")
    page.get_by_role("button", name="Estimate").click()
    expect(page.get_by_test_id("estimate")).to_contain_text("working days")
    expect(page.get_by_test_id("estimate")).to_contain_text("Texas")


def test_what_is_missing_is_listed_and_leads_to_its_field(page: Page) -> None:
    put_in(page, "wayfinder-collar")
    open_checkout(page)
    page.get_by_label("City").fill("Austin")
    pay(page).click()
    problems = page.locator("#problems")
    expect(problems).to_be_focused()
    expect(problems.get_by_role("listitem")).to_have_count(5)
    expect(page.get_by_label("City")).to_have_value("Austin")
    assert violations(page) == []
    problems.get_by_role("button", name="Street address: Please fill this in.").click()
    street = page.get_by_label("Street address")
    expect(street).to_be_focused()
    street.fill("1 Congress Ave")
    street.press("Tab")
    expect(problems.get_by_role("listitem")).to_have_count(4)
    expect(street).to_have_attribute("aria-invalid", "false")


def test_a_card_declined_and_a_visitor_who_turns_back_leave_the_order_waiting(page: Page) -> None:
    put_in(page, "wayfinder-collar")
    open_checkout(page)
    say_where(page, f"{new_id()}@example.com")
    pay(page).dblclick()
    page.wait_for_url("**/pay/demo/**")
    number = page.get_by_text(NUMBER).inner_text()
    page.locator("#demo-declined").click()
    expect(page.get_by_text("Your card was declined")).to_be_visible()
    page.locator("#demo-left").click()
    expect(page.get_by_text("Your card was declined")).to_be_visible()
    expect(page.get_by_text("Your order waits for you here")).to_be_visible()
    expect(page.get_by_label("Full name")).to_have_value("Ada Guest")
    go_to_pay(page)
    expect(page.get_by_text(NUMBER)).to_have_text(number)
    page.locator("#demo-delayed").click()
    expect(page.get_by_role("heading", name="Your part is done")).to_be_visible()
    assert violations(page) == []


def test_another_tab_changes_the_cart_while_the_first_one_pays(page: Page) -> None:
    put_in(page, "wayfinder-collar")
    open_checkout(page)
    say_where(page, f"{new_id()}@example.com")
    due = pay(page).inner_text().removeprefix("Pay ")
    go_to_pay(page)
    other = page.context.new_page()
    open_cart(other)
    other.get_by_role("button", name=re.compile("^One more of Wayfinder")).click()
    expect(other.get_by_test_id("pieces")).to_have_text("2")
    page.locator("#demo-paid").click()
    thanked(page)
    # What was agreed to was paid, and what was put in since is still there.
    expect(page.get_by_label("Your order").get_by_test_id("total")).to_contain_text(due)
    open_cart(other)
    expect(other.get_by_test_id("pieces")).to_have_text("1")
    other.close()


def test_a_new_price_is_shown_before_it_is_paid(page: Page, staff: httpx.Client) -> None:
    form = variant(staff, "biscuit-jar")
    before = form["price"]["cents"]
    put_in(page, "biscuit-jar")
    open_checkout(page)
    say_where(page, f"{new_id()}@example.com")
    shown = pay(page).inner_text()
    try:
        body = {"cents": before + 500, "currency": "USD"}
        assert staff.put(f"/api/v1/variants/{form['id']}/price", json=body).is_success
        pay(page).click()
        expect(page.locator("#problems")).to_contain_text("The total is now")
        expect(page.locator("#problems")).to_contain_text("costs $39.00 now; it was $34.00")
        expect(pay(page)).not_to_have_text(shown)
        go_to_pay(page)
    finally:
        body = {"cents": before, "currency": "USD"}
        assert staff.put(f"/api/v1/variants/{form['id']}/price", json=body).is_success


def test_who_has_an_address_finds_it_filled_in(page: Page) -> None:
    email = f"{new_id()}@example.com"
    open_account(page, email)
    headers = {"origin": origin(page)}
    assert page.request.post("/api/v1/me/addresses", data=HOME, headers=headers).status == 201
    put_in(page, "wayfinder-collar")
    open_checkout(page)
    expect(page.get_by_label("E-mail")).to_have_value(email)
    expect(page.get_by_label("Street address")).to_have_value("350 Fifth Avenue")
    expect(page.get_by_label("State")).to_have_value("NY")
    expect(page.get_by_test_id("total")).to_contain_text("To pay")
    go_to_pay(page)
    page.locator("#demo-paid").click()
    number = thanked(page)
    page.get_by_role("link", name="Follow your order").click()
    page.wait_for_url("**/dashboard/orders/**")
    expect(page.get_by_text(number).first).to_be_visible()
