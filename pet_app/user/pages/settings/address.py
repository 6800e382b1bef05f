"""One address: the fields its country asks for, in its order."""

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.cards import card
from pet_app.ui.components.conditions import error_state
from pet_app.ui.components.fields import select_field, text_field
from pet_app.ui.components.postal import postal_field
from pet_app.ui.fault_focus import fault_focus
from pet_app.ui.postal import Field
from pet_app.ui.session import field_problem
from pet_app.user import postal
from pet_app.user.pages.settings import shell
from pet_app.user.state.addresses import AddressDesk

LIST = shell.ADDRESSES.path


def address() -> rx.Component:
    """An address being written."""
    return shell.settings_page(
        shell.ADDRESSES,
        rx.cond(
            AddressDesk.ready,
            card(
                rx.el.h2(
                    rx.cond(AddressDesk.known, "Change an address", "Add an address"),
                    class_name="mb-5 text-subheading",
                ),
                _form(),
            ),
            rx.cond(AddressDesk.problem, _not_found(), shell.waiting()),
        ),
        back=(shell.ADDRESSES.name, LIST),
    )


def _form() -> rx.Component:
    return rx.el.form(
        fault_focus(),
        select_field(
            "Country",
            "country",
            list(postal.countries().items()),
            error=field_problem("country"),
            value=AddressDesk.country,
            on_change=AddressDesk.choose_country,
            auto_complete="country",
        ),
        rx.el.div(
            rx.foreach(AddressDesk.fields, _field),
            class_name="grid grid-cols-1 gap-5 sm:grid-cols-2",
        ),
        text_field(
            "What you call it",
            "label",
            help="Such as Home, Work or Grandma’s.",
            error=field_problem("label"),
            optional=True,
            default_value=AddressDesk.label,
            on_blur=AddressDesk.keep_label,
            auto_complete="off",
            max_length=40,
        ),
        rx.el.div(
            button("Save", type="submit", size="lg"),
            link_button("Cancel", href=LIST, kind="quiet", size="lg"),
            class_name="mt-2 flex flex-wrap gap-3",
        ),
        on_submit=AddressDesk.save,
        custom_attrs={"noValidate": True},
        class_name="flex flex-col gap-5",
    )


def _field(field: ObjectVar[Field]) -> rx.Component:
    return postal_field(
        field, drawn=AddressDesk.drawn, on_pick=AddressDesk.pick, on_keep=AddressDesk.keep
    )


def _not_found() -> rx.Component:
    return error_state(
        "We can't open this address",
        AddressDesk.problem,
        link_button("To your addresses", href=LIST),
    )


PAGE = shell.settings_route(
    shell.ADDRESSES,
    address,
    AddressDesk.open_form,
    path=f"{LIST}/edit",
    title="An address",
)
