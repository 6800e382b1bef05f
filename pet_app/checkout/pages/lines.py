"""The lines of a cart: what it is, how many of it, and what else can be done with it."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.checkout.pages.pieces import picture
from pet_app.checkout.state.cart import CartDesk
from pet_app.checkout.state.shown import Line
from pet_app.ui.components.fields import CONTROL
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import classes
from pet_app.ui.components.prices import price, price_line

ACTION = (
    "inline-flex min-h-11 items-center text-small font-medium text-muted underline "
    "decoration-line underline-offset-4 transition hover:text-ink hover:decoration-current"
)
STEP = (
    "inline-flex h-11 w-11 items-center justify-center rounded-full transition hover:bg-sunk "
    "disabled:opacity-35"
)


def lines() -> rx.Component:
    """Everything in the cart."""
    return rx.el.ul(
        rx.foreach(CartDesk.lines, _line),
        custom_attrs={"aria-label": "In your cart"},
        class_name="m-0 list-none border-t border-line p-0",
    )


def saved() -> rx.Component:
    """What is kept beside it."""
    return rx.cond(
        CartDesk.saved.length() > 0,
        rx.el.section(
            rx.el.h2("Saved for later", class_name="text-heading"),
            rx.el.ul(
                rx.foreach(CartDesk.saved, _saved_line),
                class_name="m-0 mt-4 list-none border-t border-line p-0",
            ),
            class_name="mt-14",
        ),
        rx.fragment(),
    )


def _line(line: ObjectVar[Line]) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            picture(line.picture, 128, "h-24 w-24 sm:h-32 sm:w-32"),
            href=line.href,
            tab_index=-1,
            custom_attrs={"aria-hidden": "true"},
        ),
        rx.el.div(
            _head(line),
            _notes(line),
            rx.el.div(
                _stepper(line),
                rx.el.div(
                    _action("Save for later", CartDesk.save_for_later(line.id), line.title),
                    _action("Remove", CartDesk.remove(line.id), line.title),
                    class_name="flex gap-4",
                ),
                class_name="mt-2 flex flex-wrap items-center gap-x-5",
            ),
            class_name="min-w-0 grow",
        ),
        id=f"line-{line.id}",
        tab_index=-1,
        class_name="flex scroll-mt-24 gap-4 border-b border-line py-5 outline-none sm:gap-6",
    )


def _saved_line(line: ObjectVar[Line]) -> rx.Component:
    return rx.el.li(
        picture(line.picture, 80, "h-20 w-20"),
        rx.el.div(
            _head(line),
            rx.el.div(
                _action("Move to cart", CartDesk.move_to_cart(line.id), line.title),
                _action("Remove", CartDesk.remove(line.id), line.title),
                class_name="mt-1 flex gap-4",
            ),
            class_name="min-w-0 grow",
        ),
        class_name="flex gap-4 border-b border-line py-5 sm:gap-6",
    )


def _head(line: ObjectVar[Line]) -> rx.Component:
    quantity: Any = line.quantity
    return rx.el.div(
        rx.el.div(
            rx.el.h2(
                rx.el.a(line.title, href=line.href, class_name="no-underline hover:underline"),
                class_name="text-subheading [overflow-wrap:anywhere]",
            ),
            rx.el.p(line.words, class_name="text-small text-muted empty:hidden"),
            class_name="min-w-0",
        ),
        rx.el.div(
            price(line.total),
            rx.cond(
                quantity > 1,
                rx.el.span(f"{line.unit} each", class_name="block text-label text-muted"),
                rx.fragment(),
            ),
            class_name="shrink-0 text-right",
        ),
        class_name="flex items-start justify-between gap-4",
    )


def _notes(line: ObjectVar[Line]) -> rx.Component:
    """What is different from before, what is amiss, what it is made of."""
    return rx.el.div(
        rx.cond(
            line.was,
            rx.el.p(
                f"{line.unit} now; it was {line.was} when you put it in.",
                role="status",
                class_name="text-small font-medium text-warn",
            ),
            rx.fragment(),
        ),
        rx.cond(
            line.problem,
            rx.el.p(
                icon("alert", 16, "mt-0.5"),
                rx.el.span(line.problem),
                role="alert",
                class_name="flex gap-1.5 text-small font-medium text-danger",
            ),
            rx.fragment(),
        ),
        rx.cond(
            line.breakdown.length() > 0,
            rx.el.details(
                rx.el.summary(
                    "What goes into the price",
                    icon("chevron-down", 16, "transition [[open]>summary>&]:rotate-180"),
                    class_name="inline-flex min-h-9 cursor-pointer list-none items-center gap-1 "
                    "text-small text-muted hover:text-ink",
                ),
                rx.el.ul(
                    rx.foreach(line.breakdown, lambda row: price_line(row[0], row[2], row[1])),
                    class_name="m-0 list-none p-0 pb-2",
                ),
            ),
            rx.fragment(),
        ),
        class_name="mt-1",
    )


def _stepper(line: ObjectVar[Line]) -> rx.Component:
    """How many: one fewer, a number to type, one more."""
    title: Any = line.title
    quantity: Any = line.quantity
    most: Any = line.most
    return rx.el.div(
        rx.el.button(
            icon("minus", 18),
            type="button",
            disabled=quantity <= 1,
            on_click=CartDesk.step(line.id, -1),
            class_name=STEP,
            custom_attrs={"aria-label": f"One fewer of {title}"},
        ),
        rx.el.input(
            type="text",
            input_mode="numeric",
            default_value=quantity.to(str),
            on_blur=lambda typed: CartDesk.change_quantity(line.id, typed),
            key=f"{line.id}-{quantity}-{CartDesk.drawn}",
            max_length=3,
            auto_complete="off",
            class_name=classes(
                CONTROL.replace("min-h-12 ", "").replace("px-4 ", "px-0 "),
                "h-9 !w-12 text-center tabular-nums",
            ),
            custom_attrs={"aria-label": f"How many of {title}"},
        ),
        rx.el.button(
            icon("plus", 18),
            type="button",
            disabled=quantity >= most,
            on_click=CartDesk.step(line.id, 1),
            class_name=STEP,
            custom_attrs={"aria-label": f"One more of {title}"},
        ),
        role="group",
        custom_attrs={"aria-label": f"Quantity of {title}"},
        class_name="-ml-2.5 flex items-center",
    )


def _action(label: str, on_click: Any, title: Any) -> rx.Component:
    return rx.el.button(
        label,
        type="button",
        on_click=on_click,
        class_name=ACTION,
        custom_attrs={"aria-label": f"{label}: {title}"},
    )
