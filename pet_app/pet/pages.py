"""The pets of the person signed in, and the page to measure one."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.core.measures import Units
from pet_app.core.security import Role
from pet_app.pet.drawing import measuring_guide
from pet_app.pet.rules import Species
from pet_app.pet.state import PetCard, PetDesk, Typed
from pet_app.ui.components.badges import badge
from pet_app.ui.components.buttons import button, icon_button, link_button
from pet_app.ui.components.cards import card
from pet_app.ui.components.choices import choice_group, segment
from pet_app.ui.components.conditions import empty_state, error_state, skeleton
from pet_app.ui.components.dialogs import dialog, dialog_actions
from pet_app.ui.components.fields import text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import page_heading
from pet_app.ui.components.messages import notice
from pet_app.ui.components.tables import facts
from pet_app.ui.page import Page
from pet_app.ui.session import field_problem

LIST = "/dashboard/pets"
FORM = "/dashboard/pets/measure"

HOW = {
    "neck": "Where a collar sits, with two fingers under the tape.",
    "girth": "Round the deepest part, a hand's breadth behind the front legs.",
    "back": "From the base of the neck to the root of the tail.",
}


def pets() -> rx.Component:
    """Every pet, and the way to add one."""
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
                    _units(PetDesk.units, PetDesk.list_in),
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
            _waiting(),
        ),
        _removal(),
    )


def measure() -> rx.Component:
    """The form for a new pet or one we know."""
    return rx.el.div(
        page_heading(
            rx.cond(PetDesk.known, "Change your pet", "Add a pet"),
            "Measure your pet standing, with a soft tape. Twice is better than once.",
        ),
        rx.cond(PetDesk.ready, _form(), rx.cond(PetDesk.problem, _not_found(), _waiting())),
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
                badge(pet.species, tone="brand"),
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
            rx.el.div(
                link_button(
                    icon("cube"), "Design", href=f"/builder?pet={pet.id}", size="sm", kind="primary"
                ),
                link_button(
                    icon("ruler"),
                    "Measure",
                    href=f"{FORM}?pet={pet.id}",
                    size="sm",
                    kind="secondary",
                ),
                icon_button(
                    "trash",
                    f"Remove {pet.name}",
                    on_click=PetDesk.ask_removal(pet.id, pet.name),
                    class_name="ml-auto -mr-2 text-muted",
                ),
                class_name="mt-5 flex items-center gap-2",
            ),
            class_name="flex h-full flex-col",
        ),
        class_name="list-none",
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            rx.el.div(
                measuring_guide("w-full"),
                rx.el.ol(
                    *(rx.el.li(f"{name}: {text}") for name, text in _spoken().items()),
                    class_name="mt-4 list-decimal space-y-1 pl-5 text-small text-muted",
                ),
                class_name="rounded-panel bg-sunk p-6 lg:sticky lg:top-28 lg:self-start",
            ),
            rx.el.div(
                _who(),
                rx.el.div(
                    _units(PetDesk.form.units, PetDesk.choose_units),
                    rx.el.div(
                        _length("Neck", "neck"),
                        _length("Chest", "girth"),
                        _length("Back", "back"),
                        _field(
                            "Weight",
                            "weight",
                            PetDesk.form.weight,
                            field_problem("weight_g"),
                            suffix=PetDesk.weight_unit,
                            input_mode="decimal",
                        ),
                        class_name="mt-5 grid gap-5 sm:grid-cols-2",
                    ),
                ),
                rx.el.div(
                    button("Save", type="submit", size="lg"),
                    link_button("Cancel", href=LIST, kind="quiet", size="lg"),
                    class_name="flex flex-wrap gap-3",
                ),
                class_name="flex flex-col gap-8",
            ),
            class_name="grid gap-8 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:gap-12",
        ),
        on_submit=PetDesk.save,
        key=PetDesk.drawn,
        custom_attrs={"noValidate": True},
        class_name="group",
    )


def _who() -> rx.Component:
    return rx.el.div(
        choice_group(
            "Who is it?",
            *(
                segment(
                    species.value.capitalize(),
                    PetDesk.form.species == species.value,
                    name="species",
                    value=species.value,
                    on_change=lambda _value, species=species: PetDesk.choose_species(species),
                )
                for species in Species
            ),
        ),
        rx.el.div(
            _field("Name", "name", PetDesk.form.name, field_problem("name")),
            _field(
                "Breed",
                "breed",
                PetDesk.form.breed,
                field_problem("breed"),
                optional=True,
                on_change=PetDesk.suggest_breeds.debounce(200),
                custom_attrs={"list": "breeds", "autoComplete": "off"},
            ),
            rx.el.datalist(
                rx.foreach(PetDesk.suggestions, lambda breed: rx.el.option(value=breed)),
                id="breeds",
            ),
            class_name="mt-5 grid gap-5 sm:grid-cols-2",
        ),
    )


def _length(label: str, name: Typed) -> rx.Component:
    return _field(
        label,
        name,
        getattr(PetDesk.form, name),
        field_problem(f"{name}_mm"),
        suffix=PetDesk.form.units,
        input_mode="decimal",
    )


def _field(
    label: str, name: Typed, typed: rx.Var[str], error: rx.Var[str], **props: Any
) -> rx.Component:
    return text_field(
        label,
        name,
        error=error,
        default_value=typed,
        on_blur=lambda value: PetDesk.keep(name, value),
        **props,
    )


def _units(chosen: rx.Var[str], choose: Any) -> rx.Component:
    names = {Units.CM: "cm and kg", Units.IN: "in and lb"}
    return choice_group(
        "Units",
        *(
            segment(
                names[units],
                chosen == units.value,
                name="units",
                value=units.value,
                on_change=lambda _value, units=units: choose(units),
            )
            for units in Units
        ),
    )


def _removal() -> rx.Component:
    return dialog(
        f"Remove {PetDesk.removing_name}?",
        rx.el.p(
            "We forget the measurements at once. Designs you made for this pet stay.",
            class_name="text-muted",
        ),
        dialog_actions(
            button("Keep", kind="quiet", on_click=PetDesk.keep_pet),
            button("Remove", kind="danger", on_click=PetDesk.remove),
        ),
        open=PetDesk.removing != "",
        on_close=PetDesk.keep_pet,
        name="removal",
    )


def _not_found() -> rx.Component:
    return error_state(
        "We can't open this pet",
        PetDesk.problem,
        link_button("To your pets", href=LIST),
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        *(skeleton("h-56 w-full") for _ in range(3)),
        class_name="grid gap-5 sm:grid-cols-2 xl:grid-cols-3",
    )


def _spoken() -> dict[str, str]:
    return {"Neck": HOW["neck"], "Chest": HOW["girth"], "Back": HOW["back"]}


PAGES = [
    Page(
        route=LIST,
        view=pets,
        title="Your pets",
        area="account",
        on_load=PetDesk.open_list,
        requires=Role.USER,
    ),
    Page(
        route=FORM,
        view=measure,
        title="Measure your pet",
        area="account",
        on_load=PetDesk.open_form,
        requires=Role.USER,
    ),
]
