"""Printed pages in our type: text in any script we have letters for, and tables."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path as File
from typing import Any, ClassVar, Literal, Protocol

from fontTools.ttLib import TTFont
from fpdf import FPDF

from pet_app.core.ink import FONTS, INK, LINE, SOFT, printable

TEXT, STRONG, DISPLAY = "text", "strong", "display"
OWN = {
    TEXT: "instrument-sans-regular",
    STRONG: "instrument-sans-semibold",
    DISPLAY: "bricolage-grotesque-bold",
}

# It tells of every table of every font it cuts down.
logging.getLogger("fontTools").setLevel(logging.ERROR)

Format = Literal["a4", "letter"]
SIZES: dict[Format, tuple[float, float]] = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}

MARGIN_MM = 15.0
FOOT_MM = 14.0
LEADING = 1.38
MISSING = "?"
"""Stands for a character that none of our fonts has."""


class Figure(Protocol):
    """What a row of a table may show beside its words; its size in mm."""

    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...


class Paper(FPDF):
    """A document of A4 or Letter pages; all positions in mm from the page's upper left corner.

    `y` is where the next thing goes; `need` begins a new page when it would not fit. `further` are
    fonts for letters that our own type lacks.
    """

    further: ClassVar[tuple[File, ...]] = ()

    def __init__(self, title: str, format: Format, made: datetime, foot: str) -> None:
        super().__init__(unit="mm", format=format)
        self.format: Format = format
        self.foot = foot
        self.others: list[str] = []
        self.top = MARGIN_MM
        self.set_auto_page_break(auto=False)
        self.set_margins(MARGIN_MM, MARGIN_MM)
        self.c_margin = 0
        self.set_title(printable(title))
        self.set_author("Harness Hero")
        self.set_creator("Harness Hero")
        self.set_producer("Harness Hero")
        self.set_lang("en")
        self.set_creation_date(made)
        for family, name in OWN.items():
            self.add_font(family, fname=FONTS / f"{name}.ttf")

    @property
    def wide(self) -> float:
        """How wide text and tables may be."""
        return self.w - 2 * MARGIN_MM

    @property
    def bottom(self) -> float:
        return self.h - FOOT_MM - 4

    def footer(self) -> None:
        """Reference and page number at the foot of each page."""
        y = self.h - 9
        self.rule(y - 5)
        self.say(MARGIN_MM, y, self.foot, 7.5, colour=SOFT)
        number = f"Page {self.page_no()} of {{nb}}"
        wide = self.measure(number.replace("{nb}", "10"), 7.5)
        self.say(self.w - MARGIN_MM - wide, y, number, 7.5, colour=SOFT)

    def sheet(self) -> float:
        """A new page; where its text begins."""
        self.add_page()
        self.top = MARGIN_MM
        return self.top

    def need(self, y: float, height: float) -> float:
        """`y`, or the top of a new page when `height` does not fit under it."""
        return y if y + height <= self.bottom else self.sheet()

    def say(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 9.0,
        family: str = TEXT,
        colour: str = INK,
        anchor: str = "start",
    ) -> float:
        """One line with its foot at `y`; its width."""
        text = self._type(text, family, size)
        self.set_text_color(colour)
        width = self.get_string_width(text)
        x -= {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        height = self.font_size
        self.set_xy(x, y - 0.8 * height)
        # A letter from another font leaves that one set on the page, though not here.
        self.current_font_is_set_on_page = False
        self.cell(width + 1, height, text)
        return width

    def measure(self, text: str, size: float, family: str = TEXT) -> float:
        return self.get_string_width(self._type(text, family, size))

    def wrap(self, text: str, size: float, width: float, family: str = TEXT) -> list[str]:
        """The text in lines no wider than `width`; a word too long for one is cut."""
        lines: list[str] = []
        for paragraph in text.split("\n"):
            line = ""
            for word in paragraph.split():
                longer = f"{line} {word}".strip()
                if self.measure(longer, size, family) <= width:
                    line = longer
                    continue
                if line:
                    lines.append(line)
                line = word
                while self.measure(line, size, family) > width and len(line) > 1:
                    cut = next(
                        count
                        for count in range(len(line) - 1, 0, -1)
                        if count == 1 or self.measure(line[:count], size, family) <= width
                    )
                    lines.append(line[:cut])
                    line = line[cut:]
            lines.append(line)
        return lines

    def write_lines(
        self,
        x: float,
        y: float,
        lines: Iterable[str],
        size: float = 9.0,
        family: str = TEXT,
        colour: str = INK,
    ) -> float:
        """Lines under each other from `y`, the top of the first; where they end."""
        step = size * 25.4 / 72 * LEADING
        for line in lines:
            self.say(x, y + 0.74 * step, line, size, family, colour)
            y += step
        return y

    def paragraph(
        self, x: float, y: float, text: str, width: float, size: float = 9.0, colour: str = INK
    ) -> float:
        return self.write_lines(x, y, self.wrap(text, size, width), size, colour=colour)

    def heading(self, y: float, text: str, under: str = "", keep: float = 30.0) -> float:
        """A section's heading with a sentence under it, kept with what follows it."""
        if y > self.top + 1:
            y = self.need(y + 7, 16 + keep)
        self.say(MARGIN_MM, y + 5.2, text, 15, DISPLAY)
        y += 9.0
        if under:
            y = self.paragraph(MARGIN_MM, y - 0.6, under, self.wide, 8.5, SOFT) + 1.6
        return y

    def rule(self, y: float, colour: str = LINE, width: float = 0.2) -> None:
        self.set_draw_color(colour)
        self.set_line_width(width)
        self.set_dash_pattern()
        self.line(MARGIN_MM, y, self.w - MARGIN_MM, y)

    def table(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        y: float,
        heads: Sequence[str],
        widths: Sequence[float],
        rows: Iterable[Sequence[str]],
        size: float = 8.5,
        numbers: Sequence[int] = (),
        strong: Sequence[int] = (0,),
        drawings: Sequence[Any] = (),
    ) -> float:
        """Rows under headings, which are repeated on each page; where it ends.

        `widths` are shares of the page's; columns in `numbers` stand right, those in `strong` bold.
        `drawings`, one to a row, stand in the last column.
        """
        unit = self.wide / sum(widths)
        spans = [width * unit for width in widths]
        edges = [MARGIN_MM + sum(spans[:index]) for index in range(len(spans))]

        def head(y: float) -> float:
            for index, text in enumerate(heads):
                right = index in numbers
                at = edges[index] + (spans[index] - 3 if right else 0)
                self.say(at, y + 3.6, text, 7.5, STRONG, SOFT, "end" if right else "start")
            self.rule(y + 5.6, INK, 0.3)
            return y + 6.2

        y = head(y)
        for number, row in enumerate(rows):
            cells = [
                self.wrap(text, size, spans[index] - 3, STRONG if index in strong else TEXT)
                for index, text in enumerate(row)
            ]
            step = size * 25.4 / 72 * LEADING
            drawing: Figure | None = drawings[number] if drawings else None
            high = max([len(lines) * step for lines in cells] + [drawing.height if drawing else 0])
            if y + high + 3 > self.bottom:
                y = head(self.sheet())
            for index, lines in enumerate(cells):
                family = STRONG if index in strong else TEXT
                at = y + 1.2
                for line in lines:
                    right = index in numbers
                    x = edges[index] + (spans[index] - 3 if right else 0)
                    foot = at + 0.74 * step
                    self.say(x, foot, line, size, family, anchor="end" if right else "start")
                    at += step
            if drawing:
                self.draw(drawing, min(edges[-1], self.w - MARGIN_MM - drawing.width), y + 1.2)
            y += high + 2.6
            self.rule(y)
        return y + 1.5

    def draw(self, drawing: Any, x: float, y: float) -> None:
        """A figure at its true size, its upper left corner at `x`, `y`."""
        raise NotImplementedError

    def _type(self, text: str, family: str, size: float) -> str:
        """Set the type for a text, with a font for each of its letters; the text as it can be
        set."""
        text = printable(text)
        strange = {c for c in text if ord(c) not in _characters(_own(family))}
        if strange:
            for character in sorted(strange):
                font = next((f for f in self.further if ord(character) in _characters(f)), None)
                if font is None:
                    text = text.replace(character, MISSING)
                elif font.stem not in self.others:
                    self.others.append(font.stem)
                    self.add_font(font.stem, fname=font)
                    self.set_fallback_fonts(self.others, exact_match=False)
        self.set_font(family, size=size)
        # Shaping puts right-to-left letters in order and joins Arabic ones; plain text needs none.
        self.set_text_shaping(use_shaping_engine=bool(strange))
        return text


def _own(family: str) -> File:
    return FONTS / f"{OWN[family]}.ttf"


@cache
def _characters(file: File) -> frozenset[int]:
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
