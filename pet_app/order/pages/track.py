"""Following an order without an account."""

import reflex as rx

from pet_app.order.pages.order import waiting, whole
from pet_app.order.pages.parts import FACTS
from pet_app.order.pages.shelf import tiles
from pet_app.order.state.order import OrderDesk
from pet_app.ui.components.buttons import button
from pet_app.ui.components.cards import card
from pet_app.ui.components.conditions import error_state
from pet_app.ui.components.fields import text_field
from pet_app.ui.components.layouts import container, page_heading
from pet_app.ui.components.messages import notice
from pet_app.ui.page import Page


def track() -> rx.Component:
    """The form, or the order it found."""
    return container(
        rx.match(
            OrderDesk.stage,
            ("open", _found()),
            ("find", _find()),
            (
                "missing",
                error_state(
                    "We can't find that order here",
                    "It may belong to another browser. Find it by its number instead.",
                    button("Find it by number", on_click=OrderDesk.another),
                ),
            ),
            waiting(),
        ),
        class_name="py-10 sm:py-14",
    )


def _find() -> rx.Component:
    return rx.el.div(
        page_heading(
            "Track your order",
            "Number and e-mail stand in the letter we sent when you ordered.",
        ),
        card(
            rx.el.form(
                _fields(),
                button("Show my order", type="submit", size="lg", class_name="w-full sm:w-auto"),
                on_submit=OrderDesk.find,
                class_name="flex flex-col gap-5",
            ),
            class_name="sm:p-8",
        ),
        rx.cond(
            OrderDesk.tiles.length() > 0,
            rx.el.section(
                rx.el.h2("Ordered in this browser", class_name="mb-4 text-heading"),
                tiles(OrderDesk.tiles, "/track?order="),
                class_name="mt-10",
            ),
            rx.fragment(),
        ),
        rx.el.p(
            "You have an account? ",
            rx.el.a(
                "Your orders",
                href="/dashboard/orders",
                class_name="font-medium text-brand underline underline-offset-4",
            ),
            " are all there.",
            class_name="mt-8 text-small text-muted",
        ),
        class_name="mx-auto max-w-xl",
    )


def _fields() -> rx.Component:
    return rx.el.div(
        text_field(
            "Order number",
            "number",
            placeholder="HH-7K2M-9QXP",
            default_value=OrderDesk.number,
            required=True,
            max_length=40,
            auto_complete="off",
            auto_capitalize="characters",
            spell_check=False,
        ),
        text_field(
            "E-mail address",
            "email",
            type="email",
            required=True,
            max_length=320,
            auto_complete="email",
        ),
        class_name="flex flex-col gap-5",
    )


def _found() -> rx.Component:
    return rx.el.div(
        whole(
            button(
                "Another order",
                kind="quiet",
                size="sm",
                on_click=OrderDesk.another,
                class_name="-mb-2 self-start !px-0 underline underline-offset-4",
            )
        ),
        rx.cond(OrderDesk.own, rx.fragment(), _more()),
        class_name="flex flex-col gap-6",
    )


def _more() -> rx.Component:
    """Who knows number and e-mail alone sees where it stands; the letter's link opens the rest."""
    return card(
        rx.el.h2("Is it yours?", class_name="text-subheading"),
        rx.el.p(
            "Invoice, returns and cancelling open with the link in our letter. We send it again "
            "to the address you ordered with.",
            class_name="mt-1 mb-4 text-small text-muted",
        ),
        rx.cond(
            OrderDesk.said,
            notice(OrderDesk.said, tone="good"),
            rx.el.form(
                rx.el.input(type="hidden", name="number", value=FACTS.number),
                text_field("E-mail address", "email", type="email", required=True),
                button("Send me the link", type="submit", kind="secondary"),
                on_submit=OrderDesk.send_link,
                class_name="flex flex-col items-start gap-4 [&>div]:w-full",
            ),
        ),
    )


PAGE = Page(
    route="/track",
    view=track,
    title="Track your order",
    description="Where your order stands: find it by its number and your e-mail address.",
    on_load=OrderDesk.open_track,
)
