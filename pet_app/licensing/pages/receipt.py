"""The fee, rule by rule, as owners and clerks see it."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.licensing.state.receipt import ReceiptLine
from pet_app.ui.components.prices import price


def receipt(told: Any) -> rx.Component:
    """The lines of a `Receipt`, its sum, and until when the licence would hold."""
    return rx.cond(
        told.total,
        rx.el.div(
            receipt_lines(told.lines),
            rx.el.p(
                rx.el.span(told.label, class_name="text-subheading font-semibold"),
                price(told.total, "text-heading"),
                role="status",
                data_testid="fee",
                class_name="mt-1 flex items-baseline justify-between gap-6 border-t border-line "
                "pt-4",
            ),
            rx.cond(
                told.until,
                rx.el.p(told.until, class_name="mt-3 text-small text-muted"),
                rx.fragment(),
            ),
        ),
        rx.el.p(told.words, class_name="text-small text-muted", role="status"),
    )


def receipt_lines(lines: Any) -> rx.Component:
    """A list of `ReceiptLine`, each rule with its source."""
    return rx.el.ul(rx.foreach(lines, _line), class_name="m-0 list-none divide-y divide-line p-0")


def _line(line: ObjectVar[ReceiptLine]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            line.words,
            rx.el.span(
                line.source, class_name="block text-label text-muted [overflow-wrap:anywhere]"
            ),
            class_name="min-w-0",
        ),
        price(line.amount, "font-normal"),
        class_name="flex justify-between gap-6 py-3 text-small",
    )
