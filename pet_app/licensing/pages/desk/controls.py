"""Small fields of the desk: what is looked for, and one of a few things."""

from typing import Any

import reflex as rx

from pet_app.licensing.pages.desk.keys import pressed_by
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import classes

SMALL = (
    "h-10 rounded-full bg-surface text-small ring-1 ring-inset ring-edge hover:ring-ink "
    "placeholder:text-muted"
)


def search_field(label: str, placeholder: str, value: Any, look: Any, **props: Any) -> rx.Component:
    """A field that looks while one types; `/` goes there."""
    return rx.el.div(
        icon(
            "search",
            18,
            "pointer-events-none absolute left-3.5 top-1/2 -translate-y-1/2 text-muted",
        ),
        rx.el.input(
            type="search",
            name="text",
            default_value=value,
            max_length=80,
            placeholder=placeholder,
            on_change=look.debounce(250),
            class_name=classes(SMALL, "w-full pl-10 pr-4"),
            custom_attrs={"aria-label": label, "autoComplete": "off", **pressed_by("/")},
            **props,
        ),
        class_name="relative",
    )


def choice(
    label: str, *options: rx.Component, value: Any, choose: Any, disabled: Any = False
) -> rx.Component:
    """One of a few `rx.el.option`, as wide as it may be."""
    return rx.el.div(
        rx.el.select(
            *options,
            value=value,
            on_change=choose,
            disabled=disabled,
            class_name=classes(
                SMALL, "w-full appearance-none pl-4 pr-9 font-medium disabled:opacity-60"
            ),
            custom_attrs={"aria-label": label},
        ),
        icon("chevron-down", 16, "pointer-events-none absolute right-3 top-1/2 -translate-y-1/2"),
        class_name="relative",
    )
