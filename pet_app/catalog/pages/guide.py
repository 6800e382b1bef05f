"""How to measure, in three lengths and a weight."""

import reflex as rx

from pet_app.ui.components.buttons import link_button
from pet_app.ui.components.dog import measuring_guide
from pet_app.ui.components.icons import icon
from pet_app.ui.components.layouts import breadcrumb, container, page_heading, stitched_rule
from pet_app.ui.components.messages import notice
from pet_app.ui.page import Page, breadcrumb_list

LENGTHS = (
    (
        "Neck",
        (
            "Round the neck where a collar sits, close but not tight. Lay the tape flat and leave "
            "no fingers under it: we add the ease."
        ),
    ),
    (
        "Girth",
        (
            "Round the chest at its widest, about four fingers behind the front legs, or two for "
            "a small dog. It is always more than the neck."
        ),
    ),
    (
        "Back",
        (
            "Along the spine, from the base of the neck, where a collar lies, to the base of the "
            "tail."
        ),
    ),
    (
        "Weight",
        "From the vet's scales, or yours, with and without the dog in your arms.",
    ),
)
HINTS = (
    "Use a soft tape. A string and a ruler do as well.",
    "Have the dog stand square, on a flat floor, head up.",
    "Measure each length three times and let the dog shake itself between. Keep the middle value.",
    "For a long coat, work the tape down to the body.",
)


def guide() -> rx.Component:
    """The page."""
    return container(
        breadcrumb(("Home", "/"), ("Measuring guide", "")),
        page_heading(
            "How to measure",
            "Three lengths and a weight are all we need. Two minutes, and a treat at the end.",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.div(
                    measuring_guide("mx-auto w-full max-w-md"),
                    class_name="mb-12 rounded-panel bg-sunk p-6",
                ),
                _lengths(),
            ),
            rx.el.aside(
                rx.el.h2("So that it comes out right", class_name="text-subheading"),
                rx.el.ul(
                    *(
                        rx.el.li(
                            icon("check", 20, "mt-0.5 text-brand"),
                            rx.el.span(hint),
                            class_name="flex gap-3",
                        )
                        for hint in HINTS
                    ),
                    class_name="mt-5 flex flex-col gap-4",
                ),
                notice(
                    "Unsure between two values? Enter the larger: straps can be drawn in.",
                    class_name="mt-7",
                ),
                link_button(
                    "I have my numbers",
                    icon("arrow-right", 18),
                    href="/builder",
                    class_name="mt-7 w-full",
                ),
                class_name="self-start rounded-panel bg-surface p-7 ring-1 ring-inset ring-line "
                "lg:sticky lg:top-24",
                custom_attrs={"aria-label": "Hints"},
            ),
            class_name="grid gap-14 lg:grid-cols-[1.3fr_1fr] lg:gap-20",
        ),
        class_name="pt-4 pb-24",
    )


def _lengths() -> rx.Component:
    return rx.el.ol(
        *(
            rx.el.li(
                stitched_rule("mb-5"),
                rx.el.h2(f"{number}. {name}", class_name="text-heading"),
                rx.el.p(text, class_name="mt-2 text-lead text-muted"),
            )
            for number, (name, text) in enumerate(LENGTHS, start=1)
        ),
        class_name="flex flex-col gap-12",
    )


PAGE = Page(
    route="/measuring-guide",
    view=guide,
    title="Measuring guide",
    description=(
        "How to measure a dog for a harness or collar: neck, girth, back and weight, with a soft "
        "tape, in two minutes."
    ),
    json_ld=(breadcrumb_list(("Home", "/"), ("Measuring guide", "/measuring-guide")),),
)
