"""One order, as its customer sees it."""

import reflex as rx

from pet_app.core.security import Permission
from pet_app.order.pages import dialogs, parts, things, way
from pet_app.order.pages.parts import FACTS
from pet_app.order.state.order import OrderDesk
from pet_app.order.state.own import OwnOrder
from pet_app.ui.cart import Basket
from pet_app.ui.components.buttons import button, link_button, text_link
from pet_app.ui.components.cart import cart_button
from pet_app.ui.components.conditions import error_state, skeleton
from pet_app.ui.components.icons import icon
from pet_app.ui.components.messages import notice
from pet_app.ui.page import Page

LIST = "/dashboard/orders"


def order() -> rx.Component:
    """The order of the address."""
    return rx.el.div(
        rx.match(
            OrderDesk.stage,
            ("open", whole(text_link("All orders", href=LIST))),
            (
                "missing",
                error_state(
                    "We can't find that order",
                    "It may belong to another account. Letters we sent hold a link that opens it.",
                    link_button("Your orders", href=LIST),
                ),
            ),
            waiting(),
        )
    )


def whole(way_back: rx.Component) -> rx.Component:
    """Everything about the order at hand."""
    return rx.el.div(
        way_back,
        _head(),
        rx.cond(OrderDesk.may_pay, _unpaid(), rx.fragment()),
        rx.cond(
            FACTS.reason,
            rx.el.p(FACTS.reason, class_name="text-muted"),
            rx.fragment(),
        ),
        rx.el.section(
            way.way(),
            class_name="rounded-card bg-surface p-6 ring-1 ring-inset ring-line",
            custom_attrs={"aria-label": "The way of your order"},
        ),
        rx.el.div(
            rx.el.div(
                parts.parcels(),
                parts.requests(),
                things.things(),
                class_name="flex min-w-0 flex-col gap-6",
            ),
            rx.el.div(
                parts.reckoning(),
                parts.where(),
                way.history(),
                class_name="flex min-w-0 flex-col gap-6",
            ),
            class_name="grid items-start gap-6 xl:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]",
        ),
        _end(),
        dialogs.cancelling(),
        dialogs.returning(),
        dialogs.remaking(),
        class_name="flex flex-col gap-6",
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.h1(
                "Order ",
                rx.el.span(FACTS.number, class_name="whitespace-nowrap"),
                class_name="text-title",
            ),
            rx.el.p(
                parts.toned(FACTS.status, FACTS.tone),
                rx.el.span(f"Placed on {FACTS.placed}", class_name="text-muted"),
                class_name="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2",
            ),
        ),
        rx.cond(
            OrderDesk.own,
            rx.el.div(
                rx.cond(
                    FACTS.invoice,
                    link_button(
                        icon("download", 18),
                        "Invoice",
                        href=FACTS.invoice,
                        kind="secondary",
                        custom_attrs={"reloadDocument": True, "download": ""},
                    ),
                    rx.fragment(),
                ),
                cart_button(
                    FACTS.id,
                    Basket.put_again(FACTS.id, OrderDesk.pass_key),
                    "Order again",
                    kind="primary",
                    size="md",
                ),
                class_name="flex flex-wrap gap-3",
            ),
            rx.fragment(),
        ),
        class_name="flex flex-wrap items-end justify-between gap-5",
    )


def _unpaid() -> rx.Component:
    return notice(
        rx.el.p(f"This order waits for its payment. We keep it until {FACTS.pay_by}."),
        button(
            "Pay now", size="sm", class_name="mt-3", busy=OrderDesk.busy, on_click=OrderDesk.pay
        ),
        tone="warn",
    )


def _end() -> rx.Component:
    return rx.cond(
        OrderDesk.may_cancel,
        rx.el.div(
            button("Cancel this order", kind="quiet", on_click=OrderDesk.ask_to_cancel),
            class_name="border-t border-line pt-4",
        ),
        rx.fragment(),
    )


def waiting() -> rx.Component:
    """The shape of what is about to be."""
    return rx.el.div(
        skeleton("h-12 w-72"),
        skeleton("h-28 w-full"),
        skeleton("h-64 w-full"),
        rx.el.p("Opening the order…", role="status", class_name="sr-only"),
        class_name="flex flex-col gap-6",
    )


PAGE = Page(
    route="/dashboard/orders/[order]",
    view=order,
    title="Your order",
    area="account",
    on_load=OwnOrder.open,
    requires=Permission.ACCOUNT,
)
