"""Pictures as visitors meet them: in another light, on a card with a link, of a product."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import origin
from tests.browser.test_whole_path import laid_out

API = "/api/v1/builder"
MADE_WITHIN_MS = 90_000
MADE = re.compile(r"^/media/")


def is_drawn(picture: Locator) -> bool:
    """Whether the browser could show the file."""
    return picture.evaluate("async (shown) => (await shown.decode(), shown.naturalWidth > 0)")


def keep(page: Page, kind: str, name: str) -> Locator:
    """Save the usual piece of a kind; its picture, once it is there."""
    page.goto(f"/builder?kind={kind}")
    laid_out(page)
    page.get_by_role("textbox", name="Name").fill(name)
    page.locator("#save").click()
    picture = page.locator("#picture")
    expect(picture).to_be_visible(timeout=MADE_WITHIN_MS)
    return picture


def share(page: Page, made_for: str) -> str:
    """Make a link to what was kept; the address the page shows."""
    page.locator("#share").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Made for").fill(made_for)
    dialog.get_by_role("button", name="Make a link").click()
    shown = dialog.locator("#shared-at")
    expect(shown).to_be_visible()
    return shown.inner_text()


def test_what_was_kept_is_seen_in_another_light(page_without_3d: Page) -> None:
    page = page_without_3d
    picture = keep(page, "tag", "By lamplight")
    usual = picture.get_attribute("src") or ""
    for light in ("daylight", "evening"):
        before = picture.get_attribute("src") or ""
        page.locator(f"input[name=light][value={light}]").press("Space")
        expect(picture).not_to_have_attribute("src", before, timeout=MADE_WITHIN_MS)
        assert is_drawn(picture)
    page.locator("input[name=light][value=studio]").press("Space")
    expect(picture).to_have_attribute("src", usual)


def test_a_link_is_made_with_its_card_copied_and_taken_back(page_without_3d: Page) -> None:
    page = page_without_3d
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    keep(page, "tag", "To be shown")
    link = share(page, "Olive")
    card = page.get_by_role("dialog").locator("#card")
    expect(card).to_have_attribute("src", MADE, timeout=MADE_WITHIN_MS)
    assert is_drawn(card)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    page.context.clear_permissions()
    page.get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_role("button", name="Make a link")).to_be_visible()
    assert page.request.get(link).status == 404


def test_who_has_the_link_sees_the_piece_and_designs_one_like_it(page_without_3d: Page) -> None:
    page = page_without_3d
    keep(page, "bandana", "Sunday best")
    link = share(page, "Rex")
    page.context.clear_cookies()
    page.goto(link)
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="Sunday best")).to_be_visible()
    expect(main.get_by_text("Made for Rex")).to_be_visible()
    picture = main.get_by_role("img", name=re.compile("^Sunday best"))
    expect(picture).to_have_attribute("src", MADE)
    assert is_drawn(picture)
    main.get_by_role("link", name="Make one like it").click()
    laid_out(page)
    expect(page.locator("input[name=kind][value=bandana]")).to_be_checked()
    page.locator("#save").click()
    expect(page.locator("#save")).to_have_text("Saved")
    code = link.rpartition("/")[2]
    shown = page.request.get(f"{origin(page)}{API}/shared/{code}").json()
    assert (shown["name"], shown["made_for"]) == ("Sunday best", "Rex")


def test_a_product_is_seen_from_other_sides_and_turns_when_asked(page_without_3d: Page) -> None:
    page = page_without_3d
    page.goto("/product/trail-harness")
    ways = page.get_by_test_id("views")
    turn = ways.get_by_role("button", name="See it turn")
    expect(turn).to_be_visible(timeout=MADE_WITHIN_MS)
    large = page.get_by_role("main").locator("img").first
    seen = set()
    for name in ("Front", "Close up", "See it turn"):
        ways.get_by_role("button", name=name).click()
        expect(ways.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
        assert is_drawn(large)
        seen.add(large.get_attribute("src"))
    assert len(seen) == 3
    file = page.request.get(large.get_attribute("src") or "").body()
    assert file[8:16] == b"WEBPVP8X"
    assert file.count(b"ANMF") > 1
