"""The tokens: every pair of colours that meets as text can be read, in both modes."""

import re
from pathlib import Path

import pytest

from pet_app.ui.theme import COLOURS, STYLESHEETS, TAILWIND

ASSETS = Path(__file__).resolve().parents[2] / "assets"
TOKENS = (ASSETS / "styles" / "tokens.css").read_text("utf-8")

GROUNDS = ("paper", "surface", "sunk")
TEXTS = [
    *((text, ground) for text in ("ink", "muted", "brand", "danger") for ground in GROUNDS),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-accent", "accent"),
    ("on-banner", "banner"),
    ("brand", "brand-soft"),
    ("ink", "brand-soft"),
    ("good", "good-soft"),
    ("warn", "warn-soft"),
    ("danger", "danger-soft"),
]


def tokens(selector: str) -> dict[str, str]:
    block = re.search(re.escape(selector) + r" \{(.*?)\n\}", TOKENS, re.DOTALL)
    assert block is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2: from 1 to 21."""

    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
            for value in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("selector", [":root", ":root.dark"], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read(selector: str, text: str, ground: str) -> None:
    colours = tokens(":root") | tokens(selector)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("selector", [":root", ":root.dark"], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_field_and_the_focus_ring_stand_out(selector: str, ground: str) -> None:
    colours = tokens(":root") | tokens(selector)
    assert contrast(colours["edge"], colours[ground]) >= 3
    assert contrast(colours["brand"], colours[ground]) >= 3


def test_every_colour_tailwind_knows_has_a_value() -> None:
    assert set(COLOURS) <= set(tokens(":root"))
    known = TAILWIND.get("theme", {})["extend"]["colors"]
    assert known["ink"] == "var(--ink)"


def test_dark_changes_no_colour_that_light_does_not_have() -> None:
    assert set(tokens(":root.dark")) <= set(tokens(":root"))


def test_every_style_sheet_and_font_is_our_own_and_there() -> None:
    for path in STYLESHEETS:
        assert (ASSETS / path.strip("/")).is_file()
    for path in re.findall(r'url\("([^"]+)"\)', TOKENS):
        assert (ASSETS / path.strip("/")).is_file()
    assert "http" not in TOKENS
