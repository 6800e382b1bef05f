"""A town's year in figures and charts, and its records to take along."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.core.security import Permission
from pet_app.licensing.pages.desk.charts import bars, columns_by_month
from pet_app.licensing.pages.desk.controls import choice
from pet_app.licensing.pages.desk.frame import desk, waiting
from pet_app.licensing.state.desk.figures import FigureDesk, Tile
from pet_app.ui.components.buttons import link_button
from pet_app.ui.components.cards import SURFACE, panel
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import classes
from pet_app.ui.page import Page

CHART: Any = FigureDesk.chart


def figures() -> rx.Component:
    """Figures first, then charts."""
    return desk(
        rx.el.span("Figures of ", FigureDesk.year),
        rx.cond(
            FigureDesk.figures_shown,
            rx.el.div(
                rx.el.dl(
                    rx.foreach(FigureDesk.tiles, _tile),
                    class_name="m-0 grid grid-cols-2 gap-3 lg:grid-cols-4",
                ),
                panel("Licences by month", columns_by_month(CHART, FigureDesk.months)),
                rx.el.div(
                    panel(
                        "How many animals are licensed",
                        bars(
                            FigureDesk.compliance,
                            "Nobody has said how many animals live in this town.",
                        ),
                    ),
                    panel(
                        "Valid licences today",
                        bars(FigureDesk.licensed, "There is no valid licence."),
                    ),
                    panel(
                        "How long cases wait just now",
                        bars(FigureDesk.waiting, "Nothing waits."),
                    ),
                    panel(
                        "Why cases were rejected",
                        bars(FigureDesk.reasons, "Nothing was rejected this year."),
                    ),
                    class_name="grid items-start gap-4 md:grid-cols-2",
                ),
                rx.el.p(FigureDesk.as_of, class_name="text-small text-muted"),
                class_name="flex flex-col gap-4",
            ),
            waiting("h-40", "h-64", "h-40"),
        ),
        on_town=FigureDesk.go_to_figures_of,
        action=_action(),
    )


def _action() -> rx.Component:
    return rx.el.div(
        choice(
            "Year",
            rx.foreach(FigureDesk.years, lambda year: rx.el.option(year, value=year)),
            value=FigureDesk.year,
            choose=FigureDesk.choose_year,
        ),
        *(
            link_button(
                icon("download", 16),
                words,
                href=f"/api/v1/licensing/desk/towns/{FigureDesk.town_id}/{what}.csv",
                kind="secondary",
                size="sm",
                custom_attrs={"reloadDocument": True, "download": ""},
            )
            for what, words in (("licences", "Licences"), ("applications", "Cases"))
        ),
        class_name="flex flex-wrap items-center gap-2",
    )


def _tile(tile: ObjectVar[Tile]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(tile.name, class_name="text-small text-muted"),
        rx.el.dd(
            tile.value, class_name="m-0 mt-1 font-display text-heading font-semibold tabular-nums"
        ),
        rx.el.dd(tile.note, class_name="m-0 mt-1 text-label text-muted tabular-nums"),
        class_name=classes(SURFACE, "min-w-0 p-4"),
    )


PAGE = Page(
    route="/licensing/desk/figures",
    view=figures,
    title="Figures of the town",
    area="bare",
    on_load=FigureDesk.open_figures,
    requires=Permission.LICENCES,
)
