"""Every number the builder reckons with: who says so, and which are our own guess."""

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.builder.numbers import FILES
from pet_app.builder.pages.workshop import for_staff
from pet_app.builder.state.numbers import NumberRow, Numbers
from pet_app.core.security import Permission
from pet_app.ui.components.badges import badge
from pet_app.ui.components.buttons import link_button
from pet_app.ui.components.conditions import empty_state, skeleton
from pet_app.ui.components.fields import checkbox, select_field, text_field
from pet_app.ui.components.layouts import page_heading
from pet_app.ui.components.tables import row, table
from pet_app.ui.page import Page

WAIT_MS = 250
CHOICES = [("", "All of them"), *((name, name.capitalize()) for name in FILES)]


def numbers() -> rx.Component:
    """What to look through, and what was found."""
    return for_staff(
        page_heading(
            "The numbers",
            "What pieces are reckoned with. An assumption is a guess of ours until the workshop "
            "puts its own figure in its place.",
            link_button("To the workshop", href="/workshop", kind="secondary"),
        ),
        rx.el.div(
            select_field("From", "file", CHOICES, value=Numbers.file, on_change=Numbers.turn_to),
            text_field(
                "Words in it",
                "numbers",
                placeholder="buckle 25",
                on_change=Numbers.find.debounce(WAIT_MS),
            ),
            checkbox(
                "Only those with a source",
                "sourced",
                checked=Numbers.only_sourced,
                on_change=Numbers.sourced,
            ),
            class_name="mb-5 grid items-end gap-4 sm:grid-cols-[14rem_1fr_auto]",
        ),
        rx.cond(
            Numbers.listed,
            rx.el.div(
                rx.el.p(Numbers.said, class_name="mb-3 text-small text-muted", role="status"),
                rx.cond(
                    Numbers.rows.length() > 0,
                    table(
                        "Numbers and their sources",
                        ["Number", "Value", "Who says so"],
                        rx.foreach(Numbers.rows, _row),
                    ),
                    empty_state("No such number", "Try fewer words.", symbol="ruler"),
                ),
            ),
            skeleton("h-96 w-full"),
        ),
    )


def _row(number: ObjectVar[NumberRow]) -> rx.Component:
    return row(
        rx.el.span(
            number.what,
            rx.el.span(
                number.where,
                class_name="block text-label font-normal text-muted [overflow-wrap:anywhere] "
                "max-sm:hidden",
            ),
        ),
        rx.el.span(number.value, class_name="font-medium text-ink sm:whitespace-nowrap"),
        rx.el.span(
            number.source,
            rx.cond(number.is_assumed, badge("Assumption", tone="warn"), rx.fragment()),
            class_name="flex flex-wrap items-center gap-2",
        ),
    )


NUMBERS_PAGE = Page(
    route="/workshop/numbers",
    view=numbers,
    title="The numbers",
    on_load=Numbers.open,
    requires=Permission.WORKSHOP,
)
