"""What is being bought, in short, beside the form of the checkout."""

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.checkout.pages.pieces import picture
from pet_app.checkout.state.checkout import Checkout
from pet_app.checkout.state.shown import Line
from pet_app.ui.components.prices import price


def lines() -> rx.Component:
    """Every line: its picture, how many, what it comes to."""
    return rx.el.ul(
        rx.foreach(Checkout.lines, _line),
        class_name="m-0 list-none p-0",
    )


def _line(line: ObjectVar[Line]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            picture(line.picture, 64, "h-16 w-16"),
            rx.el.span(
                line.quantity,
                class_name="absolute -right-2 -top-2 flex h-6 min-w-6 items-center justify-center "
                "rounded-full bg-ink px-1.5 text-label font-semibold text-paper",
                custom_attrs={"aria-hidden": "true"},
            ),
            class_name="relative shrink-0",
        ),
        rx.el.div(
            rx.el.p(
                rx.el.span(f"{line.quantity} × ", class_name="sr-only"),
                line.title,
                class_name="font-semibold [overflow-wrap:anywhere]",
            ),
            rx.el.p(line.words, class_name="text-muted empty:hidden"),
            rx.cond(
                line.was,
                rx.el.p(f"{line.unit} each; it was {line.was}", class_name="text-warn"),
                rx.fragment(),
            ),
            rx.el.p(line.problem, class_name="font-medium text-danger empty:hidden"),
            class_name="min-w-0 grow",
        ),
        price(line.total, "font-normal"),
        # Of the two lists, one is hidden at any width: only the shown one can be pointed at.
        class_name="flex items-start gap-5 border-b border-line py-4 text-small last:border-0",
    )
