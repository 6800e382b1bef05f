"""Prices, always from integer cents."""

import reflex as rx

from pet_app.core.money import Money
from pet_app.ui.components.kinds import Child, Text, classes


def price(amount: Money | Text, class_name: str = "") -> rx.Component:
    """A price. Pass Money, or a text the server has written, never a number of the browser's."""
    return rx.el.span(
        amount if isinstance(amount, str | rx.Var) else str(amount),
        class_name=classes("font-semibold tabular-nums text-ink", class_name),
    )


def price_line(label: Child, amount: Text, note: Child | None = None) -> rx.Component:
    """One line of an itemised price."""
    return rx.el.li(
        rx.el.span(
            label,
            rx.el.span(note, class_name="block text-muted") if note is not None else rx.fragment(),
        ),
        price(amount, "font-normal"),
        class_name="flex justify-between gap-6 py-1.5 text-small",
    )
