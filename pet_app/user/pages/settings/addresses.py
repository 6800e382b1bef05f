"""Every address, and the way to add one."""

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from pet_app.ui.components.badges import badge
from pet_app.ui.components.buttons import button, icon_button, link_button
from pet_app.ui.components.cards import card
from pet_app.ui.components.conditions import empty_state
from pet_app.ui.components.dialogs import dialog, dialog_actions
from pet_app.ui.components.icons import icon
from pet_app.user.pages.settings import shell
from pet_app.user.state.addresses import AddressCard, AddressDesk

FORM = f"{shell.ADDRESSES.path}/edit"


def addresses() -> rx.Component:
    """The cards of all addresses."""
    return shell.settings_page(
        shell.ADDRESSES,
        rx.cond(
            AddressDesk.listed,
            rx.cond(
                AddressDesk.cards.length() > 0,
                rx.el.ul(
                    rx.foreach(AddressDesk.cards, _address),
                    class_name="grid gap-5 sm:grid-cols-2",
                ),
                empty_state(
                    "No addresses yet",
                    "Add one now, and the next parcel knows its way.",
                    link_button("Add an address", href=FORM),
                    symbol="pin",
                ),
            ),
            shell.waiting(),
        ),
        _removal(),
        action=rx.cond(
            AddressDesk.cards.length() > 0,
            link_button(icon("plus", 18), "Add an address", href=FORM),
            rx.fragment(),
        ),
    )


def _address(address: ObjectVar[AddressCard]) -> rx.Component:
    return rx.el.li(
        card(
            rx.el.div(
                rx.cond(
                    address.label,
                    rx.el.h2(address.label, class_name="text-subheading [overflow-wrap:anywhere]"),
                    rx.fragment(),
                ),
                rx.cond(address.preferred, badge("Preferred", tone="brand"), rx.fragment()),
                class_name="mb-2 flex flex-wrap items-start justify-between gap-2 empty:hidden",
            ),
            rx.el.address(
                rx.foreach(_lines(address), lambda line: rx.el.span(line, class_name="block")),
                class_name="not-italic text-small [overflow-wrap:anywhere]",
                dir="auto",
            ),
            rx.el.div(
                link_button(
                    icon("pencil", 16),
                    "Change",
                    href=f"{FORM}?address={address.id}",
                    size="sm",
                    kind="secondary",
                    custom_attrs={"aria-label": f"Change {address.about}"},
                ),
                rx.cond(
                    address.preferred,
                    rx.fragment(),
                    button(
                        "Prefer",
                        size="sm",
                        kind="quiet",
                        on_click=AddressDesk.prefer(address.id),
                        custom_attrs={"aria-label": f"Prefer {address.about}"},
                    ),
                ),
                icon_button(
                    "trash",
                    f"Remove {address.about}",
                    on_click=AddressDesk.ask_removal(address.id),
                    class_name="ml-auto -mr-2 text-muted",
                ),
                class_name="mt-auto flex items-center gap-2 pt-5",
            ),
            class_name="flex h-full flex-col",
        ),
        class_name="list-none",
    )


def _lines(address: ObjectVar[AddressCard]) -> ArrayVar[list[str]]:
    lines: ArrayVar[list[str]] = address.lines  # pyright: ignore[reportAssignmentType]
    return lines


def _removal() -> rx.Component:
    return dialog(
        f"Remove {AddressDesk.removing_about}?",
        rx.el.p(
            "We forget it at once. What is under way to it already still arrives there.",
            class_name="text-muted",
        ),
        dialog_actions(
            button("Keep", kind="quiet", on_click=AddressDesk.keep_address),
            button("Remove", kind="danger", on_click=AddressDesk.remove),
        ),
        open=AddressDesk.removing != "",
        on_close=AddressDesk.keep_address,
        name="removal",
    )


PAGE = shell.settings_route(shell.ADDRESSES, addresses, AddressDesk.open_list)
