"""Closing the account, which takes the password, and a code where there is a second step."""

import reflex as rx

from pet_app.ui.api_form import api_form, form_problem
from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.cards import card
from pet_app.ui.components.icons import icon
from pet_app.ui.components.messages import notice
from pet_app.ui.session import Session
from pet_app.user.pages.forms import code_field, password_field
from pet_app.user.pages.settings import shell
from pet_app.user.pages.settings.data import LEAVE
from pet_app.user.state.data import DataDesk


def leave() -> rx.Component:
    """What will happen, in the order it does, and the form."""
    return shell.settings_page(
        shell.DATA,
        rx.cond(
            DataDesk.opened,
            card(
                rx.el.h2("Delete your account", class_name="mb-4 text-subheading"),
                rx.el.ul(
                    _step(
                        "laptop",
                        "At once",
                        "You are signed out everywhere, and your tokens for programs are removed.",
                    ),
                    _step(
                        "undo",
                        "For thirty days",
                        "Sign in and keep your account: everything is as it was.",
                    ),
                    _step(
                        "trash",
                        "Then, for good",
                        "Your pets, your designs, your addresses and your name are deleted. "
                        "Nobody can bring them back, not even we.",
                    ),
                    class_name="mb-6 flex flex-col gap-4",
                ),
                rx.cond(
                    DataDesk.is_demo, _stays(), rx.cond(DataDesk.has_password, _form(), _how())
                ),
            ),
            shell.waiting(),
        ),
        back=(shell.DATA.name, shell.DATA.path),
    )


def _step(symbol: str, when: str, what: str) -> rx.Component:
    return rx.el.li(
        icon(symbol, 22, "mt-0.5 text-brand"),
        rx.el.p(
            rx.el.strong(when, class_name="block"),
            what,
            class_name="text-muted [&>strong]:text-ink",
        ),
        class_name="flex list-none gap-4",
    )


def _form() -> rx.Component:
    return api_form(
        form_problem(),
        _whose(),
        password_field("current-password", "Your password"),
        rx.cond(
            DataDesk.has_factor,
            code_field("Code from your app, or a recovery code", digits=False),
            rx.fragment(),
        ),
        rx.el.div(
            button(
                "Delete my account",
                kind="danger",
                type="submit",
                class_name="[form[aria-busy=true]_&]:pointer-events-none "
                "[form[aria-busy=true]_&]:opacity-55",
            ),
            link_button("I would rather stay", href=shell.DATA.path, kind="quiet"),
            class_name="flex flex-wrap gap-3",
        ),
        action="/api/v1/me/leaving",
        class_name="flex flex-col gap-5",
    )


def _whose() -> rx.Component:
    """Tells a password manager which account this is; without a name it is never sent."""
    return rx.el.input(
        type="text",
        value=Session.person_email,
        read_only=True,
        hidden=True,
        auto_complete="username",
        custom_attrs={"aria-hidden": "true", "tabIndex": "-1"},
    )


def _stays() -> rx.Component:
    return notice("A demonstration account stays as it is. Open your own to try this.")


def _how() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "You sign in through another site. Set a password first, so that we know it is you.",
            class_name="text-muted",
        ),
        link_button("Set a password", href="/forgot", kind="secondary"),
        class_name="flex flex-col items-start gap-5",
    )


PAGE = shell.settings_route(
    shell.DATA, leave, DataDesk.open, path=LEAVE, title="Delete your account"
)
