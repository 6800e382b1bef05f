"""Licensing a pet as its owner does: on a phone, in few inputs, and with papers refused."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

from pet_app.core import clock
from pet_app.core.demo import DEMO_PASSWORD
from pet_app.core.ids import new_id
from pet_app.core.settings import ROOT
from tests.browser.people import open_account, origin
from tests.browser.site import Site
from tests.browser.test_buying import fits

MOST_INPUTS = 25
TOWN = "us-az-pima-county"
HOME = {
    "country": "US",
    "label": "Home",
    "lines": {
        "name": "Nora Newcomer",
        "street_address": "101 W Congress St",
        "city": "Tucson",
        "country_area": "AZ",
        "postal_code": "85701",
    },
}
PET = {
    "name": "Pepper",
    "species": "dog",
    "breed": "Border Collie",
    "neck_mm": 400,
    "girth_mm": 680,
    "back_mm": 560,
    "weight_g": 19_000,
    "more": {
        "sex": "female",
        "altered": True,
        "born": "2021-05-01",
        "colours": "black and white",
        "microchip": "",
    },
}


@dataclass
class Hand:
    """What somebody does with a page, counted."""

    inputs: int = 0

    def click(self, at: Locator) -> None:
        at.click()
        self.inputs += 1

    def fill(self, at: Locator, text: str) -> None:
        at.fill(text)
        self.inputs += 1

    def attach(self, at: Locator, file: Path) -> None:
        at.set_input_files(file)
        self.inputs += 1


@pytest.fixture(scope="module")
def clerk(site: Site) -> Iterator[httpx.Client]:
    """Somebody who decides for every town, signed in by a program."""
    with httpx.Client(base_url=site.url, headers={"origin": site.url}) as client:
        who = {"email": "admin@demo.test", "password": DEMO_PASSWORD}
        assert client.post("/api/v1/session", json=who).is_success
        yield client


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A photograph of a rabies certificate, larger than has to be sent."""
    picture = Image.new("RGB", (1240, 1754), "white")
    pen = ImageDraw.Draw(picture)
    for row, text in enumerate(("SPECIMEN", "Rabies vaccination", "Pepper", new_id())):
        pen.text((120, 150 + row * 110), text, fill="black", font_size=52)
    path = tmp_path / "certificate.jpg"
    picture.save(path)
    return path


def begin_owner(page: Page, *, with_pet: bool) -> str:
    """A fresh account at the landing page of licensing; its e-mail address."""
    email = f"{new_id()}@example.com"
    open_account(page, email)
    page.goto("/licensing")
    if with_pet:
        headers = {"origin": origin(page)}
        for path, body in (("/api/v1/me/addresses", HOME), ("/api/v1/pets", PET)):
            answer = page.request.post(path, data=body, headers=headers)
            assert answer.ok, answer.text()
    return email


def title(page: Page, text: str) -> Locator:
    return page.get_by_role("heading", level=1, name=text)


def decide(clerk: httpx.Client, application_id: str, what: str, **said: Any) -> None:
    """The clerk's word, as of now."""
    path = f"/api/v1/licensing/desk/applications/{application_id}"
    version = clerk.get(path).json()["item"]["version"]
    answer = clerk.post(f"{path}/{what}", json={"version": version, **said})
    assert answer.is_success, answer.text


def day(days: int) -> str:
    """So many days from today."""
    return (clock.now() + timedelta(days=days)).date().isoformat()


def application_of(page: Page) -> str:
    """The id of the application the page shows."""
    return page.url.split("?")[0].rstrip("/").rpartition("/")[2]


def fill_in(page: Page, hand: Hand, certificate: Path, width: int = 0) -> None:
    """Every step from the pet on to the signature; with a `width` each page is looked at."""
    fitting = (lambda: fits(page, width)) if width else (lambda: None)
    hand.click(page.get_by_role("button", name=re.compile("Pepper")))
    # Of this pet and its owner everything is known.
    expect(title(page, "The rabies vaccination")).to_be_focused()
    hand.attach(page.get_by_label("Rabies certificate"), certificate)
    expect(page.get_by_role("link", name="Open page 1 of certificate.jpg")).to_be_visible()
    hand.fill(page.get_by_label("Given on"), day(-40))
    hand.click(page.get_by_role("radio", name="3 years"))
    expect(page.get_by_label("Good until")).not_to_have_value("")
    hand.fill(page.get_by_label("Veterinarian or clinic"), "Dr. Vera Vet")
    fitting()
    hand.click(page.get_by_role("button", name="Continue"))
    expect(title(page, "The licence and its fee")).to_be_visible()
    fitting()
    hand.click(page.get_by_role("button", name="Continue"))
    expect(title(page, "Look it over and sign")).to_be_visible()
    expect(page.get_by_test_id("fee").last).to_contain_text("$15.00")
    fitting()


def sign_and_pay(page: Page, hand: Hand) -> None:
    hand.click(page.get_by_label("What I have told is true"))
    hand.click(page.locator("#hand-in"))
    page.wait_for_url("**/pay/demo/**")
    hand.click(page.locator("#demo-paid"))
    expect(title(page, "All done on your side")).to_be_visible()


def verified(paper: Path, clerk: httpx.Client) -> None:
    """The certificate is genuine for who has its file and the keys, and no connection."""
    keys = paper.with_name("keys.json")
    keys.write_text(json.dumps(clerk.get("/api/v1/licensing/keys").json()))
    checked = subprocess.run(
        [sys.executable, ROOT / "tools" / "verify_licence.py", "--keys", keys, paper],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_an_owner_gets_from_the_landing_page_to_a_certificate_that_verifies_offline(
    page_without_3d: Page, clerk: httpx.Client, certificate: Path, tmp_path: Path
) -> None:
    page, hand, width = page_without_3d, Hand(), 390
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="dark")
    begin_owner(page, with_pet=True)
    fits(page, width)
    hand.fill(page.get_by_label("Where do you live?"), "85701")
    hand.click(page.get_by_role("link", name="Apply here"))
    expect(title(page, "Which pet is it for?")).to_be_visible()
    fill_in(page, hand, certificate, width)
    sign_and_pay(page, hand)
    assert hand.inputs <= MOST_INPUTS
    fits(page, width)

    decide(clerk, application_of(page), "approval")
    # Nobody touched the page meanwhile.
    expect(title(page, "Pepper is licensed")).to_be_visible()
    expect(page.get_by_role("link", name="Certificate", exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Certificate", exact=True).click()
    paper = tmp_path / "certificate.pdf"
    download.value.save_as(paper)
    verified(paper, clerk)

    page.goto("/dashboard/licensing")
    expect(page.get_by_role("heading", name="Pepper")).to_be_visible()
    fits(page, width)
    page.get_by_text("Lost, moved, a new tag").click()
    page.get_by_role("button", name="Pepper is lost").click()
    page.get_by_label("What should they know?").fill("Shy, answers to Pep")
    fits(page, width)
    page.get_by_role("button", name="Say it is lost").click()
    expect(page.get_by_role("button", name="It is back home")).to_be_visible()
    expect(page.get_by_text("Shy, answers to Pep")).to_be_visible()


def test_what_is_missing_is_said_where_it_is_missing_and_what_was_said_is_there_again(
    page_without_3d: Page, certificate: Path, tmp_path: Path
) -> None:
    page, width = page_without_3d, 1440
    page.set_viewport_size({"width": width, "height": 900})
    begin_owner(page, with_pet=False)
    # Nobody has told us of a pet, and nothing has to be measured.
    page.goto(f"/licensing/apply?town={TOWN}")
    page.get_by_role("button", name="Tell us about your pet").click()
    expect(title(page, "Your pet and you")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("What is your pet called?")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    fits(page, width)
    page.get_by_label("Name", exact=True).fill("Smudge")
    page.get_by_role("radio", name="Male", exact=True).click()
    page.get_by_role("radio", name="No", exact=True).click()
    for label, text in (("Street address", "1 Main St"), ("City", "Tucson"), ("ZIP code", "85701")):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Continue").click()
    expect(title(page, "The rabies vaccination")).to_be_visible()
    page.reload()
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Smudge")
    expect(page.get_by_role("radio", name="No", exact=True)).to_be_checked()
    expect(page.get_by_label("City")).to_have_value("Tucson")
    page.get_by_role("button", name="Continue").click()

    expect(title(page, "The rabies vaccination")).to_be_visible()
    place, false = page.get_by_label("Rabies certificate"), tmp_path / "certificate.pdf"
    false.write_bytes(b"This is no PDF at all.\n" * 40)
    place.set_input_files(false)
    expect(page.get_by_role("alert").filter(has_text="PDF").first).to_be_visible()
    page.get_by_label("Given on").fill(day(9))
    page.get_by_role("radio", name="1 year").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("This day is in the future.")).to_be_visible()
    fits(page, width)
    place.set_input_files(certificate)
    expect(page.get_by_role("link", name="Open page 1 of certificate.jpg")).to_be_visible()
    page.get_by_label("Given on").fill(day(-9))
    page.get_by_label("Veterinarian or clinic").fill("Dr. Vera Vet")
    page.get_by_role("button", name="Continue").click()
    expect(title(page, "The licence and its fee")).to_be_visible()
    # A phone's own way back is a step back, and nothing is lost by it.
    page.go_back()
    expect(title(page, "The rabies vaccination")).to_be_visible()
    expect(page.get_by_label("Veterinarian or clinic")).to_have_value("Dr. Vera Vet")
    page.go_forward()
    expect(title(page, "The licence and its fee")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(title(page, "Look it over and sign")).to_be_visible()
    page.locator("#hand-in").click()
    expect(page.get_by_text("Say that what you told is true.")).to_be_visible()
    fits(page, width)


def test_an_application_is_paid_later_answered_and_withdrawn_by_its_own_page(
    page_without_3d: Page, clerk: httpx.Client, certificate: Path
) -> None:
    page, width = page_without_3d, 1440
    page.set_viewport_size({"width": width, "height": 900})
    begin_owner(page, with_pet=True)
    page.goto(f"/licensing/apply?town={TOWN}")
    fill_in(page, Hand(), certificate)
    page.get_by_label("What I have told is true").check()
    page.locator("#hand-in").click()
    page.wait_for_url("**/pay/demo/**")
    page.get_by_role("button", name="Turn back without paying").click()
    expect(title(page, "One thing left: the fee")).to_be_visible()
    expect(page.get_by_text("Nothing was charged")).to_be_visible()
    fits(page, width)
    page.get_by_role("button", name="Pay $").click()
    page.locator("#demo-paid").click()
    expect(title(page, "All done on your side")).to_be_visible()

    said = {"reason": "not-readable", "words": "Too dark, please."}
    decide(clerk, application_of(page), "question", **said)
    expect(title(page, "The clerk asks for one more thing")).to_be_visible()
    expect(page.get_by_text("Too dark, please.").first).to_be_visible()
    fits(page, width)
    page.get_by_role("button", name="Send it back as it is").click()
    expect(title(page, "All done on your side")).to_be_visible()
    page.get_by_role("button", name="Withdraw this application").click()
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(title(page, "You have withdrawn this application")).to_be_visible()
    page.goto("/dashboard/licensing")
    expect(page.get_by_text("Withdrawn", exact=True)).to_be_visible()
    fits(page, width)
