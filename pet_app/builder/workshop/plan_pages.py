"""A cutting plan as PDF: roll by roll, piece by piece, which cuts in which order and for whom."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from pet_app.builder.workshop.cutting import Piece, Plan
from pet_app.builder.workshop.drawing import INK, LINE, PAPER, SOFT, Drawing
from pet_app.builder.workshop.paper import DISPLAY, MARGIN_MM, STRONG, Format, Paper
from pet_app.builder.workshop.planned import UNDATED, Figures, Left

BAR_MM = 8.0
TINTS = ("#e7efe9", "#f6e3d9", "#e4e9f2", "#f3ecd2", "#efe2ee", "#dfeeee")


def plan_pages(
    plan: Plan,
    figures: Figures,
    left: Sequence[Left],
    names: Mapping[str, str],
    format: Format = "a4",
    made: datetime = UNDATED,
) -> bytes:
    """The plan to cut by; `names` are what owners call their orders, by number."""
    paper = Paper("Cutting plan", format, made, f"Cutting plan  ·  {figures.orders} orders")
    y = _front(paper, figures, left, plan)
    number = 0
    for roll, pieces in groupby(plan.pieces, key=lambda piece: piece.roll):
        y = paper.heading(y + 1, roll, keep=36)
        for piece in pieces:
            number += 1
            y = _piece(paper, y, number, piece, plan, names)
    return bytes(paper.output())


def _front(paper: Paper, figures: Figures, left: Sequence[Left], plan: Plan) -> float:
    y = paper.sheet()
    paper.say(MARGIN_MM, y + 3, "HARNESS HERO  ·  WORKSHOP", 8, STRONG, SOFT)
    y += 8
    paper.say(MARGIN_MM, y + 8.4, "Cutting plan", 27, DISPLAY)
    y += 15
    said = (
        f"{figures.orders} orders, {figures.cuts} cuts from {figures.rolls} rolls. "
        f"{figures.used_mm / 1000:.1f} m go into straps, {figures.waste_mm / 1000:.2f} m are lost, "
        f"and {figures.kept_mm / 1000:.1f} m go back on the shelf. To buy: "
        f"{figures.bought_mm / 1000:.0f} m."
    )
    y = paper.paragraph(MARGIN_MM, y, said, paper.wide, 11) + 4
    rows = [
        ("This plan", _metres(figures.waste_mm), _share(figures.waste_mm, figures)),
        (
            "Cut in turn, order by order",
            _metres(figures.one_by_one_mm),
            _share(figures.one_by_one_mm, figures),
        ),
        (
            "First-fit decreasing",
            _metres(figures.first_fit_mm),
            _share(figures.first_fit_mm, figures),
        ),
    ]
    y = paper.table(y, ("", "Lost", "Of cutting in turn"), (6, 2, 3), rows, numbers=(1, 2))
    note = (
        f"Lost is what the knife takes and every end shorter than {plan.stock.remnant_mm} mm. A "
        f"better plan could save no more than {figures.gap:.0%} of what this one loses. Cut each "
        "piece in the order given, from its first end; chalk the order's number on every strap."
    )
    y = paper.paragraph(MARGIN_MM, y, note, paper.wide, 8.5, SOFT) + 4
    if left:
        y = paper.heading(y, "Not in this plan")
        rows = [(order.number, order.name, order.reason) for order in left]
        y = paper.table(y, ("Number", "Name", "Why"), (2, 3, 7), rows)
    return y + 3


def _metres(length_mm: int) -> str:
    return f"{length_mm / 1000:.2f} m"


def _share(length_mm: int, figures: Figures) -> str:
    return f"{length_mm / figures.one_by_one_mm:.0%}" if figures.one_by_one_mm else ""


def _piece(
    paper: Paper, y: float, number: int, piece: Piece, plan: Plan, names: Mapping[str, str]
) -> float:
    rest = piece.left_mm(plan.stock)
    rows = [
        (str(place), cut.order, names.get(cut.order, ""), cut.title, str(cut.length_mm))
        for place, cut in enumerate(piece.cuts, 1)
    ]
    y = paper.need(y, BAR_MM + 24 + 6 * min(len(rows), 4))
    source = "a new length" if piece.bought else "from the shelf"
    left = f"{rest} mm back on the shelf" if piece.kept_mm(plan.stock) else f"{rest} mm scrap"
    paper.say(MARGIN_MM, y + 4, f"Piece {number}", 10, STRONG)
    cuts = "1 cut" if len(piece.cuts) == 1 else f"{len(piece.cuts)} cuts"
    said = f"{piece.length_mm} mm, {source}  ·  {cuts}  ·  {left}"
    paper.say(paper.w - MARGIN_MM, y + 4, said, 8.5, colour=SOFT, anchor="end")
    paper.draw(_bar(piece, plan, paper.wide), MARGIN_MM, y + 6)
    heads = ("", "Order", "Name", "Strap", "Cut, mm")
    return paper.table(y + 8 + BAR_MM, heads, (0.7, 2.4, 4, 5, 1.6), rows, 8.5, (4,), (0, 4)) + 3


def _bar(piece: Piece, plan: Plan, width: float) -> Drawing:
    """The piece to scale, a field to a cut, one tint to an order."""
    scale = width / piece.length_mm
    drawing = Drawing(width, BAR_MM)
    tints = {
        order: TINTS[index % len(TINTS)]
        for index, order in enumerate(dict.fromkeys(cut.order for cut in piece.cuts))
    }
    x = 0.0
    for place, cut in enumerate(piece.cuts, 1):
        long = cut.length_mm * scale
        drawing.box(x, 0, long, BAR_MM, fill=tints[cut.order], stroke=INK, width=0.2)
        if long > 3.5:
            drawing.label((x + long / 2, BAR_MM / 2 + 1), str(place), 7.5, "middle", bold=True)
        x += long + plan.stock.kerf_mm * scale
    drawing.box(x, 0, max(width - x, 0.0), BAR_MM, fill=PAPER, stroke=LINE, width=0.2)
    drawing.box(0, 0, width, BAR_MM, width=0.4)
    return drawing
