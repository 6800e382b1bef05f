"""The checkout, all on one page: who and where, how it is sent, what it comes to, pay."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.checkout import service as checkout_verbs
from pet_app.checkout.pages.buying import lines
from pet_app.checkout.pages.cart import CLOSED
from pet_app.checkout.pages.pieces import code_box, sum_rows, total_row, trouble_list
from pet_app.checkout.state.checkout import Checkout
from pet_app.checkout.state.shown import Method
from pet_app.ui.components.buttons import button, link_button, text_link
from pet_app.ui.components.cards import card
from pet_app.ui.components.choices import tile
from pet_app.ui.components.conditions import empty_state, skeleton
from pet_app.ui.components.fields import select_field, text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import container
from pet_app.ui.components.messages import notice
from pet_app.ui.components.postal import postal_field
from pet_app.ui.components.prices import price
from pet_app.ui.page import Page
from pet_app.ui.session import Session, field_problem

FORM = "checkout"
LOGIN = "/login?next=/checkout"


def checkout() -> rx.Component:
    """The form on the left, what is bought on the right; on a phone what is bought folds away."""
    return container(
        rx.el.h1("Checkout", class_name="mb-6 text-title"),
        rx.cond(
            Checkout.opened,
            rx.cond(
                Checkout.is_empty,
                empty_state(
                    "There is nothing to check out",
                    "Put something into your cart first; it waits for you here.",
                    link_button("See the shop", href="/shop"),
                    symbol="bag",
                ),
                rx.cond(Checkout.is_open, _filled(), notice(CLOSED, tone="warn")),
            ),
            _waiting(),
        ),
        class_name="pb-24 pt-8 sm:pt-12",
    )


def _filled() -> rx.Component:
    return rx.el.div(
        rx.el.details(
            rx.el.summary(
                rx.el.span(
                    icon("bag", 18),
                    "What you are buying",
                    icon("chevron-down", 16, "transition [[open]>summary_&]:rotate-180"),
                    class_name="flex items-center gap-2 text-small font-semibold",
                ),
                price(Checkout.total),
                class_name="flex min-h-12 cursor-pointer list-none items-center justify-between",
            ),
            lines(),
            rx.el.p(text_link("Change your cart", href="/cart"), class_name="pb-4 text-small"),
            class_name="rounded-card bg-sunk px-5 lg:hidden",
        ),
        rx.el.div(_form(), class_name="min-w-0"),
        rx.el.aside(
            card(
                rx.el.h2("What you are buying", class_name="mb-2 text-subheading"),
                lines(),
                rx.el.p(
                    text_link("Change your cart", href="/cart", class_name="text-small"),
                    price(rx.cond(Checkout.due, Checkout.due, Checkout.total), "text-subheading"),
                    class_name="flex items-baseline justify-between border-t border-line pt-4",
                ),
            ),
            custom_attrs={"aria-label": "What you are buying"},
            class_name="hidden lg:sticky lg:top-24 lg:block",
        ),
        class_name="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-14",
    )


def _form() -> rx.Component:
    return rx.el.div(
        rx.cond(Checkout.notice, notice(Checkout.notice, class_name="mb-6"), rx.fragment()),
        rx.el.div(trouble_list(Checkout.found, Checkout.told), class_name="mb-6 empty:hidden"),
        rx.el.form(
            # What the button says as it is pressed; the answer may have been on its way.
            rx.el.input(type="hidden", name="agreed", value=Checkout.due),
            _contact(),
            _place(),
            rx.cond(Checkout.must_ship, _shipping(), rx.fragment()),
            id=FORM,
            on_submit=Checkout.pay,
            custom_attrs={"noValidate": True},
            class_name="flex flex-col gap-10",
        ),
        _review(),
    )


def _contact() -> rx.Component:
    return _part(
        "Contact",
        text_field(
            "E-mail",
            "email",
            type="email",
            help="For the confirmation and the tracking number.",
            error=field_problem("email"),
            default_value=Checkout.email,
            on_blur=Checkout.keep_email,
            auto_complete="email",
            input_mode="email",
            key=f"{Checkout.drawn}-email",
            custom_attrs={"autoCapitalize": "none", "spellCheck": "false"},
        ),
        beside=rx.cond(
            Session.signed_in,
            rx.fragment(),
            rx.el.p(
                rx.el.span("Have an account? ", class_name="max-sm:hidden"),
                text_link("Sign in", href=LOGIN),
                class_name="text-small text-muted",
            ),
        ),
    )


def _place() -> rx.Component:
    return _part(
        rx.cond(Checkout.must_ship, "Where it goes", "Your address, for the tax"),
        rx.el.div(
            rx.el.div(
                select_field(
                    "Country",
                    "country",
                    list(checkout_verbs.places().items()),
                    error=field_problem("country"),
                    value=Checkout.country,
                    on_change=Checkout.choose_country,
                    auto_complete="country",
                ),
                class_name="sm:col-span-2",
            ),
            rx.foreach(
                Checkout.fields,
                lambda field: postal_field(
                    field, drawn=Checkout.drawn, on_pick=Checkout.pick, on_keep=Checkout.keep
                ),
            ),
            class_name="grid grid-cols-1 gap-5 sm:grid-cols-2",
        ),
    )


def _shipping() -> rx.Component:
    return _part(
        "Shipping",
        rx.el.fieldset(
            rx.el.legend("Shipping", class_name="sr-only"),
            rx.cond(
                Checkout.methods.length() > 0,
                rx.el.div(
                    rx.foreach(Checkout.methods, _method),
                    class_name="grid gap-3",
                ),
                rx.el.p(
                    "Ways and prices appear here once we know where it goes.",
                    class_name="rounded-control bg-sunk px-4 py-3 text-small text-muted",
                ),
            ),
            class_name="min-w-0 border-0",
        ),
        place="field-method",
    )


def _method(method: ObjectVar[Method]) -> rx.Component:
    key: Any = method.key
    return tile(
        rx.el.span(
            method.label,
            rx.el.span(
                rx.cond(
                    method.was,
                    rx.el.s(method.was, class_name="mr-2 font-normal text-muted"),
                    rx.fragment(),
                ),
                method.price,
                class_name="tabular-nums",
            ),
            class_name="flex justify-between gap-4",
        ),
        method.days,
        Checkout.method == key,
        name="method",
        value=key,
        on_change=lambda _: Checkout.choose_method(key),
        picture=rx.el.span(
            class_name="h-5 w-5 shrink-0 rounded-full ring-2 ring-inset ring-edge transition "
            "[label:has(:checked)>&]:ring-[6px] [label:has(:checked)>&]:ring-brand",
            custom_attrs={"aria-hidden": "true"},
        ),
    )


def _review() -> rx.Component:
    """What it comes to, and the button."""
    return _part(
        "What it comes to",
        code_box(
            Checkout.codes,
            Checkout.code_typed,
            Checkout.codes.length(),
            Checkout.enter_code,
            Checkout.drop_code,
        ),
        rx.el.div(sum_rows(Checkout.sums), id="sums", tab_index=-1, class_name="outline-none"),
        total_row(
            rx.cond(Checkout.due, "To pay", "So far"),
            rx.cond(Checkout.due, Checkout.due, Checkout.total),
            rx.cond(Checkout.due, "", "shipping and tax follow from the address"),
        ),
        button(
            icon("lock", 18),
            rx.cond(
                Checkout.due,
                rx.cond(Checkout.is_free, "Place the order", f"Pay {Checkout.due}"),
                "Pay",
            ),
            type="submit",
            size="lg",
            busy=Checkout.placing,
            class_name="w-full",
            form=FORM,
            id="pay",
        ),
        rx.el.p(
            "You pay on the next page. We never see your card number.",
            class_name="text-center text-small text-muted",
        ),
        class_name="mt-10",
    )


def _part(
    title: Any,
    *children: rx.Component,
    beside: rx.Component | None = None,
    place: str = "",
    class_name: str = "",
) -> rx.Component:
    """One part of the page under its heading."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(title, class_name="text-heading"),
            beside or rx.fragment(),
            class_name="flex items-baseline justify-between gap-4",
        ),
        *children,
        id=place or None,
        tab_index=-1 if place else None,
        class_name=f"flex scroll-mt-24 flex-col gap-5 outline-none {class_name}".rstrip(),
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.div(*(skeleton("mb-5 h-14 w-full") for _ in range(6))),
        skeleton("h-72 w-full rounded-card max-lg:hidden"),
        rx.el.p("Opening the checkout…", role="status", class_name="sr-only"),
        class_name="grid gap-8 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-14",
    )


PAGE = Page(route="/checkout", view=checkout, title="Checkout", area="bare", on_load=Checkout.open)
