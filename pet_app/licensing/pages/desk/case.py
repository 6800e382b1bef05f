"""One case: what the owner told beside the papers, and the decision below it."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.core.security import Permission
from pet_app.licensing.pages.desk.besides import besides
from pet_app.licensing.pages.desk.dialogs import dialogs
from pet_app.licensing.pages.desk.frame import DESK, bar, for_clerks
from pet_app.licensing.pages.desk.keys import key, key_list, keys, pressed_by
from pet_app.licensing.pages.desk.marks import toned
from pet_app.licensing.pages.desk.paper import paper
from pet_app.licensing.pages.desk.queue import told
from pet_app.licensing.state.desk.case import CaseDesk
from pet_app.licensing.state.desk.shown import Told, ToldGroup
from pet_app.ui.components.badges import badge
from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.conditions import error_state, skeleton
from pet_app.ui.components.icons import icon
from pet_app.ui.components.messages import notice
from pet_app.ui.page import Page

CASE: Any = CaseDesk.case
MAY: Any = CaseDesk.may
TALL = "lg:h-[calc(100dvh-4rem)]"


def case() -> rx.Component:
    """The case of the address."""
    return for_clerks(
        bar(CaseDesk.leave_for, anywhere=True),
        rx.match(
            CaseDesk.stage,
            ("open", _open()),
            (
                "missing",
                rx.el.div(
                    rx.el.h1("No such case", class_name="sr-only"),
                    error_state(
                        "There is no such case here",
                        "It may lie with another town, or its owner has taken it back.",
                        link_button("To the queue", href=DESK),
                    ),
                    class_name="mx-auto max-w-3xl p-6",
                ),
            ),
            _waiting(),
        ),
        keys(CASE.id),
        key_list(),
    )


def _open() -> rx.Component:
    return rx.el.div(
        rx.el.div(told(), _head(), _troubles(), class_name="min-w-0 px-4 pt-3 pb-4 sm:px-6"),
        rx.el.aside(
            paper(CaseDesk.papers),
            class_name="flex min-w-0 flex-col bg-sunk max-lg:h-[60dvh] max-lg:border-y "
            f"max-lg:border-line lg:sticky lg:top-16 lg:col-start-2 lg:row-span-3 "
            f"lg:row-start-1 {TALL} lg:border-l lg:border-line",
            custom_attrs={"aria-label": "Papers"},
        ),
        rx.el.div(
            rx.el.div(
                rx.el.p(
                    rx.el.span(
                        class_name="h-4 w-1.5 bg-accent", custom_attrs={"aria-hidden": "true"}
                    ),
                    "Has to be the same on the paper",
                    class_name="flex items-center gap-2 text-label text-muted",
                ),
                rx.foreach(CaseDesk.groups, _group),
                class_name="flex flex-col gap-4 pt-3 lg:pt-0",
            ),
            besides(),
            class_name="min-w-0 grow px-4 pb-8 sm:px-6",
        ),
        _actions(),
        dialogs(),
        class_name="grid grid-cols-[minmax(0,1fr)] "
        "lg:grid-cols-[minmax(24rem,0.9fr)_minmax(0,1.1fr)] lg:grid-rows-[auto_1fr_auto]",
        data_testid="case",
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.a(
                icon("arrow-left", 16),
                "Queue",
                key("u"),
                href=DESK,
                class_name="-ml-2 inline-flex min-h-9 items-center gap-1.5 rounded-full px-2 "
                "text-small font-medium text-muted no-underline hover:text-ink",
                custom_attrs=pressed_by("u"),
            ),
            rx.el.span(
                CaseDesk.place, class_name="text-small tabular-nums text-muted", role="status"
            ),
            rx.el.span(class_name="grow"),
            button(
                "Before",
                key("k"),
                kind="quiet",
                size="sm",
                class_name="max-sm:px-2",
                disabled=CaseDesk.before_id == "",
                on_click=CaseDesk.go_on(-1),
                custom_attrs=pressed_by("k"),
            ),
            button(
                "Next",
                key("x"),
                kind="quiet",
                size="sm",
                class_name="max-sm:px-2",
                on_click=CaseDesk.go_on(1),
                custom_attrs=pressed_by("x", "j"),
            ),
            class_name="flex items-center gap-x-1 sm:gap-x-3",
        ),
        rx.el.h1(
            CASE.title,
            rx.el.span(" · ", CASE.kind, class_name="font-normal text-muted"),
            class_name="mt-1 text-heading outline-none [overflow-wrap:anywhere]",
            tab_index=-1,
            custom_attrs={"data-home": ""},
        ),
        rx.el.p(
            toned(CASE.status, CASE.status_tone),
            rx.cond(
                CASE.waiting,
                rx.match(
                    CASE.age,
                    ("danger", badge(CASE.waiting, tone="danger")),
                    ("warn", badge(CASE.waiting, tone="warn")),
                    badge(CASE.waiting),
                ),
                rx.fragment(),
            ),
            rx.el.span(CASE.town, class_name="text-muted"),
            rx.el.span(CASE.fee, " · ", CASE.term, class_name="tabular-nums text-muted"),
            class_name="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-small",
        ),
    )


def _troubles() -> rx.Component:
    return rx.el.div(
        rx.cond(
            CASE.held,
            notice(
                rx.el.p(CASE.held, " You can read it and leave a note."),
                button(
                    "Try to take it",
                    kind="secondary",
                    size="sm",
                    class_name="mt-2",
                    on_click=CaseDesk.take,
                ),
                tone="warn",
            ),
            rx.fragment(),
        ),
        rx.cond(
            CASE.reason | CASE.words,
            notice(
                rx.el.p(CASE.words, class_name="whitespace-pre-line [overflow-wrap:anywhere]"),
            ),
            rx.fragment(),
        ),
        rx.cond(
            CASE.doubts.length() > 0,
            notice(
                rx.el.p("Look closely:"),
                rx.el.ul(
                    rx.foreach(
                        CASE.doubts,
                        lambda doubt: rx.el.li(doubt, class_name="[overflow-wrap:anywhere]"),
                    ),
                    class_name="m-0 list-disc pl-4",
                ),
                tone="warn",
            ),
            rx.fragment(),
        ),
        class_name="mt-4 flex flex-col gap-2 empty:hidden",
    )


def _group(group: ObjectVar[ToldGroup]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(group.title, class_name="mb-1.5 font-body text-small font-semibold"),
        rx.el.dl(
            rx.foreach(group.fields, _told),
            class_name="m-0 grid grid-cols-2 gap-x-2 gap-y-1 xl:grid-cols-3",
        ),
    )


def _told(told: ObjectVar[Told]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(told.label, class_name="text-label text-muted"),
        rx.el.dd(
            rx.cond(told.value, told.value, rx.el.span("Not told", class_name="text-muted")),
            class_name="m-0 text-small font-medium [overflow-wrap:anywhere]",
        ),
        class_name=rx.cond(
            told.compare,
            "min-w-0 border-l-3 border-accent bg-accent-soft/60 px-2.5 py-1.5",
            "min-w-0 border-l-3 border-transparent px-2.5 py-1.5",
        ),
    )


def _actions() -> rx.Component:
    return rx.el.div(
        rx.cond(
            MAY.contains("audit"),
            rx.fragment(
                button(
                    "It was right",
                    key("a"),
                    busy=CaseDesk.busy,
                    on_click=CaseDesk.pass_audit,
                    custom_attrs=pressed_by("a"),
                ),
                button(
                    "It was wrong",
                    key("r"),
                    kind="danger",
                    on_click=CaseDesk.ask("audit_failed"),
                    custom_attrs=pressed_by("r"),
                ),
            ),
            rx.fragment(
                _action("approve", "Approve", "a", "primary"),
                _action("ask_more", "Ask for more", "m", "secondary"),
                _action("reject", "Reject", "r", "danger"),
            ),
        ),
        _action("note", "Note", "n", "quiet"),
        class_name="sticky bottom-0 z-20 flex items-center gap-1.5 border-t border-line bg-surface "
        "px-3 py-2.5 sm:gap-2 sm:px-6",
        role="group",
        custom_attrs={"aria-label": "Decide"},
    )


def _action(what: Any, words: str, letter: str, kind: Any) -> rx.Component:
    return rx.cond(
        MAY.contains(what),
        button(
            words,
            key(letter),
            kind=kind,
            disabled=CaseDesk.busy,
            on_click=CaseDesk.ask(what),
            class_name="max-sm:px-3 max-sm:text-small",
            custom_attrs=pressed_by(letter),
        ),
        rx.fragment(),
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            skeleton("h-9 w-40"),
            skeleton("h-10 w-72"),
            skeleton("h-48 w-full"),
            skeleton("h-48 w-full"),
            class_name="flex flex-col gap-4 p-6",
        ),
        skeleton(f"h-96 w-full !rounded-none {TALL}"),
        rx.el.h1("Opening the case…", class_name="sr-only"),
        class_name="grid lg:grid-cols-[minmax(24rem,0.9fr)_minmax(0,1.1fr)]",
    )


PAGE = Page(
    route="/licensing/desk/[case]",
    view=case,
    title="A licence case",
    area="bare",
    on_load=CaseDesk.open_case,
    requires=Permission.LICENCES,
)
