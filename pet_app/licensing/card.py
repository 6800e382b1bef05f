"""The licence as a picture for a phone: drawn in a child process, kept nowhere."""

from io import BytesIO

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from pet_app.core.ink import ACCENT, BRAND, INK, SOFT, printable
from pet_app.core.typeface import DISPLAY, STRONG, TEXT, font
from pet_app.licensing.printed import CardPicture
from pet_app.licensing.qr import QUIET, code_of

WIDE, HIGH = 1080, 1640
EDGE = 72
HEAD = 470
PAPER = "#fdfbf5"
UNSURE = "#a3341f"
PALE = "#cfdcd4"
QR_SIDE = 620
FOR_LIFE = "For life"


def draw(told: CardPicture) -> bytes:
    """The PNG of 1080 by 1640 pixels; the signed line stands in it as text too."""
    picture = Image.new("RGB", (WIDE, HIGH), PAPER)
    pen = ImageDraw.Draw(picture)
    _head(pen, told)
    _code(pen, told.link, (WIDE - QR_SIDE) // 2, HEAD + 70)
    _facts(pen, told, HEAD + 70 + QR_SIDE + 60)
    info = PngInfo()
    # The tool that checks certificates without a connection finds the signed line here.
    info.add_text("Licence", told.text)
    out = BytesIO()
    picture.save(out, "PNG", optimize=True, pnginfo=info)
    return out.getvalue()


def _head(pen: ImageDraw.ImageDraw, told: CardPicture) -> None:
    pen.rectangle((0, 0, WIDE, HEAD), fill=BRAND)
    _stitches(pen, HEAD - 26)
    _say(pen, EDGE, 78, told.issuer.upper(), STRONG, 30, PALE)
    _say(pen, EDGE, 124, told.title, DISPLAY, 52, PAPER)
    size = 124
    while size > 56 and _wide(told.name, DISPLAY, size) > WIDE - 2 * EDGE:
        size -= 4
    _say(pen, EDGE, 218 + (124 - size) // 2, told.name, DISPLAY, size, ACCENT)
    _say(pen, EDGE, 376, _cut(told.who, TEXT, 36), TEXT, 36, PAPER)


def _code(pen: ImageDraw.ImageDraw, link: str, x: int, y: int) -> None:
    """The code in whole pixels to a module, in the middle of its white card."""
    code = code_of(link)
    pen.rounded_rectangle(
        (x, y, x + QR_SIDE, y + QR_SIDE), 36, fill="#ffffff", outline="#e2dfd2", width=3
    )
    module = QR_SIDE // (code.side + 2 * QUIET)
    inset = (QR_SIDE - module * code.side) // 2
    for column, row, length in code.runs:
        left, top = x + inset + column * module, y + inset + row * module
        pen.rectangle((left, top, left + length * module - 1, top + module - 1), fill=INK)


def _facts(pen: ImageDraw.ImageDraw, told: CardPicture, y: int) -> None:
    # A picture is kept for years: it says until when, never that all is well.
    name = "Valid" if told.good else told.standing
    _say(pen, EDGE, y, name, TEXT, 32, SOFT if told.good else UNSURE)
    until = told.until if told.until == FOR_LIFE else f"until {told.until}"
    _say(pen, EDGE, y + 42, until, DISPLAY, 54, INK if told.good else UNSURE)
    half = WIDE // 2 + 20
    for x, name, value in ((EDGE, "Licence", told.number), (half, "Tag", told.tag)):
        _say(pen, x, y + 144, name, TEXT, 32, SOFT)
        _say(pen, x, y + 184, value, DISPLAY, 46, INK)
    _say(pen, EDGE, y + 272, f"{told.town} · scan to check", TEXT, 32, SOFT)


def _stitches(pen: ImageDraw.ImageDraw, y: int) -> None:
    for x in range(0, WIDE, 44):
        pen.rounded_rectangle((x + 8, y, x + 36, y + 6), 3, fill=ACCENT)


def _say(
    pen: ImageDraw.ImageDraw, x: int, y: int, text: str, name: str, size: int, colour: str
) -> None:
    pen.text((x, y), printable(text), colour, font=font(printable(text), name, size))


def _wide(text: str, name: str, size: int) -> float:
    return font(printable(text), name, size).getlength(printable(text))


def _cut(text: str, name: str, size: int) -> str:
    """As much of a text as stands on one line."""
    if _wide(text, name, size) <= WIDE - 2 * EDGE:
        return text
    while text and _wide(f"{text}…", name, size) > WIDE - 2 * EDGE:
        text = text[:-1]
    return f"{text.rstrip()}…"
