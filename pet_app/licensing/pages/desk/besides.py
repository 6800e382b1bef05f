"""What else there is to know of a case: fee, household, who has it, what happened."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.licensing.pages.desk.controls import choice
from pet_app.licensing.pages.receipt import receipt_lines
from pet_app.licensing.state.desk.case import CaseDesk, Colleague
from pet_app.licensing.state.desk.shown import Other, StepShown
from pet_app.ui.components.badges import badge
from pet_app.ui.components.buttons import text_link
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child

CASE: Any = CaseDesk.case


def besides() -> rx.Component:
    """Below the form, each part folded but for the fee."""
    return rx.el.div(
        _part(
            "Fee and term",
            receipt_lines(CaseDesk.fees),
            rx.el.p(
                rx.el.span("Would hold until ", class_name="text-muted"),
                rx.el.span(CASE.ends, class_name="font-semibold"),
                rx.cond(CASE.why_it_ends, rx.el.span(". ", CASE.why_it_ends), ""),
                class_name="mt-2 text-small",
            ),
            rx.cond(
                CASE.licence,
                rx.el.p(
                    "Licence ",
                    text_link(CASE.licence, href=CASE.licence_href),
                    class_name="mt-2 text-small",
                ),
                rx.fragment(),
            ),
        ),
        rx.cond(
            CaseDesk.others.length() > 0,
            _part(
                rx.el.span("Household, ", CaseDesk.others.length(), " more"),
                rx.el.ul(
                    rx.foreach(CaseDesk.others, _other),
                    class_name="m-0 flex list-none flex-col gap-1.5 p-0 text-small",
                ),
            ),
            rx.fragment(),
        ),
        _part("Who looks after it", _colleagues()),
        _part(
            "What happened",
            rx.el.ol(
                rx.foreach(CaseDesk.steps, _step),
                class_name="m-0 flex list-none flex-col gap-3 p-0",
            ),
        ),
        class_name="mt-6 divide-y divide-line border-y border-line",
    )


def _part(title: Child, *children: Child) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            icon("chevron-right", 16, "transition group-open:rotate-90"),
            rx.el.h2(title, class_name="font-body text-small font-semibold"),
            class_name="-mx-2 flex min-h-11 list-none items-center gap-2 rounded-control px-2 "
            "hover:bg-sunk",
        ),
        rx.el.div(*children, class_name="pt-1 pb-4 pl-6"),
        class_name="group",
        open=True,
    )


def _other(other: ObjectVar[Other]) -> rx.Component:
    return rx.el.li(
        text_link(other.number, href=other.href),
        rx.el.span(" ", other.about, class_name="text-muted"),
    )


def _colleagues() -> rx.Component:
    return rx.el.div(
        choice(
            "Hand this case to",
            rx.el.option("Nobody in particular", value=""),
            rx.foreach(CaseDesk.colleagues, _colleague),
            value=CASE.assigned_to,
            choose=CaseDesk.hand_to,
            disabled=~CaseDesk.may.contains("assign"),
        ),
        class_name="max-w-72",
    )


def _colleague(colleague: ObjectVar[Colleague]) -> rx.Component:
    return rx.el.option(colleague.name, value=colleague.id)


def _step(step: ObjectVar[StepShown]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.span(step.what, class_name="font-semibold"),
            rx.cond(step.internal, badge("Clerks only", tone="brand"), rx.fragment()),
            rx.el.span(step.who, " · ", step.at, class_name="text-muted"),
            class_name="flex flex-wrap items-center gap-x-2 gap-y-1 text-small",
        ),
        rx.cond(
            step.words,
            rx.el.p(
                step.words,
                class_name="mt-0.5 text-small whitespace-pre-line [overflow-wrap:anywhere]",
            ),
            rx.fragment(),
        ),
    )
