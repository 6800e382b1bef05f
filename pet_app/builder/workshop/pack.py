"""The workshop pack as PDF: everything to cut, sew, check and sign one piece."""

from datetime import datetime

from pet_app.builder import library
from pet_app.builder.resolve import Resolved
from pet_app.builder.workshop.closing import checks, labels
from pet_app.builder.workshop.diagram import diagram, legend
from pet_app.builder.workshop.drawing import INK, LINE, SOFT, Drawing
from pet_app.builder.workshop.paper import (
    DISPLAY,
    MARGIN_MM,
    STRONG,
    Format,
    Paper,
)
from pet_app.builder.workshop.parts import part
from pet_app.builder.workshop.planned import UNDATED
from pet_app.builder.workshop.scale import scale_bar
from pet_app.builder.workshop.sheet import Sheet, sheet
from pet_app.builder.workshop.steps import look_of, words
from pet_app.builder.workshop.tiling import pattern_pages
from pet_app.builder.workshop.whole import laid_flat, whole


def pack(
    resolved: Resolved,
    number: str,
    name: str = "",
    format: Format = "a4",
    made: datetime = UNDATED,
    picture: bytes | None = None,
    views: Drawing | None = None,
) -> bytes:
    """The pack of a resolved design.

    `made` is written into the file, `picture` on its front; `views` show the piece made up.
    """
    of = sheet(resolved, number, name)
    said = f"{number}  ·  {name}" if name else number
    paper = Paper(f"Workshop pack {number}", format, made, f"{said}  ·  print at 100 %")
    y = _front(paper, of, picture)
    if of.cuts:
        y = _cut_list(paper, of)
    y = _hardware_and_seams(paper, of, y)
    y = _made_up(paper, views, y) if views else y
    y = _steps(paper, of, y)
    y = labels(paper, of, y)
    checks(paper, of, y)
    pattern_pages(paper, of)
    return bytes(paper.output())


def _front(paper: Paper, of: Sheet, picture: bytes | None) -> float:
    y = paper.sheet()
    design = of.resolved.design
    paper.say(MARGIN_MM, y + 3, "HARNESS HERO  ·  WORKSHOP PACK", 8, STRONG, SOFT)
    paper.say(paper.w - MARGIN_MM, y + 3, of.number, 8, STRONG, SOFT, "end")
    y += 8
    title = of.name or words(design.kind.value)
    for line in paper.wrap(title, 27, paper.wide, DISPLAY)[:2]:
        paper.say(MARGIN_MM, y + 8.4, line, 27, DISPLAY)
        y += 11
    y = paper.paragraph(MARGIN_MM, y + 1.5, of.described, paper.wide, 9, SOFT) + 5
    letters = {row.strap.name: row.letter for row in of.cuts}
    high = 104.0
    side = paper.wide * 0.4 if picture else 0.0
    drawn = whole(of.resolved, letters, paper.wide - side, high)
    flat = None if drawn else laid_flat(of, paper.wide - side, high)
    drawn = drawn or flat
    if drawn:
        paper.set_fill_color("#faf9f5")
        paper.set_draw_color(LINE)
        paper.rect(MARGIN_MM, y, paper.wide, high, style="F", round_corners=True, corner_radius=4)
        paper.draw(drawn, MARGIN_MM + side, y)
        note = "Letters as in the cut list. Light: right side. Grey: towards the coat."
        if flat:
            note = "Cut line, fold line and text. The 1:1 pattern is on the last pages."
        paper.say(paper.w - MARGIN_MM - 4, y + high - 3.5, note, 7, colour=SOFT, anchor="end")
    if picture:
        size = min(side - 4, high - 8)
        paper.image(picture, MARGIN_MM + 4, y + (high - size) / 2, size, size)
    if drawn or picture:
        y += high + 6
    y = _facts(paper, of, y) + 12
    scale_bar(paper, y, "measure it, or nothing here is at true size")
    return y + 8


def _facts(paper: Paper, of: Sheet, y: float) -> float:
    """What was ordered, in three columns."""
    design, look = of.resolved.design, of.resolved.design.look
    measured, shows = design.measurements, library.look(design.kind)
    animal = [
        ("Build", words(design.build.value)),
        ("Neck", f"{measured.neck_mm} mm"),
        ("Girth", f"{measured.girth_mm} mm"),
        ("Back", f"{measured.back_mm} mm"),
        ("Weight", f"{measured.weight_g / 1000:.1f} kg"),
    ]
    if design.age_weeks:
        animal.append(("Age", f"{design.age_weeks} weeks, growing"))
    options = design.options
    ordered = [
        ("Kind", words(design.kind.value)),
        *([("Width", f"{design.width_mm} mm")] if design.width_mm else []),
        *([("Material", words(look.material.value))] if "material" in shows else []),
        *([("Look", look_of(of.resolved))] if "colour" in shows else []),
        *([("Metal", words(look.finish.value))] if "finish" in shows else []),
        *([("Thread", of.thread)] if of.thread else []),
    ]
    chosen = [
        *([("Lining", words(options.lining.value))] if options.lining != "none" else []),
        *([("Buckle", words(options.buckle.value))] if _buckled(of) else []),
        *([("Rings", ", ".join(options.rings))] if options.rings else []),
        *([("Handle", "yes")] if options.handle else []),
        *([("Reflective edge", "yes")] if options.reflective else []),
        *([("Leash", f"{options.leash_mm} mm")] if options.leash_mm else []),
        *([("Text", options.text.replace("\n", " / "))] if options.text else []),
        ("Parts", f"{len(of.cuts) + len(of.panels)} cut, {len(of.resolved.fittings)} hardware"),
        ("Price", str(of.price.total)),
    ]
    columns = (("The animal", animal), ("Ordered", ordered), ("Options", chosen))
    third = paper.wide / 3
    y = foot = paper.need(y, 64)
    for index, (head, rows) in enumerate(columns):
        x, at = MARGIN_MM + index * third, y
        paper.say(x, at + 4, head, 11, DISPLAY)
        at += 7.5
        for name, value in rows:
            lines = paper.wrap(value, 8.5, third - 30)
            paper.say(x, at + 3, name, 8.5, colour=SOFT)
            at = paper.write_lines(x + 25, at - 0.1, lines, 8.5, STRONG) + 1.1
        foot = max(foot, at)
    return foot


def _buckled(of: Sheet) -> bool:
    return any(fitting.piece.endswith("buckle") for fitting in of.resolved.fittings)


def _cut_list(paper: Paper, of: Sheet) -> float:
    y = paper.heading(
        paper.sheet(),
        "Cut list",
        "Lengths are of the flat strap before anything is folded: what is worn, measured along "
        "the middle of its thickness, and what is turned back or sewn under.",
    )
    rows = [
        (
            row.letter,
            row.strap.title,
            f"{row.roll}, {row.strap.width_mm} mm",
            f"{row.strap.cut_mm}",
            f"± {row.tolerance_mm}",
            row.explained,
        )
        for row in of.cuts
    ]
    heads = ("", "Strap", "Roll and width", "Cut, mm", "", "How it comes about")
    y = paper.table(y, heads, (0.9, 6, 4.2, 2, 1.4, 6), rows, numbers=(3,), strong=(0, 3))
    total = sum(row.strap.cut_mm for row in of.cuts)
    y = paper.paragraph(
        MARGIN_MM,
        y,
        f"Together {total / 1000:.3f} m in {len(of.cuts)} cuts.",
        paper.wide,
        8.5,
        SOFT,
    )
    marked = [row for row in of.cuts if row.strap.marks]
    if not marked:
        return y
    longest = max(row.strap.cut_mm for row in marked)
    y = paper.heading(
        y + 2,
        "Strap drawings",
        "Wrong side up, first cut end on the left. Numbers are millimetres from that end. Shaded: "
        "turned back. Dashed: fold. Red: sewn. Diamond: middle of a crossing strap. Not 1:1.",
        keep=40,
    )
    for row in marked:
        drawing = diagram(row, paper.wide, longest)
        words_under = paper.wrap(legend(row), 8, paper.wide)
        y = paper.need(y, drawing.height + 6 + 4 * len(words_under) + 4)
        paper.say(MARGIN_MM, y + 4, row.letter, 12, DISPLAY)
        paper.say(MARGIN_MM + 8, y + 4, row.strap.title, 9, STRONG)
        paper.say(
            paper.w - MARGIN_MM, y + 4, f"{row.roll}, {row.strap.width_mm} mm wide", 8,
            colour=SOFT, anchor="end",
        )  # fmt: skip
        paper.draw(drawing, MARGIN_MM, y + 5)
        y += 5 + drawing.height
        y = paper.write_lines(MARGIN_MM, y + 0.5, words_under, 8, colour=SOFT) + 4
    return y


def _hardware_and_seams(paper: Paper, of: Sheet, y: float) -> float:
    if of.hardware:
        said = "Drawn at true size: lay the part on its picture. Tick when it lies there."
        y = paper.heading(y, "Hardware", said, keep=60)
        rows = [
            ("", f"{row.count} ×", row.title, row.fitting.sku, ", ".join(row.places), "")
            for row in of.hardware
        ]
        drawings = [part(row.fitting) for row in of.hardware]
        widths = (0.7, 1.1, 4.2, 2, 5, max(4.6, max(d.width for d in drawings) / 9.5))
        start = y
        heads = ("", "", "Part", "Stock number", "Where it goes", "True size")
        y = paper.table(start, heads, widths, rows, strong=(1, 2), drawings=drawings)
    if of.stitches:
        y = paper.heading(y + 2, "Seams", f"Thread: {of.thread}, needle and bobbin.")
        stitch_rows = [
            (
                ", ".join(row.names),
                f"{words(row.stitch)}: {row.how}",
                f"{row.layers}",
                f"{row.line_mm:.0f}",
                f"{row.stitch_mm:g}",
                row.note,
            )
            for row in of.stitches
        ]
        heads = ("Seam", "Pattern", "Layers", "Sewn, mm", "Stitch, mm", "Look at")
        y = paper.table(y, heads, (5, 5, 1.6, 2, 2, 4), stitch_rows, numbers=(2, 3, 4))
    return y


def _made_up(paper: Paper, views: Drawing, y: float) -> float:
    y = paper.heading(y + 2, "Made up", "All views at one scale.", keep=12 + views.height)
    paper.draw(views, MARGIN_MM, y + 2)
    return y + views.height + 6


def _steps(paper: Paper, of: Sheet, y: float) -> float:
    y = paper.heading(y + 2, "Making sequence", "Tick each step when it is done.", keep=50)
    for index, step in enumerate(of.steps, 1):
        lines = paper.wrap(step.text, 9.5, paper.wide - 22)
        y = paper.need(y, 9 + 4.8 * len(lines))
        paper.set_draw_color(INK)
        paper.set_line_width(0.3)
        paper.rect(paper.w - MARGIN_MM - 5, y + 1, 5, 5, round_corners=True, corner_radius=1)
        paper.say(MARGIN_MM, y + 5, str(index), 15, DISPLAY)
        paper.say(MARGIN_MM + 12, y + 4.6, step.title, 10.5, STRONG)
        y = paper.write_lines(MARGIN_MM + 12, y + 6.6, lines, 9.5) + 3
        paper.rule(y)
        y += 2
    return y
