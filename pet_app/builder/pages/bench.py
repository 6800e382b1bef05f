"""The bench: the piece in 3D, and everything one can choose."""

import reflex as rx

from pet_app.builder.looks import surfaces
from pet_app.builder.pages import options, summary
from pet_app.builder.pages.fit import fit
from pet_app.builder.pages.options import VIEW
from pet_app.builder.state.bench import Bench
from pet_app.ui.components.buttons import icon_button
from pet_app.ui.components.messages import notice
from pet_app.ui.page import Page
from pet_app.ui.viewer3d import turn_to, viewer3d

FIRST_VIEW = "42deg 70deg 105%"
VIEWS = {
    "Three-quarter": FIRST_VIEW,
    "Side": "0deg 84deg 105%",
    "Front": "90deg 84deg 105%",
    "Above": "20deg 12deg 105%",
}


def bench() -> rx.Component:
    """The model stays in sight while the choices scroll, above them on a phone."""
    return rx.el.div(
        rx.el.h1("Design your own", class_name="sr-only"),
        _stage(),
        rx.el.div(
            rx.el.div(
                _step(options.kinds(), fit()),
                _step(options.widths(), options.materials()),
                _step(options.colours(), options.patterns(), options.finishes()),
                _step(summary.naming(), summary.breakdown(), summary.picture()),
                class_name="flex flex-col px-5 pb-6 sm:px-8",
            ),
            rx.el.div(
                summary.news(),
                summary.bar(),
                class_name="sticky bottom-0 z-20 mt-auto border-t border-line bg-surface px-5 py-3 "
                "sm:px-8",
            ),
            # What is chosen before the bench is laid out would be lost with the laying out.
            custom_attrs={"inert": ~Bench.opened, "aria-busy": ~Bench.opened},
            data_testid="choices",
            class_name="relative flex min-h-0 flex-col bg-surface lg:min-h-[calc(100dvh-4rem)] "
            "lg:border-l lg:border-line",
        ),
        class_name="grid lg:grid-cols-[minmax(0,1fr)_28rem]",
    )


def _stage() -> rx.Component:
    return rx.el.div(
        viewer3d(
            _views(),
            _history(),
            rx.cond(
                Bench.model_fault,
                rx.el.div(
                    notice(Bench.model_fault, tone="warn"),
                    class_name="absolute inset-x-4 top-4",
                ),
                rx.fragment(),
            ),
            name=VIEW,
            src=Bench.model,
            alt=Bench.shown.description,
            poster=Bench.poster,
            look=Bench.look,
            surfaces=rx.Var.create(surfaces()),
            orbit=FIRST_VIEW,
        ),
        class_name="picture-ground sticky top-16 z-10 h-[40dvh] lg:h-[calc(100dvh-4rem)]",
    )


def _views() -> rx.Component:
    return rx.el.div(
        *(
            rx.el.button(
                name,
                type="button",
                on_click=turn_to(VIEW, orbit),
                class_name="min-h-11 rounded-full px-3 text-label font-semibold text-[#17211c] "
                "transition hover:bg-white/70 sm:px-4",
            )
            for name, orbit in VIEWS.items()
        ),
        role="group",
        custom_attrs={"aria-label": "View"},
        class_name="absolute inset-x-0 bottom-1 flex justify-center gap-0.5 lg:bottom-12",
    )


def _history() -> rx.Component:
    return rx.el.div(
        icon_button("undo", "Undo", on_click=Bench.undo, disabled=~Bench.can_undo),
        icon_button("redo", "Redo", on_click=Bench.redo, disabled=~Bench.can_redo),
        icon_button("plus", "Start a new piece", on_click=Bench.start_over),
        class_name="absolute right-2 top-2 flex [&_button]:text-[#17211c] "
        "[&_button:hover]:bg-white/70",
    )


def _step(*groups: rx.Component) -> rx.Component:
    return rx.el.section(
        *groups, class_name="flex flex-col gap-6 border-b border-line py-7 last:border-0"
    )


BENCH_PAGE = Page(
    route="/builder",
    view=bench,
    title="Design your own",
    description="Design a harness or a collar to your dog's own measurements: see it in 3D, choose "
    "webbing, colours and pattern, and watch the price as you go.",
    area="bare",
    on_load=Bench.open,
)
