"""Whom the piece is for: one of your pets, typed measurements, or a standard size; its build."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from pet_app.builder.choices import Typed
from pet_app.builder.pages.checks import unfolding
from pet_app.builder.pages.picking import advices, by_kind
from pet_app.builder.rules import Build, Kind
from pet_app.builder.sizes import Size, sizes
from pet_app.builder.state.bench import Bench
from pet_app.builder.state.shown import PetChip
from pet_app.builder.words import name_of
from pet_app.builder.worn import WORN
from pet_app.core.measures import Units
from pet_app.ui.components.buttons import text_link
from pet_app.ui.components.choices import choice_group, segment
from pet_app.ui.components.fields import select_field, text_field

UNIT_NAMES = {Units.CM: "cm, kg", Units.IN: "in, lb"}
MEASURING_GUIDE = "/measuring-guide"

FIELDS: dict[Typed, str] = {"neck": "Neck", "girth": "Chest", "back": "Back", "weight": "Weight"}
CUT_BY: dict[Kind, tuple[Typed, ...]] = {
    Kind.HARNESS: ("neck", "girth", "back", "weight"),
    Kind.COLLAR: ("neck", "weight"),
    Kind.MARTINGALE: ("neck", "weight"),
    Kind.LEASH: ("weight",),
    Kind.BANDANA: ("neck",),
}
"""What each kind is cut or held by; the rest only shapes the animal it is shown on."""
GROWN_OUT_OF = (Kind.HARNESS, Kind.COLLAR, Kind.MARTINGALE)


def has_fit(kind: Kind) -> bool:
    """Whether a kind is made for one animal rather than any."""
    return kind in CUT_BY


def fit() -> rx.Component:
    """Pets and sizes fill the fields; what is typed goes before both."""
    return rx.el.div(
        choice_group(
            "Your pet, or a size",
            rx.foreach(Bench.chips, _chip),
            *(_size(size) for size in sizes().values()),
            hint=text_link("How to measure", href=MEASURING_GUIDE),
        ),
        rx.el.div(
            by_kind(cut_by, _fields),
            by_kind(lambda kind: _rest(kind) if kind in WORN else (), _folded),
            by_kind(lambda kind: () if kind in WORN else _rest(kind), _if_wrong),
            by_kind(lambda kind: ("build",) if kind in WORN else (), lambda _: _builds()),
            by_kind(lambda kind: ("age",) if kind in GROWN_OUT_OF else (), lambda _: _age()),
            key=Bench.drawn,
            class_name="flex flex-col gap-4",
        ),
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


def cut_by(kind: Kind) -> tuple[Any, ...]:
    """The measurements that are asked for at once."""
    return CUT_BY.get(kind, ())


def in_trouble() -> Any:
    """Whether something of the animal has to be put right, be it asked for at once or not."""
    refused: Any = Bench.shown.refused
    return (Bench.faults.length() > 0) | refused.contains("build") | refused.contains("age")


def _rest(kind: Kind) -> tuple[Any, ...]:
    return tuple(part for part in FIELDS if part not in cut_by(kind))


def _folded(parts: tuple[Any, ...]) -> rx.Component:
    """What decides how the piece is shown, and not how it is cut."""
    return unfolding(
        "The rest of the animal",
        rx.el.p("For its view on the animal; the cut does not change.", class_name="text-muted"),
        _fields(parts),
        open=_is_wrong(parts),
    )


def _if_wrong(parts: tuple[Any, ...]) -> rx.Component:
    """What a kind has no use for is shown when it keeps the piece from being made."""
    refused: Any = Bench.shown.refused
    return rx.fragment(
        rx.cond(_is_wrong(parts), _fields(parts), rx.fragment()),
        rx.cond(refused.contains("build"), _builds(), rx.fragment()),
        rx.cond(
            Bench.faults.contains("age_weeks") | refused.contains("age"), _age(), rx.fragment()
        ),
    )


def _is_wrong(parts: tuple[Any, ...]) -> Any:
    found: Any = False
    for part in parts:
        found = Bench.faults.contains(_name(part)) | found
    return found


def _fields(parts: tuple[Any, ...]) -> rx.Component:
    return rx.el.div(
        *(_field(part) for part in parts),
        class_name="grid grid-cols-2 gap-4",
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
    return text_field(
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


def _field(part: Typed) -> rx.Component:
    name = _name(part)
    return text_field(
        FIELDS[part],
        part,
        suffix=Bench.weight_unit if part == "weight" else Bench.choices.units,
        error=rx.cond(Bench.faults.contains(name), Bench.faults[name], ""),
        default_value=getattr(Bench.choices, part),
        input_mode="decimal",
        auto_complete="off",
        on_change=Bench.measure(part).debounce(350),
        # Whoever types and then presses Save at once means what was typed.
        on_blur=Bench.measure(part),
    )


def _name(part: Typed) -> str:
    """What `reading.parse` calls a measurement."""
    return f"measurements.{'weight_g' if part == 'weight' else f'{part}_mm'}"
