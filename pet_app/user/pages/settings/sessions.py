"""Where somebody is signed in, and signing out there."""

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.ui.components.badges import badge
from pet_app.ui.components.buttons import button
from pet_app.ui.components.dialogs import dialog, dialog_actions
from pet_app.ui.components.icons import icon
from pet_app.user.pages.settings import shell
from pet_app.user.state.sessions import SessionCard, SessionDesk


def sessions() -> rx.Component:
    """Every signed-in browser."""
    return shell.settings_page(
        shell.SESSIONS,
        rx.cond(
            SessionDesk.listed,
            rx.el.div(
                rx.el.ul(
                    rx.foreach(SessionDesk.cards, _session),
                    class_name="overflow-hidden rounded-card bg-surface ring-1 ring-inset "
                    "ring-line [&>li+li]:border-t [&>li]:border-line",
                ),
                _others(),
                class_name="contents",
            ),
            shell.waiting(),
        ),
        rx.el.p(
            "Something here you don't know? Sign it out, then change your ",
            rx.el.a(
                "password",
                href=shell.SECURITY.path,
                class_name="font-medium text-brand underline underline-offset-4",
            ),
            ".",
            class_name="text-small text-muted",
        ),
        _sure(),
        action=shell.saved_mark(SessionDesk.saved),
    )


def _session(session: ObjectVar[SessionCard]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.cond(session.phone, icon("phone", 22), icon("laptop", 22)),
            class_name="flex h-11 w-11 shrink-0 items-center justify-center rounded-full "
            "bg-brand-soft text-brand",
        ),
        rx.el.div(
            rx.el.h2(
                session.device,
                rx.cond(session.current, badge("This one", tone="good"), rx.fragment()),
                class_name="flex flex-wrap items-center gap-x-3 gap-y-1 font-body text-body "
                "font-semibold tracking-normal",
            ),
            rx.el.p(
                rx.cond(session.current, "Here now", f"Seen {session.seen}"),
                rx.cond(session.address, f" · {session.address}", ""),
                class_name="text-small text-muted [overflow-wrap:anywhere]",
            ),
            rx.el.p(
                f"Signed in on {session.since}",
                rx.cond(session.strong, ", with a second step", ""),
                class_name="text-small text-muted",
            ),
            class_name="min-w-0 grow",
        ),
        rx.cond(
            session.current,
            rx.fragment(),
            button(
                "Sign out",
                kind="secondary",
                size="sm",
                on_click=SessionDesk.end(session.handle),
                custom_attrs={"aria-label": f"Sign out {session.device}, seen {session.seen}"},
                class_name="max-sm:ml-15",
            ),
        ),
        class_name="flex list-none items-center gap-4 px-5 py-4 max-sm:flex-wrap",
    )


def _others() -> rx.Component:
    return rx.cond(
        SessionDesk.cards.length() > 1,
        rx.el.div(
            button("Sign out everywhere else", kind="danger", on_click=SessionDesk.ask),
        ),
        rx.fragment(),
    )


def _sure() -> rx.Component:
    return dialog(
        "Sign out everywhere else?",
        rx.el.p(
            "Every other browser and app has to sign in again. This one stays as it is.",
            class_name="text-muted",
        ),
        dialog_actions(
            button("Leave them", kind="quiet", on_click=SessionDesk.leave),
            button("Sign out", kind="danger", on_click=SessionDesk.end_others),
        ),
        open=SessionDesk.asking,
        on_close=SessionDesk.leave,
        name="others",
    )


PAGE = shell.settings_route(shell.SESSIONS, sessions, SessionDesk.open)
