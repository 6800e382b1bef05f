"""The way of an order: its stops, and everything that happened on it."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.order.state.cards import StepCard, Stop
from pet_app.order.state.order import OrderDesk
from pet_app.ui.components.cards import panel
from pet_app.ui.components.icons import icon

SEAM = (
    "absolute left-[0.9375rem] top-8 h-[calc(100%-2rem)] w-0.5 "
    "sm:left-8 sm:top-[0.9375rem] sm:h-0.5 sm:w-[calc(100%-2rem)]"
)
"""From a stop to the next: down on a phone, across elsewhere."""


def way() -> rx.Component:
    """The stops of an order as a line of stitches, across on a wide screen and down on a phone."""
    return rx.el.ol(
        rx.foreach(OrderDesk.stops, _stop),
        class_name="m-0 flex list-none flex-col p-0 sm:flex-row",
        custom_attrs={"aria-label": "Where the order stands"},
    )


def _stop(stop: ObjectVar[Stop]) -> rx.Component:
    dot = (
        "relative z-10 flex h-8 w-8 shrink-0 items-center justify-center rounded-full ring-2 "
        "ring-inset "
    )
    mark: Any = rx.match(
        stop.state,
        (
            "done",
            rx.el.span(icon("check", 18), class_name=dot + "bg-brand text-on-brand ring-brand"),
        ),
        (
            "now",
            rx.el.span(
                rx.el.span(class_name="h-3 w-3 rounded-full bg-on-accent"),
                class_name=dot + "bg-accent ring-accent",
            ),
        ),
        (
            "off",
            rx.el.span(
                icon("close", 18), class_name=dot + "bg-danger-soft text-danger ring-danger"
            ),
        ),
        rx.el.span(class_name=dot + "bg-surface ring-line"),
    )
    return rx.el.li(
        # The seam to the next stop.
        rx.el.span(
            class_name=rx.match(
                stop.seam,
                ("done", f"{SEAM} bg-brand"),
                ("next", f"{SEAM} bg-line"),
                "hidden",
            ),
            custom_attrs={"aria-hidden": "true"},
        ),
        mark,
        rx.el.span(
            rx.el.span(
                stop.label,
                class_name=rx.cond(stop.state == "next", "block text-muted", "block font-semibold"),
            ),
            rx.el.span(stop.day, class_name="block text-small text-muted"),
            class_name="min-h-12 sm:min-h-0",
        ),
        class_name="relative flex gap-3 pb-2 last:pb-0 sm:flex-1 sm:flex-col sm:gap-2 "
        "sm:pb-0 sm:last:flex-none",
        custom_attrs={"aria-current": rx.cond(stop.state == "now", "step", "false")},
    )


def history() -> rx.Component:
    """Everything that happened, the newest first."""
    return panel(
        "What happened",
        rx.el.ol(
            rx.foreach(OrderDesk.steps, _step),
            class_name="m-0 list-none p-0",
        ),
    )


def _step(step: ObjectVar[StepCard]) -> rx.Component:
    marks: Any = rx.match(
        step.mark,
        *((name, icon(name, 16)) for name in ("check", "truck", "ruler", "undo", "close")),
        *((name, icon(name, 16)) for name in ("alert", "info", "sparkle", "pencil", "bag")),
        icon("dots", 16),
    )
    return rx.el.li(
        rx.el.span(
            marks,
            class_name="relative z-10 flex h-8 w-8 shrink-0 items-center justify-center "
            "rounded-full bg-brand-soft text-brand",
        ),
        rx.el.div(
            rx.el.p(step.words, class_name="font-medium"),
            rx.el.p(step.at, class_name="text-small text-muted tabular-nums"),
            class_name="min-w-0 pt-0.5 [overflow-wrap:anywhere]",
        ),
        class_name="relative flex gap-3 pb-5 last:pb-0 before:absolute before:bottom-0 "
        "before:left-[0.9375rem] before:top-8 before:w-0.5 before:bg-line "
        "before:content-[''] last:before:hidden",
    )
