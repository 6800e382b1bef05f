"""The form for a new pet or one we know, beside the drawing of where to measure."""

from typing import Any

import reflex as rx

from pet_app.core.security import Permission
from pet_app.pet.pages.shared import FORM, LIST, units_choice, waiting
from pet_app.pet.rules import Species
from pet_app.pet.state import PetDesk, Typed
from pet_app.ui.components.buttons import button, link_button
from pet_app.ui.components.choices import choice_group, segment
from pet_app.ui.components.conditions import error_state
from pet_app.ui.components.dog import measuring_guide
from pet_app.ui.components.fields import select_field, text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import page_heading
from pet_app.ui.page import Page
from pet_app.ui.session import field_problem

SEXES = [("", "Not said"), ("female", "Female"), ("male", "Male")]
ALTERED = [("", "Not said"), ("yes", "Yes"), ("no", "No")]

HOW = {
    "Neck": "Where a collar sits, close but not tight. We add the room it needs.",
    "Chest": "Round the chest at its widest, about four fingers behind the front legs.",
    "Back": "From the base of the neck to the root of the tail.",
}


def measure() -> rx.Component:
    """A pet being measured."""
    return rx.el.div(
        page_heading(
            rx.cond(PetDesk.known, "Change your pet", "Add a pet"),
            "Measure your pet standing, with a soft tape. Twice is better than once.",
        ),
        rx.cond(PetDesk.ready, _form(), rx.cond(PetDesk.problem, _not_found(), waiting())),
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            rx.el.div(
                measuring_guide("w-full"),
                rx.el.ol(
                    *(rx.el.li(f"{name}: {text}") for name, text in HOW.items()),
                    class_name="mt-4 list-decimal space-y-1 pl-5 text-small text-muted",
                ),
                class_name="rounded-panel bg-sunk p-6 lg:sticky lg:top-28 lg:self-start",
            ),
            rx.el.div(
                _who(),
                rx.el.div(
                    units_choice(PetDesk.form.units, PetDesk.choose_units),
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
                _more(),
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


def _more() -> rx.Component:
    """What a town asks for its licence; nothing of it is needed for a harness."""
    return rx.el.details(
        rx.el.summary(
            rx.el.span("More about them", class_name="font-semibold"),
            icon("chevron-down", 18, "shrink-0 transition-transform [details[open]_&]:rotate-180"),
            class_name="flex min-h-11 cursor-pointer list-none items-center justify-between "
            "gap-4 [&::-webkit-details-marker]:hidden",
        ),
        rx.el.p(
            "Only for a pet licence: filled in here once, it stands in every application.",
            class_name="text-small text-muted",
        ),
        rx.el.div(
            _choice("Sex", "sex", PetDesk.form.sex, SEXES),
            _choice("Spayed or neutered", "altered", PetDesk.form.altered, ALTERED),
            _field(
                "Born",
                "born",
                PetDesk.form.born,
                field_problem("born"),
                type="date",
                help="About the day is enough.",
            ),
            _field("Colours", "colours", PetDesk.form.colours, field_problem("colours")),
            rx.el.div(_microchip(), class_name="sm:col-span-2"),
            class_name="mt-5 grid gap-5 sm:grid-cols-2",
        ),
        # What was told already, and what is wrong with it, is not hidden.
        open=PetDesk.told_more,
        class_name="rounded-card px-5 py-2 pb-5 ring-1 ring-inset ring-line [&:not([open])]:pb-2",
    )


def _microchip() -> rx.Component:
    return _field(
        "Microchip",
        "microchip",
        PetDesk.form.microchip,
        field_problem("microchip"),
        input_mode="numeric",
        help="15 digits, from the vet's papers or a reader.",
        custom_attrs={"autoComplete": "off"},
    )


def _choice(
    label: str, name: Typed, chosen: rx.Var[str], options: list[tuple[str, str]]
) -> rx.Component:
    return select_field(
        label,
        name,
        options,
        error=field_problem(name),
        default_value=chosen,
        on_change=lambda value: PetDesk.keep(name, value),
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


def _not_found() -> rx.Component:
    return error_state(
        "We can't open this pet",
        PetDesk.problem,
        link_button("To your pets", href=LIST),
    )


PAGE = Page(
    route=FORM,
    view=measure,
    title="Measure your pet",
    area="account",
    on_load=PetDesk.open_form,
    requires=Permission.ACCOUNT,
)
