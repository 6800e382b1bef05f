"""Making a personal token, which is shown once."""

import reflex as rx

from pet_app.core.security import SCOPE_WORDS, Permission, Scope
from pet_app.core.settings import settings
from pet_app.ui.api_form import (
    answered,
    api_form,
    fault,
    form_button,
    form_problem,
    next_stage,
    stage,
)
from pet_app.ui.components.buttons import BASE, KINDS, SIZES, link_button
from pet_app.ui.components.cards import card
from pet_app.ui.components.fields import checkbox, select_field, text_field
from pet_app.ui.components.messages import notice
from pet_app.ui.session import may
from pet_app.user.pages.settings import shell
from pet_app.user.pages.settings.password import send
from pet_app.user.pages.settings.tokens import NEW
from pet_app.user.state.tokens import TokenDesk

MADE = "token-made"
TEXT = "token-text"
LASTS = [
    ("30", "30 days"),
    ("90", "90 days"),
    ("366", "A year"),
    ("", "Until I remove it"),
]


def token() -> rx.Component:
    """The form, and then the token itself."""
    return shell.settings_page(
        shell.TOKENS,
        rx.el.div(_form(), _made()),
        back=(shell.TOKENS.name, shell.TOKENS.path),
    )


def _form() -> rx.Component:
    return stage(
        card(
            rx.el.h2("Make a token", class_name="mb-5 text-subheading"),
            api_form(
                form_problem(),
                rx.el.div(
                    text_field(
                        "What is it for?",
                        "title",
                        help="Such as “Backup on my laptop”. Only you see it.",
                        max_length=60,
                        auto_complete="off",
                        required=True,
                    ),
                    fault("title"),
                    class_name="flex flex-col gap-1.5",
                ),
                rx.el.fieldset(
                    rx.el.legend("What may it do?", class_name="mb-1.5 text-small font-semibold"),
                    *(_scope(scope) for scope in Scope),
                    fault("scopes"),
                    custom_attrs={"data-many": "scopes"},
                    class_name="min-w-0 border-0",
                ),
                rx.el.div(
                    select_field(
                        "How long does it work?",
                        "days",
                        LASTS,
                        default_value="90",
                        custom_attrs={"data-may-miss": ""},
                    ),
                    fault("days"),
                    class_name="flex flex-col gap-1.5",
                ),
                send("Make it", shell.TOKENS.path),
                action="/api/v1/me/tokens",
                reveal=MADE,
                class_name="flex flex-col gap-6",
            ),
        )
    )


def _scope(scope: Scope) -> rx.Component:
    box = checkbox(SCOPE_WORDS[scope], "scopes", value=scope.value)
    if scope is not Scope.WORKSHOP_READ:
        return box
    return rx.cond(may(Permission.WORKSHOP), box, rx.fragment())


def _made() -> rx.Component:
    return next_stage(
        MADE,
        card(
            rx.el.h2(answered("title"), class_name="mb-3 text-subheading"),
            notice("Copy it now. We keep no copy, so it is never shown again.", tone="warn"),
            rx.el.div(
                rx.el.code(
                    answered("token", id=TEXT),
                    class_name="min-w-0 grow text-small [overflow-wrap:anywhere] select-all",
                ),
                form_button(
                    "copyText",
                    "Copy",
                    class_name=f"{BASE} {KINDS['primary']} {SIZES['sm']}",
                    custom_attrs={"data-copies": TEXT},
                ),
                class_name="mt-5 flex items-center gap-4 rounded-control bg-sunk px-4 py-3",
            ),
            rx.el.p("A program sends it with every request:", class_name="mt-6 text-small"),
            rx.el.pre(
                rx.el.code(
                    f"curl -H 'Authorization: Bearer …' \\\n  {settings().site_url}/api/v1/me"
                ),
                tab_index=0,
                class_name="mt-2 overflow-x-auto rounded-control bg-sunk px-4 py-3 text-small",
            ),
            link_button("Done", href=shell.TOKENS.path, class_name="mt-6"),
        ),
    )


PAGE = shell.settings_route(shell.TOKENS, token, TokenDesk.open, path=NEW, title="Make a token")
