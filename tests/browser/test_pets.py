"""Measuring a pet in the browser."""

from playwright.sync_api import Page, expect

from tests.browser.people import sign_in


def measure(page: Page, **typed: str) -> None:
    for field, text in typed.items():
        page.locator(f"#field-{field}").fill(text)
    page.get_by_role("button", name="Save").click()


def test_a_pet_is_measured_in_inches_and_kept_in_millimetres(page: Page) -> None:
    sign_in(page, then="/dashboard/pets/measure")
    page.get_by_label("Breed").fill("beag")
    expect(page.locator("datalist option[value=Beagle]")).to_have_count(1)
    measure(page, name="Waffles", breed="Beagle", neck="38", girth="12", back="", weight="lots")
    expect(page.get_by_text("The chest looks too small for a dog")).to_be_visible()
    expect(page.get_by_text("Enter a number, such as 36.5.")).to_be_visible()
    page.locator("#field-girth").fill("58")
    page.locator("#field-back").fill("46")
    page.get_by_label("in and lb").click()
    expect(page.locator("#field-neck")).to_have_value("14.96")
    page.locator("#field-weight").fill("28 1/2")
    page.get_by_role("button", name="Save").dblclick()
    expect(page.get_by_role("heading", name="Waffles")).to_have_count(1)
    page.get_by_label("cm and kg").click()
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Waffles"))
    for shown in ("38 cm", "58 cm", "46 cm", "12.9 kg"):
        expect(card.get_by_text(shown, exact=True)).to_be_visible()
    card.get_by_role("button", name="Remove Waffles").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("heading", name="Waffles")).to_have_count(0)


def test_a_pet_that_is_not_there_says_so(page: Page) -> None:
    sign_in(page, then="/dashboard/pets/measure?pet=nobody")
    expect(page.get_by_role("heading", name="We can't open this pet")).to_be_visible()
