"""What both pet pages show."""

from typing import Any

import reflex as rx

from pet_app.core.measures import Units
from pet_app.ui.components.choices import choice_group, segment
from pet_app.ui.components.conditions import skeleton

LIST = "/dashboard/pets"
FORM = "/dashboard/pets/measure"


def units_choice(chosen: rx.Var[str], choose: Any) -> rx.Component:
    """Centimetres or inches; `choose` takes the `Units` picked."""
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


def waiting() -> rx.Component:
    """Where cards are about to be."""
    return rx.el.div(
        *(skeleton("h-56 w-full") for _ in range(3)),
        class_name="grid gap-5 sm:grid-cols-2 xl:grid-cols-3",
    )
