"""The main job from end to end, as a visitor does it."""

import re

from playwright.sync_api import Locator, Page, expect

from pet_app.core.ids import new_id
from tests.browser.people import sign_in

TOTAL = re.compile(r"\$\d+\.\d\d")


def open_bench(page: Page, path: str = "/builder") -> None:
    page.goto(path)
    expect(page.locator("#piece")).to_have_attribute("data-stage", "ready", timeout=60_000)
    laid_out(page)


def laid_out(page: Page) -> None:
    expect(page.get_by_test_id("choices")).to_have_attribute("aria-busy", "false")


def total(page: Page) -> Locator:
    return page.get_by_test_id("total")


COLOUR_ON_MODEL = """() => String(document.querySelector("model-viewer")
    .lookTexture.source.element.getContext("2d").getImageData(4, 4, 1, 1).data)"""
"""The colour painted in the first corner of the model's webbing texture."""


def pick(page: Page, choice: str, value: str) -> None:
    page.locator(f'input[name="{choice}"][value="{value}"]').press("Space")


def test_measure_design_price_colour_save_picture_sign_in_dashboard(page: Page) -> None:
    open_bench(page)
    expect(total(page)).to_have_text(TOTAL)
    before = total(page).inner_text()
    with page.expect_response("**/api/v1/builder/models/*.glb"):
        page.get_by_role("textbox", name="Chest").fill("71.5")
    pick(page, "width", "30")
    expect(total(page)).not_to_have_text(before)
    pick(page, "pattern", "plain")
    before_colour = page.evaluate(COLOUR_ON_MODEL)
    pick(page, "colour", "poppy")
    page.wait_for_function(f"before => ({COLOUR_ON_MODEL})() !== before", arg=before_colour)
    page.get_by_role("textbox", name="Name").fill("Whole path")
    page.locator("#save").click()
    news = page.get_by_test_id("news")
    expect(news.locator("img")).to_be_visible(timeout=90_000)
    expect(page.locator("#save")).to_have_text("Saved")
    picture = page.locator("#picture")
    address = picture.get_attribute("src") or ""
    assert page.request.get(address).headers["content-type"] == "image/webp"
    sign_in(page, then="/dashboard/designs")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Whole path"))
    expect(card.locator("img")).to_have_attribute("src", re.compile("^/media/"))
    card.get_by_role("link", name="Open", exact=True).click()
    expect(page.get_by_role("textbox", name="Chest")).to_have_value("71.5")
    expect(page.locator("input[name=colour][value=poppy]")).to_be_checked()


def test_an_unfinished_piece_survives_a_reload_and_a_wrong_number_says_why(page: Page) -> None:
    open_bench(page)
    pick(page, "kind", "collar")
    pick(page, "colour", "lagoon")
    page.get_by_role("textbox", name="Neck").fill("a lot")
    expect(page.get_by_text("Enter a number, such as 36.5.")).to_be_visible()
    expect(page.get_by_role("button", name="Check measurements")).to_be_disabled()
    page.reload()
    laid_out(page)
    expect(page.locator("input[name=kind][value=collar]")).to_be_checked()
    expect(page.locator("input[name=colour][value=lagoon]")).to_be_checked()
    expect(page.get_by_role("textbox", name="Neck")).to_have_value("a lot")
    page.get_by_role("textbox", name="Neck").fill("39")
    expect(total(page)).to_have_text(TOTAL)


def test_what_cannot_go_together_says_why_and_is_settled(page: Page) -> None:
    open_bench(page)
    pick(page, "material", "leather")
    expect(page.get_by_text("a pattern would crack where it bends")).to_be_visible()
    page.get_by_role("button", name="Make it possible").click()
    expect(page.locator("input[name=pattern][value=plain]")).to_be_checked()
    expect(total(page)).to_have_text(TOTAL)
    page.get_by_role("button", name="Plaid: why not?").click()
    expect(page.get_by_text("a pattern would crack where it bends")).to_be_visible()


def test_a_product_of_the_shop_opens_on_the_bench(page: Page) -> None:
    open_bench(page, "/builder?preset=trail-harness")
    expect(page.locator("input[name=material][value=recycled_pet]")).to_be_checked()


def test_a_double_click_saves_one_design(page: Page) -> None:
    sign_in(page, then=f"/builder?new={new_id()}")
    laid_out(page)
    page.get_by_role("textbox", name="Name").fill("Twice clicked")
    page.locator("#save").dblclick()
    expect(page.locator("#save")).to_have_text("Saved")
    page.goto("/dashboard/designs")
    expect(page.get_by_role("heading", name="Twice clicked")).to_have_count(1)


def test_designs_are_renamed_and_deleted(page: Page) -> None:
    sign_in(page, then=f"/builder?new={new_id()}")
    laid_out(page)
    page.get_by_role("textbox", name="Name").fill("To be renamed")
    page.locator("#save").click()
    expect(page.locator("#save")).to_have_text("Saved")
    page.goto("/dashboard/designs")
    page.get_by_role("button", name="Rename To be renamed").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("To be deleted")
    dialog.get_by_role("button", name="Rename").click()
    page.get_by_role("button", name="Delete To be deleted").click()
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="To be deleted")).to_have_count(0)


def test_without_webgl_the_piece_is_designed_by_words_and_price(page_without_3d: Page) -> None:
    page = page_without_3d
    page.goto("/builder")
    expect(page.locator("#piece")).to_have_attribute("data-stage", "without")
    laid_out(page)
    expect(page.get_by_text("This browser does not draw 3D")).to_be_visible()
    page.get_by_text("Your piece in words").click()
    expect(page.get_by_text("A Y-front harness of 25 mm nylon webbing")).to_be_visible()
    before = total(page).inner_text()
    pick(page, "width", "30")
    expect(total(page)).not_to_have_text(before)
