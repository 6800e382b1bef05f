"""Thanks, or what has to happen before: the page one comes back to from paying."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.checkout.pages.pieces import picture, sum_rows, total_row
from pet_app.checkout.state.done import Bought, Settling
from pet_app.ui.components.buttons import link_button, spinner, text_link
from pet_app.ui.components.cards import card
from pet_app.ui.components.conditions import error_state, skeleton
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child
from pet_app.ui.components.layouts import container
from pet_app.ui.components.prices import price
from pet_app.ui.page import Page
from pet_app.ui.session import Session


def done() -> rx.Component:
    """How the payment stands, as it changes."""
    return container(
        rx.match(
            Settling.stage,
            ("paid", _with_order(_thanks())),
            ("waiting", _with_order(_awaited())),
            ("delayed", _with_order(_under_way())),
            ("failed", _with_order(_failed())),
            ("over", _over()),
            ("missing", _missing()),
            _opening(),
        ),
        class_name="max-w-5xl py-10 sm:py-16",
    )


def _with_order(head: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.div(head, role="status", custom_attrs={"aria-live": "polite"}, class_name="min-w-0"),
        _order(),
        class_name="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-14",
    )


def _thanks() -> rx.Component:
    return rx.el.div(
        _sign("check", "bg-good-soft text-good"),
        rx.el.h1("Thank you", class_name="mt-5 text-title"),
        _numbered("Your order is ", " and it is paid."),
        rx.el.p(
            "The confirmation goes to ",
            rx.el.strong(Settling.letter_to, class_name="[overflow-wrap:anywhere]"),
            ".",
            class_name="mt-2 text-muted",
        ),
        rx.cond(
            Settling.is_demo_payment,
            rx.el.p(
                "This was a demonstration: no money moved, and nothing will be sent.",
                class_name="mt-4 rounded-control bg-sunk px-4 py-3 text-small",
            ),
            rx.fragment(),
        ),
        rx.el.div(
            link_button(
                "Follow your order",
                icon("arrow-right", 20),
                href=rx.cond(
                    Session.signed_in,
                    f"/dashboard/orders/{Settling.order_id}",
                    f"/track?order={Settling.order_id}",
                ),
                size="lg",
            ),
            link_button("Back to the shop", href="/shop", kind="secondary", size="lg"),
            class_name="mt-7 flex flex-wrap gap-3",
        ),
        rx.el.section(
            rx.el.h2("What happens now", class_name="text-heading"),
            rx.el.ol(
                rx.cond(
                    Settling.made,
                    _next("We cut and sew it", "Each piece from its own numbers, one at a time."),
                    _next("We pack it", "What lies on the shelf is on its way soon."),
                ),
                rx.cond(
                    Settling.method,
                    _next(
                        "It is sent",
                        f"By {Settling.method}. You get a letter with the tracking number.",
                    ),
                    rx.fragment(),
                ),
                _next(
                    "It has to fit",
                    "If it does not, send us a picture and we make it once more.",
                ),
                class_name="m-0 mt-5 flex list-none flex-col gap-5 p-0",
            ),
            class_name="mt-12",
        ),
        rx.cond(
            Session.signed_in,
            rx.fragment(),
            rx.el.p(
                text_link("Open an account", href="/register"),
                " with the same browser, and this order is in it.",
                class_name="mt-8 text-small text-muted",
            ),
        ),
    )


def _awaited() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            spinner("h-7 w-7"),
            class_name="flex h-16 w-16 items-center justify-center rounded-full bg-brand-soft "
            "text-brand",
        ),
        rx.el.h1("One moment", class_name="mt-5 text-title"),
        _numbered("We are waiting for word that order ", " is paid."),
        rx.el.p(
            "This page changes by itself. You may also close it: we write to ",
            rx.el.strong(Settling.letter_to, class_name="[overflow-wrap:anywhere]"),
            " as soon as we know.",
            class_name="mt-2 max-w-prose text-muted",
        ),
        rx.el.div(
            link_button("Back to paying", href="/checkout", kind="secondary"),
            class_name="mt-7",
        ),
    )


def _under_way() -> rx.Component:
    return rx.el.div(
        _sign("check", "bg-brand-soft text-brand"),
        rx.el.h1("Your part is done", class_name="mt-5 text-title"),
        _numbered("Your bank is still moving the money for order ", "."),
        rx.el.p(
            "That can take some working days. We keep your pieces for you, begin when it is here, "
            "and write to ",
            rx.el.strong(Settling.letter_to, class_name="[overflow-wrap:anywhere]"),
            ".",
            class_name="mt-2 max-w-prose text-muted",
        ),
        rx.el.div(
            link_button("Back to the shop", href="/shop", kind="secondary"), class_name="mt-7"
        ),
    )


def _failed() -> rx.Component:
    return rx.el.div(
        _sign("alert", "bg-danger-soft text-danger"),
        rx.el.h1("It is not paid yet", class_name="mt-5 text-title"),
        _numbered("The payment for order ", " did not go through."),
        rx.el.p(
            rx.cond(Settling.reason, Settling.reason, "Nothing was charged."),
            " We keep your pieces for you a little while.",
            class_name="mt-2 max-w-prose text-muted",
        ),
        rx.el.div(
            link_button("Pay in another way", href="/checkout", size="lg"),
            link_button("To your cart", href="/cart", kind="secondary", size="lg"),
            class_name="mt-7 flex flex-wrap gap-3",
        ),
    )


def _over() -> rx.Component:
    return error_state(
        f"Order {Settling.number} was not paid",
        f"{_why()} Should money still come in, all of it goes back by itself.",
        link_button("To your cart", href="/cart"),
    )


def _why() -> Any:
    return rx.cond(Settling.reason, Settling.reason, "The time to pay for it ran out.")


def _missing() -> rx.Component:
    return error_state(
        "We can't find that order here",
        "It was placed in another browser, or by somebody else. With its number and your e-mail "
        "address you can follow it from anywhere.",
        link_button("Find an order", href="/track"),
        symbol="info",
    )


def _opening() -> rx.Component:
    return rx.el.div(
        skeleton("h-16 w-16 rounded-full"),
        skeleton("mt-5 h-12 w-2/3"),
        skeleton("mt-4 h-6 w-1/2"),
        rx.el.p("Asking how the payment went…", role="status", class_name="sr-only"),
    )


def _sign(name: str, colours: str) -> rx.Component:
    return rx.el.div(
        icon(name, 30),
        class_name=f"flex h-16 w-16 items-center justify-center rounded-full {colours}",
    )


def _numbered(before: str, after: str) -> rx.Component:
    return rx.el.p(
        before,
        rx.el.strong(Settling.number, class_name="whitespace-nowrap", data_testid="number"),
        after,
        class_name="mt-3 max-w-prose text-lead",
    )


def _next(title: Child, text: Child) -> rx.Component:
    return rx.el.li(
        rx.el.h3(title, class_name="text-subheading"),
        rx.el.p(text, class_name="mt-1 max-w-prose text-small text-muted"),
        class_name="border-l-2 border-brand pl-4",
    )


def _order() -> rx.Component:
    return rx.el.aside(
        card(
            rx.el.h2("Your order", class_name="mb-1 text-subheading"),
            rx.el.ul(rx.foreach(Settling.lines, _line), class_name="m-0 list-none p-0"),
            rx.el.div(sum_rows(Settling.sums), class_name="border-t border-line py-4"),
            total_row("Total", Settling.total),
            rx.cond(
                Settling.address.length() > 0,
                rx.el.div(
                    rx.el.h3("It goes to", class_name="text-small font-semibold"),
                    rx.el.address(
                        rx.foreach(
                            Settling.address, lambda line: rx.el.span(line, class_name="block")
                        ),
                        dir="auto",
                        class_name="mt-1 text-small not-italic text-muted [overflow-wrap:anywhere]",
                    ),
                    class_name="mt-5 border-t border-line pt-4",
                ),
                rx.fragment(),
            ),
        ),
        custom_attrs={"aria-label": "Your order"},
    )


def _line(line: ObjectVar[Bought]) -> rx.Component:
    quantity: Any = line.quantity
    return rx.el.li(
        picture(line.picture, 64, "h-16 w-16"),
        rx.el.div(
            rx.el.p(line.title, class_name="font-semibold [overflow-wrap:anywhere]"),
            rx.el.p(
                rx.cond(quantity > 1, f"{quantity} × ", ""), line.words, class_name="text-muted"
            ),
            class_name="min-w-0 grow",
        ),
        price(line.total, "font-normal"),
        class_name="flex items-start gap-4 border-t border-line py-4 text-small first:border-0",
    )


PAGE = Page(route="/checkout/done", view=done, title="Your order", on_load=Settling.open)
