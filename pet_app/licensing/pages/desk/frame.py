"""What stands round every page of the desk: where one is, for which town, and the keys."""

from typing import Any

import reflex as rx

from pet_app.core.security import Permission
from pet_app.licensing.pages.desk.keys import key_list, keys, pressed_by
from pet_app.licensing.state.desk.town import EVERYWHERE, Desk, TownChoice
from pet_app.ui.components.buttons import link_button
from pet_app.ui.components.conditions import empty_state, error_state, skeleton
from pet_app.ui.components.header import current
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child, classes
from pet_app.ui.session import may

DESK = "/licensing/desk"
PLACES = (
    ("Queue", DESK),
    ("Licences", f"{DESK}/licences"),
    ("Counter", f"{DESK}/counter"),
    ("Figures", f"{DESK}/figures"),
    ("Fees", f"{DESK}/simulator"),
    ("Import", f"{DESK}/import"),
    ("Policy", f"{DESK}/policy"),
)
WIDE = "mx-auto w-full max-w-[104rem] px-4 sm:px-6"


def desk(
    title: Child,
    *children: Child,
    on_town: Any,
    anywhere: bool = False,
    action: rx.Component | None = None,
    at: Any = "",
) -> rx.Component:
    """A page of the desk under its heading, for who decides for a town.

    `on_town` takes the id of the town chosen; with `anywhere` all of one's towns at once is a
    choice. Whenever `at` changes, the heading has the focus.
    """
    return for_clerks(
        bar(on_town, anywhere=anywhere),
        rx.el.div(
            rx.cond(
                Desk.entered & (Desk.desk_towns.length() == 0),
                rx.el.div(
                    rx.el.h1("Licence desk", class_name="sr-only"),
                    empty_state(
                        "No town has appointed you yet",
                        "Ask whoever runs this site to appoint you as a clerk of your town. Then "
                        "its queue is here.",
                        symbol="shield",
                    ),
                ),
                rx.el.div(
                    rx.el.div(
                        rx.el.h1(
                            title,
                            class_name="text-heading outline-none",
                            tab_index=-1,
                            custom_attrs={"data-home": ""},
                        ),
                        action or rx.fragment(),
                        class_name="mb-4 flex flex-wrap items-center justify-between gap-3",
                    ),
                    *children,
                ),
            ),
            class_name=classes(WIDE, "py-6"),
        ),
        keys(at),
        key_list(),
    )


def for_clerks(*children: Child) -> rx.Component:
    """What only clerks see; others read why they see nothing."""
    return rx.cond(
        may(Permission.LICENCES),
        rx.el.div(*children),
        rx.el.div(
            rx.el.h1("Licence desk", class_name="sr-only"),
            error_state(
                "This is the town clerks' desk",
                "Your account does not open it. Sign in with a clerk's account.",
                link_button("To your dashboard", href="/dashboard"),
            ),
            class_name=classes(WIDE, "py-12"),
        ),
    )


def bar(on_town: Any, *, anywhere: bool = False) -> rx.Component:
    """The way to each part of the desk, and the town one works for."""
    return rx.el.div(
        rx.el.div(
            rx.el.nav(
                *(_place(name, href) for name, href in PLACES),
                class_name="flex min-w-0 grow items-center gap-0.5 overflow-x-auto max-sm:-mx-4 "
                "max-sm:px-4",
                custom_attrs={"aria-label": "The desk"},
            ),
            rx.el.div(
                _towns(on_town, anywhere),
                rx.el.button(
                    "?",
                    type="button",
                    on_click=Desk.help,
                    title="Keys",
                    class_name="inline-flex h-9 w-9 shrink-0 items-center justify-center "
                    "rounded-full text-small font-bold ring-1 ring-inset ring-edge transition "
                    "hover:bg-sunk max-lg:hidden",
                    custom_attrs={"aria-label": "Keys of this desk", **pressed_by("?")},
                ),
                class_name="flex min-w-0 items-center gap-2",
            ),
            class_name=classes(WIDE, "flex items-center gap-x-4 gap-y-1 py-1.5 max-sm:flex-wrap"),
        ),
        class_name="border-b border-line bg-sunk/60 print:hidden",
    )


def _place(name: str, href: str) -> rx.Component:
    return rx.el.a(
        name,
        href=href,
        class_name="inline-flex min-h-10 items-center rounded-full px-3 text-small font-medium "
        "whitespace-nowrap text-muted no-underline transition hover:text-ink "
        "aria-[current=page]:bg-surface aria-[current=page]:font-semibold "
        "aria-[current=page]:text-ink aria-[current=page]:shadow-card",
        custom_attrs=current(href),
    )


def _towns(on_town: Any, anywhere: bool) -> rx.Component:
    everywhere = [rx.el.option(EVERYWHERE, value="")] if anywhere else []
    choice = rx.el.div(
        rx.el.select(
            *everywhere,
            rx.foreach(Desk.desk_towns, _option),
            value=Desk.town_id,
            on_change=on_town,
            class_name="h-10 w-full max-w-64 appearance-none truncate rounded-full bg-surface pl-4 "
            "pr-9 text-small font-semibold ring-1 ring-inset ring-edge hover:ring-ink",
            custom_attrs={"aria-label": "Town"},
        ),
        icon("chevron-down", 16, "pointer-events-none absolute right-3 top-1/2 -translate-y-1/2"),
        class_name="relative min-w-0",
    )
    return rx.cond(
        Desk.desk_towns.length() > 1,
        choice,
        rx.cond(
            Desk.desk_towns.length() == 1,
            rx.el.span(Desk.town_name, class_name="px-2 text-small font-semibold"),
            rx.fragment(),
        ),
    )


def _option(town: rx.vars.ObjectVar[TownChoice]) -> rx.Component:
    return rx.el.option(town.name, value=town.id)


def waiting(*heights: str) -> rx.Component:
    """The shape of what is about to be."""
    return rx.el.div(
        *(skeleton(f"{height} w-full") for height in heights),
        rx.el.p("Looking…", role="status", class_name="sr-only"),
        class_name="flex flex-col gap-3",
    )
