"""The invoice as a PDF in our look; drawn in a child process."""

from collections.abc import Sequence
from typing import ClassVar

from pet_app.builder import service as builder
from pet_app.core import paper
from pet_app.core.ink import ACCENT, BRAND, INK, SOFT
from pet_app.core.paper import DISPLAY, MARGIN_MM, STRONG
from pet_app.order.invoice_facts import Invoice, Row

SELLER = ("Harness Hero", "an All Pet Plus shop")
LEFT_MM = 104.0
"""Where the right half of the page begins."""


class Paper(paper.Paper):
    """Our pages, with letters for every name that can be sewn."""

    further: ClassVar = builder.fonts()


def draw(invoice: Invoice) -> bytes:
    """The PDF. The same invoice always gives the same bytes."""
    foot = f"{SELLER[0]} · {invoice.contact} · Invoice {invoice.number}"
    page = Paper(
        f"Invoice {invoice.number}",
        "letter" if invoice.letter_paper else "a4",
        invoice.paid,
        foot,
    )
    y = _head(page, invoice)
    y = page.table(
        y,
        ("", "Quantity", "Each", "Amount"),
        (94, 22, 30, 32),
        [_cells(row) for row in invoice.rows],
        size=9,
        numbers=(1, 2, 3),
        strong=(),
    )
    y = _sums(page, y + 2, invoice.sums, invoice.after)
    y = page.need(y + 8, 6.0 * len(invoice.notes))
    for note in invoice.notes:
        y = page.paragraph(MARGIN_MM, y, note, page.wide, 8, SOFT) + 1.2
    return bytes(page.output())


def _head(page: Paper, invoice: Invoice) -> float:
    y = page.sheet()
    _mark(page, MARGIN_MM, y)
    page.say(MARGIN_MM + 15, y + 6.2, SELLER[0], 15, DISPLAY, BRAND)
    page.say(MARGIN_MM + 15, y + 10.8, SELLER[1], 8, colour=SOFT)
    page.say(page.w - MARGIN_MM, y + 8.2, "Invoice", 22, DISPLAY, anchor="end")
    y += 26
    page.say(MARGIN_MM, y, "For", 7.5, STRONG, SOFT)
    bottom = page.write_lines(
        MARGIN_MM,
        y + 1.6,
        [line for text in invoice.to for line in page.wrap(text, 10, LEFT_MM - MARGIN_MM - 6)],
        10,
    )
    at = y
    for name, value in invoice.facts:
        page.say(LEFT_MM, at, name, 8.5, colour=SOFT)
        page.say(page.w - MARGIN_MM, at, value, 9, STRONG, anchor="end")
        at += 5.4
    return max(bottom, at) + 9


def _sums(
    page: Paper,
    y: float,
    sums: Sequence[tuple[str, str]],
    after: Sequence[tuple[str, str]],
) -> float:
    y = page.need(y, 6.0 * (len(sums) + len(after)) + 8)
    for name, amount in sums[:-1]:
        page.say(LEFT_MM, y + 3.4, name, 9, colour=SOFT)
        page.say(page.w - MARGIN_MM - 3, y + 3.4, amount, 9, anchor="end")
        y += 5.6
    page.set_draw_color(INK)
    page.set_line_width(0.3)
    page.line(LEFT_MM, y + 1.2, page.w - MARGIN_MM, y + 1.2)
    name, amount = sums[-1]
    page.say(LEFT_MM, y + 7.4, name, 12, DISPLAY)
    page.say(page.w - MARGIN_MM - 3, y + 7.4, amount, 12, DISPLAY, anchor="end")
    y += 10.5
    for name, amount in after:
        page.say(LEFT_MM, y + 3.4, name, 9, colour=SOFT)
        page.say(page.w - MARGIN_MM - 3, y + 3.4, amount, 9, anchor="end")
        y += 5.6
    return y


def _mark(page: Paper, x: float, y: float) -> None:
    """The box and cross a maker sews where a seam has to hold."""
    side = 11.0
    page.set_fill_color(BRAND)
    page.rect(x, y, side, side, style="F", round_corners=True, corner_radius=3)
    page.set_draw_color(ACCENT)
    page.set_line_width(0.75)
    page.set_dash_pattern(1.45, 1.2)
    inner, step = 2.4, side - 4.8
    page.rect(x + inner, y + inner, step, step)
    low, high = inner + 0.7, side - inner - 0.7
    page.line(x + low, y + low, x + high, y + high)
    page.line(x + high, y + low, x + low, y + high)
    page.set_dash_pattern()


def _cells(row: Row) -> tuple[str, str, str, str]:
    under = " · ".join(filter(None, (row.words, row.sku)))
    return f"{row.title}\n{under}", row.quantity, row.unit, row.total
