"""1:1 pattern pages: panels at true size, spread over as many sheets as they need."""

from math import ceil

from pet_app.builder.workshop.drawing import ACCENT, SOFT
from pet_app.builder.workshop.flat import Flat, flats, with_texts
from pet_app.builder.workshop.paper import DISPLAY, FOOT_MM, MARGIN_MM, Paper
from pet_app.builder.workshop.scale import scale_bar
from pet_app.builder.workshop.sheet import Sheet

OVERLAP_MM = 10.0
"""How much of a neighbour's sheet each one shows, to be laid over it."""

HEAD_MM = 26.0


def pattern_pages(paper: Paper, of: Sheet) -> None:
    """A pattern for every panel; straps are cut by their lengths and need none."""
    names = {panel.name for panel in of.panels}
    for part in flats(of):
        if part.name in names:
            _pattern(paper, of, part)


def window(paper: Paper) -> tuple[float, float, float, float]:
    """Where on a page the pattern stands: left, top, width, height, in mm."""
    wide = paper.w - 2 * MARGIN_MM
    return MARGIN_MM, HEAD_MM, wide, paper.h - HEAD_MM - FOOT_MM - 16


def _pattern(paper: Paper, of: Sheet, part: Flat) -> None:
    left, top, wide, high = window(paper)
    across = _sheets(part.width, wide)
    down = _sheets(part.height, high)
    drawing = with_texts(part, of.resolved.letterings)
    for row in range(down):
        for column in range(across):
            paper.sheet()
            x = column * (wide - OVERLAP_MM)
            y = row * (high - OVERLAP_MM)
            place = f"{chr(ord('A') + row)}{column + 1}" if across * down > 1 else ""
            paper.say(MARGIN_MM, 12, f"1:1 pattern  {place}".strip(), 15, DISPLAY)
            size = f"{part.title}, {part.width:.1f} × {part.height:.1f} mm"
            paper.say(MARGIN_MM, 18, f"{size}. Solid: cut. Dashed: fold.", 9, colour=SOFT)
            with paper.rect_clip(left, top, wide, high):
                paper.draw(drawing, left - x, top - y)
            if across * down > 1:
                _marks(paper, (column, across), (row, down))
            scale_bar(paper, top + high + 8)


def _sheets(length: float, room: float) -> int:
    """How many sheets a length takes when each overlaps the next."""
    return 1 if length <= room else 1 + ceil((length - room) / (room - OVERLAP_MM))


def _marks(paper: Paper, across: tuple[int, int], down: tuple[int, int]) -> None:
    """Where the next sheets are laid on: dashed lines with a cross, and what lies beside."""
    left, top, wide, high = window(paper)
    paper.set_draw_color(ACCENT)
    paper.set_line_width(0.2)
    paper.set_dash_pattern(2, 2)
    column, columns = across
    row, rows = down
    for shown, x in (
        (column > 0, left + OVERLAP_MM),
        (column < columns - 1, left + wide - OVERLAP_MM),
    ):
        if shown:
            paper.line(x, top, x, top + high)
    for shown, y in ((row > 0, top + OVERLAP_MM), (row < rows - 1, top + high - OVERLAP_MM)):
        if shown:
            paper.line(left, y, left + wide, y)
    paper.set_dash_pattern()
    for x in (left + OVERLAP_MM, left + wide - OVERLAP_MM):
        for y in (top + OVERLAP_MM, top + high - OVERLAP_MM):
            paper.line(x - 3, y, x + 3, y)
            paper.line(x, y - 3, x, y + 3)
    note = "Lay each sheet over the next so that the crosses meet, and tape."
    paper.say(left + wide, top - 3, note, 7, colour=ACCENT, anchor="end")
