"""Share cards: the picture of a piece with a few words, as links to it are shown elsewhere."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw

from pet_app.builder.render.picture import PAPER
from pet_app.builder.render.typeset import Style, leans_right, say, shortened, wide, wrapped
from pet_app.builder.subject import Words
from pet_app.core.ink import ACCENT, BRAND, INK, SOFT
from pet_app.core.typeface import DISPLAY, STRONG, TEXT

WIDE, HIGH = 1200, 630
"""What Open Graph shows large without cutting."""

ON_CARD_PX = HIGH
EDGE = 72
COLUMN = 500
PILL = 60
TOP, BOTTOM = EDGE + 76, HIGH - EDGE - PILL - 36
"""Between them stand title and line."""

BRAND_NAME = "Harness Hero"
TITLES = tuple(Style(DISPLAY, size, 1.08) for size in (82, 74, 66, 58, 50, 44))
MOST_TITLE_LINES = 3
LINE = Style(TEXT, 30, 1.36)
FOOT = Style(STRONG, 28)
MARK = Style(DISPLAY, 34)
QUALITY = 90
FINER = 4
"""Pillow draws shapes with hard edges: so many times larger, and made smaller again."""

CAPITAL = 0.7
"""How high capitals are, in sizes of the type."""


def share_card(picture: np.ndarray, words: Words) -> bytes:
    """The JPEG of 1200 by 630 pixels; `picture` is square, as high as the card, on our paper."""
    card = Image.new("RGB", (WIDE, HIGH), PAPER)
    card.paste(Image.fromarray(picture), (WIDE - len(picture[0]), 0))
    pen = ImageDraw.Draw(card)
    say(pen, EDGE, EDGE + 24, BRAND_NAME, MARK, BRAND)
    _stitches(card, EDGE, EDGE + 42, round(wide(BRAND_NAME, MARK)))
    _block(pen, words)
    _pill(card, pen, words.foot)
    out = BytesIO()
    card.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()


def _block(pen: ImageDraw.ImageDraw, words: Words) -> None:
    """Title and line, together in the middle of the height that is left."""
    title, style = _title(words.title)
    line = shortened(words.line, LINE, COLUMN, 5 - len(title)) if words.line else []
    step, small = style.size * style.leading, LINE.size * LINE.leading
    high = (len(title) - 1 + CAPITAL) * step + len(line) * small
    y = (TOP + BOTTOM - high) / 2 + style.size * CAPITAL
    for text in title:
        say(pen, _left(text, style), y, text, style, INK)
        y += step
    # From the foot of the last title line, which lies a step back.
    y += small + LINE.size * 0.6 - step
    for text in line:
        say(pen, _left(text, LINE), y, text, LINE, SOFT)
        y += small


def _title(text: str) -> tuple[list[str], Style]:
    for style in TITLES:
        if lines := wrapped(text, style, COLUMN, MOST_TITLE_LINES):
            return lines, style
    return shortened(text, TITLES[-1], COLUMN, MOST_TITLE_LINES), TITLES[-1]


def _left(text: str, style: Style) -> float:
    return EDGE + COLUMN - wide(text, style) if leans_right(text) else EDGE


def _pill(card: Image.Image, pen: ImageDraw.ImageDraw, text: str) -> None:
    lines = shortened(text, FOOT, COLUMN - 56, 1)
    if not lines:
        return
    top = HIGH - EDGE - PILL
    _rounded(card, (EDGE, top, round(wide(lines[0], FOOT)) + 56, PILL), PILL / 2, BRAND)
    say(pen, EDGE + 28, top + PILL / 2 + FOOT.size * CAPITAL / 2, lines[0], FOOT, "#fdfbf5")


def _stitches(card: Image.Image, x: int, y: int, long: int) -> None:
    count = max(long // 22, 1)
    for place in range(count):
        left = x + round(place * long / count)
        _rounded(card, (left, y, round(long / count) - 7, 5), 2.5, ACCENT)


def _rounded(card: Image.Image, box: tuple[int, int, int, int], radius: float, colour: str) -> None:
    """A bar with round corners and smooth edges; `box` is its left, top, width and height."""
    left, top, long, high = box
    shape = Image.new("L", (long * FINER, high * FINER))
    ends = (0, 0, long * FINER - 1, high * FINER - 1)
    ImageDraw.Draw(shape).rounded_rectangle(ends, radius * FINER, fill=255)
    card.paste(colour, (left, top), shape.reduce(FINER))
