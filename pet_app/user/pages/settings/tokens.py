"""The tokens and programs that act in somebody's name."""

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from pet_app.ui.components.buttons import button, icon_button, link_button
from pet_app.ui.components.cards import card, panel
from pet_app.ui.components.conditions import empty_state
from pet_app.ui.components.dialogs import dialog, dialog_actions
from pet_app.ui.components.icons import icon
from pet_app.user.pages.settings import shell
from pet_app.user.state.tokens import ProgramCard, TokenCard, TokenDesk

NEW = f"{shell.TOKENS.path}/new"


def tokens() -> rx.Component:
    """Every token, and every program that is signed in."""
    return shell.settings_page(
        shell.TOKENS,
        rx.cond(
            TokenDesk.listed,
            rx.el.div(
                rx.cond(
                    TokenDesk.cards.length() > 0,
                    rx.el.ul(rx.foreach(TokenDesk.cards, _token), class_name="flex flex-col gap-5"),
                    empty_state(
                        "No tokens yet",
                        "A token lets a program of yours read or change what you allow, "
                        "and nothing else.",
                        link_button("Make a token", href=NEW),
                        symbol="key",
                    ),
                ),
                rx.cond(TokenDesk.programs.length() > 0, _programs(), rx.fragment()),
                class_name="contents",
            ),
            shell.waiting(),
        ),
        _sure(),
        action=rx.el.div(
            rx.cond(
                TokenDesk.cards.length() > 0,
                link_button(icon("plus", 18), "Make a token", href=NEW),
                rx.fragment(),
            ),
            shell.saved_mark(TokenDesk.saved),
            class_name="flex flex-wrap items-center gap-4 sm:flex-row-reverse",
        ),
    )


def _token(token: ObjectVar[TokenCard]) -> rx.Component:
    scopes: ArrayVar[list[str]] = token.scopes  # pyright: ignore[reportAssignmentType]
    return rx.el.li(
        card(
            rx.el.div(
                rx.el.h2(token.title, class_name="text-subheading [overflow-wrap:anywhere]"),
                icon_button(
                    "trash",
                    f"Remove {token.title}",
                    on_click=TokenDesk.ask(token.handle),
                    class_name="-mr-3 -mt-2 shrink-0 text-muted",
                ),
                class_name="flex items-start justify-between gap-4",
            ),
            rx.el.p(f"{token.used} · {token.ends}", class_name="text-small text-muted"),
            rx.el.ul(
                rx.foreach(
                    scopes,
                    lambda words: rx.el.li(
                        icon("check", 16, "mt-1 text-good"), words, class_name="flex gap-2"
                    ),
                ),
                class_name="mt-3 flex flex-col gap-1 text-small",
            ),
        ),
        class_name="list-none",
    )


def _programs() -> rx.Component:
    return panel(
        "Programs signed in with your password",
        rx.el.ul(
            rx.foreach(TokenDesk.programs, _program),
            class_name="[&>li+li]:border-t [&>li]:border-line",
        ),
    )


def _program(program: ObjectVar[ProgramCard]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(program.device, class_name="font-semibold [overflow-wrap:anywhere]"),
            rx.el.p(program.used, class_name="text-small text-muted"),
            class_name="min-w-0 grow",
        ),
        button(
            "Sign out",
            kind="secondary",
            size="sm",
            on_click=TokenDesk.end_program(program.handle),
            custom_attrs={"aria-label": f"Sign out {program.device}"},
        ),
        class_name="flex list-none items-center gap-4 py-3",
    )


def _sure() -> rx.Component:
    return dialog(
        f"Remove {TokenDesk.revoking_title}?",
        rx.el.p(
            "Whatever uses it is shut out at once. It cannot be brought back.",
            class_name="text-muted",
        ),
        dialog_actions(
            button("Keep", kind="quiet", on_click=TokenDesk.leave),
            button("Remove", kind="danger", on_click=TokenDesk.revoke),
        ),
        open=TokenDesk.revoking != "",
        on_close=TokenDesk.leave,
        name="revoking",
    )


PAGE = shell.settings_route(shell.TOKENS, tokens, TokenDesk.open)
