"""Every pet, and the way to add one."""

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.core import sections
from pet_app.core.security import Permission
from pet_app.pet.pages.shared import FORM, LIST, units_choice, waiting
from pet_app.pet.state import PetCard, PetDesk
from pet_app.ui.components.badges import badge
from pet_app.ui.components.buttons import button, icon_button, link_button
from pet_app.ui.components.cards import card
from pet_app.ui.components.conditions import empty_state
from pet_app.ui.components.dialogs import dialog, dialog_actions
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import page_heading
from pet_app.ui.components.messages import notice
from pet_app.ui.components.tables import facts
from pet_app.ui.page import Page


def kept() -> rx.Component:
    """The cards of all pets."""
    return rx.el.div(
        page_heading(
            "Your pets",
            "Measured once, and everything we make starts from here.",
            link_button(icon("plus"), "Add a pet", href=FORM),
        ),
        rx.cond(
            PetDesk.listed,
            rx.cond(
                PetDesk.cards.length() > 0,
                rx.el.div(
                    units_choice(PetDesk.units, PetDesk.list_in),
                    rx.el.ul(
                        rx.foreach(PetDesk.cards, _pet),
                        class_name="mt-6 grid gap-5 sm:grid-cols-2 xl:grid-cols-3",
                    ),
                ),
                empty_state(
                    "No pets yet",
                    "Add your first: a tape, a treat and five minutes are all it takes.",
                    link_button("Add a pet", href=FORM),
                ),
            ),
            waiting(),
        ),
        _removal(),
    )


def _pet(pet: ObjectVar[PetCard]) -> rx.Component:
    return rx.el.li(
        card(
            rx.el.div(
                rx.el.div(
                    rx.el.h2(pet.name, class_name="text-heading [overflow-wrap:anywhere]"),
                    rx.el.p(
                        rx.cond(pet.breed, pet.breed, pet.species),
                        class_name="text-muted",
                    ),
                    class_name="min-w-0",
                ),
                rx.cond(pet.archived, badge("Remembered"), badge(pet.species, tone="brand")),
                class_name="flex items-start justify-between gap-4",
            ),
            rx.el.div(
                facts(
                    ("Neck", pet.neck),
                    ("Chest", pet.girth),
                    ("Back", pet.back),
                    ("Weight", pet.weight),
                ),
                class_name="mt-4",
            ),
            rx.cond(pet.doubt, notice(pet.doubt, tone="warn", class_name="mt-3"), rx.fragment()),
            rx.cond(pet.archived, _remembered(pet), _in_use(pet)),
            class_name="flex h-full flex-col",
        ),
        class_name="list-none",
    )


def _remembered(pet: ObjectVar[PetCard]) -> rx.Component:
    return rx.el.div(
        button("Bring back", kind="secondary", size="sm", on_click=PetDesk.bring_back(pet.id)),
        _remove(pet),
        class_name="mt-5 flex items-center gap-2",
    )


def _remove(pet: ObjectVar[PetCard]) -> rx.Component:
    return icon_button(
        "trash",
        f"Remove {pet.name}",
        on_click=PetDesk.ask_removal(pet.id, pet.name),
        class_name="ml-auto -mr-2 text-muted",
    )


def _in_use(pet: ObjectVar[PetCard]) -> rx.Component:
    design = link_button(
        icon("cube"), "Design", href=f"/builder?pet={pet.id}", size="sm", kind="primary"
    )
    return rx.el.div(
        # On a site of licensing alone nothing is designed.
        design if sections.serves("builder") else rx.fragment(),
        link_button(
            icon("ruler"),
            "Measure",
            href=f"{FORM}?pet={pet.id}",
            size="sm",
            kind="secondary",
        ),
        _remove(pet),
        class_name="mt-5 flex items-center gap-2",
    )


def _removal() -> rx.Component:
    return dialog(
        f"Remove {PetDesk.removing_name}?",
        rx.el.p(
            "We forget the measurements at once. Designs you made for this pet stay. A pet that is "
            "only remembered stays here, and we send no reminders about it.",
            class_name="text-muted",
        ),
        dialog_actions(
            button("Keep", kind="quiet", on_click=PetDesk.keep_pet),
            button("Only remember", kind="secondary", on_click=PetDesk.archive),
            button("Remove", kind="danger", on_click=PetDesk.remove),
        ),
        open=PetDesk.removing != "",
        on_close=PetDesk.keep_pet,
        name="removal",
    )


PAGE = Page(
    route=LIST,
    view=kept,
    title="Your pets",
    area="account",
    on_load=PetDesk.open_list,
    requires=Permission.ACCOUNT,
)
