"""The cart in the header, the button that puts something in, and the word that it is in."""

from typing import Any

import reflex as rx

from pet_app.ui import cart
from pet_app.ui.cart import CART, Basket
from pet_app.ui.components.buttons import Kind, Size, button, icon_button, link_button
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child, Text, classes
from pet_app.ui.components.layouts import container
from pet_app.ui.components.prices import price

CHECKOUT = "/checkout"


def cart_link() -> rx.Component:
    """The way to the cart, and how many pieces lie in it once that is known."""
    if not cart.is_open():
        return rx.fragment()
    pieces: Any = Basket.pieces
    return rx.el.a(
        icon("bag", 22),
        rx.cond(
            pieces > 0,
            rx.el.span(
                rx.cond(pieces > 99, "99+", pieces.to_string()),
                class_name="absolute right-0 top-0.5 flex h-5 min-w-5 items-center justify-center "
                "rounded-full bg-accent px-1 text-[0.6875rem] font-bold leading-none "
                "text-on-accent tabular-nums",
                custom_attrs={"aria-hidden": "true"},
                data_testid="pieces",
            ),
            rx.fragment(),
        ),
        href=CART,
        class_name="relative inline-flex h-11 w-11 items-center justify-center rounded-full "
        "text-ink no-underline transition hover:bg-sunk",
        title="Cart",
        custom_attrs={"aria-label": rx.cond(pieces > 0, f"Cart, {_counted(pieces)}", "Cart")},
    )


def cart_button(
    thing: Text,
    on_click: Any,
    *children: Child,
    kind: Kind = "accent",
    size: Size = "lg",
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """Puts `thing` into the cart: `on_click` is one of `Basket`'s handlers called with its id.

    It turns a ring while that thing is on its way. Nothing at all where there is no cart.
    """
    if not cart.is_open():
        return rx.fragment()
    return button(
        *(children or ("Add to cart",)),
        kind=kind,
        size=size,
        class_name=class_name,
        busy=(Basket.putting == thing) & (Basket.putting != ""),
        on_click=on_click,
        **props,
    )


def added() -> rx.Component:
    """Says what has just gone into the cart, and leads on; read aloud as it appears."""
    if not cart.is_open():
        return rx.fragment()
    return rx.el.div(
        container(rx.cond(Basket.put, _put(), rx.fragment()), class_name="flex justify-end"),
        role="status",
        custom_attrs={"aria-live": "polite"},
        data_testid="added",
        class_name="pointer-events-none fixed inset-x-0 bottom-4 z-50 sm:bottom-auto sm:top-20",
    )


def _put() -> rx.Component:
    put: Any = Basket.put
    return rx.el.div(
        rx.el.div(
            rx.el.p(
                icon("check", 18, "text-good"),
                "In your cart",
                class_name="flex items-center gap-2 text-small font-semibold",
            ),
            icon_button("close", "Close", on_click=Basket.dismiss, class_name="-my-2 -mr-3"),
            class_name="flex items-center justify-between",
        ),
        rx.el.div(
            rx.cond(
                put.picture != "",
                rx.el.img(
                    src=put.picture,
                    alt="",
                    custom_attrs={"width": "72", "height": "72"},
                    class_name="picture-ground h-18 w-18 shrink-0 rounded-control object-cover",
                ),
                rx.el.div(
                    icon("paw", 26, "text-[#1d4a3b]"),
                    class_name="picture-ground flex h-18 w-18 shrink-0 items-center "
                    "justify-center rounded-control",
                ),
            ),
            rx.el.div(
                rx.el.p(put.title, class_name="font-semibold [overflow-wrap:anywhere]"),
                rx.el.p(put.words, class_name="text-small text-muted"),
                class_name="min-w-0 grow",
            ),
            price(put.price),
            class_name="mt-3 flex items-start gap-4",
        ),
        rx.el.div(
            link_button(f"View cart ({Basket.pieces})", href=CART, kind="secondary"),
            link_button("Check out", href=CHECKOUT),
            class_name="mt-5 grid grid-cols-2 gap-3",
        ),
        class_name=classes(
            "rise pointer-events-auto w-full max-w-md rounded-card bg-surface p-5 shadow-dialog",
            "ring-1 ring-inset ring-line",
        ),
    )


def _counted(pieces: Any) -> Any:
    return rx.cond(pieces == 1, "1 piece", f"{pieces} pieces")
