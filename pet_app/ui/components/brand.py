"""Our mark: the box and cross a maker sews where a seam has to hold."""

import reflex as rx

from pet_app.ui.components.icons import LINE

GROUND = {"fill": "var(--mark-ground)", "stroke": "none"}


def mark(size: int = 32) -> rx.Component:
    """The mark alone."""
    return rx.el.svg(
        rx.el.rect(width="32", height="32", rx="9", custom_attrs=GROUND),
        rx.el.path(
            d="M7 7h18v18H7zM9 9l14 14M23 9L9 23",
            custom_attrs={
                "stroke": "var(--accent)",
                "strokeWidth": "2.4",
                "strokeDasharray": "4.2 3.6",
            },
        ),
        width=str(size),
        height=str(size),
        view_box="0 0 32 32",
        custom_attrs=LINE,
        class_name="shrink-0",
    )


def logo() -> rx.Component:
    """The mark with the name of the shop."""
    return rx.el.span(
        mark(),
        rx.el.span(
            "Harness Hero",
            class_name="font-display text-[1.25rem] leading-none font-bold whitespace-nowrap "
            "tracking-[-0.035em]",
        ),
        class_name="inline-flex items-center gap-2.5 text-ink",
    )
