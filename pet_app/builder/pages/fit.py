"""Whom the piece is for: one of your pets, typed measurements, or a standard size; its build."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.builder.choices import Typed
from pet_app.builder.pages.picking import advices
from pet_app.builder.rules import Build
from pet_app.builder.sizes import Size, sizes
from pet_app.builder.state.bench import Bench
from pet_app.builder.state.shown import PetChip
from pet_app.builder.words import name_of
from pet_app.core.measures import Units
from pet_app.ui.components.buttons import text_link
from pet_app.ui.components.choices import choice_group, segment
from pet_app.ui.components.fields import select_field, text_field

UNIT_NAMES = {Units.CM: "cm, kg", Units.IN: "in, lb"}
MEASURING_GUIDE = "/measuring-guide"


def fit() -> rx.Component:
    """Pets and sizes fill the fields; what is typed goes before both."""
    return rx.el.div(
        choice_group(
            "Made to measure for",
            rx.foreach(Bench.chips, _chip),
            *(_size(size) for size in sizes().values()),
            hint=text_link("How to measure", href=MEASURING_GUIDE),
        ),
        rx.el.div(
            _field("Neck", "neck", Bench.choices.neck, Bench.choices.units),
            _field("Chest", "girth", Bench.choices.girth, Bench.choices.units),
            _field("Back", "back", Bench.choices.back, Bench.choices.units),
            _field("Weight", "weight", Bench.choices.weight, Bench.weight_unit),
            _age(),
            key=Bench.drawn,
            class_name="grid grid-cols-2 gap-4",
        ),
        _builds(),
        choice_group(
            "Units",
            *(
                segment(
                    name,
                    Bench.choices.units == units.value,
                    name="units",
                    value=units.value,
                    on_change=Bench.measure_in(units),
                )
                for units, name in UNIT_NAMES.items()
            ),
        ),
        class_name="flex flex-col gap-5",
    )


def _builds() -> rx.Component:
    """The build of the animal: how its body runs between the places that are measured."""
    return rx.el.div(
        select_field(
            "Build",
            "build",
            [(build.value, name_of("build", build.value)) for build in Build],
            value=Bench.choices.build,
            on_change=lambda value: Bench.choose("build", value),
        ),
        advices("build"),
        class_name="flex flex-col gap-3",
    )


def _age() -> rx.Component:
    """How old a growing animal is; what it will outgrow is said in the fit."""
    faults: Any = Bench.faults
    refused: Any = Bench.shown.refused
    return rx.el.div(
        text_field(
            "Still growing? Age",
            "age",
            suffix="weeks",
            optional=True,
            error=rx.cond(
                faults.contains("age_weeks"),
                faults["age_weeks"],
                rx.cond(refused.contains("age"), refused["age"].reason, ""),
            ),
            default_value=Bench.choices.age,
            input_mode="numeric",
            auto_complete="off",
            on_change=Bench.measure("age").debounce(350),
            on_blur=Bench.measure("age"),
        ),
        class_name="col-span-2",
    )


def _chip(pet: ObjectVar[PetChip]) -> rx.Component:
    return segment(
        pet.name,
        Bench.choices.fit == pet.id,
        name="fit",
        value=pet.id,
        on_change=Bench.fit_pet(pet.id),
    )


def _size(size: Size) -> rx.Component:
    return segment(
        size.name,
        Bench.choices.fit == size.key,
        name="fit",
        value=size.key,
        title=size.suits,
        on_change=Bench.fit_size(size.key),
    )


def _field(label: str, part: Typed, typed: rx.Var[str], unit: rx.Var[str]) -> rx.Component:
    name = "weight_g" if part == "weight" else f"{part}_mm"
    field = f"measurements.{name}"
    return text_field(
        label,
        part,
        suffix=unit,
        error=rx.cond(Bench.faults.contains(field), Bench.faults[field], ""),
        default_value=typed,
        input_mode="decimal",
        auto_complete="off",
        on_change=Bench.measure(part).debounce(350),
        # Whoever types and then presses Save at once means what was typed.
        on_blur=Bench.measure(part),
    )
