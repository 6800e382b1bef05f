"""Every option of the bench in the browser: by keyboard, refused with a reason, seen in 3D."""

import pytest
from playwright.sync_api import Page, expect

from pet_app.builder.starting import OFFERED
from tests.browser.axe import violations
from tests.browser.test_whole_path import TOTAL, laid_out, open_bench, pick, total

MODEL = "**/api/v1/builder/models/*.glb"


def settled(page: Page) -> None:
    """Until the price of what was picked last is there."""
    expect(total(page)).to_have_text(TOTAL)


def factor(page: Page, material: str) -> list[float]:
    """The colour the viewer gives a material."""
    return page.locator("model-viewer").evaluate(
        "(viewer, name) => [...(viewer.model.getMaterialByName(name)"
        "?.pbrMetallicRoughness.baseColorFactor ?? [])]",
        material,
    )


def unfold(page: Page, name: str) -> None:
    page.locator("summary", has_text=name).press("Enter")


def on_bench(page: Page, kind: str) -> None:
    """The bench with the usual piece of a kind, ready to be changed."""
    page.goto(f"/builder?kind={kind}")
    laid_out(page)
    expect(page.locator(f"input[name=kind][value={kind}]")).to_be_checked()


def test_every_kind_is_chosen_by_keyboard_and_has_its_model(page: Page) -> None:
    open_bench(page)
    for kind in OFFERED[1:]:
        with page.expect_response(MODEL) as answer:
            pick(page, "kind", kind)
        assert answer.value.ok
        expect(page.locator(f"input[name=kind][value={kind}]")).to_be_checked()
        settled(page)


def test_kinds_are_undone_and_redone(page_without_3d: Page) -> None:
    page = page_without_3d
    page.goto("/builder")
    laid_out(page)
    for kind in OFFERED[1:]:
        pick(page, "kind", kind)
        expect(page.locator(f"input[name=kind][value={kind}]")).to_be_checked()
    for kind in OFFERED[-2::-1]:
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(f"input[name=kind][value={kind}]")).to_be_checked()
    page.get_by_role("button", name="Redo").click()
    expect(page.locator(f"input[name=kind][value={OFFERED[1]}]")).to_be_checked()
    settled(page)


def test_no_kind_bars_anybody(page_without_3d: Page) -> None:
    page = page_without_3d
    page.goto("/builder")
    laid_out(page)
    for kind in OFFERED:
        pick(page, "kind", kind)
        expect(page.locator(f"input[name=kind][value={kind}]")).to_be_checked()
        assert violations(page) == []
    page.locator("#field-text").fill("Rex 🐕")
    expect(page.locator("#step-text").get_by_role("status")).to_be_visible()
    assert violations(page) == []


def test_arrows_move_through_kinds_and_the_tabulator_goes_on(page_without_3d: Page) -> None:
    page = page_without_3d
    page.goto("/builder")
    laid_out(page)
    page.locator("input[name=kind][value=harness]").focus()
    for kind in ("collar", "martingale"):
        page.keyboard.press("ArrowRight")
        expect(page.locator(f"input[name=kind][value={kind}]")).to_be_checked()
        expect(page.locator(f"input[name=kind][value={kind}]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#choice-width :focus")).to_have_count(1)
    page.locator("#save").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#save")).to_have_text("Saved")


@pytest.mark.parametrize(
    ("kind", "picked"),
    [
        (
            "harness",
            {"lining": "fleece", "buckle": "metal", "handle": "yes", "reflective": "yes"},
        ),
        ("leash", {"leash": "1200"}),
        ("tag", {"tag_shape": "bone", "tag": "40"}),
    ],
)
def test_options_are_chosen_by_keyboard_and_change_the_model(
    page: Page, kind: str, picked: dict[str, str]
) -> None:
    on_bench(page, kind)
    for choice, value in picked.items():
        with page.expect_response(MODEL):
            pick(page, choice, value)
        expect(page.locator(f'input[name="{choice}"][value="{value}"]')).to_be_checked()


def test_what_cannot_be_says_why_where_it_stands(page_without_3d: Page) -> None:
    page = page_without_3d
    on_bench(page, "collar")
    page.get_by_role("button", name="Pin: why not?").press("Enter")
    told = page.locator("#choice-buckle").get_by_role("status")
    expect(told).to_contain_text("a pin buckle takes leather or biothane")
    pick(page, "material", "biothane")
    page.get_by_role("button", name="Make it possible").press("Enter")
    pick(page, "buckle", "pin")
    expect(page.locator("input[name=buckle][value=pin]")).to_be_checked()
    settled(page)


def test_rings_are_ticked_one_by_one(page_without_3d: Page) -> None:
    page = page_without_3d
    on_bench(page, "collar")
    page.locator("input[name=rings][value=nape]").press("Space")
    expect(page.locator("input[name=rings][value=nape]")).to_be_checked()
    expect(page.locator("input[name=rings][value=buckle]")).to_be_checked()
    page.locator("input[name=rings][value=buckle]").press("Space")
    expect(page.locator("input[name=rings][value=buckle]")).not_to_be_checked()


def test_the_thread_shows_at_once(page: Page) -> None:
    open_bench(page)
    before = factor(page, "thread")
    pick(page, "thread", "poppy")
    assert factor(page, "thread") != before
    expect(page.locator("input[name=thread][value=poppy]")).to_be_checked()
    pick(page, "thread", "match")
    assert factor(page, "thread") == before


def test_a_text_that_cannot_be_says_why_and_loses_nothing(page_without_3d: Page) -> None:
    page = page_without_3d
    on_bench(page, "tag")
    field = page.locator("#field-text")
    expect(field).to_have_attribute("dir", "auto")
    refused = page.locator("#step-text").get_by_role("status")
    wrong = {
        "Rex 🐕": "We have no letters for",
        "Shit": "We would rather not",
        "Bartholomew the Third of the Long Valley Beyond the Hills": "there is room for",
    }
    for typed, reason in wrong.items():
        field.fill(typed)
        expect(refused).to_contain_text(reason)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_value(typed)
        expect(page.locator("#save")).to_have_count(0)
    field.fill("Rex 🐕")
    expect(refused).to_contain_text("no letters")
    refused.get_by_role("button", name="Use").press("Enter")
    expect(field).to_have_value("Rex")
    settled(page)
    page.get_by_role("button", name="Undo").click()
    expect(field).to_have_value("Rex 🐕")


def test_a_text_from_right_to_left_goes_along_to_another_kind(page_without_3d: Page) -> None:
    page = page_without_3d
    on_bench(page, "tag")
    page.locator("#field-text").fill("כלב")
    settled(page)
    expect(page.get_by_text("mm long, capitals")).to_be_visible()
    pick(page, "kind", "collar")
    expect(page.locator("input[name=kind][value=collar]")).to_be_checked()
    expect(page.locator("#field-text")).to_have_value("כלב")
    settled(page)


def test_a_double_click_on_a_kind_is_one_change(page_without_3d: Page) -> None:
    page = page_without_3d
    page.goto("/builder")
    laid_out(page)
    page.locator("input[name=kind][value=leash]").dblclick()
    expect(page.locator("input[name=kind][value=leash]")).to_be_checked()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("input[name=kind][value=harness]")).to_be_checked()
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_a_kind_asks_only_for_what_it_is_cut_by(page_without_3d: Page) -> None:
    page = page_without_3d
    on_bench(page, "collar")
    expect(page.get_by_role("textbox", name="Neck")).to_be_visible()
    chest = page.get_by_role("textbox", name="Chest")
    expect(chest).to_be_hidden()
    unfold(page, "The rest of the animal")
    chest.fill("a lot")
    expect(page.get_by_text("Enter a number, such as 36.5.")).to_be_visible()
    pick(page, "kind", "tag")
    expect(page.locator("input[name=kind][value=tag]")).to_be_checked()
    expect(chest).to_be_visible()
    chest.fill("64")
    settled(page)
    expect(chest).to_have_count(0)


def test_a_piece_is_shown_on_the_dog_and_by_itself_again(page: Page) -> None:
    open_bench(page)
    toggle = page.get_by_role("button", name="On the dog")
    with page.expect_response("**/api/v1/builder/animals/*.glb") as answer:
        toggle.press("Enter")
    assert answer.value.headers["content-type"] == "model/gltf-binary"
    assert "immutable" in answer.value.headers["cache-control"]
    expect(toggle).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Build").select_option("cat")
    expect(page.get_by_role("button", name="On the cat")).to_be_visible()
    page.get_by_role("button", name="On the cat").press("Enter")
    expect(page.locator("#worn")).to_have_attribute("aria-pressed", "false")


def test_the_fit_is_said_in_a_line_and_in_figures(page_without_3d: Page) -> None:
    page = page_without_3d
    page.goto("/builder")
    laid_out(page)
    checks = page.get_by_test_id("checks")
    expect(checks.get_by_role("status")).to_contain_text("under every strap")
    unfold(page, "Fit, strap by strap")
    expect(checks.get_by_role("columnheader", name="Girth")).to_be_visible()
    expect(checks.get_by_role("cell", name="64 cm")).to_be_visible()
    unfold(page, "What it holds")
    expect(checks.get_by_text("The weakest part, side")).to_be_visible()
    expect(checks.get_by_text("As it grows")).to_have_count(0)
    page.locator("#field-age").fill("14")
    unfold(page, "As it grows")
    expect(checks.get_by_text("when grown")).to_be_visible()
    page.get_by_label("in, lb").press("Space")
    expect(checks.get_by_role("cell", name="25.2 in")).to_be_visible()


def test_the_bench_fits_a_small_phone(page_without_3d: Page) -> None:
    page = page_without_3d
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/builder")
    laid_out(page)
    page.locator("#field-text").fill("x" * 90)
    expect(page.locator("#step-text").get_by_role("status")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_view_that_failed_is_tried_again_and_the_last_one_stays(page: Page) -> None:
    open_bench(page)
    page.route(MODEL, lambda route: route.fulfill(status=503))
    pick(page, "width", "30")
    stage = page.locator("#piece")
    note = stage.get_by_text("The 3D view did not load.")
    expect(note).to_be_visible()
    page.unroute(MODEL)
    stage.get_by_role("button", name="Try again").press("Enter")
    expect(stage).to_have_attribute("data-stage", "ready")
    expect(note).to_have_count(0)


def test_without_a_connection_the_bench_says_so_and_what_is_chosen_waits(page: Page) -> None:
    open_bench(page)
    page.context.set_offline(True)
    note = page.get_by_text("No connection just now.")
    expect(note).to_be_visible()
    pick(page, "colour", "poppy")
    page.context.set_offline(False)
    expect(note).to_have_count(0)
    expect(page.locator("input[name=colour][value=poppy]")).to_be_checked()


def test_what_is_in_the_way_is_led_to(page_without_3d: Page) -> None:
    page = page_without_3d
    page.goto("/builder")
    laid_out(page)
    pick(page, "material", "leather")
    page.get_by_role("link", name="See why").press("Enter")
    expect(page.locator("#choice-colour, #choice-pattern").first).to_be_in_viewport()
