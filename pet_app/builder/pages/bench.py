"""The bench: the piece in 3D, and everything one can choose."""

import reflex as rx

from pet_app.builder.pages import details, options, summary
from pet_app.builder.pages.checks import checks
from pet_app.builder.pages.fit import fit
from pet_app.builder.pages.stage import stage
from pet_app.builder.pages.text import text
from pet_app.builder.state.bench import Bench
from pet_app.ui.page import Page

STEPS = {
    "piece": "Piece",
    "for": "For",
    "look": "Look",
    "details": "Details",
    "text": "Text",
    "fit": "Fit",
    "keep": "Keep",
}
UNDER_STAGE = "scroll-mt-[calc(40dvh+7.5rem)] lg:scroll-mt-32"


def bench() -> rx.Component:
    """The model stays in sight while the choices scroll, above them on a phone."""
    return rx.el.div(
        rx.el.h1("Design your own", class_name="sr-only"),
        stage(),
        rx.el.div(
            _ways(),
            rx.el.div(
                _step(
                    "piece", options.kinds(), options.widths(), details.lengths(), details.tags()
                ),
                _step("for", fit()),
                _step(
                    "look",
                    options.materials(),
                    options.colours(),
                    options.patterns(),
                    options.threads(),
                    options.finishes(),
                ),
                _step(
                    "details",
                    details.linings(),
                    details.buckles(),
                    details.rings(),
                    details.extras(),
                ),
                _step("text", text()),
                _step("fit", checks()),
                _step("keep", summary.naming(), summary.breakdown(), summary.picture()),
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


def _ways() -> rx.Component:
    """The way to each step, always in reach."""
    return rx.el.nav(
        *(
            rx.el.a(
                name,
                href=f"#step-{key}",
                class_name="inline-flex min-h-11 items-center px-2.5 text-small font-semibold "
                "text-muted no-underline transition hover:text-ink",
            )
            for key, name in STEPS.items()
        ),
        custom_attrs={"aria-label": "Steps"},
        class_name="sticky top-[calc(40dvh+4rem)] z-10 flex justify-between overflow-x-auto "
        "border-b border-line bg-surface px-2.5 sm:px-5.5 lg:top-16",
    )


def _step(key: str, *groups: rx.Component) -> rx.Component:
    """One step; it is away while the kind has nothing to choose in it."""
    return rx.el.section(
        rx.el.div(*groups, class_name="flex flex-col gap-6"),
        id=f"step-{key}",
        custom_attrs={"aria-label": STEPS[key]},
        class_name="border-b border-line py-7 last:border-0 has-[>div:empty]:hidden " + UNDER_STAGE,
    )


BENCH_PAGE = Page(
    route="/builder",
    view=bench,
    title="Design your own",
    description="Design a harness, collar, leash, tag or bandana to your animal's own "
    "measurements: see it in 3D, choose webbing, colours and words, and watch the price as you go.",
    area="bare",
    on_load=Bench.open,
)
