"""Moving the account to another e-mail address."""

import reflex as rx

from pet_app.ui.api_form import api_form, form_problem
from pet_app.ui.components.cards import card
from pet_app.user.pages.forms import email_field, outbox_hint, password_field
from pet_app.user.pages.settings import shell
from pet_app.user.pages.settings.password import done_with, send, whose
from pet_app.user.pages.settings.security import EMAIL
from pet_app.user.state.overview import Account

DONE = "email-asked"


def email() -> rx.Component:
    """The form, and what is said when the letter is on its way."""
    return shell.settings_page(
        shell.SECURITY,
        rx.cond(
            Account.opened,
            card(
                rx.el.h2("Change your e-mail", class_name="mb-2 text-subheading"),
                rx.el.p(
                    "It is ",
                    rx.el.strong(Account.email, class_name="[overflow-wrap:anywhere]"),
                    " now. We send a link to the new address; your account moves there when you "
                    "open it, and we tell the old one.",
                    class_name="mb-5 text-muted",
                ),
                api_form(
                    form_problem(),
                    whose(),
                    email_field("The new e-mail", "email"),
                    password_field("current-password", "Your password"),
                    done_with(
                        DONE,
                        "On its way. Open the link in that letter within a day.",
                        rx.el.div(outbox_hint(), class_name="mt-3"),
                    ),
                    send("Send the link"),
                    action="/api/v1/me/email",
                    reveal=DONE,
                    class_name="flex flex-col gap-5",
                ),
            ),
            shell.waiting(),
        ),
        back=(shell.SECURITY.name, shell.SECURITY.path),
    )


PAGE = shell.settings_route(
    shell.SECURITY, email, Account.open, path=EMAIL, title="Change your e-mail"
)
