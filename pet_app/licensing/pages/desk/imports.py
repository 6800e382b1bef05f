"""Licences from elsewhere: a file is looked through first, and taken in when one says so."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.core.security import Permission
from pet_app.licensing.pages.desk.frame import desk, waiting
from pet_app.licensing.pages.desk.marks import toned
from pet_app.licensing.state.desk.imports import ColumnRow, FaultRow, ImportDesk, ImportRow
from pet_app.ui.components.buttons import button
from pet_app.ui.components.cards import panel
from pet_app.ui.components.conditions import progress
from pet_app.ui.components.messages import notice
from pet_app.ui.components.tables import row, table
from pet_app.ui.components.upload import upload
from pet_app.ui.page import Page

CURRENT: Any = ImportDesk.current
MOST_BYTES = 32 * 1024 * 1024


def imports() -> rx.Component:
    """The file beside what such a file holds."""
    return desk(
        "Licences from elsewhere",
        rx.cond(
            ImportDesk.imports_shown,
            rx.el.div(
                rx.el.div(_send(), _current(), _before(), class_name="flex min-w-0 flex-col gap-6"),
                _columns(),
                class_name="grid items-start gap-6 lg:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)]",
            ),
            waiting("h-24", "h-64"),
        ),
        on_town=ImportDesk.go_to_imports_of,
    )


def _send() -> rx.Component:
    return rx.el.div(
        upload(
            "Choose a CSV file",
            "file",
            action=ImportDesk.upload_to,
            on_arrived=ImportDesk.arrived,
            help="It is looked through first. Nothing is taken in until you say so.",
            accept=".csv,text/csv",
            most=MOST_BYTES,
            symbol="plus",
            too_large="This file is larger than 32 MB. Send it in parts.",
        ),
    )


def _current() -> rx.Component:
    return rx.cond(
        CURRENT.id,
        panel(
            f"The file of {CURRENT.when}",
            rx.el.div(
                rx.cond(
                    CURRENT.moving,
                    progress(CURRENT.words, CURRENT.percent, CURRENT.counted),
                    rx.el.p(CURRENT.counted, class_name="text-small"),
                ),
                rx.cond(
                    CURRENT.state == "ready",
                    rx.el.div(
                        rx.cond(
                            CURRENT.good > 0,
                            button("Take in what is good", on_click=ImportDesk.take_in),
                            rx.fragment(),
                        ),
                        rx.el.span(
                            "Lines with a fault stay out. Mend them and send the file again: what "
                            "is in already is not taken in twice.",
                            class_name="max-w-prose text-small text-muted",
                        ),
                        class_name="mt-4 flex flex-wrap items-center gap-4",
                    ),
                    rx.fragment(),
                ),
                rx.cond(
                    CURRENT.state == "done",
                    notice("Every good line of this file is a licence of this town.", tone="good"),
                    rx.fragment(),
                ),
                rx.cond(ImportDesk.faults.length() > 0, _faults(), rx.fragment()),
                class_name="flex flex-col gap-3",
                custom_attrs={"aria-live": "polite"},
            ),
            action=toned(CURRENT.words, CURRENT.tone),
        ),
        rx.fragment(),
    )


def _faults() -> rx.Component:
    return rx.el.div(
        rx.el.h3(
            rx.el.span("What is wrong with it, the first ", ImportDesk.faults.length()),
            class_name="mb-2 font-body text-small font-semibold",
        ),
        rx.el.div(
            rx.el.ul(
                rx.foreach(ImportDesk.faults, _fault),
                class_name="m-0 list-none divide-y divide-line p-0",
            ),
            tab_index=0,
            role="group",
            class_name="max-h-96 overflow-y-auto rounded-control bg-sunk px-4 py-1",
            custom_attrs={"aria-label": "Faults in the file"},
        ),
    )


def _fault(fault: ObjectVar[FaultRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(fault.place, class_name="w-44 shrink-0 font-semibold tabular-nums"),
        rx.el.span(fault.words, class_name="[overflow-wrap:anywhere]"),
        class_name="flex flex-wrap gap-x-4 py-1.5 text-small",
    )


def _before() -> rx.Component:
    return rx.cond(
        ImportDesk.runs.length() > 1,
        panel(
            "Files before",
            rx.el.ul(
                rx.foreach(ImportDesk.runs, _run),
                class_name="m-0 list-none divide-y divide-line p-0",
            ),
        ),
        rx.fragment(),
    )


def _run(run: ObjectVar[ImportRow]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(run.when, class_name="font-medium"),
            rx.el.span(run.counted, class_name="grow text-left text-muted"),
            toned(run.words, run.tone),
            type="button",
            on_click=ImportDesk.look_at(run.id),
            class_name="-mx-2 flex min-h-11 w-full flex-wrap items-center gap-x-4 gap-y-1 "
            "rounded-control px-2 py-1.5 text-small hover:bg-sunk",
        ),
    )


def _columns() -> rx.Component:
    return panel(
        "What a file holds",
        table(
            "Columns of the file",
            ["Column", "What stands in it"],
            rx.foreach(ImportDesk.columns, _column),
        ),
        rx.el.p(
            "The first line names the columns, in any order. Days are written 2026-04-30.",
            class_name="mt-3 text-small text-muted",
        ),
        action=button(
            "Empty file", kind="secondary", size="sm", on_click=ImportDesk.download_empty
        ),
    )


def _column(column: ObjectVar[ColumnRow]) -> rx.Component:
    return row(
        rx.el.code(column.name, class_name="font-mono text-label"),
        rx.el.span(
            column.holds,
            rx.cond(column.needed, "", rx.el.span(" (may be empty)", class_name="text-muted")),
        ),
    )


PAGE = Page(
    route="/licensing/desk/import",
    view=imports,
    title="Licences from elsewhere",
    area="bare",
    on_load=ImportDesk.open_imports,
    requires=Permission.LICENCES,
)
