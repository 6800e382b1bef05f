"""Licences looked up by number, tag or name."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.core.security import Permission
from pet_app.licensing.pages.desk.controls import search_field
from pet_app.licensing.pages.desk.frame import DESK, desk, waiting
from pet_app.licensing.pages.desk.keys import key
from pet_app.licensing.pages.desk.marks import toned
from pet_app.licensing.state.desk.licences import LicenceRow, Licences
from pet_app.ui.components.badges import badge
from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.cards import SURFACE
from pet_app.ui.components.conditions import empty_state
from pet_app.ui.components.dialogs import dialog, dialog_actions
from pet_app.ui.components.fields import text_area
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import classes
from pet_app.ui.components.messages import notice
from pet_app.ui.page import Page
from pet_app.ui.session import field_problem

ASKING: Any = Licences.asking
CHOSEN: Any = Licences.chosen
COLUMNS = (
    "lg:grid-cols-[minmax(15rem,1.3fr)_minmax(8rem,1fr)_minmax(9rem,1.2fr)"
    "_minmax(13rem,1.2fr)_13rem]"
)


def licences() -> rx.Component:
    """The search above what it found."""
    return desk(
        "Licences",
        rx.el.div(
            rx.cond(
                Licences.said,
                notice(Licences.said, tone="good", class_name="mb-4"),
                rx.fragment(),
            ),
            custom_attrs={"aria-live": "polite"},
        ),
        _search(),
        rx.cond(
            Licences.searched,
            rx.cond(
                Licences.found.length() > 0,
                rx.el.ul(
                    rx.foreach(Licences.found, _licence),
                    class_name=classes(SURFACE, "m-0 list-none divide-y divide-line p-0"),
                ),
                rx.cond(
                    Licences.sought,
                    empty_state(
                        "No such licence",
                        "Try its number, the eight signs on the tag, or how the holder's or the "
                        "animal's name begins.",
                        symbol="search",
                    ),
                    empty_state(
                        "No licences yet",
                        "They stand here once a case is approved, one is sold at the counter, or "
                        "those from elsewhere are taken in.",
                        symbol="shield",
                    ),
                ),
            ),
            waiting(*["h-14"] * 8),
        ),
        _asking(
            "revoke",
            "Revoke this licence?",
            "From now on everybody who looks its code up learns that it is revoked. The holder is "
            "told by letter.",
            button("Revoke it", key("Ctrl Enter"), type="submit", kind="danger"),
        ),
        _asking(
            "restore",
            "Have it hold again?",
            "It holds as before, until the day it would have ended.",
            button("Have it hold again", key("Ctrl Enter"), type="submit"),
        ),
        on_town=Licences.go_to_licences_of,
        anywhere=True,
        action=link_button(
            icon("plus", 18),
            "Sell at the counter",
            href=f"{DESK}/counter",
            size="sm",
        ),
    )


def _search() -> rx.Component:
    return rx.el.div(
        search_field(
            "Find a licence", "Number, tag, holder or pet", Licences.sought, Licences.look_for
        ),
        role="search",
        class_name="mb-4 max-w-md",
        custom_attrs={"aria-label": "Licences"},
    )


def _licence(row: ObjectVar[LicenceRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.number, class_name="font-semibold tabular-nums"),
            rx.el.p(
                "Tag ",
                rx.el.span(row.tag, class_name="tabular-nums tracking-wide"),
                rx.cond(row.town, rx.el.span(" · ", row.town), ""),
                class_name="text-label text-muted",
            ),
            class_name="min-w-44 max-lg:grow",
        ),
        rx.el.div(
            rx.el.p(row.pet, class_name="font-medium [overflow-wrap:anywhere]"),
            rx.el.p(row.about, class_name="text-label text-muted"),
            class_name="min-w-32 max-lg:basis-2/5",
        ),
        rx.el.p(row.holder, class_name="min-w-32 [overflow-wrap:anywhere]"),
        rx.el.div(
            toned(row.standing, row.tone),
            rx.cond(row.lost, badge("Lost", tone="danger"), rx.fragment()),
            rx.el.span(row.ends, class_name="text-muted tabular-nums"),
            class_name="flex flex-wrap max-lg:basis-full items-center gap-x-3 gap-y-1",
        ),
        rx.el.div(
            rx.cond(
                row.certificate,
                rx.el.a(
                    "Certificate",
                    href=row.certificate,
                    target="_blank",
                    class_name="inline-flex min-h-9 items-center px-2 font-medium text-brand "
                    "underline decoration-1 underline-offset-4 hover:decoration-2",
                    custom_attrs={"aria-label": f"Certificate of {row.number}"},
                ),
                rx.fragment(),
            ),
            rx.cond(
                row.may_revoke,
                button(
                    "Revoke",
                    kind="quiet",
                    size="sm",
                    on_click=Licences.ask_to("revoke", row.id),
                    custom_attrs={"aria-label": f"Revoke {row.number}"},
                ),
                rx.fragment(),
            ),
            rx.cond(
                row.may_restore,
                button(
                    "Have it hold again",
                    kind="quiet",
                    size="sm",
                    on_click=Licences.ask_to("restore", row.id),
                ),
                rx.fragment(),
            ),
            class_name="flex items-center gap-1 max-lg:-ml-2 lg:justify-end",
        ),
        tab_index=-1,
        class_name="flex flex-wrap items-center gap-x-5 gap-y-1 px-4 py-2.5 text-small lg:grid "
        f"{COLUMNS} "
        "focus-visible:bg-brand-soft focus-visible:outline-offset-[-3px]",
        custom_attrs={"data-row": ""},
    )


def _asking(what: str, title: str, lead: str, action: rx.Component) -> rx.Component:
    return dialog(
        title,
        rx.el.form(
            rx.el.p(
                rx.el.strong(CHOSEN.number),
                ", ",
                CHOSEN.pet,
                ". ",
                lead,
                class_name="text-small text-muted",
            ),
            text_area(
                "Why?",
                "reason",
                required=True,
                max_length=500,
                error=field_problem("reason"),
                class_name="min-h-20",
                custom_attrs={"data-autofocus": ""},
            ),
            dialog_actions(
                button("Leave it", key("Esc"), kind="quiet", on_click=Licences.leave_it), action
            ),
            on_submit=Licences.change,
            class_name="flex flex-col gap-4",
        ),
        open=what == ASKING,
        on_close=Licences.leave_it,
        name=what,
    )


PAGE = Page(
    route="/licensing/desk/licences",
    view=licences,
    title="Licences of the town",
    area="bare",
    on_load=Licences.open_licences,
    requires=Permission.LICENCES,
)
