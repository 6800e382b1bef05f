"""A bar to measure a print by before anything on it is trusted."""

from pet_app.builder.workshop.drawing import INK
from pet_app.builder.workshop.paper import MARGIN_MM, STRONG, Paper

SCALE_MM = 100.0


def scale_bar(paper: Paper, y: float, note: str = "measure before you cut") -> None:
    """100 mm with its tenths, standing on `y`."""
    x = MARGIN_MM
    paper.set_draw_color(INK)
    paper.set_line_width(0.3)
    paper.line(x, y, x + SCALE_MM, y)
    for step in range(11):
        reach = 2.4 if step % 5 == 0 else 1.4
        paper.line(x + 10 * step, y - reach, x + 10 * step, y)
    paper.say(x + SCALE_MM + 4, y, f"100 mm: {note}", 8, STRONG)
