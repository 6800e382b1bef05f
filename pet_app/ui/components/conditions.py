"""What a place shows while it has nothing to show: waiting, empty, failed, under way."""

import reflex as rx

from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child, Text, classes, inline_style


def skeleton(class_name: str = "h-4 w-full") -> rx.Component:
    """A shape where something is about to be; give its size in classes."""
    return rx.el.div(
        class_name=classes("skeleton rounded-control", class_name),
        custom_attrs={"aria-hidden": "true"},
    )


def empty_state(
    title: Text, text: Text, action: rx.Component | None = None, symbol: str = "paw"
) -> rx.Component:
    """Nothing here yet, why, and the one thing to do about it."""
    return _state(symbol, "bg-brand-soft text-brand", title, text, action)


def error_state(
    title: Text, text: Text, action: rx.Component | None = None, symbol: str = "alert"
) -> rx.Component:
    """Something failed: what, and what to do next."""
    return _state(symbol, "bg-danger-soft text-danger", title, text, action)


def progress(label: Text, percent: rx.Var[int] | int, note: Child | None = None) -> rx.Component:
    """How far something has come, as a stitched bar with its stage in words."""
    return rx.el.div(
        rx.el.div(
            rx.el.span(label, class_name="font-medium"),
            rx.el.span(note, class_name="text-muted") if note is not None else rx.fragment(),
            class_name="mb-2 flex justify-between gap-4 text-small",
        ),
        rx.el.div(
            rx.el.div(
                class_name="stitched h-full transition-[width] duration-500 ease-soft",
                custom_attrs=inline_style(width=f"{percent}%"),
            ),
            role="progressbar",
            custom_attrs={
                "aria-label": label,
                "aria-valuemin": "0",
                "aria-valuemax": "100",
                "aria-valuenow": percent,
            },
            class_name="h-[3px] overflow-hidden rounded-full bg-line",
        ),
        custom_attrs={"aria-live": "polite"},
    )


def _state(
    symbol: str, colours: str, title: Text, text: Text, action: rx.Component | None
) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            icon(symbol, 28),
            class_name=classes("flex h-16 w-16 items-center justify-center rounded-full", colours),
        ),
        rx.el.h2(title, class_name="mt-5 text-heading"),
        rx.el.p(text, class_name="mt-2 max-w-md text-muted"),
        rx.el.div(action, class_name="mt-6") if action is not None else rx.fragment(),
        class_name="flex flex-col items-center rounded-panel border border-dashed border-edge px-6 "
        "py-14 text-center",
    )
