"""Which size and colour: real radio buttons, and what one's pets would take."""

from typing import Any

import reflex as rx

from pet_app.catalog.state import Looking
from pet_app.ui.components.choices import choice_group, segment, swatch
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import each, either


def choices(view: Any) -> rx.Component:
    """A group of radio buttons for every option, what is sold out struck through."""

    def group(option: Any) -> rx.Component:
        def dot(choice: Any) -> rx.Component:
            return swatch(
                choice.colour,
                _said(choice),
                choice.chosen,
                name=option.name,
                value=choice.value,
                on_change=Looking.choose(option.name, choice.value),
            )

        def pill(choice: Any) -> rx.Component:
            return segment(
                rx.el.span(
                    choice.value,
                    either(
                        choice.sold_out,
                        rx.el.span(", sold out", class_name="sr-only"),
                        rx.fragment(),
                    ),
                    class_name=_struck(choice.sold_out),
                ),
                choice.chosen,
                name=option.name,
                value=choice.value,
                on_change=Looking.choose(option.name, choice.value),
            )

        return choice_group(
            option.name,
            either(
                option.has_colours,
                rx.el.div(*each(option.choices, dot), class_name="-ml-1 flex flex-wrap gap-1"),
                rx.el.div(*each(option.choices, pill), class_name="flex flex-wrap gap-2"),
            ),
            hint=option.chosen,
            class_name="",
        )

    return rx.el.div(*each(view.options, group), class_name="mt-6 flex flex-col gap-6 empty:hidden")


def _said(choice: Any) -> Any:
    if isinstance(choice, rx.Var):
        var: Any = choice
        return rx.cond(var.sold_out, var.value + ", sold out", var.value)
    return f"{choice.value}, sold out" if choice.sold_out else choice.value


def _struck(gone: Any) -> Any:
    struck = "line-through opacity-60"
    if isinstance(gone, rx.Var):
        return rx.cond(gone, struck, "")
    return struck if gone else ""


def fits() -> rx.Component:
    """Which size each of one's pets takes, and a press that chooses it."""
    known: Any = Looking.fits

    def fit(pet: Any) -> rx.Component:
        return rx.el.button(
            icon("paw", 18),
            pet.name,
            " takes ",
            rx.el.strong(pet.size),
            rx.cond(pet.chosen, icon("check", 16), rx.fragment()),
            type="button",
            on_click=Looking.choose("Size", pet.size),
            class_name="inline-flex min-h-11 items-center gap-2 rounded-full bg-brand-soft px-4 "
            "text-small text-brand hover:bg-line",
        )

    return rx.cond(
        known.length() > 0,
        rx.el.div(
            rx.el.p("By your pets' measurements", class_name="mb-2 text-small text-muted"),
            rx.el.div(rx.foreach(known, fit), class_name="flex flex-wrap gap-2"),
            class_name="mt-5",
        ),
        rx.fragment(),
    )
