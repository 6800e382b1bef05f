"""The last pages of a pack: labels and texts, fit, load and price, and the list to sign."""

from pet_app.builder import library
from pet_app.builder.fit import MOST_FINGERS
from pet_app.builder.resolve import Lettering
from pet_app.builder.rules import Method
from pet_app.builder.workshop.drawing import ACCENT, INK, LINE, SOFT
from pet_app.builder.workshop.flat import lettered
from pet_app.builder.workshop.paper import DISPLAY, MARGIN_MM, STRONG, Paper
from pet_app.builder.workshop.sheet import Sheet
from pet_app.builder.workshop.steps import place_of, words

LABEL_WIDE_MM, LABEL_HIGH_MM = 50.0, 34.0


def labels(paper: Paper, of: Sheet, y: float) -> float:
    """Care and size label at true size, and every text as it will stand on the piece."""
    y = paper.heading(y + 2, "Labels", "At true size.", keep=LABEL_HIGH_MM + 8)
    data = library.table("workshop")["labels"]
    size = (
        (data["maker"], STRONG, 9.0),
        (data["made"], "text", 7.0),
        *((line, STRONG, 7.5) for line in of.size),
        (f"No. {of.number}", "text", 7.0),
    )
    care = (("Care", STRONG, 8.0), *((line, "text", 6.5) for line in of.care))
    for index, lines in enumerate((size, care)):
        x = MARGIN_MM + index * (LABEL_WIDE_MM + 8)
        paper.set_draw_color(SOFT)
        paper.set_line_width(0.25)
        paper.rect(x, y, LABEL_WIDE_MM, LABEL_HIGH_MM, round_corners=True, corner_radius=1.5)
        at = y + 2.5
        for text, family, points in lines:
            shown = paper.wrap(text, points, LABEL_WIDE_MM - 6, family)
            at = paper.write_lines(x + 3, at, shown, points, family)
    y += LABEL_HIGH_MM + 6
    letters = {row.strap.name: row.letter for row in of.cuts}
    for lettering in of.resolved.letterings:
        drawing = lettered(lettering)
        y = paper.heading(y, "Text", keep=drawing.height + 30)
        facts = (
            f"{words(lettering.method.value)}. {place_of(lettering, of.resolved, letters)} "
            f"Capitals {lettering.height_mm:.1f} mm high, {lettering.length_mm:.1f} mm long. "
            f"{_ink(of, lettering)}Letters: our rounded face, shaped for the script."
        )
        y = paper.paragraph(MARGIN_MM, y - 2, facts, paper.wide, 9) + 2
        said = "As it reads: " + " / ".join(lettering.lines)
        y = paper.paragraph(MARGIN_MM, y, said, paper.wide, 11) + 3
        if drawing.width <= paper.wide:
            paper.set_draw_color(LINE)
            paper.set_line_width(0.15)
            foot = y + drawing.height + 2
            paper.rect(MARGIN_MM, y, drawing.width + 4, drawing.height + 4)
            paper.draw(drawing, MARGIN_MM + 2, y + 2)
            paper.say(MARGIN_MM + drawing.width + 7, foot, "true size", 7, colour=ACCENT)
        y += drawing.height + 8
    return y


def _ink(of: Sheet, lettering: Lettering) -> str:
    """The colour of a text; what is cut into metal has its own."""
    if lettering.method is Method.ENGRAVED:
        return ""
    thread = of.resolved.design.look.thread
    colour = "a shade lighter than the strap" if thread == "match" else thread.replace("_", " ")
    return f"{'Thread' if lettering.method is Method.EMBROIDERED else 'Ink'}: {colour}. "


def checks(paper: Paper, of: Sheet, y: float) -> None:
    """Fit, load, growth, what it costs and leaves, and the check list to sign."""
    if of.fit.loops:
        y = paper.heading(y, "Fit")
        rows = [
            (
                words(loop.name),
                f"{loop.measured_mm}",
                f"{loop.made_mm}",
                f"{loop.made_mm - loop.tighter_mm} to {loop.made_mm + loop.looser_mm}",
                f"{MOST_FINGERS} or more"
                if loop.fingers >= MOST_FINGERS
                else f"{loop.fingers:.1f}",
                f"{loop.rule}{' (assumption)' if loop.is_assumed else ''}",
            )
            for loop in of.fit.loops
        ]
        heads = ("Loop", "Body, mm", "Made, mm", "Adjusts, mm", "Fingers", "Rule")
        y = paper.table(y, heads, (2.4, 1.8, 1.9, 2.7, 1.5, 8), rows, numbers=(1, 2, 4))
    if of.growth:
        y = paper.paragraph(MARGIN_MM, y, of.growth.says, paper.wide, 9) + 2
    y = paper.heading(y, "Load", of.load.says)
    if of.load.bearings:
        load_rows = [
            (
                bearing.name,
                f"{bearing.count * 1}",
                f"{bearing.breaks_n:.0f}",
                f"{bearing.kg:.0f}",
                bearing.source or "assumption",
            )
            for bearing in of.load.bearings[:6]
        ]
        heads = ("Weakest first", "Count", "Breaks at, N", "Holds, kg", "Source")
        y = paper.table(y, heads, (6, 1.5, 2.4, 2, 6), load_rows, numbers=(1, 2, 3))
    y = paper.heading(y, "Cost and price")
    cost_rows = [(line.label, line.quantity, str(line.amount)) for line in of.price.lines]
    cost_rows.append(("Price", "", str(of.price.total)))
    y = paper.table(y, ("Line", "Quantity", "Amount"), (8, 3, 2.5), cost_rows, numbers=(1, 2))
    for line in of.scrap:
        y = paper.paragraph(MARGIN_MM, paper.need(y, 8), f"Scrap. {line}", paper.wide, 8.5, SOFT)
    _checks(paper, of, y + 2)


def _checks(paper: Paper, of: Sheet, y: float) -> None:
    y = paper.need(y, 24 + 8.2 * len(of.checks))
    y = paper.heading(y, "Check list")
    for check in of.checks:
        paper.set_draw_color(INK)
        paper.set_line_width(0.3)
        paper.rect(MARGIN_MM, y, 4.4, 4.4, round_corners=True, corner_radius=1)
        y = paper.paragraph(MARGIN_MM + 8, y - 0.4, check, paper.wide - 8, 9.5) + 2.4
    y = paper.need(y + 8, 14)
    third = paper.wide / 3
    for index, name in enumerate(("Cut by", "Sewn by", "Checked by, date")):
        x = MARGIN_MM + index * third
        paper.set_draw_color(INK)
        paper.line(x, y + 6, x + third - 8, y + 6)
        paper.say(x, y + 10, name, 8, colour=SOFT)
    paper.say(paper.w - MARGIN_MM, y + 17, of.number, 13, DISPLAY, anchor="end")
