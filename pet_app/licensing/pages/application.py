"""One application after it was handed in: it says where it stands, and calms."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.core.security import Permission
from pet_app.licensing.pages.papers import papers
from pet_app.licensing.pages.receipt import receipt
from pet_app.licensing.state.told import Happening, Stop
from pet_app.licensing.state.way import Way
from pet_app.ui.components.buttons import button, link_button, text_link
from pet_app.ui.components.cards import panel
from pet_app.ui.components.conditions import error_state, skeleton
from pet_app.ui.components.dialogs import dialog, dialog_actions
from pet_app.ui.components.icons import icon
from pet_app.ui.components.messages import notice
from pet_app.ui.page import Page

LIST = "/dashboard/licensing"
APPLY = "/licensing/apply"
ABOUT: Any = Way.about
HEAD: Any = Way.head
RECEIPT: Any = Way.receipt
ASKING: Any = Way.asking
MOODS = (
    ("glad", "check", "bg-good-soft text-good"),
    ("do", "alert", "bg-warn-soft text-warn"),
    ("sad", "info", "bg-sunk text-ink"),
)
DOTS = {
    "done": "bg-brand text-on-brand",
    "here": "bg-surface text-brand ring-2 ring-inset ring-brand",
    "ahead": "bg-surface text-muted ring-2 ring-inset ring-line",
    "off": "bg-danger-soft text-danger",
}


def application() -> rx.Component:
    """The application of the address."""
    return rx.el.div(
        rx.match(
            Way.stage,
            ("open", _whole()),
            (
                "missing",
                rx.fragment(
                    rx.el.h1("Your application", class_name="sr-only"),
                    error_state(
                        "We can't find that application",
                        "It may belong to another account.",
                        link_button("Your licences", href=LIST),
                    ),
                ),
            ),
            _waiting(),
        )
    )


def _whole() -> rx.Component:
    return rx.el.div(
        text_link("Your licences", href=LIST),
        rx.cond(Way.notice, notice(Way.notice), rx.fragment()),
        rx.el.section(
            _head(),
            _actions(),
            class_name="rounded-panel bg-surface p-6 ring-1 ring-inset ring-line sm:p-10",
        ),
        rx.el.div(
            rx.el.div(
                panel(
                    "The way of your application",
                    rx.el.ol(
                        rx.foreach(ABOUT.stops, _stop),
                        class_name="m-0 list-none p-0",
                    ),
                ),
                panel(
                    "What happened",
                    rx.el.ol(
                        rx.foreach(Way.happened, _happening),
                        class_name="m-0 list-none divide-y divide-line p-0",
                    ),
                ),
                class_name="flex min-w-0 flex-col gap-6",
            ),
            rx.el.div(
                panel("The fee, rule by rule", receipt(RECEIPT)),
                rx.cond(
                    Way.papers.length() > 0,
                    panel("What you sent", papers(Way.papers)),
                    rx.fragment(),
                ),
                class_name="flex min-w-0 flex-col gap-6",
            ),
            class_name="grid items-start gap-6 xl:grid-cols-2",
        ),
        rx.cond(
            Way.may_withdraw,
            rx.el.div(
                button("Withdraw this application", kind="quiet", on_click=Way.ask_to_withdraw),
                class_name="border-t border-line pt-4",
            ),
            rx.fragment(),
        ),
        _withdrawing(),
        class_name="flex flex-col gap-6",
    )


def _head() -> rx.Component:
    return rx.el.div(
        rx.match(
            HEAD.mood,
            *((mood, _sign(symbol, colours)) for mood, symbol, colours in MOODS),
            _sign("clock", "bg-brand-soft text-brand"),
        ),
        rx.el.p(ABOUT.title, ", ", ABOUT.town, class_name="mt-5 text-small text-muted"),
        rx.el.h1(HEAD.title, class_name="mt-1 text-title"),
        rx.el.p(HEAD.lead, class_name="mt-3 max-w-prose text-lead [overflow-wrap:anywhere]"),
        rx.cond(
            HEAD.next,
            rx.el.p(HEAD.next, class_name="mt-2 max-w-prose text-muted"),
            rx.fragment(),
        ),
        role="status",
        custom_attrs={"aria-live": "polite"},
    )


def _sign(symbol: str, colours: str) -> rx.Component:
    return rx.el.div(
        icon(symbol, 30),
        class_name=f"flex h-16 w-16 items-center justify-center rounded-full {colours}",
    )


def _actions() -> rx.Component:
    """What there is to do, at most two things."""
    return rx.el.div(
        rx.cond(
            Way.may_pay,
            rx.fragment(
                button(
                    icon("lock", 18),
                    "Pay ",
                    RECEIPT.total,
                    size="lg",
                    busy=Way.busy,
                    on_click=Way.pay,
                ),
                link_button(
                    "Change it first",
                    href=f"{APPLY}?application={ABOUT.id}",
                    kind="quiet",
                    size="lg",
                ),
            ),
            rx.fragment(),
        ),
        rx.cond(
            Way.may_answer,
            rx.fragment(
                link_button(
                    "Add or change something",
                    icon("arrow-right", 20),
                    href=f"{APPLY}?application={ABOUT.id}&step=rabies",
                    size="lg",
                ),
                button(
                    "Send it back as it is",
                    kind="quiet",
                    size="lg",
                    busy=Way.busy,
                    on_click=Way.answer,
                ),
            ),
            rx.fragment(),
        ),
        rx.cond(
            Way.card,
            rx.fragment(
                link_button("Show the licence", href=Way.card, size="lg"),
                rx.cond(
                    Way.certificate,
                    link_button(
                        icon("download", 18),
                        "Certificate",
                        href=Way.certificate,
                        kind="secondary",
                        size="lg",
                        custom_attrs={"reloadDocument": True, "download": ""},
                    ),
                    rx.el.p(
                        "The certificate is being drawn…",
                        class_name="self-center text-small text-muted",
                    ),
                ),
            ),
            rx.fragment(),
        ),
        class_name="mt-7 flex flex-wrap gap-3 empty:hidden",
    )


def _stop(stop: ObjectVar[Stop]) -> rx.Component:
    state: Any = stop.state
    dot = "flex h-8 w-8 shrink-0 items-center justify-center rounded-full "
    colours: Any = rx.match(
        state, *((name, dot + look) for name, look in DOTS.items()), dot + DOTS["ahead"]
    )
    return rx.el.li(
        rx.el.span(
            rx.match(
                state,
                ("done", icon("check", 18)),
                ("off", icon("close", 18)),
                ("here", rx.el.span(class_name="h-2.5 w-2.5 rounded-full bg-brand")),
                rx.fragment(),
            ),
            class_name=colours,
        ),
        rx.el.span(
            rx.el.span(
                stop.title,
                class_name=rx.cond(state == "ahead", "block text-muted", "block font-semibold"),
            ),
            rx.el.span(stop.when, class_name="block text-small text-muted empty:hidden"),
            class_name="min-w-0 pt-1",
        ),
        class_name="relative flex gap-4 pb-6 last:pb-0 [&:not(:last-child)]:before:absolute "
        "[&:not(:last-child)]:before:left-4 [&:not(:last-child)]:before:top-9 "
        "[&:not(:last-child)]:before:bottom-1 [&:not(:last-child)]:before:w-px "
        "[&:not(:last-child)]:before:bg-line [&:not(:last-child)]:before:content-['']",
        custom_attrs={"aria-current": rx.cond(state == "here", "step", "false")},
    )


def _happening(found: ObjectVar[Happening]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(found.title, class_name="font-medium"),
            rx.el.span(found.when, class_name="shrink-0 text-muted tabular-nums"),
            class_name="flex flex-wrap justify-between gap-x-4",
        ),
        rx.cond(
            found.words,
            rx.el.p(found.words, class_name="mt-1 text-muted [overflow-wrap:anywhere]"),
            rx.fragment(),
        ),
        class_name="py-3 text-small first:pt-0 last:pb-0",
    )


def _withdrawing() -> rx.Component:
    return dialog(
        "Withdraw the application?",
        rx.el.p("The town stops looking at it. This cannot be undone; you can apply anew."),
        rx.el.p(Way.refund, class_name="mt-3 text-small text-muted"),
        dialog_actions(
            button("Keep it", kind="secondary", on_click=Way.close),
            button("Withdraw", kind="danger", busy=Way.busy, on_click=Way.withdraw),
        ),
        open=ASKING,
        on_close=Way.close,
        name="withdraw",
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        skeleton("h-72 w-full rounded-panel"),
        skeleton("h-48 w-full"),
        rx.el.p("Opening the application…", role="status", class_name="sr-only"),
        class_name="flex flex-col gap-6",
    )


PAGE = Page(
    route="/licensing/applications/[application]",
    view=application,
    title="Your application",
    area="account",
    on_load=Way.open,
    requires=Permission.ACCOUNT,
)
