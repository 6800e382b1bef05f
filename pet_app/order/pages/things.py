"""The things of an order, and what can still be done about each."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.order.state.cards import LineCard
from pet_app.order.state.order import OrderDesk
from pet_app.ui.components.buttons import button
from pet_app.ui.components.cards import panel
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import classes


def things() -> rx.Component:
    """What was ordered."""
    return panel(
        "What you ordered",
        rx.el.ul(
            rx.foreach(OrderDesk.lines, _line),
            class_name="m-0 list-none p-0 [&>li+li]:border-t [&>li]:border-line",
        ),
    )


def _line(line: ObjectVar[LineCard]) -> rx.Component:
    return rx.el.li(
        _picture(line),
        rx.el.div(
            rx.el.div(
                rx.el.div(
                    rx.cond(
                        line.href,
                        rx.el.a(
                            line.title,
                            href=line.href,
                            class_name="font-semibold underline-offset-4 hover:underline",
                        ),
                        rx.el.span(line.title, class_name="font-semibold"),
                    ),
                    rx.el.p(line.words, class_name="text-small text-muted"),
                    rx.el.p(
                        f"Quantity {line.quantity}",
                        rx.cond(line.unit, f" · {line.unit} each", ""),
                        class_name="text-small text-muted tabular-nums",
                    ),
                    rx.cond(
                        line.note,
                        rx.el.p(line.note, class_name="text-small font-medium text-brand"),
                        rx.fragment(),
                    ),
                    class_name="min-w-0 [overflow-wrap:anywhere]",
                ),
                rx.el.p(
                    rx.cond(
                        line.was,
                        rx.el.s(line.was, class_name="block text-small text-muted"),
                        rx.fragment(),
                    ),
                    line.total,
                    class_name="text-right font-semibold tabular-nums",
                ),
                class_name="flex items-start justify-between gap-4",
            ),
            rx.cond(line.breakdown.length() > 0, _breakdown(line), rx.fragment()),
            _chances(line),
            class_name="min-w-0 grow",
        ),
        class_name="flex gap-4 py-5 first:pt-0 last:pb-0",
    )


def _picture(line: ObjectVar[LineCard]) -> rx.Component:
    size = "h-20 w-20 shrink-0 rounded-control sm:h-24 sm:w-24"
    return rx.cond(
        line.picture,
        rx.el.img(
            src=line.picture,
            alt="",
            loading="lazy",
            class_name=classes("picture-ground object-cover", size),
            custom_attrs={"width": "96", "height": "96"},
        ),
        rx.el.span(
            icon("paw", 28),
            class_name=classes("flex items-center justify-center bg-brand-soft text-brand", size),
        ),
    )


def _breakdown(line: ObjectVar[LineCard]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            "What it is made of",
            icon("chevron-down", 16, "transition [details[open]_&]:rotate-180"),
            class_name="inline-flex min-h-9 items-center gap-1 text-small font-medium text-brand",
        ),
        rx.el.ul(
            rx.foreach(
                line.breakdown,
                lambda part: rx.el.li(
                    rx.el.span(part[0], " ", rx.el.span(part[1], class_name="text-muted")),
                    rx.el.span(part[2], class_name="tabular-nums"),
                    class_name="flex justify-between gap-4 py-1",
                ),
            ),
            class_name="m-0 mt-1 list-none p-0 text-small",
        ),
        class_name="mt-1",
    )


def _chances(line: Any) -> rx.Component:
    return rx.cond(
        (line.returns > 0) | (line.remakes > 0),
        rx.el.div(
            rx.cond(
                line.remakes > 0,
                button(
                    icon("ruler", 18),
                    "It does not fit",
                    kind="secondary",
                    size="sm",
                    on_click=OrderDesk.ask_about(line.id, "remake"),
                    custom_attrs={"aria-label": f"{line.title} does not fit"},
                ),
                button(
                    icon("undo", 18),
                    "Send back",
                    kind="secondary",
                    size="sm",
                    on_click=OrderDesk.ask_about(line.id, "return"),
                    custom_attrs={"aria-label": f"Send back {line.title}"},
                ),
            ),
            rx.cond(
                line.until,
                rx.el.span(f"until {line.until}", class_name="text-small text-muted"),
                rx.fragment(),
            ),
            class_name="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1",
        ),
        rx.fragment(),
    )
