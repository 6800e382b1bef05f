"""The demonstration's page of payment: it says that no money moves, and offers each outcome."""

from typing import Any

import reflex as rx

from pet_app.payment.rules import DemoOutcome
from pet_app.payment.state.demo import DemoPayment
from pet_app.ui.components.badges import badge
from pet_app.ui.components.buttons import Kind, button, link_button
from pet_app.ui.components.cards import card
from pet_app.ui.components.conditions import error_state, skeleton
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import container
from pet_app.ui.components.messages import notice
from pet_app.ui.components.prices import price
from pet_app.ui.page import Page


def demo() -> rx.Component:
    """What is to be paid, and what may happen."""
    return container(
        rx.match(
            DemoPayment.stage,
            ("open", _open()),
            ("over", _over()),
            ("missing", _missing()),
            _opening(),
        ),
        class_name="max-w-xl py-10 sm:py-16",
    )


def _open() -> rx.Component:
    return card(
        badge("Demonstration", tone="accent"),
        rx.el.h1("No money moves here", class_name="mt-4 text-heading"),
        rx.el.p(
            "This shop is not connected to a payment provider, so this page plays one. It asks for "
            "no card, and nothing is charged, whichever you choose.",
            class_name="mt-2 text-muted",
        ),
        rx.el.div(
            rx.el.p(DemoPayment.about, class_name="font-semibold"),
            price(DemoPayment.amount, "text-title"),
            rx.el.ul(
                rx.foreach(
                    DemoPayment.lines,
                    lambda line: rx.el.li(
                        rx.el.span(line[0], class_name="min-w-0 [overflow-wrap:anywhere]"),
                        rx.el.span(line[1], class_name="tabular-nums"),
                        class_name="flex justify-between gap-4",
                    ),
                ),
                class_name="m-0 mt-3 flex list-none flex-col gap-1 p-0 text-small text-muted",
            ),
            class_name="my-6 border-y border-line py-5",
        ),
        rx.cond(
            DemoPayment.declined,
            notice(DemoPayment.declined, tone="danger", class_name="mb-5"),
            rx.fragment(),
        ),
        rx.el.div(
            _choice(DemoOutcome.PAID, "primary", icon("check", 20), "Pay, as if with a good card"),
            _choice(DemoOutcome.DECLINED, "secondary", "Have the card declined"),
            _choice(DemoOutcome.DELAYED, "secondary", "Pay by a slow bank transfer"),
            _choice(DemoOutcome.LEFT, "quiet", icon("arrow-left", 20), "Turn back without paying"),
            class_name="flex flex-col gap-3",
        ),
    )


def _choice(outcome: DemoOutcome, kind: Kind, *label: Any) -> rx.Component:
    return button(
        *label,
        kind=kind,
        size="lg",
        busy=DemoPayment.settling == outcome.value,
        disabled=DemoPayment.settling != "",
        on_click=DemoPayment.choose(outcome),
        class_name="w-full !whitespace-normal",
        id=f"demo-{outcome.value}",
    )


def _over() -> rx.Component:
    return error_state(
        "This payment is over",
        "It was replaced by a newer one, or the time to pay ran out. Nothing was charged.",
        link_button("To your cart", href="/cart"),
        symbol="info",
    )


def _missing() -> rx.Component:
    return error_state(
        "We can't find that payment",
        "It may belong to another browser. Start again from your cart; what is in it is kept.",
        link_button("To your cart", href="/cart"),
    )


def _opening() -> rx.Component:
    return rx.el.div(
        skeleton("h-8 w-40"),
        skeleton("mt-4 h-64 w-full"),
        rx.el.p("Opening the payment…", role="status", class_name="sr-only"),
    )


PAGE = Page(
    route="/pay/demo/[payment]",
    view=demo,
    title="Pay, in a demonstration",
    area="bare",
    on_load=DemoPayment.open,
)
