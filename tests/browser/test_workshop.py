"""The workshop in the browser: packs and cutting plans for staff, and nothing for anybody else."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accounts import OWNER, sign_in

STAFF = "Staff"
PLAN_MS = 90_000


def enter(page: Page, path: str = "/workshop") -> None:
    sign_in(page, STAFF, path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def listed(page: Page) -> int:
    """How many designs are on the page."""
    expect(page.get_by_text(re.compile(r"^\d+ to \d+ of \d+$"))).to_be_visible()
    return page.locator("main input[type=checkbox]").count()


def test_staff_find_the_workshop_beside_their_own_pages(page: Page) -> None:
    sign_in(page, STAFF, "/dashboard")
    page.get_by_role("navigation", name="Your account").get_by_role("link", name="Workshop").click()
    expect(page.get_by_role("heading", name="Workshop", level=1)).to_be_visible()
    assert listed(page) > 1


@pytest.mark.parametrize(("sheet", "begins"), [("PDF", b"%PDF"), ("DXF", b"  0"), ("CSV", b"\xef")])
def test_staff_order_the_pack_of_a_design(page: Page, sheet: str, begins: bytes) -> None:
    enter(page)
    listed(page)
    link = page.get_by_role("link", name=re.compile(rf"^{sheet} pack of ")).first
    assert link.get_attribute("target") == "_blank"
    answer = page.request.get(link.get_attribute("href") or "")
    assert answer.ok
    assert answer.body().startswith(begins)


def test_a_plan_over_several_designs_shows_what_it_saves_and_prints(page: Page) -> None:
    enter(page)
    count = listed(page)
    page.get_by_role("button", name="Choose all shown").click()
    expect(page.get_by_text(f"{count} chosen")).to_be_visible()
    page.get_by_role("button", name="Work it out").click()
    expect(page.get_by_text("of what cutting in turn would lose")).to_be_visible(timeout=PLAN_MS)
    expect(page.get_by_text("First-fit decreasing")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("button", name="PDF to cut by").click()
    assert started.value.suggested_filename == "cutting-plan.pdf"
    assert started.value.path().read_bytes().startswith(b"%PDF")
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert started.value.suggested_filename == "cutting-plan.csv"


def test_a_design_is_found_by_its_number(page: Page) -> None:
    enter(page)
    listed(page)
    number = page.get_by_text(re.compile(r"^HH-\w{4}-\w{4}$")).first.inner_text()
    page.get_by_label("Name or number").fill(number)
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("1 to 1 of 1")).to_be_visible()
    page.get_by_label("Name or number").fill("no such design")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("Nothing to make here")).to_be_visible()


def test_every_number_says_who_stands_for_it(page: Page) -> None:
    enter(page)
    page.get_by_role("link", name="The numbers").click()
    table = page.get_by_role("table")
    expect(table.get_by_text("Assumption").first).to_be_visible()
    page.get_by_label("From").select_option("hardware")
    page.get_by_label("Words in it").fill("side release 25 strength")
    expect(page.get_by_text(re.compile("^1 number, "))).to_be_visible()
    expect(table.get_by_role("cell", name="900 N", exact=True)).to_be_visible()
    expect(table.get_by_text("strapstogo")).to_be_visible()


@pytest.mark.parametrize("path", ["/workshop", "/workshop/numbers"])
def test_a_customer_sees_nothing_of_the_workshop(page: Page, path: str) -> None:
    sign_in(page, OWNER, path)
    expect(page.get_by_text("This is the workshop's")).to_be_visible()
    expect(page.get_by_text(re.compile("HH-"))).to_have_count(0)
    expect(page.get_by_role("link", name="Workshop")).to_have_count(0)
    page.goto("/dashboard")
    expect(page.get_by_role("heading", name="Hello, Olive Owner")).to_be_visible()
    expect(page.get_by_role("link", name="Workshop")).to_have_count(0)


def test_a_guest_is_asked_to_sign_in(page: Page) -> None:
    page.goto("/workshop")
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "shown"),
    [("/workshop", r"^\d+ to \d+ of \d+$"), ("/workshop/numbers", r"^\d+ numbers, ")],
)
def test_the_workshop_fits_a_phone(page: Page, path: str, shown: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    enter(page, path)
    expect(page.get_by_text(re.compile(shown))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
