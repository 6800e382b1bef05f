"""Messages: what stands in the page, and what comes up over it."""

from typing import Any, Literal

import reflex as rx

from pet_app.ui.components.buttons import icon_button
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child, Text, classes

Tone = Literal["info", "good", "warn", "danger"]

TONES = {
    "info": ("info", "bg-brand-soft text-ink"),
    "good": ("check", "bg-good-soft text-good"),
    "warn": ("alert", "bg-warn-soft text-warn"),
    "danger": ("alert", "bg-danger-soft text-danger"),
}


def notice(*children: Child, tone: Tone = "info", class_name: str = "") -> rx.Component:
    """A sentence that stands in the page; a dangerous one is read aloud at once."""
    symbol, colours = TONES[tone]
    return rx.el.div(
        icon(symbol, 20, "mt-0.5"),
        rx.el.div(*children, class_name="min-w-0"),
        role="alert" if tone == "danger" else "status",
        class_name=classes(
            "flex gap-3 rounded-control px-4 py-3 text-small font-medium",
            colours,
            class_name,
        ),
    )


def popup(text: Text, on_dismiss: Any, tone: Tone = "danger") -> rx.Component:
    """A message over the foot of the page, for as long as `text` is not empty."""
    symbol, colours = TONES[tone]
    return rx.el.div(
        rx.cond(
            text,
            rx.el.div(
                icon(symbol, 20, "mt-0.5"),
                rx.el.p(text, class_name="grow"),
                icon_button("close", "Dismiss", on_click=on_dismiss, class_name="-my-2.5 -mr-3"),
                class_name=classes(
                    "rise pointer-events-auto flex w-full max-w-lg gap-3 rounded-card px-5 py-4 "
                    "text-small font-medium shadow-lift",
                    colours,
                ),
            ),
            rx.fragment(),
        ),
        role="status",
        class_name="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex justify-center",
        custom_attrs={"aria-live": "polite"},
    )
