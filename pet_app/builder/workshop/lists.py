"""Lists as CSV, which open in any spreadsheet and hold no formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from pet_app.builder.workshop.cutting import Plan
from pet_app.builder.workshop.sheet import Sheet

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What makes a spreadsheet take a cell for something to work out."""

CUT_HEADS = (
    "number", "letter", "strap", "title", "roll", "material", "width_mm", "cut_mm",
    "tolerance_mm", "worn_mm", "allowances", "marks",
)  # fmt: skip
PLAN_HEADS = (
    "piece", "roll", "from", "piece_mm", "cut", "order", "strap", "length_mm", "left_mm",
)  # fmt: skip


def cut_list(sheet: Sheet) -> str:
    """A line to a strap, in the order and with the letters of the pack."""
    rows = (
        (
            sheet.number,
            row.letter,
            row.strap.name,
            row.strap.title,
            row.roll,
            row.strap.material,
            row.strap.width_mm,
            row.strap.cut_mm,
            row.tolerance_mm,
            f"{row.strap.neutral_mm:.1f}",
            "; ".join(f"{part.name} {part.length_mm}" for part in row.strap.allowances),
            "; ".join(f"{mark.at_mm} {mark.what}" for mark in row.strap.marks),
        )
        for row in sheet.cuts
    )
    return _table(CUT_HEADS, rows)


def plan_list(plan: Plan) -> str:
    """A line to a cut, in the order in which they are made; `left_mm` stands at the last of a
    piece."""
    rows = []
    for number, piece in enumerate(plan.pieces, 1):
        for place, cut in enumerate(piece.cuts, 1):
            left = piece.left_mm(plan.stock) if place == len(piece.cuts) else ""
            source = "bought" if piece.bought else "shelf"
            known = (number, piece.roll, source, piece.length_mm, place)
            rows.append((*known, cut.order, cut.title, cut.length_mm, left))
    return _table(PLAN_HEADS, rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO()
    # The mark at its start tells a spreadsheet that it is UTF-8.
    file.write("\ufeff")
    lines = csv.writer(file)
    lines.writerow(heads)
    lines.writerows([safe(value) for value in row] for row in rows)
    return file.getvalue()


def safe(value: object) -> str:
    """A cell that is never worked out: what could be a formula gets a quotation mark before it."""
    text = "".join(c if c.isprintable() else " " for c in str(value)).strip()
    if isinstance(value, int | float):
        return text
    return f"'{text}" if text.startswith(FORMULA) else text
