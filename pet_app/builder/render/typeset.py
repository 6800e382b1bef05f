"""Lines of text on a picture, in whatever scripts they are written."""

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import bidirectional

from PIL import ImageDraw, ImageFont

from pet_app.builder.lettering.order import stretches
from pet_app.core.ink import printable
from pet_app.core.typeface import by_font

ELLIPSIS = "…"
FROM_RIGHT = ("R", "AL")


@dataclass(frozen=True)
class Style:
    """A font of `core.typeface`, its size in pixels, and how far lines stand apart in sizes."""

    name: str
    size: int
    leading: float = 1.25


def wide(text: str, style: Style) -> float:
    """How wide a line is, in pixels."""
    return sum(font.getlength(part, direction=way) for part, font, way in _set(text, style))


def say(
    pen: ImageDraw.ImageDraw, x: float, y: float, text: str, style: Style, colour: str
) -> float:
    """Write one line whose letters stand on `y`; where it ends."""
    for part, font, way in _set(text, style):
        pen.text((x, y), part, colour, font=font, anchor="ls", direction=way)
        x += font.getlength(part, direction=way)
    return x


def wrapped(text: str, style: Style, room: float, most: int) -> list[str] | None:
    """A text in at most `most` lines of `room` pixels; None when it does not go in."""
    lines = [""]
    for word in printable(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if wide(longer, style) <= room:
            lines[-1] = longer
            continue
        if wide(word, style) > room or len(lines) == most:
            return None
        lines.append(word)
    return lines


def shortened(text: str, style: Style, room: float, most: int) -> list[str]:
    """As much of a text as goes into `most` lines."""
    whole = printable(text).strip()
    if (lines := wrapped(whole, style, room, most)) is not None:
        return lines
    low, high = 0, len(whole)
    while low < high:
        middle = (low + high + 1) // 2
        fits = wrapped(_cut(whole, middle), style, room, most) is not None
        low, high = (middle, high) if fits else (low, middle - 1)
    return wrapped(_cut(whole, low), style, room, most) or []


def leans_right(text: str) -> bool:
    """Whether a text is read from the right: its lines then end where others begin."""
    strong = (bidirectional(letter) for letter in text)
    return next((kind in FROM_RIGHT for kind in strong if kind in ("L", *FROM_RIGHT)), False)


def _cut(text: str, length: int) -> str:
    return text[:length].rstrip() + ELLIPSIS


def _set(text: str, style: Style) -> Iterator[tuple[str, ImageFont.FreeTypeFont, str]]:
    """The pieces of a line from left to right: text, font, and which way it is read."""
    for stretch, leftward in stretches(printable(text)):
        parts = list(by_font(stretch, style.name, style.size))
        for part, font in reversed(parts) if leftward else parts:
            yield part, font, "rtl" if leftward else "ltr"
