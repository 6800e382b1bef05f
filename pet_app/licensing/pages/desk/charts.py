"""Charts of the desk, drawn by us: columns by month and rows of bars."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.licensing.state.desk.figures import CHART_HIGH, CHART_WIDE, MONTHS, Bar, MonthRow
from pet_app.ui.components.badges import badge
from pet_app.ui.components.kinds import inline_style
from pet_app.ui.components.tables import row, table

SERIES = (
    ("issued", "Issued anew", "text-brand", "bg-brand"),
    ("renewed", "Renewed", "text-accent", "bg-accent"),
    ("rejected", "Rejected", "text-danger", "bg-danger"),
)


def columns_by_month(chart: Any, months: Any) -> rx.Component:
    """A year in columns, with the same in a table for who would rather read it."""
    return rx.el.div(
        rx.el.ul(
            *(
                rx.el.li(
                    rx.el.span(class_name=f"h-3 w-3 rounded-sm {ground}"),
                    name,
                    class_name="flex items-center gap-2",
                )
                for _, name, _, ground in SERIES
            ),
            class_name="m-0 mb-3 flex list-none flex-wrap gap-x-5 gap-y-1 p-0 text-small",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.span(chart.top),
                rx.el.span(chart.middle),
                rx.el.span("0"),
                class_name="flex w-10 shrink-0 flex-col justify-between pb-6 text-right "
                "text-label tabular-nums text-muted",
            ),
            rx.el.div(
                rx.el.svg(
                    rx.el.path(
                        d=f"M0 1H{CHART_WIDE}M0 {CHART_HIGH / 2}H{CHART_WIDE}",
                        custom_attrs={"stroke": "var(--line)", "strokeDasharray": "4 4"},
                    ),
                    *(
                        rx.el.path(
                            d=chart[name],
                            class_name=colour,
                            custom_attrs={"fill": "currentColor"},
                        )
                        for name, _, colour, _ in SERIES
                    ),
                    rx.el.path(
                        d=f"M0 {CHART_HIGH}H{CHART_WIDE}",
                        custom_attrs={"stroke": "var(--edge)"},
                    ),
                    view_box=f"0 0 {CHART_WIDE} {CHART_HIGH}",
                    class_name="block h-44 w-full",
                    custom_attrs={
                        "preserveAspectRatio": "none",
                        "role": "img",
                        "aria-label": "Licences by month; the table below says the same",
                    },
                ),
                rx.el.div(
                    *(
                        rx.el.span(
                            month[0],
                            rx.el.span(month[1:], class_name="max-sm:hidden"),
                            class_name="text-center",
                        )
                        for month in MONTHS
                    ),
                    class_name="grid grid-cols-12 pt-1.5 text-label text-muted",
                    custom_attrs={"aria-hidden": "true"},
                ),
                class_name="min-w-0 grow",
            ),
            class_name="flex gap-3",
        ),
        rx.el.details(
            rx.el.summary(
                "As a table",
                class_name="mt-3 inline-flex min-h-10 list-none items-center text-small "
                "font-medium text-brand underline underline-offset-4",
            ),
            table(
                "Licences by month",
                ["Month", *(name for _, name, _, _ in SERIES)],
                rx.foreach(months, _month),
            ),
        ),
    )


def _month(month: ObjectVar[MonthRow]) -> rx.Component:
    return row(
        month.name,
        month.issued.to_string(),
        month.renewed.to_string(),
        month.rejected.to_string(),
    )


def bars(found: Any, none: str) -> rx.Component:
    """Rows of bars, each with its number; `none` where there are no rows."""
    return rx.cond(
        found.length() > 0,
        rx.el.dl(rx.foreach(found, _bar), class_name="m-0 flex flex-col gap-3"),
        rx.el.p(none, class_name="text-small text-muted"),
    )


def _bar(bar: ObjectVar[Bar]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(
            rx.el.span(
                bar.name,
                rx.cond(
                    bar.assumption,
                    badge("Our estimate", tone="warn", class_name="ml-2"),
                    rx.fragment(),
                ),
            ),
            class_name="min-w-0 grow text-small",
        ),
        rx.el.dd(bar.value, class_name="m-0 text-small font-semibold tabular-nums"),
        rx.el.dd(
            rx.el.div(
                rx.el.div(
                    class_name="h-full rounded-full bg-brand",
                    custom_attrs=inline_style(width=f"{bar.percent}%"),
                ),
                rx.cond(
                    bar.marked,
                    rx.el.div(
                        class_name="absolute -inset-y-1 w-0.5 bg-accent",
                        custom_attrs=inline_style(left=f"{bar.mark}%"),
                    ),
                    rx.fragment(),
                ),
                class_name="relative h-2.5 rounded-full bg-sunk",
                custom_attrs={"aria-hidden": "true"},
            ),
            rx.cond(
                bar.note,
                rx.el.p(bar.note, class_name="mt-1.5 text-label text-muted"),
                rx.fragment(),
            ),
            class_name="m-0 mt-1 basis-full",
        ),
        class_name="flex flex-wrap items-baseline justify-between gap-x-4",
    )
