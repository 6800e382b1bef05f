"""The certificate of a licence as a PDF, one landscape page to frame; drawn in a child process."""

from math import cos, pi, sin
from typing import ClassVar

from pet_app.core import paper
from pet_app.core.ink import ACCENT, BRAND, FURTHER, INK, SOFT
from pet_app.core.paper import DISPLAY, STRONG, TEXT
from pet_app.licensing.printed import CertificatePaper
from pet_app.licensing.qr import QUIET, code_of

GROUND = "#fdfbf5"
TINT = "#ebe8d6"
THREAD = "#c98a1b"
"""The accent, deep enough for thin lines on paper."""

EDGE = 8.0
STITCH = 11.5
HAIR = 14.6
SIDE = 24.0
FOOT_BAND = 58.0
QR_MM = 41.0
LARGEST, SMALLEST = 66.0, 22.0
PT_MM = 25.4 / 72


class Paper(paper.Paper):
    """Our pages in landscape, with letters for every name we have type for."""

    further: ClassVar = FURTHER

    def footer(self) -> None:
        """A certificate has a page alone, and says at its foot what it has to say."""


def draw(told: CertificatePaper) -> bytes:
    """The PDF. The same certificate always gives the same bytes."""
    page = Paper(f"{told.title} · {told.town}", _format(told), told.made, "")
    page.set_subject(f"{told.issuer}, {told.region}")
    # The tool that checks certificates without a connection finds the signed line here.
    page.set_keywords(told.text)
    page.add_page(orientation="landscape")
    _ground(page)
    _rosette(page, page.w / 2, page.h * 0.42)
    _frame(page)
    _words(page, told)
    _band(page, told)
    return bytes(page.output())


def _format(told: CertificatePaper) -> paper.Format:
    return "letter" if told.letter_paper else "a4"


def _ground(page: Paper) -> None:
    page.set_fill_color(GROUND)
    page.rect(0, 0, page.w, page.h, style="F")


def _rosette(page: Paper, x: float, y: float) -> None:
    """The fine lines of papers that are hard to copy, so pale that words stand on them."""
    page.set_draw_color(TINT)
    page.set_line_width(0.16)
    page.set_dash_pattern()
    for reach, waves, depth in ((66.0, 12, 9.0), (50.0, 18, 7.0), (33.0, 9, 8.0)):
        for turn in range(6):
            shift = turn * 2 * pi / waves / 6
            points: list[tuple[float, float]] = []
            for step in range(361):
                angle = step * pi / 180
                radius = reach + depth * sin(waves * (angle + shift))
                points.append((x + 1.32 * radius * cos(angle), y + 0.86 * radius * sin(angle)))
            page.polyline(points)


def _frame(page: Paper) -> None:
    """A strap sewn round the page: its edge, the seam, a hair line, a box stitch in each corner."""
    page.set_dash_pattern()
    for inset, colour, width, corner in ((EDGE, BRAND, 1.1, 6.0), (HAIR, BRAND, 0.2, 3.0)):
        page.set_draw_color(colour)
        page.set_line_width(width)
        _box(page, inset, corner)
    page.set_draw_color(THREAD)
    page.set_line_width(0.55)
    page.set_dash_pattern(2.1, 1.35)
    _box(page, STITCH, 4.5)
    page.set_dash_pattern()
    side = 10.0
    for x in (EDGE - 1.2, page.w - EDGE + 1.2 - side):
        for y in (EDGE - 1.2, page.h - EDGE + 1.2 - side):
            _corner(page, x, y, side)


def _box(page: Paper, inset: float, corner: float) -> None:
    wide, high = page.w - 2 * inset, page.h - 2 * inset
    page.rect(inset, inset, wide, high, round_corners=True, corner_radius=corner)


def _corner(page: Paper, x: float, y: float, side: float) -> None:
    """The box and cross a maker sews where a seam has to hold."""
    page.set_dash_pattern()
    page.set_fill_color(BRAND)
    page.rect(x, y, side, side, style="F", round_corners=True, corner_radius=2.6)
    page.set_draw_color(ACCENT)
    page.set_line_width(0.6)
    page.set_dash_pattern(1.3, 1.0)
    low, high = 2.3, side - 2.3
    page.rect(x + low, y + low, high - low, high - low)
    page.line(x + low + 0.6, y + low + 0.6, x + high - 0.6, y + high - 0.6)
    page.line(x + high - 0.6, y + low + 0.6, x + low + 0.6, y + high - 0.6)
    page.set_dash_pattern()


def _words(page: Paper, told: CertificatePaper) -> None:
    """What it certifies, from the issuer down to the last day."""
    middle = page.w / 2
    y = page.h * 0.145
    _spaced(page, middle, y, f"{told.issuer}  ·  {told.region}".upper(), 8.5, 1.4, SOFT)
    page.say(middle, y + 16, told.title, 28, DISPLAY, INK, "middle")
    _seam(page, middle, y + 22.5, 26)
    page.say(middle, y + 32.5, "This is to say that", 11, TEXT, SOFT, "middle")
    room = page.w - 2 * SIDE - 8
    size = LARGEST
    while size > SMALLEST and page.measure(told.name, size, DISPLAY) > room:
        size -= 1
    name = page.wrap(told.name, size, room, DISPLAY)[0]
    page.say(middle, y + 51 + size * PT_MM * 0.17, name, size, DISPLAY, BRAND, "middle")
    y += 67
    for line in page.wrap(told.who, 13, room)[:2]:
        page.say(middle, y, line, 13, TEXT, INK, "middle")
        y += 6.6
    page.say(middle, y + 2, f"is licensed in {told.town}", 13, TEXT, INK, "middle")
    page.say(middle, y + 13, told.validity, 18, DISPLAY, INK, "middle")


def _band(page: Paper, told: CertificatePaper) -> None:
    """Facts and keeper on the left, the seal in the middle, the code on the right."""
    top = page.h - HAIR - FOOT_BAND + 6
    left, right = SIDE, page.w - SIDE
    _facts(page, told, left, top + 4.5)
    _seal(page, page.w / 2, top + 21, told)
    x = right - QR_MM
    _code(page, told.link, x, top)
    page.say(x + QR_MM / 2, top + QR_MM + 5, "Scan to check", 9, STRONG, BRAND, "middle")
    middle = page.w / 2
    foot = page.h - HAIR - 3.6
    page.say(middle, foot - 3.4, f"{told.small} · {told.site}", 7, TEXT, SOFT, "middle")
    page.say(middle, foot, told.text, 3.9, TEXT, SOFT, "middle")


def _facts(page: Paper, told: CertificatePaper, x: float, y: float) -> None:
    wide = page.w / 2 - x - 24
    for name, value in told.facts:
        page.say(x, y, name, 8, TEXT, SOFT)
        page.say(x + 36, y, value, 9.5, STRONG, INK)
        y += 5.3
    if told.keeper and told.keeper[0]:
        page.say(x, y, "Keeper", 8, TEXT, SOFT)
        name, *address = told.keeper
        lines = [line for text in address for line in page.wrap(text, 9, wide - 36)]
        page.say(x + 36, y, page.wrap(name, 9.5, wide - 36, STRONG)[0], 9.5, STRONG, INK)
        for line in lines[:4]:
            y += 4.1
            page.say(x + 36, y, line, 9, TEXT, INK)


def _seal(page: Paper, x: float, y: float, told: CertificatePaper) -> None:
    """A medal with the year to which it holds, its rim sewn."""
    outer, points = 17.0, 28
    scallops = [
        (
            x + (outer + (0.9 if step % 2 else -0.5)) * cos(step * pi / points),
            y + (outer + (0.9 if step % 2 else -0.5)) * sin(step * pi / points),
        )
        for step in range(2 * points)
    ]
    page.set_fill_color(ACCENT)
    page.polygon(scallops, style="F")
    page.set_fill_color(BRAND)
    page.circle(x, y, 14.6, style="F")
    page.set_draw_color(ACCENT)
    page.set_line_width(0.5)
    page.set_dash_pattern(1.5, 1.05)
    page.circle(x, y, 12.9)
    page.set_dash_pattern()
    _paw(page, x, y - 4.2)
    page.say(x, y + 6.2, told.year, 16, DISPLAY, GROUND, "middle")


def _paw(page: Paper, x: float, y: float) -> None:
    page.set_fill_color(ACCENT)
    page.ellipse(x - 2.5, y - 0.7, 5.0, 4.1, style="F")
    toes = ((-3.1, -1.4, 1.7), (-1.15, -3.4, 1.85), (1.15, -3.4, 1.85), (3.1, -1.4, 1.7))
    for off, up, size in toes:
        page.ellipse(x + off - size / 2, y + up - size / 2 + 0.6, size, size * 1.25, style="F")


def _code(page: Paper, link: str, x: float, y: float) -> None:
    """The code at its size on a white ground, each dark run a rectangle, so that it stays sharp."""
    code = code_of(link)
    page.set_fill_color("#ffffff")
    page.set_draw_color(BRAND)
    page.set_line_width(0.3)
    page.rect(x, y, QR_MM, QR_MM, style="DF", round_corners=True, corner_radius=2)
    module = QR_MM / (code.side + 2 * QUIET)
    page.set_fill_color(INK)
    begin_x, begin_y = x + QUIET * module, y + QUIET * module
    for column, row, length in code.runs:
        # A hair more than its size closes the white lines some viewers leave between rows.
        page.rect(
            begin_x + column * module,
            begin_y + row * module,
            length * module,
            module * 1.01,
            style="F",
        )


def _seam(page: Paper, x: float, y: float, length: float) -> None:
    page.set_draw_color(THREAD)
    page.set_line_width(0.6)
    page.set_dash_pattern(2.1, 1.35)
    page.line(x - length / 2, y, x + length / 2, y)
    page.set_dash_pattern()


def _spaced(
    page: Paper, x: float, y: float, text: str, size: float, apart: float, colour: str
) -> None:
    """A line of letters set wide apart, in the middle."""
    page.set_char_spacing(apart)
    page.say(x, y, text, size, STRONG, colour, "middle")
    page.set_char_spacing(0)
