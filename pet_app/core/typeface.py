"""Our type as fonts for pictures: which of them has a text's letters, and how wide it comes out."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

from pet_app.core.ink import FONTS, FURTHER

DISPLAY, STRONG, TEXT = (
    "bricolage-grotesque-bold",
    "instrument-sans-semibold",
    "instrument-sans-regular",
)


def font(text: str, name: str, size: int) -> ImageFont.FreeTypeFont:
    """The font called `name`, or the one for further scripts that has most of a text's letters."""
    wanted = {ord(letter) for letter in text}
    best = max((FONTS / f"{name}.ttf", *FURTHER), key=lambda file: len(wanted & letters_of(file)))
    return loaded(best, size)


def by_font(text: str, name: str, size: int) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
    """A text cut into the longest stretches one font can write; what none can is left out."""
    files = (FONTS / f"{name}.ttf", *FURTHER)
    stretch, of = "", files[0]
    for letter in text:
        if stretch and ord(letter) in letters_of(of):
            stretch += letter
            continue
        file = next((file for file in files if ord(letter) in letters_of(file)), None)
        if file is None:
            continue
        if stretch and file != of:
            yield stretch, loaded(of, size)
            stretch = ""
        stretch, of = stretch + letter, file
    if stretch:
        yield stretch, loaded(of, size)


@cache
def letters_of(file: Path) -> frozenset[int]:
    """The code points a font file has letters for."""
    with TTFont(file, lazy=True) as opened:
        return frozenset(opened.getBestCmap() or ())


@cache
def loaded(file: Path, size: int) -> ImageFont.FreeTypeFont:
    """A font file at a size in pixels."""
    return ImageFont.truetype(file, size)
