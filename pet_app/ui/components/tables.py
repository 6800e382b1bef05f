"""Tables of data, which scroll sideways inside their frame on a narrow screen."""

import reflex as rx

from pet_app.ui.components.kinds import Child, Text

CELL = "px-4 py-3 text-left align-top"


def table(caption: Text, headings: list[str], *rows: rx.Component | rx.Var) -> rx.Component:
    """Rows under headings; `caption` tells a screen reader what the table is of."""
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="sr-only"),
            rx.el.thead(
                rx.el.tr(
                    *(
                        rx.el.th(
                            text,
                            scope="col",
                            class_name=f"{CELL} font-semibold text-ink",
                        )
                        for text in headings
                    ),
                    class_name="border-b border-line",
                )
            ),
            rx.el.tbody(*rows, class_name="[&>tr+tr]:border-t [&>tr]:border-line"),
            class_name="w-full border-collapse text-small tabular-nums",
        ),
        tab_index=0,
        role="region",
        custom_attrs={"aria-label": caption},
        class_name="overflow-x-auto rounded-card bg-surface ring-1 ring-inset ring-line",
    )


def row(heading: Child, *cells: Child) -> rx.Component:
    """One row; its first cell names it."""
    return rx.el.tr(
        rx.el.th(heading, scope="row", class_name=f"{CELL} font-medium text-ink"),
        *(rx.el.td(cell, class_name=f"{CELL} text-muted") for cell in cells),
    )


def facts(*pairs: tuple[Child, Child]) -> rx.Component:
    """Names and what they are, as a list of definitions."""
    return rx.el.dl(
        *(
            rx.el.div(
                rx.el.dt(name, class_name="text-muted"),
                rx.el.dd(value, class_name="m-0 text-right font-medium text-ink tabular-nums"),
                class_name="flex justify-between gap-6 border-t border-line py-3 first:border-0",
            )
            for name, value in pairs
        ),
        class_name="m-0 text-small",
    )
