"""Stars out of five: for the eye a width, for the ear a sentence."""

import reflex as rx

from pet_app.ui.components.kinds import Text, classes, inline_style

FIVE = "★★★★★"


def stars(width: Text, spoken: Text, class_name: str = "") -> rx.Component:
    """Five stars filled up to `width`, a percentage; `spoken` says the same."""
    hidden = {"aria-hidden": "true"}
    return rx.el.span(
        rx.el.span(FIVE, class_name="text-line", custom_attrs=hidden),
        rx.el.span(
            FIVE,
            class_name="absolute inset-y-0 left-0 overflow-hidden text-[#c98a12] dark:text-accent",
            custom_attrs={**hidden, **inline_style(width=width)},
        ),
        rx.el.span(spoken, class_name="sr-only"),
        class_name=classes(
            "relative inline-block whitespace-nowrap leading-none tracking-[0.08em]", class_name
        ),
    )
