"""What somebody is called, and what else we know them by."""

import reflex as rx

from pet_app.ui.components.buttons import button, text_link
from pet_app.ui.components.cards import panel
from pet_app.ui.components.fields import text_field
from pet_app.ui.components.tables import facts
from pet_app.ui.fault_focus import fault_focus
from pet_app.ui.session import field_problem
from pet_app.user.pages.settings import shell
from pet_app.user.state.overview import Account


def profile() -> rx.Component:
    """The name, to be changed, and the rest of the account."""
    return shell.settings_page(
        shell.PROFILE,
        rx.cond(
            Account.opened, rx.el.div(_name(), _rest(), class_name="contents"), shell.waiting()
        ),
    )


def _name() -> rx.Component:
    return panel(
        "Your name",
        rx.el.form(
            fault_focus(),
            text_field(
                "What should we call you?",
                "name",
                help="On letters and parcels. Any spelling, any script.",
                error=field_problem("name"),
                default_value=Account.name,
                auto_complete="name",
                required=True,
            ),
            rx.el.div(
                button("Save", type="submit"),
                shell.saved_mark(Account.saved),
                class_name="mt-5 flex flex-wrap items-center gap-4",
            ),
            on_submit=Account.rename,
            key=Account.drawn,
            custom_attrs={"noValidate": True},
        ),
    )


def _rest() -> rx.Component:
    return panel(
        "Your account",
        facts(
            (
                "E-mail",
                rx.el.span(
                    rx.el.span(Account.email, class_name="[overflow-wrap:anywhere]"),
                    text_link("Change", href=f"{shell.SECURITY.path}/email"),
                    class_name="flex flex-wrap justify-end gap-x-4",
                ),
            ),
            ("With us since", Account.since),
        ),
    )


PAGE = shell.settings_route(shell.PROFILE, profile, Account.open)
