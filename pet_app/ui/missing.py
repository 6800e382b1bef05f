"""What stands where nothing is."""

import reflex as rx

from pet_app.core import sections
from pet_app.ui.components.buttons import link_button
from pet_app.ui.components.drawings import drawing
from pet_app.ui.components.layouts import container
from pet_app.ui.page import Page


def inside() -> rx.Component:
    """A page that does not exist, and where to go on."""
    return container(
        rx.el.div(
            rx.el.div(drawing("collar"), class_name="w-44 text-brand"),
            rx.el.p("404", class_name="mt-2 font-display text-subheading font-semibold text-muted"),
            rx.el.h1("This one slipped its collar", class_name="mt-1 text-title"),
            rx.el.p(
                "There is no page at this address. It may have moved, or the link has a typo.",
                class_name="mt-4 max-w-md text-lead text-muted",
            ),
            rx.el.div(
                *_ways_on(),
                class_name="mt-8 flex flex-wrap justify-center gap-3",
            ),
            class_name="flex flex-col items-center py-20 text-center",
        )
    )


def _ways_on() -> list[rx.Component]:
    if not sections.serves("catalog"):
        return [link_button("Home page", href="/")]
    return [
        link_button("Go to the shop", href="/shop"),
        link_button("Home page", href="/", kind="secondary"),
    ]


PAGE = Page(route="404", view=inside, title="Page not found")
