"""The clerk's queue: what waits, the longest first."""

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.core.security import Permission
from pet_app.licensing.pages.desk.controls import choice, search_field
from pet_app.licensing.pages.desk.frame import desk, waiting
from pet_app.licensing.pages.desk.keys import key, pressed_by
from pet_app.licensing.pages.desk.marks import toned
from pet_app.licensing.rules.standing import Kind
from pet_app.licensing.state.desk.queue import Queue, ShelfTab
from pet_app.licensing.state.desk.rows import QueueRow
from pet_app.ui.components.badges import badge
from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.cards import SURFACE
from pet_app.ui.components.conditions import empty_state
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import classes
from pet_app.ui.components.messages import notice
from pet_app.ui.page import Page

COLUMNS = (
    "lg:grid-cols-[minmax(11rem,1.5fr)_minmax(9rem,1.2fr)_8rem_6.5rem_minmax(9rem,1.3fr)_5rem]"
)


def queue() -> rx.Component:
    """Shelves, filters, rows."""
    return desk(
        rx.el.span(Queue.heading),
        told(),
        _shelves(),
        _filters(),
        rx.cond(
            Queue.listed,
            rx.cond(Queue.rows.length() > 0, _rows(), _nothing()),
            waiting(*["h-14"] * 8),
        ),
        on_town=Queue.go_to_queue_of,
        anywhere=True,
        action=_start(),
    )


def told() -> rx.Component:
    """What was just done, with the way back to it."""
    return rx.el.div(
        rx.cond(
            Queue.told,
            notice(
                rx.el.span(Queue.told),
                rx.el.a(
                    "Open it again",
                    href=Queue.told_href,
                    class_name="ml-3 underline underline-offset-4",
                ),
                tone="good",
                class_name="mb-4",
            ),
            rx.fragment(),
        ),
        custom_attrs={"aria-live": "polite"},
    )


def _start() -> rx.Component:
    return rx.el.div(
        rx.cond(
            Queue.overdue > 0,
            badge(
                icon("alert", 14),
                rx.el.span(Queue.overdue, " waiting too long"),
                tone="danger",
            ),
            rx.fragment(),
        ),
        rx.cond(
            Queue.rows.length() > 0,
            link_button(
                "Begin with the first",
                key("x"),
                href=Queue.rows[0].href,
                size="sm",
                custom_attrs=pressed_by("x"),
            ),
            rx.fragment(),
        ),
        class_name="flex flex-wrap items-center gap-3",
    )


def _shelves() -> rx.Component:
    return rx.el.div(
        rx.foreach(Queue.tabs, _shelf),
        role="group",
        class_name="mb-3 flex gap-1 overflow-x-auto",
        custom_attrs={"aria-label": "Where they stand"},
    )


def _shelf(tab: ObjectVar[ShelfTab]) -> rx.Component:
    return rx.el.button(
        tab.name,
        rx.el.span(tab.count, class_name="text-label font-semibold tabular-nums opacity-75"),
        type="button",
        on_click=Queue.choose_shelf(tab.id),
        class_name="inline-flex min-h-10 shrink-0 items-center gap-2 rounded-full px-3.5 "
        "text-small font-medium whitespace-nowrap text-muted transition hover:bg-sunk "
        "hover:text-ink aria-pressed:bg-brand aria-pressed:text-on-brand",
        custom_attrs={"aria-pressed": rx.cond(Queue.shelf == tab.id, "true", "false")},
    )


def _filters() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            search_field(
                "Find a case",
                "Pet, holder, microchip, rabies tag",
                Queue.text,
                Queue.find_case,
                # Drawn afresh when it is emptied from elsewhere, and not while somebody types.
                key=f"text-{Queue.cleared}",
            ),
            class_name="min-w-52 grow sm:max-w-80",
        ),
        choice(
            "Kind",
            rx.el.option("Every kind", value=""),
            *(rx.el.option(kind.label, value=kind.value) for kind in Kind),
            value=Queue.kind,
            choose=Queue.choose_kind,
        ),
        choice(
            "Order",
            rx.el.option("Longest waiting first", value="oldest"),
            rx.el.option("Newest first", value="newest"),
            value=Queue.sort,
            choose=Queue.choose_order,
        ),
        rx.el.label(
            rx.el.input(
                type="checkbox",
                checked=Queue.mine,
                on_change=Queue.turn_mine,
                class_name="h-4.5 w-4.5 accent-[var(--brand)]",
            ),
            "Handed to me",
            class_name="flex min-h-10 cursor-pointer items-center gap-2 text-small font-medium",
        ),
        rx.cond(
            Queue.filtered,
            button("Show all", kind="quiet", size="sm", on_click=Queue.clear),
            rx.fragment(),
        ),
        role="search",
        class_name="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2",
        custom_attrs={"aria-label": "Cases"},
    )


def _rows() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            *(
                rx.el.span(name, class_name="last:text-right")
                for name in ("Pet", "Holder", "Asked for", "Waiting", "", "Fee")
            ),
            class_name=classes(
                "hidden gap-4 px-4 pb-1.5 text-label font-semibold text-muted lg:grid", COLUMNS
            ),
            custom_attrs={"aria-hidden": "true"},
        ),
        rx.el.ul(
            rx.foreach(Queue.rows, _row),
            class_name=classes(SURFACE, "m-0 list-none divide-y divide-line overflow-hidden p-0"),
        ),
        rx.cond(
            Queue.more,
            rx.el.div(
                button("Show more", kind="secondary", size="sm", on_click=Queue.list_more),
                class_name="mt-4 flex justify-center",
            ),
            rx.fragment(),
        ),
    )


def _row(row: ObjectVar[QueueRow]) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                rx.el.span(row.pet, class_name="font-semibold [overflow-wrap:anywhere]"),
                rx.el.span(
                    row.species,
                    rx.cond(row.town, rx.el.span(" · ", row.town), ""),
                    class_name="block text-label font-normal text-muted",
                ),
                class_name="min-w-0 max-lg:grow",
            ),
            rx.el.span(
                row.holder, class_name="min-w-0 text-muted lg:text-ink [overflow-wrap:anywhere]"
            ),
            # On a phone the rest stands on a line of its own.
            rx.el.span(class_name="basis-full lg:hidden"),
            rx.el.span(row.kind),
            rx.el.span(
                rx.cond(
                    row.age == "danger",
                    icon("alert", 14, "mr-1 inline align-[-2px]"),
                    rx.fragment(),
                ),
                row.waiting,
                class_name=rx.match(
                    row.age,
                    ("danger", "font-semibold text-danger tabular-nums whitespace-nowrap"),
                    ("warn", "font-semibold text-warn tabular-nums whitespace-nowrap"),
                    "tabular-nums whitespace-nowrap",
                ),
            ),
            rx.el.span(
                rx.cond(row.mark, toned(row.mark, row.mark_tone), rx.fragment()),
                rx.cond(
                    row.held,
                    badge(icon("lock", 13), row.held, tone="warn"),
                    rx.cond(
                        row.assigned,
                        badge(icon("person", 13), row.assigned),
                        rx.fragment(),
                    ),
                ),
                rx.el.span(row.papers, class_name="text-label text-muted"),
                class_name="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1",
            ),
            rx.el.span(row.fee, class_name="tabular-nums lg:text-right"),
            href=row.href,
            class_name=classes(
                "flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-small no-underline "
                "transition-colors hover:bg-sunk focus-visible:bg-brand-soft "
                "focus-visible:outline-offset-[-3px] lg:grid",
                COLUMNS,
            ),
            custom_attrs={"data-row": ""},
        ),
    )


def _nothing() -> rx.Component:
    return rx.cond(
        Queue.filtered,
        empty_state(
            "None of these",
            "Nothing here fits what you are looking for.",
            button("Show all", kind="secondary", on_click=Queue.clear),
            symbol="search",
        ),
        rx.cond(
            Queue.shelf == "in_review",
            empty_state(
                "Nothing waits",
                "Every application is decided. New ones appear here by themselves.",
                symbol="check",
            ),
            empty_state("Nothing here", "No application stands here just now.", symbol="check"),
        ),
    )


PAGE = Page(
    route="/licensing/desk",
    view=queue,
    title="Licence desk",
    area="bare",
    on_load=Queue.open_queue,
    requires=Permission.LICENCES,
)
