"""Changing the password, which takes the one before."""

import reflex as rx

from pet_app.ui.api_form import api_form, form_problem
from pet_app.ui.components.buttons import button, link_button, text_link
from pet_app.ui.components.cards import card
from pet_app.ui.components.kinds import Text
from pet_app.ui.components.messages import notice
from pet_app.user.pages.forms import GOOD_PASSWORD, password_field
from pet_app.user.pages.settings import shell
from pet_app.user.pages.settings.security import PASSWORD
from pet_app.user.state.overview import Account

DONE = "password-changed"


def password() -> rx.Component:
    """The form, and what is said when it is done."""
    return shell.settings_page(
        shell.SECURITY,
        rx.cond(
            Account.opened,
            card(
                rx.el.h2("Change your password", class_name="mb-5 text-subheading"),
                api_form(
                    form_problem(),
                    whose(),
                    password_field("current-password", "The password of now", "current"),
                    rx.el.p(
                        text_link("I don’t remember it", href="/forgot"),
                        class_name="-mt-3 text-small",
                    ),
                    password_field("new-password", "The new one", help=GOOD_PASSWORD),
                    done_with(DONE, "Changed. Every other device has to sign in anew."),
                    send("Change it"),
                    action="/api/v1/me/password",
                    reveal=DONE,
                    class_name="flex flex-col gap-5",
                ),
            ),
            shell.waiting(),
        ),
        back=(shell.SECURITY.name, shell.SECURITY.path),
    )


def whose(email: Text = Account.email) -> rx.Component:
    """Tells a password manager which account this is; without a name it is never sent."""
    return rx.el.input(
        type="text",
        value=email,
        read_only=True,
        hidden=True,
        auto_complete="username",
        custom_attrs={"aria-hidden": "true", "tabIndex": "-1"},
    )


def send(label: str, back: str = shell.SECURITY.path) -> rx.Component:
    """The button that sends the form, and the way back."""
    return rx.el.div(
        button(
            label,
            type="submit",
            class_name="[form[aria-busy=true]_&]:pointer-events-none "
            "[form[aria-busy=true]_&]:opacity-55",
        ),
        link_button("Back", href=back, kind="quiet"),
        class_name="flex flex-wrap gap-3",
    )


def done_with(name: str, sentence: str, *below: rx.Component) -> rx.Component:
    """What is shown, and read, once the form has done what it is for."""
    said = rx.el.p(sentence, custom_attrs={"data-first": ""}, class_name="outline-none")
    return rx.el.div(notice(said, tone="good"), *below, id=name, custom_attrs={"hidden": True})


PAGE = shell.settings_route(
    shell.SECURITY, password, Account.open, path=PASSWORD, title="Change your password"
)
