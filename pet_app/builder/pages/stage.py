"""The stage: the model in 3D, from where it is seen, with or without the animal."""

from typing import Any

import reflex as rx

from pet_app.builder.looks import surfaces
from pet_app.builder.pages.picking import VIEW
from pet_app.builder.rules import Build, Kind
from pet_app.builder.state.bench import Bench
from pet_app.ui.components.buttons import icon_button
from pet_app.ui.components.messages import notice
from pet_app.ui.viewer3d import turn_to, viewer3d

FIRST = "Three-quarter"
USUAL_VIEW = "42deg 70deg 110%"
WORN_VIEW = "46deg 76deg 78%"
FIRST_VIEWS: dict[Kind, str] = {
    Kind.COLLAR: "52deg 62deg 112%",
    Kind.MARTINGALE: "128deg 66deg 120%",
    Kind.LEASH: "12deg 50deg 105%",
    Kind.TAG: "72deg 78deg 128%",
    Kind.BANDANA: "76deg 78deg 118%",
}
"""From where a kind is first seen, when it is not the usual side."""

VIEWS = {
    "Side": "0deg 84deg 105%",
    "Front": "90deg 84deg 105%",
    "Above": "20deg 12deg 105%",
}
ON_LIGHT = "text-[#17211c] hover:bg-white/70"
"""The stage stays light in the dark, as paper does in a studio."""


def stage() -> rx.Component:
    """The model, and what lies over it."""
    return rx.el.div(
        viewer3d(
            _views(),
            _history(),
            _worn(),
            rx.cond(
                Bench.model_fault,
                rx.el.div(
                    notice(
                        Bench.model_fault, tone="warn", class_name="mx-auto max-w-lg shadow-card"
                    ),
                    class_name="absolute inset-x-3 top-14",
                ),
                rx.fragment(),
            ),
            name=VIEW,
            src=Bench.model,
            alt=Bench.shown.description,
            poster=Bench.poster,
            look=Bench.look,
            surfaces=rx.Var.create(surfaces()),
            orbit=_first_view(),
        ),
        class_name="picture-ground sticky top-16 z-20 h-[40dvh] [--clear-above:0.5rem] "
        "[--clear-below:2.5rem] lg:z-10 lg:h-[calc(100dvh-4rem)] lg:[--clear-above:1rem] "
        "lg:[--clear-below:5.5rem]",
    )


def _first_view() -> Any:
    alone = rx.match(
        Bench.choices.kind,
        *((kind.value, orbit) for kind, orbit in FIRST_VIEWS.items()),
        USUAL_VIEW,
    )
    return rx.cond(_is_worn(), WORN_VIEW, alone)


def _is_worn() -> Any:
    return Bench.worn & Bench.can_be_worn


def _views() -> rx.Component:
    own = ((kind.value, _view(FIRST, orbit)) for kind, orbit in FIRST_VIEWS.items())
    alone = rx.match(Bench.choices.kind, *own, _view(FIRST, USUAL_VIEW))
    return rx.el.div(
        rx.cond(_is_worn(), _view(FIRST, WORN_VIEW), alone),
        *(_view(name, orbit) for name, orbit in VIEWS.items()),
        role="group",
        custom_attrs={"aria-label": "View"},
        class_name="absolute inset-x-0 bottom-0 flex justify-center gap-0.5 lg:bottom-12",
    )


def _view(name: str, orbit: str) -> rx.Component:
    return rx.el.button(
        name,
        type="button",
        on_click=turn_to(VIEW, orbit),
        class_name="min-h-11 rounded-full px-3 text-label font-semibold transition sm:px-4 "
        + ON_LIGHT,
    )


def _history() -> rx.Component:
    return rx.el.div(
        icon_button("undo", "Undo", on_click=Bench.undo, disabled=~Bench.can_undo),
        icon_button("redo", "Redo", on_click=Bench.redo, disabled=~Bench.can_redo),
        icon_button("plus", "Start a new piece", on_click=Bench.start_over),
        class_name="absolute right-2 top-2 flex [&_button]:text-[#17211c] "
        "[&_button:hover]:bg-white/70",
    )


def _worn() -> rx.Component:
    """Whether the piece is shown on the animal it is for."""
    animal = rx.cond(Bench.choices.build == Build.CAT.value, "On the cat", "On the dog")
    return rx.cond(
        Bench.can_be_worn,
        rx.el.button(
            rx.el.span(
                rx.el.span(
                    class_name="absolute left-0.5 top-0.5 h-4 w-4 rounded-full bg-white "
                    "shadow-card transition [[aria-pressed=true]_&]:translate-x-4",
                ),
                class_name="relative h-5 w-9 shrink-0 rounded-full bg-[#17211c]/35 transition "
                "[[aria-pressed=true]_&]:bg-[#1f4a3d]",
                custom_attrs={"aria-hidden": "true"},
            ),
            animal,
            type="button",
            on_click=Bench.wear,
            custom_attrs={"aria-pressed": rx.cond(Bench.worn, "true", "false")},
            class_name="absolute left-3 top-2 flex min-h-11 items-center gap-2.5 rounded-full px-3 "
            "text-small font-semibold transition " + ON_LIGHT,
            id="worn",
        ),
        rx.fragment(),
    )
