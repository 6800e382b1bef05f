"""One field of a postal address: a list where the country has one, else a line to type."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.ui.components.fields import select_field, text_area, text_field
from pet_app.ui.postal import Field
from pet_app.ui.session import field_problem


def postal_field(
    field: ObjectVar[Field], *, drawn: Any, on_pick: Any, on_keep: Any
) -> rx.Component:
    """One field. `on_pick` and `on_keep` take its name and value: chosen from a list, or typed.

    Under the same `drawn` a field that another country has too stays as it is, with whoever is
    typing into it.
    """
    name: rx.Var[str] = field.name  # pyright: ignore[reportAssignmentType]
    error = field_problem(name)
    typed = {
        "error": error,
        "default_value": field.value,
        "on_blur": lambda value: on_keep(name, value),
        "auto_complete": field.complete,
    }
    return rx.el.div(
        rx.cond(
            field.options.length() > 0,
            select_field(
                field.label,
                name,
                field.options,
                error=error,
                value=field.value,
                on_change=lambda value: on_pick(name, value),
                auto_complete=field.complete,
            ),
            rx.cond(
                name == "street_address",
                text_area(field.label, name, rows="2", class_name="min-h-20", **typed),
                text_field(
                    field.label,
                    name,
                    help=field.help,
                    custom_attrs={"inputMode": field.keyboard},
                    **typed,
                ),
            ),
        ),
        key=f"{drawn}-{name}",
        class_name=rx.cond(field.wide, "sm:col-span-2", ""),
    )
