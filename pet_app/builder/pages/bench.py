"""The bench: the piece in 3D, and everything one can choose."""

from typing import Any

import reflex as rx

from pet_app.builder.pages import details, options, summary
from pet_app.builder.pages.album import album
from pet_app.builder.pages.checks import checks, has_checks
from pet_app.builder.pages.fit import fit, has_fit, in_trouble
from pet_app.builder.pages.picking import UNDER_STAGE, by_kind
from pet_app.builder.pages.stage import stage
from pet_app.builder.pages.text import text
from pet_app.builder.rules import Kind
from pet_app.builder.state.bench import Bench
from pet_app.ui.page import Page

STEPS = {
    "piece": ("Piece", "What shall it be?"),
    "for": ("For", "Whom is it for?"),
    "look": ("Look", "How shall it look?"),
    "details": ("Details", "How shall it be made?"),
    "text": ("Text", "What shall it say?"),
    "fit": ("Fit", "Does it fit and hold?"),
    "keep": ("Keep", "Keep it"),
}
"""What each step is called among the ways to it, and above itself."""


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
                _step("keep", summary.naming(), summary.breakdown(), album()),
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
        class_name="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_28rem]",
    )


def _ways() -> rx.Component:
    """The way to each step, always in reach."""
    return rx.el.nav(
        *(
            _if_there(
                key,
                rx.el.a(
                    name,
                    href=f"#step-{key}",
                    class_name="inline-flex min-h-11 items-center px-2.5 text-small font-semibold "
                    "text-muted no-underline transition hover:text-ink",
                ),
            )
            for key, (name, _) in STEPS.items()
        ),
        custom_attrs={"aria-label": "Steps"},
        class_name="sticky top-[calc(40dvh+4rem)] z-10 flex justify-between overflow-x-auto "
        "border-b border-line bg-surface px-2.5 sm:px-5.5 lg:top-16",
    )


def _step(key: str, *groups: rx.Component) -> rx.Component:
    """One step under its question."""
    title = STEPS[key][1]
    return _if_there(
        key,
        rx.el.section(
            rx.el.h2(title, class_name="mb-5 text-subheading font-semibold"),
            rx.el.div(*groups, class_name="flex flex-col gap-6"),
            id=f"step-{key}",
            custom_attrs={"aria-label": title},
            class_name="border-b border-line py-7 last:border-0 " + UNDER_STAGE,
        ),
    )


def _if_there(key: str, shown: rx.Component) -> Any:
    """`shown` while the kind on the bench has that step."""
    match key:
        case "for":
            return rx.cond(in_trouble(), shown, _for_kinds(has_fit, shown))
        case "details":
            return _for_kinds(details.has_details, shown)
        case "fit":
            return _for_kinds(has_checks, shown)
        case _:
            return shown


def _for_kinds(has: Any, shown: rx.Component) -> Any:
    def those(kind: Kind) -> tuple[str, ...]:
        return ("there",) if has(kind) else ()

    return by_kind(those, lambda _: shown)


BENCH_PAGE = Page(
    route="/builder",
    view=bench,
    title="Design your own",
    description="Design a harness, collar, leash, tag or bandana to your animal's own "
    "measurements: see it in 3D, choose webbing, colours and words, and watch the price as you go.",
    area="bare",
    on_load=Bench.open,
)
